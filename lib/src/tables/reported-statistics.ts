/** The report's statistics of Step 4 beside ours, and what its kurtosis can be. */

import type { BetaStatistics } from "../comparing/beta-statistics.js";
import {
  type KurtosisCheck,
  type KurtosisConvention,
  kurtosisCheck,
  type ReportedStatistics,
} from "../report/reported-statistics.js";
import { momentColumns, printedMoments } from "./beta-statistics.js";
import { type Table, tableOf } from "./table.js";

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
  const rows = printed.flatMap((row) => [
    { source: "report", ...row },
    ...Object.entries(ours).flatMap(([source, statistics]) =>
      statistics
        .filter(({ coin, market }) => coin === row.coin && market === row.market)
        .map(({ coin, market, moments }) => ({ source, coin, market, ...printedMoments(moments) })),
    ),
  ]);
  return {
    id: "reported-statistics",
    caption:
      "The report's descriptive statistics of Step 4 and ours, betas of twelve months, out of sample",
    ...tableOf(rows, [
      { key: "coin", head: "Crypto", value: ({ coin }) => coin },
      { key: "market", head: "Asset", value: ({ market }) => market },
      { key: "source", head: "Source", value: ({ source }) => source },
      ...momentColumns<(typeof rows)[number]>((row) => row),
    ]),
    notes: ["Ours: std with n − 1, skew g1, kurtosis b2 (not in excess)."],
  };
}

/** The b2 that a printed value means in each convention. */
const IMPLIED: readonly (readonly [key: string, head: string, convention: KurtosisConvention])[] = [
  ["impliedB2", "if b2", "b2"],
  ["impliedAdjusted", "if G2 + 3", "G2 + 3"],
  ["impliedExcess", "if g2", "g2"],
  ["impliedAdjustedExcess", "if G2", "G2"],
  ["impliedSample", "if sample", "sampleKurtosis"],
];

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
    ...tableOf(
      printed.map((row) => ({ row, check: kurtosisCheck(row) })),
      [
        { key: "coin", head: "Crypto", value: ({ row }) => row.coin },
        { key: "market", head: "Asset", value: ({ row }) => row.market },
        { key: "kurtosis", head: "Printed", decimals: 4, value: ({ row }) => row.kurtosis },
        { key: "lowest", head: "b2 at least", decimals: 2, value: ({ check }) => check.lowest },
        { key: "highest", head: "at most", decimals: 2, value: ({ check }) => check.highest },
        ...IMPLIED.map(([key, head, convention]) => ({
          ...{ key, head, decimals: 2 },
          value: ({ check }: { check: KurtosisCheck }) => check.implied[convention],
        })),
        { key: "possible", head: "Possible", value: ({ check }) => check.possible.join(", ") },
      ],
    ),
    notes: [
      "If: the b2 = m4 / m2² that the printed value means in that convention. g2 = b2 − 3; G2: adjusted excess, as in SAS, Excel and pandas; sample: PerformanceAnalytics.",
      "Bounds: from n, mean, std, skew, min and max as printed, the widest over both conventions of std and skew and over the rounding.",
    ],
  };
}
