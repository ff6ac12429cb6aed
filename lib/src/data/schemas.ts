/** Keys that a study and a list of sources share. */

import { z } from "zod";
import type { PanelAuditOptions } from "./audit/options.js";
import { day, plainText, seriesName } from "./json-file.js";

/** The audit's options. */
export const auditSchema: z.ZodType<PanelAuditOptions> = z.strictObject({
  falseAlarms: z.number().gt(0).lt(0.5).exactOptional(),
  asOf: day.exactOptional(),
  annualScale: z.number().positive().exactOptional(),
  equity: z.array(seriesName).exactOptional(),
});

/** What a price file leaves open: see `ReadOptions`. */
export const readKeys: {
  readonly dates: z.ZodExactOptional<z.ZodEnum<{ MDY: "MDY"; DMY: "DMY" }>>;
  readonly timeZone: z.ZodExactOptional<z.ZodString>;
  readonly decimal: z.ZodExactOptional<z.ZodEnum<{ ".": "."; ",": "," }>>;
  readonly encoding: z.ZodExactOptional<z.ZodString>;
} = {
  dates: z.enum(["MDY", "DMY"]).exactOptional(),
  timeZone: plainText.exactOptional(),
  decimal: z.enum([".", ","]).exactOptional(),
  encoding: plainText.exactOptional(),
};
