/** The report's betas beside those of its networks in three units. */

import { SCALINGS } from "../models/network-inputs.js";
import type { ScalingBeta } from "../report/scaling-betas.js";
import { mean } from "../stats/moments.js";
import { type Table, tableOf } from "./table.js";

const NOTE =
  "raw: inputs are log returns, the output is the beta; standardised: inputs are z-scores, the output is the beta; beta-scaled: inputs are z-scores, beta = b s_r / s_f, as everywhere else in these notebooks.";

/**
 * Each pair in a line: the printed mean beta, and the mean over networks in each scaling.
 *
 * @param rows of `scalingBetas`, of one series or of several
 * @example
 * const printed = [{ coin: "BTC", market: "FIAT", mean: -0.2706, std: Number.NaN, dates: study.split.outOfSample }];
 * const configurations = matchReported(await readRecords(shippedFile("reported/search-best.csv")), []);
 * const options = { ...small, printed, configurations, series: "ours", networks: 2, epochs: 5 };
 * const scalings = await scalingBetas(panel, trainer, options);
 * tableScalingBetas(scalings, "two networks").rows[0]!.slice(0, 4); // ["FIAT", "ours", "BTC", -0.2706]
 */
export function tableScalingBetas(rows: readonly ScalingBeta[], sample: string): Table {
  const first = rows.filter(({ scaling }) => scaling === SCALINGS[0]);
  const cell = (pair: ScalingBeta, scaling: ScalingBeta["scaling"]): ScalingBeta | undefined =>
    rows.find((row) => row.scaling === scaling && isPair(row, pair));
  return {
    id: "scaling-betas",
    caption: `Mean neural beta of every pair in three units beside what the report prints; ${sample}`,
    ...tableOf(first, [
      { key: "market", head: "Market", value: ({ market }) => market },
      { key: "series", head: "Series", value: ({ series }) => series },
      { key: "coin", head: "Coin", value: ({ coin }) => coin },
      { key: "printed", head: "Report", decimals: 4, value: ({ printed }) => printed },
      ...SCALINGS.flatMap((scaling) => [
        {
          key: scaling,
          head: scaling,
          decimals: 2,
          value: (pair: ScalingBeta) => cell(pair, scaling)!.beta,
        },
        ...(["lower", "upper"] as const).map((end) => ({
          key: `${scaling}-${end}`,
          ...{ head: end === "lower" ? "5 %" : "95 %", decimals: 2, fileOnly: scaling !== "raw" },
          value: (pair: ScalingBeta) => cell(pair, scaling)![end],
        })),
      ]),
    ]),
    notes: [
      NOTE,
      "Report: Step 4, mean of twelve months; FIAT: Step 9, the printed months of the coin; empty: not printed. 5 %, 95 %: of single networks.",
    ],
  };
}

const isPair = (row: ScalingBeta, { coin, market, series }: ScalingBeta): boolean =>
  row.coin === coin && row.market === market && row.series === series;

/**
 * Each market and scaling in a line: how near its networks come to what the report prints.
 *
 * @example
 * const printed = [{ coin: "BTC", market: "FIAT", mean: -0.2706, std: Number.NaN, dates: study.split.outOfSample }];
 * const configurations = matchReported(await readRecords(shippedFile("reported/search-best.csv")), []);
 * const options = { ...small, printed, configurations, series: "ours", networks: 2, epochs: 5 };
 * const scalings = await scalingBetas(panel, trainer, options);
 * tableScalings(scalings, "two networks").rows.map((row) => row[2]); // ["raw", "standardised", "beta-scaled"]
 */
export function tableScalings(rows: readonly ScalingBeta[], sample: string): Table {
  const groups = new Map<string, ScalingBeta[]>();
  for (const row of rows) {
    const key = [row.market, row.series, row.scaling].join();
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const over =
    (key: "printed" | "beta" | "lower" | "upper" | "std" | "printedStd" | "distance") =>
    (group: readonly ScalingBeta[]) =>
      mean(group.map((row) => row[key]));
  return {
    id: "scalings",
    caption: `In which units do networks give the report's betas? Means over coins; ${sample}`,
    ...tableOf(
      [...groups.values()],
      [
        { key: "market", head: "Market", value: ([row]) => row!.market },
        { key: "series", head: "Series", value: ([row]) => row!.series },
        { key: "scaling", head: "Scaling", value: ([row]) => row!.scaling },
        { key: "printed", head: "Report", decimals: 2, value: over("printed") },
        { key: "beta", head: "Ours", decimals: 2, value: over("beta") },
        { key: "lower", head: "5 %", decimals: 2, value: over("lower") },
        { key: "upper", head: "95 %", decimals: 2, value: over("upper") },
        {
          ...{ key: "inside", head: "Coins inside", decimals: 0 },
          value: (group) =>
            Number.isNaN(group[0]!.printed) ? null : group.filter(({ inside }) => inside).length,
        },
        { key: "distance", head: "Distance", decimals: 2, value: over("distance") },
        { key: "printedStd", head: "Report's std", decimals: 2, value: over("printedStd") },
        { key: "std", head: "Our std", decimals: 2, value: over("std") },
        {
          key: "printedRmse",
          head: "Report's RMSE",
          decimals: 4,
          value: ([row]) => row!.printedRmse,
        },
        { key: "valRmse", head: "Our RMSE", decimals: 4, value: ([row]) => row!.valRmse },
      ],
    ),
    notes: [
      NOTE,
      "5 %, 95 %: of single networks. Coins inside: whose printed mean lies between them. Distance: mean distance of a single network's beta from the printed one; lower is nearer. Std: over the dates, of single networks. RMSE: of the validation year, at the best epoch.",
    ],
  };
}
