/** What a network is given and what its output means: returns as they are or scaled, with or without the coin's identity. */

import { rowAt } from "../panel/panel.js";
import { fittingScale, type Scale, scaledInputs } from "../panel/scale.js";
import type { Windows } from "../types.js";

/**
 * raw: inputs are log returns, the output is the beta. standardised: inputs are z-scores, the output is the beta. beta-scaled:
 * inputs are z-scores, and beta = b s_r / s_f: an output of 1 hedges one root mean square of the coins by one of the market.
 */
export const SCALINGS = ["raw", "standardised", "beta-scaled"] as const;
/** Units of a network's inputs and of its output b. */
export type Scaling = (typeof SCALINGS)[number];

/** What the rows of a network hold. */
export interface NetworkInputOptions {
  /** Units of inputs and output; `beta-scaled` by default. */
  readonly scaling?: Scaling;
  /** True: further inputs say which coin the row is of, 1 for its own and 0 for the others; off by default. */
  readonly coinIdentity?: boolean;
}

/** Scale of a network, with the coins that its inputs tell apart. */
export interface NetworkScale extends Scale {
  /** N: inputs that name the coin; 0 where they do not. */
  readonly coins: number;
}

/**
 * Scale of a network on a fitting block: its moments, or 0 and 1 where nothing is scaled.
 *
 * @param block rows of the fitting block; no other row may touch the scale
 * @param coins N: coins of the panel
 * @throws RangeError if a series does not move within the block
 * @example
 * const block = splitWindows(lookbackWindows(dollar, 12), dollar.dates, study.split).inSample;
 * networkScale(block, 4, { scaling: "raw" }); // { inputMean: [0, 0], inputSd: [1, 1], coinRms: 1, marketRms: [1], coins: 0 }
 */
export function networkScale(
  block: Windows,
  coins: number,
  { scaling = "beta-scaled", coinIdentity = false }: NetworkInputOptions = {},
): NetworkScale {
  const fitted = fittingScale(block);
  const { inputMean, inputSd, marketRms } = fitted;
  return {
    ...fitted,
    ...(scaling === "raw"
      ? { inputMean: inputMean.map(() => 0), inputSd: inputSd.map(() => 1) }
      : {}),
    ...(scaling === "beta-scaled" ? {} : { coinRms: 1, marketRms: marketRms.map(() => 1) }),
    coins: coinIdentity ? coins : 0,
  };
}

/**
 * D: numbers per row of a network.
 *
 * @example
 * networkWidth({ lookback: 12, series: 2 }, { coins: 4 }); // 28: twelve of the coin, twelve of the market, four for its name
 */
export const networkWidth = (
  { lookback, series }: Pick<Windows, "lookback" | "series">,
  { coins }: Pick<NetworkScale, "coins">,
): number => lookback * series + coins;

/**
 * Rows of a network [B x D]: the scaled inputs, then 1 for the row's coin and 0 for the others.
 *
 * @example
 * const windows = lookbackWindows(onePair([0.5, 0.25, 0], [2, 4, 1]), 1);
 * networkInputs(windows, networkScale(windows, 1, { scaling: "raw", coinIdentity: true })); // [0.5, 2, 1, 0.25, 4, 1]
 */
export function networkInputs(windows: Windows, scale: NetworkScale): Float32Array {
  const returns = scaledInputs(windows, scale);
  if (scale.coins === 0) return returns;
  const D = networkWidth(windows, scale);
  const rows = new Float32Array(windows.coin.length * D);
  windows.coin.forEach((coin, row) => {
    const inputs = rowAt(rows, D, row);
    inputs.set(rowAt(returns, D - scale.coins, row));
    inputs[D - scale.coins + coin] = 1;
  });
  return rows;
}
