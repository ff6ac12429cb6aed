import { checkInteger } from "../check.js";
import type { RecursiveOls } from "../stats/recursive-ols.js";
import { type BetaPath, betaPath, type Panel } from "../types.js";

export interface ExpandingOptions {
  /** First date whose return is used. */
  readonly from: string;
  /** Fewest complete rows for an estimate; K by default. */
  readonly minObs?: number;
}

/** Betas of regressions that grow by the dates before t; several coins may share one regression. */
export function expandingBetas(
  where: string,
  panel: Panel,
  { from, minObs = panel.markets.length }: ExpandingOptions,
  regression: (coin: number) => RecursiveOls,
): BetaPath {
  const { dates, coins, markets, coinLogReturns, marketLogReturns } = panel;
  const [N, K] = [coins.length, markets.length];
  checkInteger(where, "minObs", minObs, K);
  if (!(dates.at(-1)! >= from))
    throw new RangeError(
      `${where}: from must not lie after the panel, which has ${dates[0]} to ${dates.at(-1)}, got ${from}; choose an earlier date`,
    );
  let seen = 0;
  const path = betaPath(panel, "walkForward", (coin, t) => {
    for (; seen < t; seen++)
      if (dates[seen]! >= from)
        for (let i = 0; i < N; i++)
          regression(i).add(
            marketLogReturns,
            coinLogReturns[seen * N + i]!,
            seen * K,
          );
    const ols = regression(coin);
    return ols.rows() < minObs
      ? new Array<number>(K).fill(Number.NaN)
      : ols.coefficients();
  });
  // Few dates leave any markets collinear, whatever the coins: only longer samples say that they are.
  const dated = dates.slice(0, -1).filter((date) => date >= from).length;
  const enough = coins.some((_, i) => regression(i).rows() >= minObs);
  if (enough && dated > K && path.values.every(Number.isNaN))
    throw new RangeError(
      `${where}: the markets ${markets.join(", ")} must not be collinear, but they are in every period from ${from} on (or one is zero); leave one out`,
    );
  return path;
}
