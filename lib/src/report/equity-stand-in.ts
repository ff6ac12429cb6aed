/** A stand-in for the report's EQUITY, which no published series is. */

import { position, rowAt, seriesOf } from "../panel/panel.js";
import { stream } from "../random.js";
import type { DatedSeries, Panel } from "../types.js";

/**
 * The panel with a market that is made up like the report's: its printed returns on their dates, and after them the log changes
 * between levels that are drawn, with replacement, from those that the printed returns pass through.
 *
 * The report's EQUITY fell by 86 % in one month and is no equity market (audit of notebook 00); after its five printed months
 * nobody has it. A stand-in has its units, not its values: only what hangs on units can be learned from it.
 *
 * @param printed the report's rows of Step 0
 * @throws RangeError if the panel does not begin with the printed dates
 * @example
 * const printed = await readDated(shippedFile("reported/returns.csv"));
 * const madeUp = equityStandIn(panel, printed, { market: "EQUITY", seed: 1 });
 * [...marketReturns(madeUp, "EQUITY")].slice(0, 5); // [-0.0794, 0.1366, -0.0514, 0.0919, -1.9484]
 */
export function equityStandIn(
  panel: Panel,
  printed: DatedSeries,
  { market, seed }: { readonly market: string; readonly seed: number },
): Panel {
  const returns = seriesOf(printed, market);
  if (printed.dates.some((date, t) => date !== panel.dates[t]))
    throw new RangeError(
      `equityStandIn: the panel must begin with the printed dates ${printed.dates[0]} to ${printed.dates.at(-1)}, it begins on ${panel.dates[0]}; choose the report's panel`,
    );
  // Logarithms of the levels, from 0 before the first printed date.
  const levels = [0];
  for (const r of returns) levels.push(levels.at(-1)! + r);
  const draw = stream(seed, "stand-in", market);
  let level = levels.at(-1)!;
  const standIn = panel.dates.map((_, t) => {
    if (t < returns.length) return returns[t]!;
    const before = level;
    level = levels[Math.floor(draw.uniform() * levels.length)]!;
    return level - before;
  });
  const [K, k] = [panel.markets.length, position("equityStandIn", "market", panel.markets, market)];
  const marketLogReturns = panel.marketLogReturns.slice();
  standIn.forEach((r, t) => {
    rowAt(marketLogReturns, K, t)[k] = r;
  });
  return { ...panel, marketLogReturns };
}
