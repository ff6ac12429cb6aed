/** The report's descriptive statistics: read, and held against what any sample can have. */

import { checkInteger, checkPositive } from "../check.js";
import { smallSampleMoments } from "../stats/moments.js";

/** One printed row of Step 4, four decimals. */
export interface ReportedStatistics {
  readonly coin: string;
  readonly market: string;
  readonly n: number;
  readonly mean: number;
  readonly std: number;
  readonly skew: number;
  readonly kurtosis: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Rows of `reported/beta-statistics.csv` as numbers.
 *
 * @example
 * reportedStatistics(await readRecords(shippedFile("reported/beta-statistics.csv")))[0];
 * // { coin: "BCH", market: "ENERGY", n: 12, mean: -0.1109, std: 0.0465, skew: 0.5504, kurtosis: 2.321, min: -0.1688, max:
 * // -0.0193 }
 */
export function reportedStatistics(
  printed: readonly Readonly<Record<string, string>>[],
): ReportedStatistics[] {
  return printed.map((record) => {
    const number = (key: keyof ReportedStatistics) => Number(record[key]);
    return {
      coin: record.coin!,
      market: record.market!,
      n: number("n"),
      mean: number("mean"),
      std: number("std"),
      skew: number("skew"),
      kurtosis: number("kurtosis"),
      min: number("min"),
      max: number("max"),
    };
  });
}

/** Names as in `SampleMoments`; "G2 + 3" is the adjusted kurtosis, not in excess. */
export const KURTOSIS_CONVENTIONS = ["b2", "G2 + 3", "g2", "G2", "sampleKurtosis"] as const;
/** Name of a kurtosis convention, one of `KURTOSIS_CONVENTIONS`. */
export type KurtosisConvention = (typeof KURTOSIS_CONVENTIONS)[number];

/** What a printed kurtosis can be, given the other printed moments. */
export interface KurtosisCheck {
  /** No sample with the printed n, mean, std, skew, min and max has a b2 below. */
  readonly lowest: number;
  /** Nor above. */
  readonly highest: number;
  /** The b2 that the printed kurtosis means, by the convention it may be printed in. */
  readonly implied: Readonly<Record<KurtosisConvention, number>>;
  /** Conventions whose b2 lies within the bounds. */
  readonly possible: readonly KurtosisConvention[];
}

/** Half a unit of the fourth decimal. */
const ROUNDING = 0.00005;

type Five = readonly [number, number, number, number, number];

/** Five numbers as far as rounding can have moved them, each up or down. */
function cornersOf(printed: Five): Five[] {
  let corners: number[][] = [[]];
  for (const value of printed)
    corners = [value + ROUNDING, value - ROUNDING].flatMap((end) =>
      corners.map((corner) => [...corner, end]),
    );
  return corners as unknown as Five[];
}

/**
 * In which convention a printed kurtosis can be, from the other printed moments of its row.
 *
 * With z = (x - mean) / sd, from a (the least) to b (the largest): the mean of z^2 (z - a) (b - z) is not negative, so that
 * b2 <= (a + b) g1 - a b; and b2 >= 1 + g1^2, and >= (a^4 + b^4 + (n - a^2 - b^2)^2 / (n - 2)) / n, the sum of squares being n.
 * Bounds are the widest over both conventions of std and of skew, and over the rounding of each printed number.
 *
 * @throws RangeError if n is not an integer of at least 4, or std is not above 0
 * @example
 * const [printed] = reportedStatistics(await readRecords(shippedFile("reported/beta-statistics.csv")));
 * const { lowest, highest, possible } = kurtosisCheck(printed!);
 * [printed!.kurtosis, lowest, highest]; // [2.321, 1.8053, 3.1029]
 * possible; // ["b2", "G2 + 3"]
 * @see Pearson (1916) for the lower bound by skewness
 */
export function kurtosisCheck(printed: ReportedStatistics): KurtosisCheck {
  const { n, kurtosis } = printed;
  checkInteger("kurtosisCheck", "n", n, 4);
  checkPositive("kurtosisCheck", "std", printed.std);
  const { largestB2 } = smallSampleMoments(n);
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const { mean, std, skew, min, max } = printed;
  const corners = cornersOf([mean, std, skew, min, max]);
  for (const toSd of [1, Math.sqrt((n - 1) / n)])
    for (const toG1 of [1, (n - 2) / Math.sqrt(n * (n - 1))])
      for (const [center, deviation, skewness, least, largest] of corners) {
        const sd = deviation * toSd;
        const g1 = skewness * toG1;
        const a = (least - center) / sd;
        const b = (largest - center) / sd;
        const [aa, bb] = [a ** 2, b ** 2];
        const rest = (n - aa - bb) ** 2 / (n - 2);
        const low = Math.max(1 + g1 ** 2, (aa ** 2 + bb ** 2 + rest) / n);
        lowest = Math.min(lowest, low);
        highest = Math.max(highest, Math.min((a + b) * g1 - a * b, largestB2));
      }
  const fromG2 = (G2: number) => 3 + ((G2 * (n - 2) * (n - 3)) / (n - 1) - 6) / (n + 1);
  const implied = {
    b2: kurtosis,
    "G2 + 3": fromG2(kurtosis - 3),
    g2: kurtosis + 3,
    G2: fromG2(kurtosis),
    sampleKurtosis: fromG2(kurtosis - (3 * (n - 1) ** 2) / ((n - 2) * (n - 3))),
  };
  return {
    lowest,
    highest,
    implied,
    possible: KURTOSIS_CONVENTIONS.filter(
      (name) => implied[name] >= lowest && implied[name] <= highest,
    ),
  };
}
