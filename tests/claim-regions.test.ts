/** The regions of the claims: they were written down before anything was measured, and stay so; `-u` accepts others. */

import { expect, it } from "vitest";
import { DISCUSSION } from "../lib/src/report/claims/discussion.js";
import { STEP_0 } from "../lib/src/report/claims/step-0.js";
import { STEP_1 } from "../lib/src/report/claims/step-1.js";
import { STEP_2 } from "../lib/src/report/claims/step-2.js";
import { STEP_3 } from "../lib/src/report/claims/step-3.js";
import { STEP_4 } from "../lib/src/report/claims/step-4.js";
import { STEP_5 } from "../lib/src/report/claims/step-5.js";
import { STEP_7 } from "../lib/src/report/claims/step-7.js";
import { STEP_9 } from "../lib/src/report/claims/step-9.js";
import type { Region } from "../lib/src/report/verdict.js";

const STEPS = [STEP_0, STEP_1, STEP_2, STEP_3, STEP_4, STEP_5, STEP_7, STEP_9, DISCUSSION];

const shown = (region: Region | ((...given: never[]) => Region)) =>
  typeof region === "function" ? "from a printed number" : `${region.lower} to ${region.upper}`;

it("of every claim is as it was written down", async () => {
  const lines = STEPS.flat().map(({ id, region }) => `${id}: ${shown(region)}`);
  expect(lines.length).toBeGreaterThan(30);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("fixtures/claim-regions.txt");
});
