/** What holds for the estimators of the ladder by their kind, whatever their formula. */

import { describe, expect, it } from "vitest";
import type { Update } from "../lib/src/betas/estimator.js";
import { ewmaBeta } from "../lib/src/betas/ewma.js";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { classicalLadder, type LadderOptions } from "../lib/src/betas/ladder.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { ridgeBeta } from "../lib/src/betas/ridge.js";
import { vasicekBeta } from "../lib/src/betas/vasicek.js";
import { amortisedEstimator } from "../lib/src/models/amortised/amortised-beta.js";
import { ladder } from "../lib/src/models/ladder.js";
import { inRange } from "../lib/src/panel/calendar.js";
import { STUDY } from "../lib/src/study.js";
import type { BetaPath, Panel, Split } from "../lib/src/types.js";
import { plainTrainer, seededPanel } from "./support/helpers.js";

/** Relative to a beta of one, for the same estimate by another sequence of operations. */
const ROUNDING = 1e-9;
/** Where inputs are of single precision (ridge, amortised), or a search ends near the optimum (kalman). */
const COARSE = 2e-6;
const toleranceOf = (id: string) =>
  ["ridge", "kalman", "amortised"].includes(id) ? COARSE : ROUNDING;

const SPLIT: Split = {
  inSample: { from: "2018-07", through: "2020-12" },
  validation: { from: "2021-01", through: "2021-12" },
  outOfSample: { from: "2022-01", through: "2022-06" },
};
/** One candidate each: the choice among several is another matter, see tuning.test.ts. */
const OPTIONS = { lookback: 6, windows: [6], halfLives: [9], penalties: [0.5] };

const COINS = ["A", "B", "C"];
const MARKETS = ["X", "Y"];
const PANELS = [1, 2].map((K) => seededPanel(54, COINS, MARKETS.slice(0, K)));
const UPDATES = ["frozen", "updated"] as const;

const ladderOf = (panel: Panel) => [
  ...classicalLadder(panel.markets.length, OPTIONS),
  amortisedEstimator(),
];

async function betasOf(panel: Panel, id: string, update: Update): Promise<BetaPath> {
  const estimator = ladderOf(panel).find((candidate) => candidate.id === id)!;
  return estimator.estimate(panel, SPLIT, update);
}

/** Every estimator on every panel, frozen and updated. */
const ALL = PANELS.flatMap((panel) =>
  ladderOf(panel).flatMap(({ id }) =>
    UPDATES.map((update) => ({ id, update, K: panel.markets.length, panel })),
  ),
);
/** Those of a list, or those not in it. */
const only = (ids: readonly string[]) => ALL.filter(({ id }) => ids.includes(id));
const except = (...ids: readonly string[]) => ALL.filter(({ id }) => !ids.includes(id));

const TITLE = "$id, $update, K = $K";

/** Betas, errors and bounds in the test block, by date, coin and market. */
function tested(path: BetaPath): readonly (readonly number[])[] {
  const width = path.coins.length * path.markets.length;
  return [path.values, path.standardErrors, path.band?.lower, path.band?.upper]
    .filter((part) => part !== undefined)
    .map((part) =>
      path.dates.flatMap((date, t) =>
        inRange(date, SPLIT.outOfSample) ? [...part.slice(t * width, (t + 1) * width)] : [],
      ),
    );
}

function expectNear(
  actual: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
  tolerance: number,
): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((part, p) => {
    expect(actual[p]).toHaveLength(part.length);
    part.forEach((value, at) => {
      const off = Math.abs(actual[p]![at]! - value) / (1 + Math.abs(value));
      expect(off, `${actual[p]![at]} for ${value}`).toBeLessThanOrEqual(tolerance);
    });
  });
}

const withCoins = (panel: Panel, coin: (t: number, i: number) => number): Panel => ({
  ...panel,
  coinLogReturns: Float64Array.from({ length: panel.coinLogReturns.length }, (_, at) =>
    coin(Math.floor(at / COINS.length), at % COINS.length),
  ),
});

