/** Two claims in every defensible way: choices that nobody would call wrong, and what hangs on them. */

import type { GainCandidate } from "../../comparing/gain-candidates.js";
import { marketNames } from "../../panel/panel.js";
import type { Factors, Panel, Progress } from "../../types.js";
import { coMovements } from "./co-movement.js";
import { factorGains } from "./factor-gains.js";
import { equityForms, type Specification } from "./specification.js";

/** The choices that are crossed. */
export interface MultiverseOptions {
  /** The equity market of the panel. */
  readonly market: string;
  /** Market sets of the factor gains. */
  readonly marketSets: readonly string[];
  /** Windows of rolling betas in periods, for both claims. */
  readonly windows: readonly number[];
  /** Periods of the inputs of ridge and networks; none leaves these out. */
  readonly inputs: readonly number[];
  readonly networks?: (lookback: number) => readonly GainCandidate[];
  /** Years that samples of the co-movement begin in. */
  readonly years: readonly string[];
  /** Years that tests of the gains begin in. */
  readonly testYears: readonly string[];
  readonly fitFrom: string;
  readonly through: string;
  readonly draws: number;
  readonly seed: number;
}

/**
 * Specifications of the co-movement of coins and equities, and of the gain by the Fama-French factors, on one panel: with its
 * equity market, and with the market factor in its place (then without ridge and networks, and only on sets with equities).
 *
 * Rolling windows that are no longer than all hedges and factors are many serve the co-movement alone.
 *
 * @param factors must have every date of the panel
 * @returns by equity series: co-movement, then gains
 * @throws RangeError if the factors lack a date
 * @example
 * (await multiverse(panel, factors, crossed)).length; // 50
 * @see Simonsohn, Simmons and Nelson (2020), Specification curve analysis, Nature Human Behaviour 4
 */
export async function multiverse(
  panel: Panel,
  factors: Factors,
  { onProgress, ...options }: MultiverseOptions & Progress,
): Promise<Specification[]> {
  const { market, windows, years, testYears, networks, ...shared } = options;
  const fewest = panel.markets.length + factors.names.length;
  const specifications: Specification[] = [];
  const forms = equityForms(panel, factors, market);
  for (const [i, form] of forms.entries()) {
    const own = i === 0;
    specifications.push(
      ...coMovements(form.panel, {
        ...shared,
        market,
        equity: form.equity,
        lookbacks: windows,
        from: years,
      }),
      ...(await factorGains(form.panel, factors, {
        ...shared,
        market,
        equity: form.equity,
        marketSets: options.marketSets.filter((set) => own || marketNames(set).includes(market)),
        windows: windows.filter((window) => window > fewest),
        inputs: own ? options.inputs : [],
        ...(networks && own ? { networks } : {}),
        from: testYears,
      })),
    );
    onProgress?.(i + 1, forms.length);
  }
  return specifications;
}
