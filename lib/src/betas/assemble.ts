/** Beta paths put together from rows of others. */

import { inRange } from "../panel/calendar.js";
import { cutRows, rowsWithin } from "../panel/cut.js";
import { rowAt } from "../panel/panel.js";
import type { Band, BetaPath, DateRange, Panel } from "../types.js";

/**
 * The estimate that a path has right after a block, held from then on: it uses the data of the block and no later ones.
 *
 * @param path walk-forward betas: the one dated t uses data through t - 1
 * @returns NaN through the end of the block
 * @example
 * const held = heldBeta(pooledBeta(dollar, inSample), inSample);
 * meanBeta(held, "FIAT"); // -4.6779
 */
export function heldBeta(path: BetaPath, block: DateRange): BetaPath {
  const after = dateAfter(path, block);
  return assembled(path, path.kind, (t) =>
    after >= 0 && t >= after ? { path, t: after } : undefined,
  );
}

/** Index of the first date after a block, -1 if there is none. */
export const dateAfter = ({ dates }: Pick<BetaPath, "dates">, { through }: DateRange): number =>
  dates.findIndex((date) => date.slice(0, through.length) > through);

/**
 * The dates of a path that lie in a range; NaN on all others.
 *
 * @example
 * betaSeries(betaWithin(rolling, { from: "2023-01", through: "2023-03" }), "BTC", "FIAT").length; // 3
 */
export function betaWithin(path: BetaPath, range: DateRange): BetaPath {
  return assembled(path, path.kind, (t) =>
    inRange(path.dates[t]!, range) ? { path, t } : undefined,
  );
}

/** The dates of a path that lie in a range, without all others. */
export function cutBeta(path: BetaPath, range: DateRange): BetaPath {
  const width = path.coins.length * path.markets.length;
  const rows = rowsWithin(path.dates, range);
  // Copies, so that the rest of the path can be let go.
  const cut = (values: Float64Array) => cutRows(values, width, rows).slice();
  const { values, standardErrors, band, seeds } = path;
  return {
    ...path,
    dates: path.dates.slice(rows.from, rows.end),
    values: cut(values),
    ...(standardErrors && { standardErrors: cut(standardErrors) }),
    ...(band && { band: { ...band, lower: cut(band.lower), upper: cut(band.upper) } }),
    ...(seeds && { seeds: seeds.map(cut) }),
  };
}

/**
 * Walk-forward paths of consecutive blocks as one path.
 *
 * @param blocks paths whose dates are the panel's first ones, each with the range it is taken for
 * @throws RangeError if a path is fitted, or its coins, markets or dates are not the panel's
 * @example
 * const early = { path: pooled, range: { from: "2022-01", through: "2022-12" } };
 * const late = { path: rolling, range: { from: "2023-01", through: "2024-11" } };
 * betaSeries(stitchedBeta(dollar, [early, late]), "BTC", "FIAT").length; // 35
 */
export function stitchedBeta(
  panel: Panel,
  blocks: readonly { readonly path: BetaPath; readonly range: DateRange }[],
): BetaPath {
  for (const { path } of blocks) {
    if (path.kind !== "walkForward")
      throw new RangeError(
        `stitchedBeta: every path must be walkForward, got ${path.kind}; a fitted beta saw the returns of its own dates`,
      );
    for (const axis of ["coins", "markets", "dates"] as const)
      if (
        path[axis].some((name, i) => name !== panel[axis][i]) ||
        (axis !== "dates" && path[axis].length !== panel[axis].length)
      )
        throw new RangeError(
          `stitchedBeta: every path must have the panel's ${axis}, but one has ${path[axis].slice(0, 4).join(", ")} against ${panel[axis].slice(0, 4).join(", ")}; make it from the same panel`,
        );
  }
  return assembled(panel, "walkForward", (t) => {
    const block = blocks.find(({ range }) => inRange(panel.dates[t]!, range));
    return block && { path: block.path, t };
  });
}

interface Row {
  readonly path: BetaPath;
  readonly t: number;
}

/** A path whose date t is a date of another path, with its errors and bounds; NaN where there is none. */
function assembled(
  axes: Pick<BetaPath, "dates" | "coins" | "markets">,
  kind: BetaPath["kind"],
  source: (t: number) => Row | undefined,
): BetaPath {
  const { dates, coins, markets } = axes;
  const width = coins.length * markets.length;
  const rows = dates.map((_, t) => source(t));
  const take = (valuesOf: (path: BetaPath) => Float64Array | undefined): Float64Array => {
    const out = new Float64Array(dates.length * width).fill(Number.NaN);
    rows.forEach((row, t) => {
      const from = row && valuesOf(row.path);
      if (from) rowAt(out, width, t).set(rowAt(from, width, row.t));
    });
    return out;
  };
  const paths = rows.flatMap((row) => row?.path ?? []);
  const band: Band | undefined = paths.find((path) => path.band)?.band;
  const seeds = paths.find((path) => path.seeds)?.seeds;
  return {
    dates,
    coins,
    markets,
    values: take((path) => path.values),
    ...(paths.some((path) => path.standardErrors)
      ? { standardErrors: take((path) => path.standardErrors) }
      : {}),
    ...(band
      ? {
          band: {
            interval: band.interval,
            lower: take((path) => path.band?.lower),
            upper: take((path) => path.band?.upper),
          },
        }
      : {}),
    ...(seeds ? { seeds: seeds.map((_, seed) => take((path) => path.seeds?.[seed])) } : {}),
    kind,
  };
}