describe("the ladder", () => {
  it("lists every classical estimator once, and one on a single market only", () => {
    const ids = (markets: number) => classicalLadder(markets, OPTIONS).map(({ id }) => id);
    const several = [
      ...["zero", "pooled", "historical", "ridge", "rolling", "ewma"],
      ...["blume", "vasicek", "dimson", "scholes-williams", "kalman", "bank"],
    ];
    expect(ids(1)).toEqual(["zero", "one", ...several.slice(1)]);
    expect(ids(2)).toEqual(several);
    expect(ids(4)).toEqual(several);
  });

  it("tunes over halves and multiples of the look-back, and penalties from 0.1 on, by default", () => {
    const keysOf = (options: LadderOptions) =>
      new Set(classicalLadder(1, options).map(({ key }) => key));
    const usual = [
      ...["7; 1; 4,7,14,21,28; 1.75,3.5,7,14,28,Infinity; 0.1,1,10,100,Infinity"],
      ...["periodically; true"],
    ].join("; ");
    expect(keysOf({ lookback: 7 })).toEqual(new Set([usual]));
    expect(keysOf({ ...OPTIONS, lags: 2, refit: "yearly", intervals: false })).toEqual(
      new Set(["6; 2; 6; 9; 0.5; yearly; false"]),
    );
  });

  it("ends with a network per start, in the study's order, and the amortised one, for any number of markets", () => {
    const ids = (markets: number, starts = STUDY.starts) =>
      ladder(plainTrainer, { ...STUDY, starts })(markets).map(({ id }) => id);
    expect(ids(1)).toEqual([
      ...["zero", "one", "pooled", "historical", "ridge", "rolling", "ewma"],
      ...["blume", "vasicek", "dimson", "scholes-williams", "kalman", "bank"],
      ...["neural-glorot", "neural-ols", "amortised"],
    ]);
    for (const markets of [2, 4]) expect(ids(markets)).toEqual(ids(1).filter((id) => id !== "one"));
    expect(ids(2, ["ols"]).slice(-3)).toEqual(["bank", "neural-ols", "amortised"]);
    expect(ids(2, []).slice(-2)).toEqual(["bank", "amortised"]);
  });

  it.each(ALL)(
    `has betas in the test block, NaN elsewhere: ${TITLE}`,
    async ({ panel, id, update }) => {
      const path = await betasOf(panel, id, update);
      expect(path).toMatchObject({
        dates: panel.dates,
        coins: panel.coins,
        markets: panel.markets,
        kind: "walkForward",
      });
      const cells = 6 * COINS.length * panel.markets.length;
      for (const part of tested(path)) {
        expect(part).toHaveLength(cells);
        expect(part.every(Number.isFinite)).toBe(true);
      }
      expect(path.values.filter(Number.isFinite)).toHaveLength(cells);
    },
  );

  it.each(ALL)(`leaves its panel unchanged: ${TITLE}`, async ({ panel, id, update }) => {
    const before = structuredClone(panel);
    (await betasOf(panel, id, update)).values.fill(0);
    expect(panel).toEqual(before);
  });

  it.each(except("amortised"))(
    `has errors above 0 within their bounds, if any: ${TITLE}`,
    async ({ panel, id, update }) => {
      const [values, errors, lower, upper] = tested(await betasOf(panel, id, update));
      const withBounds = ["historical", "rolling", "ewma", "dimson", "kalman"];
      expect(lower !== undefined).toBe(withBounds.includes(id));
      expect(errors !== undefined).toBe([...withBounds, "vasicek"].includes(id));
      errors?.forEach((error, at) => {
        expect(error).toBeGreaterThan(0);
        if (!lower || !upper) return;
        expect(values![at]! - lower[at]!).toBeGreaterThan(1.9 * error);
        expect(values![at]! - lower[at]!).toBeCloseTo(upper[at]! - values![at]!);
      });
    },
  );
});

