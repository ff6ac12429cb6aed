/** Paths of betas put together: held, cut to a block, stitched. */

import { describe, expect, it } from "vitest";
import { betaWithin, cutBeta, heldBeta, stitchedBeta } from "../lib/src/betas/assemble.js";
import type { BetaPath, Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const NAN = Number.NaN;

/** Six months from 2018-01, two coins, two markets. */
const PANEL = seededPanel(6, ["A", "B"], ["X", "Y"]);

/** Every value says where it is from: 100 t + place, plus `added`. */
function numbered(added: number, panel: Panel = PANEL): BetaPath {
  const { dates, coins, markets } = panel;
  const width = coins.length * markets.length;
  return {
    dates,
    coins,
    markets,
    values: Float64Array.from(
      { length: dates.length * width },
      (_, at) => 100 * Math.floor(at / width) + (at % width) + added,
    ),
    kind: "walkForward",
  };
}

/** The same with standard errors and a band. */
const withErrors = (path: BetaPath): BetaPath => ({
  ...path,
  standardErrors: path.values.map((value) => value + 0.25),
  band: {
    interval: "hc3",
    lower: path.values.map((value) => value - 0.5),
    upper: path.values.map((value) => value + 0.5),
  },
});

/** The date index that each row of a path comes from; NaN where it has none. All values of a row come from one. */
function sources({ values }: BetaPath, added: number = 0): number[] {
  return Array.from({ length: values.length / 4 }, (_, t) => {
    const row = [...values.slice(4 * t, 4 * t + 4)];
    const from = (row[0]! - added) / 100;
    expect(row).toEqual([0, 1, 2, 3].map((place) => 100 * from + place + added));
    return from;
  });
}

/** Errors and bounds must be those of the value beside them. */
function expectErrorsBesideValues(path: BetaPath): void {
  expect(path.standardErrors).toEqual(path.values.map((v) => v + 0.25));
  expect(path.band).toEqual({
    interval: "hc3",
    lower: path.values.map((v) => v - 0.5),
    upper: path.values.map((v) => v + 0.5),
  });
}

describe("heldBeta", () => {
  it("holds the first estimate after the block, which used the block and no later date", () => {
    const block = { from: "2018-01", through: "2018-03" };
    expect(sources(heldBeta(numbered(0), block))).toEqual([NAN, NAN, NAN, 3, 3, 3]);
  });

  it.each([
    ["a day", "2018-03-31", [NAN, NAN, NAN, 3, 3, 3]],
    ["a day before the period ends", "2018-03-15", [NAN, NAN, 2, 2, 2, 2]],
    ["the month before the panel", "2017-12", [0, 0, 0, 0, 0, 0]],
    ["the panel's last month", "2018-06", [NAN, NAN, NAN, NAN, NAN, NAN]],
    ["a month after the panel", "2030-01", [NAN, NAN, NAN, NAN, NAN, NAN]],
  ])("ends the block with %s", (_, through, expected) => {
    const held = heldBeta(numbered(0), { from: "2018-01", through });
    expect(sources(held)).toEqual(expected);
  });

  it("holds an estimate that is missing: it does not look for a later one", () => {
    const path = numbered(0);
    path.values.fill(NAN, 0, 16);
    const held = heldBeta(path, { from: "2018-01", through: "2018-03" });
    expect(held.values.every(Number.isNaN)).toBe(true);
  });

  it("holds standard errors and bounds with the values", () => {
    expectErrorsBesideValues(
      heldBeta(withErrors(numbered(0)), {
        from: "2018-01",
        through: "2018-02",
      }),
    );
  });
});

describe("betaWithin", () => {
  it.each([
    ["months", "2018-02", "2018-04", [NAN, 1, 2, 3, NAN, NAN]],
    ["days", "2018-02-28", "2018-04-29", [NAN, 1, 2, NAN, NAN, NAN]],
    ["one day", "2018-06-30", "2018-06-30", [NAN, NAN, NAN, NAN, NAN, 5]],
    ["more than the path", "2000-01", "2030-01", [0, 1, 2, 3, 4, 5]],
    ["no date", "2018-02-01", "2018-02-27", [NAN, NAN, NAN, NAN, NAN, NAN]],
  ])("keeps the dates of the range and no others: %s", (_, from, through, expected) => {
    expect(sources(betaWithin(numbered(0), { from, through }))).toEqual(expected);
  });

  it("keeps standard errors and bounds with the values", () => {
    expectErrorsBesideValues(
      betaWithin(withErrors(numbered(0)), {
        from: "2018-02",
        through: "2018-05",
      }),
    );
  });
});

describe("cutBeta", () => {
  const path = { ...withErrors(numbered(0)), seeds: [numbered(1).values, numbered(2).values] };

  it("has the dates of a range and no others, with errors, bounds and seeds", () => {
    const cut = cutBeta(path, { from: "2018-02", through: "2018-04" });
    expect(cut.dates).toEqual(PANEL.dates.slice(1, 4));
    expect(sources(cut)).toEqual([1, 2, 3]);
    expectErrorsBesideValues(cut);
    expect(cut.seeds).toEqual([1, 2].map((seed) => cut.values.map((value) => value + seed)));
  });

  it("has no dates where the path has none in the range, and all of an open one", () => {
    expect(cutBeta(path, { from: "2019", through: "2019" }).dates).toEqual([]);
    expect(cutBeta(path, { from: "2019", through: "2019" }).values).toHaveLength(0);
    expect(cutBeta(path, { from: "", through: "2018-12" })).toEqual(path);
  });

  it("lets the memory of the other dates go", () => {
    const cut = cutBeta(path, { from: "2018-02", through: "2018-02" });
    expect(cut.values.buffer.byteLength).toBe(8 * 4);
  });
});

describe.each([
  ["heldBeta", (path: BetaPath) => heldBeta(path, { from: "2018-01", through: "2018-02" })],
  ["betaWithin", (path: BetaPath) => betaWithin(path, { from: "2018-03", through: "2018-04" })],
])("%s", (_, part) => {
  it.each(["walkForward", "fitted"] as const)("keeps the axes, and the kind %s", (kind) => {
    const { dates, coins, markets } = PANEL;
    expect(part({ ...numbered(0), kind })).toMatchObject({
      dates,
      coins,
      markets,
      kind,
    });
  });

  it("has neither errors nor a band where the path has none", () => {
    const result = part(numbered(0));
    expect(result).not.toHaveProperty("standardErrors");
    expect(result).not.toHaveProperty("band");
  });

  it("gives arrays of its own and leaves the path unchanged", () => {
    const path = withErrors(numbered(0));
    const before = structuredClone(path);
    const result = part(path);
    for (const array of [
      result.values,
      result.standardErrors!,
      result.band!.lower,
      result.band!.upper,
    ])
      array.fill(0);
    expect(path).toEqual(before);
  });
});

describe("stitchedBeta", () => {
  const [FIRST, SECOND] = [
    { from: "2018-02", through: "2018-03" },
    { from: "2018-05", through: "2018-05" },
  ];

  it("takes each path on its own range, and is NaN between them", () => {
    const stitched = stitchedBeta(PANEL, [
      { path: numbered(0.1), range: FIRST },
      { path: numbered(0.2), range: SECOND },
    ]);
    expect(sources(betaWithin(stitched, FIRST), 0.1)).toEqual([NAN, 1, 2, NAN, NAN, NAN]);
    expect(sources(betaWithin(stitched, SECOND), 0.2)).toEqual([NAN, NAN, NAN, NAN, 4, NAN]);
    expect(stitched.values.filter(Number.isNaN)).toHaveLength(3 * 4);
  });

  it("does not depend on the order of the blocks", () => {
    const blocks = [
      { path: withErrors(numbered(0.1)), range: FIRST },
      { path: withErrors(numbered(0.2)), range: SECOND },
    ];
    expect(stitchedBeta(PANEL, [...blocks].reverse())).toEqual(stitchedBeta(PANEL, blocks));
  });

  it("takes paths that end with their block: their dates are the panel's first ones", () => {
    const short = {
      ...PANEL,
      dates: PANEL.dates.slice(0, 3),
    };
    const blocks = (panel: Panel) => [{ path: withErrors(numbered(0.1, panel)), range: FIRST }];
    expect(stitchedBeta(PANEL, blocks(short))).toEqual(stitchedBeta(PANEL, blocks(PANEL)));
  });

  it("is NaN where a path has ended before its block does", () => {
    const short = { ...PANEL, dates: PANEL.dates.slice(0, 2) };
    const stitched = stitchedBeta(PANEL, [{ path: numbered(0, short), range: FIRST }]);
    expect(sources(stitched)).toEqual([NAN, 1, NAN, NAN, NAN, NAN]);
  });

  it("carries standard errors and bounds along", () => {
    expectErrorsBesideValues(
      stitchedBeta(PANEL, [
        { path: withErrors(numbered(0.1)), range: FIRST },
        { path: withErrors(numbered(0.2)), range: SECOND },
      ]),
    );
  });

  it("has NaN for the errors and bounds of a block without them", () => {
    const { values, standardErrors, band } = stitchedBeta(PANEL, [
      { path: numbered(0), range: FIRST },
      { path: withErrors(numbered(0)), range: SECOND },
    ]);
    expect(Number.isFinite(values[4])).toBe(true);
    for (const [array, shift] of [
      [standardErrors!, 0.25],
      [band!.lower, -0.5],
      [band!.upper, 0.5],
    ] as const)
      expect([...array]).toEqual([
        ...new Array<number>(16).fill(NAN),
        ...[400, 401, 402, 403].map((value) => value + shift),
        ...new Array<number>(4).fill(NAN),
      ]);
    expect(band!.interval).toBe("hc3");
  });

  it("is NaN throughout without blocks, without errors or a band", () => {
    const { dates, coins, markets } = PANEL;
    expect(stitchedBeta(PANEL, [])).toEqual({
      dates,
      coins,
      markets,
      values: new Float64Array(24).fill(NAN),
      kind: "walkForward",
    });
  });

  it("gives arrays of its own and leaves the paths unchanged", () => {
    const path = withErrors(numbered(0));
    const before = structuredClone(path);
    const stitched = stitchedBeta(PANEL, [{ path, range: FIRST }]);
    stitched.values.fill(0);
    stitched.band!.lower.fill(0);
    expect(path).toEqual(before);
  });
});
