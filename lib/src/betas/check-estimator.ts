/** Whether an estimator of one's own keeps the rules of a walk forward: its name, its axes, and what its betas know. */

import { checkSameAxis } from "../check.js";
import { inRange } from "../panel/calendar.js";
import { panelThrough } from "../panel/cut.js";
import { betaOffset } from "../panel/panel.js";
import { stream } from "../random.js";
import type { BetaPath, Panel, Split } from "../types.js";
import type { Estimator, Update } from "./estimator.js";
import { classicalLadder } from "./ladder.js";

/** Ids of the networks, which are built in a later room. */
const NETWORKS = /^(neural-|amortised$)/;

/** What an estimator may be called. */
export const ESTIMATOR_ID: RegExp = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/** Dates of a test block that are tried, at most. */
const DATES = 12;

/** Sums in another order differ by less, in units of a beta. */
const ROUNDING = 1e-9;

/** Standard deviation of the returns that stand in for those of a date and of all later ones. */
const CHANGED_SD = 0.1;

/**
 * Nothing, if an estimator's betas are walk-forward: a beta dated t must not move when returns from t on change, nor when all
 * later dates are cut off.
 *
 * Frozen and updated betas of every test block are estimated anew for the first, the last and up to ten dates between, twice
 * each: an estimator that is trained for long should be given one short block.
 *
 * @param splits blocks to estimate on; see `walkForwardSplits`
 * @throws RangeError naming the first beta that moved and its date; or where the id is not a name of its own, the path is not
 * on the panel's axes, or it has no beta; or where it is `running`, yet frozen and updated betas differ
 * @example
 * const leading = pathEstimator("leading", (seen) => betaPath(seen, "walkForward", (i, t) => [seen.coinLogReturns[4 * t + i]!]));
 * await checkEstimator(leading, dollar, splits); // RangeError: checkEstimator: a beta dated t must use returns through t - 1
 */
export async function checkEstimator(
  estimator: Estimator,
  panel: Panel,
  splits: readonly Split[],
): Promise<void> {
  checkName("checkEstimator", estimator);
  for (const split of splits)
    await checkSplit(estimator, { panel, split }, { where: "checkEstimator", most: DATES });
}

/**
 * The same in short for the estimators of a comparison that are not built in: ids apart, and one date of the last block.
 *
 * @throws RangeError in the caller's name
 */
export async function checkEstimators(
  where: string,
  estimators: readonly Estimator[],
  { panel, splits }: { readonly panel: Panel; readonly splits: readonly Split[] },
): Promise<void> {
  const ids = estimators.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.includes(id, i + 1));
  if (twice !== undefined)
    throw new RangeError(
      `${where}: every estimator must have an id of its own, ${twice} occurs twice; rename one`,
    );
  const last = splits.at(-1);
  for (const estimator of estimators.filter(({ builtIn }) => !builtIn)) {
    checkName(where, estimator);
    if (last) await checkSplit(estimator, { panel, split: last }, { where, most: 1 });
  }
}

/** Whether an id is that of an estimator of the project's ladder, or reserved for one. */
export const isBuiltIn = (id: string): boolean =>
  NETWORKS.test(id) || classicalLadder(1, { lookback: 1 }).some((known) => known.id === id);

function checkName(where: string, { id, builtIn }: Estimator): void {
  if (!ESTIMATOR_ID.test(id))
    throw new RangeError(
      `${where}: an estimator's id must be of letters, digits, points and hyphens, got ${JSON.stringify(id)}; rename it`,
    );
  if (isBuiltIn(id) && !builtIn)
    throw new RangeError(
      `${where}: an estimator's id must be its own, but ${id} is that of a built-in one; rename it`,
    );
}

/** Dates to check in a block, at most so many, and in whose name an error is told. */
interface Check {
  readonly where: string;
  readonly most: number;
}

/** Where betas are looked at. */
interface Block {
  readonly panel: Panel;
  readonly split: Split;
}

/** Both updates of a test block; what runs on has the same betas in both. */
async function checkSplit(estimator: Estimator, block: Block, check: Check): Promise<void> {
  const frozen = await checkBlock(estimator, block, { ...check, update: "frozen" });
  const updated = await checkBlock(estimator, block, { ...check, update: "updated" });
  if (estimator.running && frozen.values.some((b, at) => !Object.is(b, updated.values[at])))
    throw new RangeError(
      `${check.where}: ${estimator.id} is running, so its frozen and updated betas must be the same, but they differ; leave out running`,
    );
}