describe("an estimator of the ladder", () => {
  // The others start at zero, and leave it the more slowly the less noise there is.
  it.each(except("zero", "bank", "amortised").filter(({ K }) => K === 1))(
    `gives 1 where every coin is the market: ${TITLE}`,
    async ({ panel, id, update }) => {
      const itself = withCoins(panel, (t) => panel.marketLogReturns[t]!);
      const [values] = tested(await betasOf(itself, id, update));
      expectNear([values!], [values!.map(() => 1)], toleranceOf(id));
    },
  );

  // The others lean on what the coins have in common.
  const OWN = [
    ...["historical", "rolling", "ewma", "vasicek", "dimson"],
    ...["scholes-williams", "kalman"],
  ];
  it.each(only(OWN).filter(({ K }) => K === 2))(
    `finds the weights of a coin that is a sum of markets: ${TITLE}`,
    async ({ panel, id, update }) => {
      const weights = [
        [1, 0],
        [0, 1],
        [2, -3],
      ];
      const [x, y] = [0, 1].map((k) => (t: number) => panel.marketLogReturns[2 * t + k]!);
      const sums = withCoins(panel, (t, i) => weights[i]![0]! * x!(t) + weights[i]![1]! * y!(t));
      const [values] = tested(await betasOf(sums, id, update));
      expectNear([values!], [values!.map((_, at) => weights.flat()[at % 6]!)], toleranceOf(id));
    },
  );

  const LINEAR = [
    ...["zero", "pooled", "historical", "rolling", "ewma", "dimson"],
    "scholes-williams",
  ];
  it.each(ALL)(
    `gives a weighted sum of coins the weighted sum of their betas if it is linear, and only then: ${TITLE}`,
    async ({ panel, id, update }) => {
      const other = withCoins(
        panel,
        (t, i) => Math.sin(37 * t + 5 * i) / 7 - panel.marketLogReturns[t]!,
      );
      const at = (from: Panel, t: number, i: number) => from.coinLogReturns[t * COINS.length + i]!;
      const sum = withCoins(panel, (t, i) => 2 * at(panel, t, i) - 3 * at(other, t, i));
      const [a, b, both] = await Promise.all(
        [panel, other, sum].map(async (varied) => tested(await betasOf(varied, id, update))[0]!),
      );
      const off = both!.map((value, cell) => Math.abs(value - (2 * a![cell]! - 3 * b![cell]!)));
      if (LINEAR.includes(id)) expect(Math.max(...off)).toBeLessThanOrEqual(ROUNDING);
      else expect(Math.max(...off)).toBeGreaterThan(1e-3);
    },
  );

  it.each(except("one"))(
    `has a beta that grows inversely to its market, and no other: ${TITLE}`,
    async ({ panel, id, update, K }) => {
      const before = tested(await betasOf(panel, id, update));
      for (const unit of [1 / 64, 37.5]) {
        const scaled = {
          ...panel,
          marketLogReturns: panel.marketLogReturns.map((f, at) => (at % K === 0 ? unit * f : f)),
        };
        expectNear(
          tested(await betasOf(scaled, id, update)).map((part) =>
            part.map((v, at) => (at % K === 0 ? v * unit : v)),
          ),
          before,
          toleranceOf(id),
        );
      }
    },
  );

  it.each(except("one"))(`grows with the coins: ${TITLE}`, async ({ panel, id, update }) => {
    const before = tested(await betasOf(panel, id, update));
    const scaled = {
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((r) => 0.3 * r),
    };
    expectNear(
      tested(await betasOf(scaled, id, update)).map((part) => part.map((v) => v / 0.3)),
      before,
      toleranceOf(id),
    );
  });

  it.each(ALL)(
    `does not mind the order of the coins: ${TITLE}`,
    async ({ panel, id, update, K }) => {
      const order = [2, 0, 1];
      const turned = withCoins(
        panel,
        (t, i) => panel.coinLogReturns[t * COINS.length + order[i]!]!,
      );
      const width = COINS.length * K;
      expectNear(
        tested(await betasOf(turned, id, update)),
        tested(await betasOf(panel, id, update)).map((part) =>
          part.map((_, at) => {
            const [date, i] = [Math.floor(at / width), Math.floor(at / K) % 3];
            return part[date * width + order[i]! * K + (at % K)]!;
          }),
        ),
        toleranceOf(id),
      );
    },
  );

  it.each(ALL.filter(({ K }) => K === 2))(
    `does not mind the order of the markets: ${TITLE}`,
    async ({ panel, id, update }) => {
      const turned = {
        ...panel,
        marketLogReturns: panel.marketLogReturns.map(
          (_, at) => panel.marketLogReturns[at % 2 === 0 ? at + 1 : at - 1]!,
        ),
      };
      expectNear(
        tested(await betasOf(turned, id, update)).map((part) =>
          part.map((_, at) => part[at % 2 === 0 ? at + 1 : at - 1]!),
        ),
        tested(await betasOf(panel, id, update)),
        toleranceOf(id),
      );
    },
  );

  const RUNNING = ["ridge", "kalman", "bank", "amortised"];
  it.each(except("zero", "one", ...RUNNING).filter((candidate) => candidate.update === "frozen"))(
    `holds one beta per coin and market through the test block, frozen: ${TITLE}`,
    async ({ panel, id, K }) => {
      const [values] = tested(await betasOf(panel, id, "frozen"));
      values!.forEach((value, at) => {
        expect(value).toBe(values![at % (COINS.length * K)]);
      });
      const [updated] = tested(await betasOf(panel, id, "updated"));
      expect(updated!.slice(-K)).not.toEqual(updated!.slice(2 * K, 3 * K));
    },
  );
});

describe("missing returns", () => {
  // Their betas are no estimates, or of all coins at once.
  const COMMON = ["zero", "one", "pooled"];

  it.each(ALL)(
    `of one coin throughout leave the others their betas: ${TITLE}`,
    async ({ panel, id, update, K }) => {
      const silent = withCoins(panel, (t, i) =>
        i === 1 ? NaN : panel.coinLogReturns[t * COINS.length + i]!,
      );
      const [values] = tested(await betasOf(silent, id, update));
      values!.forEach((value, at) => {
        const known = Math.floor(at / K) % 3 !== 1 || COMMON.includes(id);
        expect(Number.isFinite(value), `cell ${at}`).toBe(known);
      });
    },
  );

  it.each(except("zero", "one"))(
    `in the fitting block change betas, but take none away: ${TITLE}`,
    async ({ panel, id, update }) => {
      // Rolling windows must be full: gaps lie outside those of the test block and before the frozen one.
      const gaps = withCoins(panel, (t, i) =>
        t === 10 + i ? NaN : panel.coinLogReturns[t * COINS.length + i]!,
      );
      const [values] = tested(await betasOf(gaps, id, update));
      expect(values!.every(Number.isFinite)).toBe(true);
      const [whole] = tested(await betasOf(panel, id, update));
      if (id !== "rolling") expect(values).not.toEqual(whole);
    },
  );
});

