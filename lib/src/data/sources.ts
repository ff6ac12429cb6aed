/** The list of published files that the panel is made of. */

import { z } from "zod";
import { day, monthOrDay, plainText, readJson, seriesName } from "./json-file.js";
import type { Sources } from "./published-files.js";
import { auditSchema, readKeys } from "./schemas.js";

/**
 * The sources of a file such as `data/sources.json`.
 *
 * @throws DataError naming the key's path, what was expected and what came: an unknown key, a wrong type, a name that occurs
 *   twice, a licence that is not in the list, a range that ends before it begins
 * @example
 * readSources(shippedFile("sources.json")).series.map(({ name }) => name);
 * // ["BTC", "ETH", "LTC", "BCH", "FIAT", "EQUITY", "GOLD", "ENERGY"]
 */
export function readSources(file: string): Sources {
  return readJson(file, schema, "the sources");
}

const path = plainText.regex(
  /^(?!\/|[A-Za-z]:|.*\.\.)[^\\]+$/,
  "expected a path below the folder of published files, with / between its parts",
);
const range = z
  .strictObject({ from: monthOrDay, through: monthOrDay })
  .refine(
    ({ from, through }) => from.slice(0, through.length) <= through.slice(0, from.length),
    "expected from before through",
  );

const rawFile = {
  file: path,
  what: plainText,
  obtained: day,
  licence: plainText,
  download: z
    .strictObject({
      url: plainText,
      file: path,
      column: plainText.exactOptional(),
      what: plainText.exactOptional(),
      licence: plainText.exactOptional(),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits")
        .exactOptional(),
    })
    .exactOptional(),
};
const price = z.strictObject({
  name: seriesName,
  ...rawFile,
  column: plainText,
  close: plainText,
  ...readKeys,
});
const factor = z.strictObject({
  ...rawFile,
  vintage: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "expected a month YYYY-MM"),
});

const schema = z
  .strictObject({
    range,
    factorRange: range,
    dailyRange: range,
    fundsRange: range,
    licences: z.record(z.string(), plainText),
    series: z.array(price).min(1, "expected one series at least"),
    funds: z.array(price),
    note: z.strictObject({ range, series: z.array(price).min(1) }).exactOptional(),
    replicationRange: range,
    replication: z.array(price),
    factors: z.strictObject({ monthly: factor, daily: factor }),
    earlierFactors: factor.exactOptional(),
    audit: auditSchema.exactOptional(),
  })
  .superRefine((sources, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    const { series, funds, note, replication, factors, earlierFactors, licences } = sources;
    const noted = note?.series ?? [];
    for (const [key, list] of Object.entries({ series, funds, "note.series": noted, replication }))
      list.forEach(({ name }, i) => {
        const first = list.findIndex((other) => other.name === name);
        if (first < i)
          fault(
            [key, i, "name"],
            `expected every name once, ${name} stands already in ${key}.${first}`,
          );
      });
    const files = [
      ...series.map((source, i) => [source, ["series", i]] as const),
      ...funds.map((source, i) => [source, ["funds", i]] as const),
      ...noted.map((source, i) => [source, ["note", "series", i]] as const),
      ...replication.map((source, i) => [source, ["replication", i]] as const),
      ...Object.entries(factors).map(([key, source]) => [source, ["factors", key]] as const),
      ...(earlierFactors ? [[earlierFactors, ["earlierFactors"]] as const] : []),
    ];
    for (const [{ licence }, path] of files)
      if (!Object.hasOwn(licences, licence))
        fault(
          [...path, "licence"],
          `expected one of the licences ${Object.keys(licences).join(", ")}, got ${licence}`,
        );
  });
