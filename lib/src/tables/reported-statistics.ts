import type { BetaStatistics } from "../comparing/beta-statistics.js";
import {
  KURTOSIS_CONVENTIONS,
  kurtosisCheck,
  type ReportedStatistics,
} from "../report/reported-statistics.js";
import { MOMENT_COLUMNS } from "./beta-statistics.js";
import type { Cell, Table } from "./table.js";

/**
 * The report's rows of Step 4 in its own columns, with ours of the same coin and market below each.
 *
 * @param ours statistics by the name of their source
 * @example
 * const printed = reportedStatistics(await readRecords(shippedFile("reported/beta-statistics.csv")));
 * const { rows } = tableReportedStatistics(printed, { "our network": betaStatistics(markets) });
 * rows[0]!.slice(0, 6); // ["BCH", "ENERGY", "report", 12, -0.1109, 0.0465]
 */
export function tableReportedStatistics(
  printed: readonly ReportedStatistics[],
  ours: Readonly<Record<string, readonly BetaStatistics[]>>,
): Table {
  return {
    id: "reported-statistics",
    caption:
      "The report's descriptive statistics of Step 4 and ours, betas of twelve months, out of sample",
    columns: [
      { key: "coin", head: "Crypto" },
      { key: "market", head: "Asset" },
      { key: "source", head: "Source" },
      ...MOMENT_COLUMNS,
    ],
    rows: printed.flatMap((row): Cell[][] => [
      [
        row.coin,
        row.market,
        "report",
        row.n,
        row.mean,
        row.std,
        row.skew,
        row.kurtosis,
        row.min,
        row.max,
      ],
      ...Object.entries(ours).flatMap(([source, statistics]) =>
        statistics
          .filter((of) => of.coin === row.coin && of.market === row.market)
          .map(({ moments }) => [
            row.coin,
            row.market,
            source,
            moments.n,
            moments.mean,
            moments.sampleSd,
            moments.g1,
            moments.b2,
            moments.min,
            moments.max,
          ]),
      ),
    ]),
    notes: ["Ours: std with n − 1, skew g1, kurtosis b2 (not in excess)."],
  };
}

/**
 * Which convention the report's kurtosis can be in, row by row.
 *
 * @example
 * const printed = reportedStatistics(await readRecords(shippedFile("reported/beta-statistics.csv")));
 * tableReportedKurtosis(printed).rows[0]!.slice(0, 5); // ["BCH", "ENERGY", 2.321, 1.8053, 3.1029]
 */
export function tableReportedKurtosis(printed: readonly ReportedStatistics[]): Table {
  return {
    id: "reported-kurtosis",
    caption:
      "The report's kurtosis against the least and the largest b2 that any sample with its other printed moments has",
    columns: [
      { key: "coin", head: "Crypto" },
      { key: "market", head: "Asset" },
      { key: "kurtosis", head: "Printed", decimals: 4 },
      { key: "lowest", head: "b2 at least", decimals: 2 },
      { key: "highest", head: "at most", decimals: 2 },
      { key: "impliedB2", head: "if b2", decimals: 2 },
      { key: "impliedAdjusted", head: "if G2 + 3", decimals: 2 },
      { key: "impliedExcess", head: "if g2", decimals: 2 },
      { key: "impliedAdjustedExcess", head: "if G2", decimals: 2 },
      { key: "impliedSample", head: "if sample", decimals: 2 },
      { key: "possible", head: "Possible" },
    ],
    rows: printed.map((row) => {
      const { lowest, highest, implied, possible } = kurtosisCheck(row);
      return [
        row.coin,
        row.market,
        row.kurtosis,
        lowest,
        highest,
        ...KURTOSIS_CONVENTIONS.map((name) => implied[name]),
        possible.join(", "),
      ];
    }),
    notes: [
      "If: the b2 = m4 / m2² that the printed value means in that convention. g2 = b2 − 3; G2: adjusted excess, as in SAS, Excel and pandas; sample: PerformanceAnalytics.",
      "Bounds: from n, mean, std, skew, min and max as printed, the widest over both conventions of std and skew and over the rounding.",
    ],
  };
}