describe("markets that can't be told apart", () => {
  const [, pair] = PANELS;

  it.each(except("zero").filter(({ K }) => K === 2))(
    `are refused: ${TITLE}`,
    async ({ panel, id, update }) => {
      const twice = {
        ...panel,
        marketLogReturns: panel.marketLogReturns.map((_, at) =>
          at % 2 === 0 ? panel.marketLogReturns[at]! : panel.marketLogReturns[at - 1]! / -3,
        ),
      };
      await expect((async () => betasOf(twice, id, update))()).rejects.toThrow(
        /^\w+Beta: the markets X, Y.* must not be collinear, but they are in every period.*; leave one out$/,
      );
    },
  );

  it("give NaN while rows are too few to tell them", async () => {
    const early: Split = {
      inSample: { from: "2018-07", through: "2018-07" },
      validation: { from: "2018-08", through: "2018-08" },
      outOfSample: { from: "2018-09", through: "2018-09" },
    };
    for (const { id, estimate } of ladderOf(pair!)) {
      const betas = (async () => estimate(pair!, early, "frozen"))();
      if (["ridge", "ewma"].includes(id)) {
        await expect(betas, id).rejects.toThrow(
          /^tuned: the block 2018-08 to 2018-08 must hold a date at which each of .* has a beta/,
        );
        continue;
      }
      // Windows reach back before the block.
      const known = ["zero", "rolling"].includes(id);
      expect((await betas).values.some(Number.isFinite), id).toBe(known);
    }
  });
});

describe("at its limits", () => {
  const from = SPLIT.inSample.from;
  const fit = SPLIT.inSample;

  it.each(PANELS.map((panel) => ({ K: panel.markets.length, panel })))(
    "ewmaBeta with a half-life of Infinity is historicalBeta, intervals included, K = $K",
    ({ panel }) => {
      expect(ewmaBeta(panel, { from, halfLife: Infinity })).toEqual(
        historicalBeta(panel, { from }),
      );
      const nearly = ewmaBeta(panel, { from, halfLife: 1e9 });
      expectNear(tested(nearly), tested(historicalBeta(panel, { from })), 1e-6);
    },
  );

  it.each(
    PANELS.flatMap((panel) =>
      UPDATES.map((update) => ({ K: panel.markets.length, update, panel })),
    ),
  )(
    "ridgeBeta with a penalty of Infinity is pooledBeta, and tends to it, $update, K = $K",
    ({ panel, update }) => {
      const pooled = pooledBeta(panel, { from });
      const end = panel.dates.findIndex((date) => date > "2021");
      const width = COINS.length * panel.markets.length;
      const expected = pooled.values.map((v, at) =>
        at < end * width
          ? NaN
          : update === "updated"
            ? v
            : pooled.values[end * width + (at % width)]!,
      );
      const options = { fit, update, lookback: 6 };
      const at = (penalty: number) => tested(ridgeBeta(panel, { ...options, penalty }));
      const wanted = tested({ ...pooled, values: expected });
      expectNear(at(Infinity), wanted, ROUNDING);
      expectNear(at(1e9), wanted, COARSE);
      expect(at(0.5)).not.toEqual(wanted);
    },
  );

  it.each(PANELS.map((panel) => ({ K: panel.markets.length, panel })))(
    "vasicekBeta with a boundless prior is historicalBeta, with a prior without width pooledBeta, K = $K",
    ({ panel }) => {
      const { K, ...options } = { K: panel.markets.length, from };
      const at = (priorScale: number) => vasicekBeta(panel, { ...options, priorScale });
      const own = historicalBeta(panel, { from, minObs: K + 1 });
      expectNear(
        [[...at(Infinity).values].filter(Number.isFinite)],
        [[...own.values].filter(Number.isFinite)],
        ROUNDING,
      );
      expectNear([tested(at(1e12))[0]!], [tested(own)[0]!], COARSE);
      expectNear([tested(at(0))[0]!], tested(pooledBeta(panel, { from })), ROUNDING);
      expect(tested(at(0))[1]!.every((v) => v === 0)).toBe(true);
    },
  );
});