async function checkBlock(
  estimator: Estimator,
  { panel, split }: Block,
  { where, most, update }: Check & { readonly update: Update },
): Promise<BetaPath> {
  const { id } = estimator;
  const known = panelThrough(panel, split.outOfSample.through);
  const path = await estimator.estimate(known, split, update);
  checkPath(path, known, { where, id });
  const tested = [...known.dates.keys()].filter((t) => inRange(known.dates[t]!, split.outOfSample));
  if (!tested.some((t) => betasAt(path, t).some(Number.isFinite)))
    throw new RangeError(
      `${where}: ${id}, ${update}, must have betas in the test block from ${split.outOfSample.from}, but has none; give the estimator more data, or begin the test later`,
    );
  for (const t of spread(tested, most)) {
    const date = known.dates[t]!;
    const changed = changedFrom(known, t);
    const through = { ...split, outOfSample: { ...split.outOfSample, through: date } };
    const variants: (readonly [Panel, Split, string])[] =
      most === 1
        ? [[panelThrough(changed, date), through, "change and are cut off"]]
        : [
            [changed, split, "change"],
            [panelThrough(known, date), through, "are cut off"],
          ];
    for (const [variant, dates, happens] of variants) {
      const other = await estimator.estimate(variant, dates, update);
      const moved = firstMove(path, other, t);
      if (moved)
        throw new RangeError(
          `${where}: a beta dated t must use returns through t - 1 alone, but that of ${id}, ${update}, for ${moved} when returns from ${date} on ${happens}; leave its own date and later ones out`,
        );
    }
  }
  return path;
}

function checkPath(
  path: BetaPath,
  panel: Panel,
  { where, id }: { readonly where: string; readonly id: string },
): void {
  if (path.kind !== "walkForward")
    throw new RangeError(
      `${where}: betas of ${id} must be walkForward, got ${path.kind}; a fitted beta saw the returns of its own dates`,
    );
  for (const axis of ["dates", "coins", "markets"] as const)
    checkSameAxis(where, axis, { [id]: path[axis], panel: panel[axis] });
}

/** The first beta dated t or before that is not that of another path, in words. */
function firstMove(path: BetaPath, other: BetaPath, t: number): string | undefined {
  const { dates, coins, markets } = path;
  for (let row = 0; row <= t; row++)
    for (const [i, coin] of coins.entries())
      for (const [k, market] of markets.entries()) {
        const at = betaOffset(path, row, i, k);
        const [before, after] = [path.values[at]!, other.values[at]!];
        const near = Math.abs(after - before) <= ROUNDING * Math.max(1, Math.abs(before));
        if (!near && !Object.is(before, after))
          return `${coin} on ${market} dated ${dates[row]} moves from ${before} to ${after}`;
      }
  return undefined;
}

const betasAt = (path: BetaPath, t: number): Float64Array =>
  path.values.subarray(betaOffset(path, t, 0, 0), betaOffset(path, t + 1, 0, 0));

/** So many of the items, first and last among them; the middle one where one is asked for. */
function spread(items: readonly number[], most: number): number[] {
  const count = Math.min(most, items.length);
  if (count === 1) return [items[items.length >> 1]!];
  return Array.from(
    { length: count },
    (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!,
  );
}

/** Other returns and predictors from date index t on; what is missing stays missing. */
function changedFrom(panel: Panel, t: number): Panel {
  const draw = stream("check-estimator", t);
  const changed = (values: Float64Array) => {
    const first = t * (values.length / panel.dates.length);
    return values.map((value, at) =>
      at < first || Number.isNaN(value) ? value : CHANGED_SD * draw.normal(),
    );
  };
  const { coinLogReturns, marketLogReturns, predictors } = panel;
  return {
    ...panel,
    coinLogReturns: changed(coinLogReturns),
    marketLogReturns: changed(marketLogReturns),
    ...(predictors ? { predictors: { ...predictors, values: changed(predictors.values) } } : {}),
  };
}
