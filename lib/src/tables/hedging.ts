import type { Table } from "./table.js";

/** Hedging RMSE of one beta in the blocks of a split. */
export interface HedgingRow {
  readonly beta: string;
  /** RMSE of the block on which networks choose their epoch; lowest and highest over replicates. */
  readonly validation: readonly [mean: number, lowest: number, highest: number];
  /** RMSE of the block that nothing was chosen on. */
  readonly outOfSample: number;
}

/** Hedging RMSE by beta: validation (for networks a selection score) and out-of-sample. */
export function tableHedging(
  rows: readonly HedgingRow[],
  sample: string,
): Table {
  return {
    id: "baseline-rmse",
    caption: `Hedging RMSE over coin-months, log returns, ${sample}`,
    columns: [
      { key: "beta", head: "Beta" },
      { key: "validationRmse", head: "Validation RMSE", decimals: 4 },
      { key: "validationLowest", head: "lowest", decimals: 4 },
      { key: "validationHighest", head: "highest", decimals: 4 },
      { key: "outOfSampleRmse", head: "Out-of-sample RMSE", decimals: 4 },
    ],
    rows: rows.map(({ beta, validation, outOfSample }) => [
      beta,
      ...validation,
      outOfSample,
    ]),
    notes: [
      "Validation RMSE of a network is a selection score: its epoch was chosen on the same months. Mean, lowest and highest over replicates; nulls have one value. Out-of-sample RMSE of a network is that of its mean beta.",
    ],
  };
}
