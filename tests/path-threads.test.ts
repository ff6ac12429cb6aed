/** Estimators on threads of their own: the same bits as on the caller's, and the same errors. */

import { expect, it, vi } from "vitest";
import { classicalLadder } from "../lib/src/betas/ladder.js";
import { walkedLadder } from "../lib/src/comparing/walked.js";
import { amortisedEstimator } from "../lib/src/models/amortised/amortised-beta.js";
import { onThread, threadPath } from "../lib/src/models/threads/path-threads.js";
import { seededPanel } from "./support/helpers.js";

const PANEL = seededPanel(48, ["A", "B", "C"], ["X"]);
const SPLIT = {
  inSample: { from: "2018-07", through: "2019-12" },
  validation: { from: "2020-01", through: "2020-12" },
  outOfSample: { from: "2021-01", through: "2021-12" },
};
const PLACE = { markets: 1, options: { lookback: 6, refit: "quarterly" as const } };
const LADDER = [...classicalLadder(1, PLACE.options), amortisedEstimator()];

it.each(LADDER.map(({ id }) => id))("%s has the same bits from a thread", async (id) => {
  const own = LADDER.find((estimator) => estimator.id === id)!;
  for (const update of ["frozen", "updated"] as const)
    expect(await threadPath({ ...PLACE, id, panel: PANEL, split: SPLIT, update })).toEqual(
      await own.estimate(PANEL, SPLIT, update),
    );
});

it("an estimator's error comes from its thread as it is, and the next path is made", async () => {
  const late = { ...SPLIT, inSample: { from: "2030-01", through: "2030-12" } };
  const asked = { ...PLACE, id: "pooled", panel: PANEL, update: "updated" as const };
  const failed = threadPath({ ...asked, split: late });
  await expect(failed).rejects.toThrow(RangeError);
  await expect(failed).rejects.toThrow(/from must not lie after the panel/);
  expect((await threadPath({ ...asked, split: SPLIT })).values).toHaveLength(144);
});

it("a large panel is walked on threads to the same ladder, in its order, without HC3 intervals", async () => {
  const threaded = LADDER.map((own) => onThread(own, PLACE, 0));
  const plain = classicalLadder(1, { ...PLACE.options, intervals: false });
  const walked = await walkedLadder(PANEL, threaded, { splits: [SPLIT] });
  const expected = [...plain, amortisedEstimator()];
  expect(walked).toEqual(await walkedLadder(PANEL, expected, { splits: [SPLIT] }));
});

it("a panel of 100,000 betas is large, one of fewer is not", async () => {
  const here = vi.fn(() => Promise.reject(new Error("estimated here")));
  const zero = onThread({ id: "zero", estimate: here }, PLACE);
  const split = {
    inSample: { from: "2018-01", through: "2018-05" },
    validation: { from: "2018-06", through: "2018-07" },
    outOfSample: { from: "2018-08", through: "2018-10" },
  };
  const coins = Array.from({ length: 10_000 }, (_, i) => `C${i}`);
  const through = (dates: number) => ({
    ...{ ...PANEL, coins, dates: PANEL.dates.slice(0, dates) },
    coinLogReturns: new Float64Array(10_000 * dates),
    marketLogReturns: PANEL.marketLogReturns.slice(0, dates),
  });
  const { values } = await zero.estimate(through(10), split, "updated");
  expect([values.length, here.mock.calls.length]).toEqual([100_000, 0]);
  await expect(zero.estimate(through(9), split, "updated")).rejects.toThrow("estimated here");
});
