import type { FactorGainRow } from "../comparing/factor-gain.js";
import type { Column, Table } from "./table.js";

const COLUMNS: readonly Column[] = [
  { key: "sample", head: "Sample", fileOnly: true },
  { key: "marketSet", head: "Markets" },
  { key: "estimator", head: "Estimator" },
  { key: "update", head: "Update", fileOnly: true },
  { key: "experiment", head: "Exp." },
  { key: "n", head: "n", decimals: 0 },
  { key: "rmseBase", head: "RMSE without", decimals: 4 },
  { key: "rmse", head: "with", decimals: 4 },
  { key: "changePercent", head: "Change, %", decimals: 1 },
  { key: "lowerPercent", head: "95 % from", decimals: 1 },
  { key: "upperPercent", head: "to", decimals: 1 },
  { key: "dmStatistic", head: "DM", decimals: 2 },
  { key: "dmPValue", head: "p", decimals: 3 },
  { key: "holmPValue", head: "p (Holm)", decimals: 3 },
  { key: "cwStatistic", head: "CW", decimals: 2, fileOnly: true },
  { key: "cwPValue", head: "p (CW)", decimals: 3, fileOnly: true },
  { key: "seedsBetter", head: "Seeds better", decimals: 2 },
];

/**
 * Hedging RMSE with the factors against without them.
 *
 * @param shown rows for the screen
 * @param others for files only
 * @param level coverage of the intervals
 * @example
 * tableFactorGain(gains, [], 0.95, "2021 to 2024").rows.length; // 3: two market sets, and both together
 */
export function tableFactorGain(
  shown: readonly FactorGainRow[],
  others: readonly FactorGainRow[],
  level: number,
  sample: string,
): Table {
  const percent = `${Number((100 * level).toPrecision(4))} %`;
  return {
    id: "fama-french",
    caption: `Hedging RMSE in log returns without and with the Fama-French factors, all coins; ${sample}`,
    columns: COLUMNS.map((column) =>
      column.key === "lowerPercent" ? { ...column, head: `${percent} from` } : column,
    ),
    rows: [...shown, ...others].map((row) => {
      const percents: Readonly<Record<string, number>> = {
        changePercent: 100 * row.change,
        lowerPercent: 100 * row.lower,
        upperPercent: 100 * row.upper,
      };
      return COLUMNS.map(({ key }) => percents[key] ?? row[key as keyof FactorGainRow]);
    }),
    notes: [
      "A: the factors are lagged inputs, the hedges stay. B: the factors hedge too (without Mkt-RF where EQUITY does). all: squared errors averaged over the market sets by date.",
      "Change: of the RMSE by the factors, below 0 they help; interval by a paired circular block bootstrap of whole dates. DM: Diebold-Mariano, Harvey-Leybourne-Newbold, two-sided; Holm: over all rows of the sample. CW (in files): Clark-West, one-sided, exact for the pooled constant only. Seeds better: share of seeds whose own network has a lower RMSE with the factors.",
      "Fewer than 24 dates: no tests and no intervals.",
    ],
    shown: shown.length,
  };
}
