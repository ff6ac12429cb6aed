/** docs/your-own-network.md: its networks are typed, trained, walk-forward and in the ladder. */

import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { checkEstimator } from "../lib/src/betas/check-estimator.js";
import type { Estimator } from "../lib/src/betas/estimator.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import { STUDY } from "../lib/src/study.js";
import type { Panel } from "../lib/src/types.js";
import { blocksOf } from "./support/documents.js";
import { studyPanel } from "./support/helpers.js";

const code = blocksOf("docs/your-own-network.md")
  .filter(({ language }) => language === "ts")
  .map((block) => block.code.replace(/^import [^;]*;$/gm, ""))
  .join("\n");
const NAMES = ["dropout", "gru", "convolution"] as const;

/** The page's code with options that are trained in a moment. */
async function networksOf(options: object): Promise<Record<string, Estimator>> {
  const api = await import("../lib/src/index.js");
  const body = `${code.replaceAll("...STUDY.baseline,", "...STUDY.baseline, ...quick,")}
    return { ${NAMES.join(", ")}, estimators };`;
  const { outputText } = ts.transpileModule(body, {
    compilerOptions: { target: ts.ScriptTarget.ES2022 },
  });
  const scope = { ...api, quick: options };
  return new Function(...Object.keys(scope), outputText)(...Object.values(scope));
}

let panel: Panel;
let networks: Record<string, Estimator>;
beforeAll(async () => {
  panel = await studyPanel("FIAT");
  networks = await networksOf({ epochs: 2, replicates: 1 });
});

it("brings each network into the ladder in at most ten lines", () => {
  const ladder = networks.estimators as unknown as (markets: number) => Estimator[];
  expect(ladder(1).at(-1)).toBe(networks.gru);
  const blocks = blocksOf("docs/your-own-network.md");
  const gru = blocks.find(({ code: text }) => text.includes("const gru"))!;
  const lines = gru.code
    .trim()
    .split("\n")
    .filter((line) => /^(?!import|estimators\()./.test(line));
  expect(lines.length).toBeLessThanOrEqual(10);
});

describe.each(NAMES)("the network %s", (name) => {
  it("is walk-forward, frozen and updated, and moves when it is trained", async () => {
    const splits = walkForwardSplits(panel.dates, {
      test: { from: "2023-01", through: "2023-02" },
      refit: "monthly",
      from: "2019-01",
      lookback: STUDY.lookback,
    });
    await checkEstimator(networks[name]!, panel, splits.slice(0, 1));
    const { values, seeds } = await networks[name]!.estimate(panel, splits[0]!, "frozen");
    expect(values.some(Number.isFinite)).toBe(true);
    expect(seeds).toHaveLength(1);
  });
});
