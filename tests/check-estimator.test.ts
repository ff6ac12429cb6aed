/** Estimators of one's own: their names, and that their betas know nothing of their own date. */

import { describe, expect, it, vi } from "vitest";
import { betaWithin } from "../lib/src/betas/assemble.js";
import { bankBeta } from "../lib/src/betas/bank.js";
import { checkEstimator, checkEstimators } from "../lib/src/betas/check-estimator.js";
import { type Estimator, pathEstimator, runningEstimator } from "../lib/src/betas/estimator.js";
import { classicalLadder } from "../lib/src/betas/ladder.js";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { compareForecasts, forecastComparison } from "../lib/src/comparing/forecast-comparison.js";
import { walkedLadder } from "../lib/src/comparing/walked.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import { tableForecastComparison } from "../lib/src/tables/forecast-comparison.js";
import { type BetaPath, betaPath, type Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

/** Six years from 2018-01. */
const PANEL = seededPanel(72, ["A", "B"], ["X"]);
const TEST = { from: "2021-01", through: "2023-12" };
const SPLITS = walkForwardSplits(PANEL.dates, {
  from: "2018-01",
  lookback: 0,
  test: TEST,
  refit: "yearly",
});
const NULLS = classicalLadder(1, { lookback: 12 }).filter(({ id }) =>
  ["zero", "pooled"].includes(id),
);

const own = (path: (panel: Panel) => BetaPath, id = "mine"): Estimator =>
  pathEstimator(id, (panel) => path(panel));
const rolling = own((panel) => rollingBeta(panel, { lookback: 12, intervals: false }));

/** A rolling beta that stands so many dates too early. */
const leading = (dates: number): Estimator =>
  own((panel) => {
    const path = rollingBeta(panel, { lookback: 12, intervals: false });
    return {
      ...path,
      values: path.values.map((_, at) => path.values[at + dates * panel.coins.length] ?? 1),
    };
  });

/** Returns over their mean, which all dates have a share in. */
const meanOfAll = own((panel) => {
  const mean = panel.coinLogReturns.reduce((sum, r) => sum + r, 0) / panel.coinLogReturns.length;
  return betaPath(panel, "walkForward", () => [mean]);
});

describe("checkEstimator", () => {
  it("passes every estimator of the classical ladder, and one of one's own", async () => {
    const last = SPLITS.at(-1)!;
    const short = [{ ...last, outOfSample: { from: "2023-11", through: "2023-12" } }];
    for (const estimator of [...classicalLadder(1, { lookback: 6 }), rolling])
      await expect(checkEstimator(estimator, PANEL, short)).resolves.toBeUndefined();
  });

  it("names the first beta that moves with the return of its own date", async () => {
    const update =
      "a beta dated t must use returns through t - 1 alone, but that of mine, updated,";
    await expect(checkEstimator(leading(1), PANEL, SPLITS)).rejects.toThrow(
      new RegExp(
        `^checkEstimator: ${update} for A on X dated 2021-01-31 moves from \\S+ to \\S+ when returns from 2021-01-31 on change; leave its own date and later ones out$`,
      ),
    );
  });

  it("finds a beta that looks further ahead, by the date that lies so far before", async () => {
    const year = SPLITS.slice(1, 2);
    await expect(checkEstimator(leading(3), PANEL, year)).rejects.toThrow(/dated 2022-01-31 moves/);
    await expect(checkEstimator(meanOfAll, PANEL, year)).rejects.toThrow(/frozen, .* moves/);
  });

  it("finds one whose first beta of all moves, on the last market of the last coin", async () => {
    const estimate: Estimator["estimate"] = async (panel) =>
      betaPath(panel, "walkForward", (coin, t) => [t === 0 && coin === 1 ? panel.dates.length : 1]);
    await expect(checkEstimator({ id: "mine", estimate }, PANEL, SPLITS)).rejects.toThrow(
      "for B on X dated 2018-01-31 moves from 48 to 37 when returns from 2021-01-31 on are cut off",
    );
  });

  it("finds one that knows how many dates are to come, though returns do not move it", async () => {
    const counting = own((panel) => betaPath(panel, "walkForward", () => [panel.dates.length]));
    await expect(checkEstimator(counting, PANEL, SPLITS)).rejects.toThrow(
      /when returns from 2021-01-31 on are cut off/,
    );
  });

  it("tries twelve dates of a long block, the first and the last among them", async () => {
    const outOfSample = { from: "2021-01", through: "2022-12" };
    const seen: string[] = [];
    const estimate: Estimator["estimate"] = async (panel, { outOfSample: { through } }) => {
      seen.push(through);
      return betaPath(panel, "walkForward", () => [1]);
    };
    await checkEstimator({ id: "mine", estimate }, PANEL, [{ ...SPLITS[0]!, outOfSample }]);
    // Steps of 23 / 11 dates, rounded.
    const tried = [0, 2, 4, 6, 8, 10, 13, 15, 17, 19, 21, 23].map((t) => PANEL.dates[36 + t]!);
    const cut = seen.filter((through) => through !== outOfSample.through);
    expect(cut).toEqual([...tried, ...tried]);
    expect(seen).toHaveLength(2 * (1 + 2 * 12));
  });

  it("changes returns from a date on by a tenth, and what is missing stays so", async () => {
    const missing = { ...PANEL, coinLogReturns: PANEL.coinLogReturns.with(2 * 40, NaN) };
    const panels: Panel[] = [];
    const estimate: Estimator["estimate"] = async (panel) => {
      panels.push(panel);
      return betaPath(panel, "walkForward", () => [1]);
    };
    await checkEstimator({ id: "mine", estimate }, missing, SPLITS.slice(0, 1));
    const [known, changed] = panels as [Panel, Panel];
    const [before, after] = [known, changed].map(({ coinLogReturns }) => [...coinLogReturns]);
    const first = 2 * 36;
    expect(after!.slice(0, first)).toEqual(before!.slice(0, first));
    expect(after!.map(Number.isNaN)).toEqual(before!.map(Number.isNaN));
    const others = after!.slice(first).filter(Number.isFinite);
    expect(others.every((r) => !before!.includes(r))).toBe(true);
    const size = Math.sqrt(others.reduce((sum, r) => sum + r * r, 0) / others.length);
    // 23 draws: three standard errors are 0.045.
    expect(Math.abs(size - 0.1)).toBeLessThan(0.045);
  });

  it("lets betas differ by rounding, in units of a beta or of a large one, and by no more", async () => {
    const year = SPLITS.slice(-1);
    const check = (beta: (dates: number) => number) =>
      checkEstimator(
        own((panel) => betaPath(panel, "walkForward", () => [beta(panel.dates.length)])),
        PANEL,
        year,
      );
    for (const scale of [0, 1e-3, 1, 1e6]) {
      const unit = Math.max(1, scale);
      // Eleven dates fewer at most.
      await expect(check((n) => scale + unit * n * 5e-11)).resolves.toBeUndefined();
      await expect(check((n) => scale + unit * n * 5e-9)).rejects.toThrow("are cut off");
    }
    await expect(check((n) => (n % 2 === 0 ? 1 : -1))).rejects.toThrow("moves from 1 to -1");
  });

  it("refuses betas that are fitted, on other axes, or nowhere in a test block", async () => {
    const estimating = (estimate: Estimator["estimate"]): Estimator => ({ id: "mine", estimate });
    const cases: readonly (readonly [Estimator, string])[] = [
      [
        estimating((panel) => betaPath(panel, "fitted", () => [1])),
        "betas of mine must be walkForward, got fitted",
      ],
      [
        estimating((panel) => ({
          ...betaPath(panel, "walkForward", () => [1]),
          coins: ["B", "A"],
        })),
        "mine and panel must share coins",
      ],
      [
        estimating((panel) => betaPath(panel, "walkForward", () => [Number.NaN])),
        "mine, frozen, must have betas in the test block from 2021-01-31, but has none",
      ],
    ];
    for (const [estimator, message] of cases)
      await expect(checkEstimator(estimator, PANEL, SPLITS)).rejects.toThrow(message);
  });

  it("refuses one that says that every date updates it, but does not when it is frozen", async () => {
    const running: Estimator = { ...rolling, running: true };
    const message =
      "mine is running, so its frozen and updated betas must be the same, but they differ; leave out running";
    await expect(checkEstimator(running, PANEL, SPLITS)).rejects.toThrow(message);
    await expect(walkedLadder(PANEL, [running], { splits: SPLITS })).rejects.toThrow(
      `walkedLadder: ${message}`,
    );
    const honest = runningEstimator("mine", bankBeta);
    await expect(checkEstimator(honest, PANEL, SPLITS.slice(-1))).resolves.toBeUndefined();
  });
});

describe("a comparison with estimators of one's own", () => {
  it.each([
    ["my beta", "an estimator's id must be of letters, digits, points and hyphens"],
    ["", "an estimator's id must be of letters, digits, points and hyphens"],
    ["rolling", "an estimator's id must be its own, but rolling is that of a built-in one"],
    ["neural-mine", "an estimator's id must be its own"],
    ["amortised", "an estimator's id must be its own"],
  ])("refuses the id %j", async (id, message) => {
    const named = { ...rolling, id };
    await expect(walkedLadder(PANEL, [...NULLS, named], { splits: SPLITS })).rejects.toThrow(
      `walkedLadder: ${message}`,
    );
    await expect(checkEstimator(named, PANEL, SPLITS)).rejects.toThrow(message);
  });

  it("refuses an id that occurs twice", async () => {
    await expect(
      walkedLadder(PANEL, [...NULLS, rolling, rolling], { splits: SPLITS }),
    ).rejects.toThrow(
      "walkedLadder: every estimator must have an id of its own, mine occurs twice; rename one",
    );
  });

  it("refuses a beta that uses its own date's return, and hedges without an error for it", async () => {
    const perfect = own((panel) =>
      betaPath(panel, "walkForward", (coin, t) => [
        panel.coinLogReturns[2 * t + coin]! / panel.marketLogReturns[t]!,
      ]),
    );
    const compared = forecastComparison(PANEL, () => [...NULLS, perfect], {
      marketSets: ["X"],
      designs: [{ splits: SPLITS, samples: [{ name: "test", range: TEST }] }],
      draws: 99,
      seed: 1,
      level: 0.95,
    });
    await expect(compared).rejects.toThrow(
      /mine, updated, for A on X dated 2023-07-31 moves .* when returns from 2023-07-31 on change/,
    );
  });

  it("estimates four blocks more for the check, and none for what is built in", async () => {
    const estimate = vi.fn(rolling.estimate);
    await checkEstimators("here", [{ id: "mine", estimate }], { panel: PANEL, splits: SPLITS });
    expect(estimate).toHaveBeenCalledTimes(4);
    await checkEstimators("here", [{ id: "zero", builtIn: true, estimate }], {
      panel: PANEL,
      splits: SPLITS,
    });
    expect(estimate).toHaveBeenCalledTimes(4);
  });

  it("counts the dates that one lacks and that are left out for all, and says so below its tables", async () => {
    const late: Estimator = {
      id: "mine",
      estimate: async (...given) =>
        betaWithin(await rolling.estimate(...given), { from: "2022-03", through: "2023-12" }),
    };
    const walked = await walkedLadder(PANEL, [...NULLS, late], { splits: SPLITS });
    const rows = compareForecasts(
      walked,
      { name: "test", range: TEST },
      { draws: 99, seed: 1, level: 0.95 },
    );
    expect(new Set(rows.map(({ n }) => n))).toEqual(new Set([22]));
    for (const { estimator, missing } of rows) expect(missing).toBe(estimator === "mine" ? 14 : 0);
    const note =
      "Dates on which a coin is left out for all estimators because one has no beta of it, at most: mine, frozen: 14; mine, updated: 14.";
    const shown = {
      frequency: "monthly",
      sample: "test",
      marketSet: "X",
      benchmark: "zero",
    } as const;
    expect(tableForecastComparison(rows, shown, "2021 to 2023").notes).toContain(note);
    const others = rows.filter(({ estimator }) => estimator !== "mine");
    expect(tableForecastComparison(others, shown, "").notes).not.toContain(note);
  });
});
