/** How a block lies in the kernel's memory: by column, rows padded; what the coins of a date share, once per date. */

import { rowAt } from "../../panel/panel.js";
import type { TrainingBlock } from "../trainer.js";

/** Columns of a block, one after the other, each of `padded` rows. */
export interface BlockLayout {
  readonly rows: number;
  readonly padded: number;
  /** All inputs, or those that a coin has alone. */
  readonly inputs: Float32Array;
  readonly coins: Float32Array;
  readonly markets: Float32Array;
  /** Where coins share inputs, rows stand by coin, then by date. */
  readonly byDate?: SharedInputs<Float32Array>;
}

/** Inputs that the coins of a date share. */
export interface SharedInputs<Inputs> {
  /** Coins of every date. */
  readonly series: number;
  /** Inputs before the first that is shared. */
  readonly own: number;
  /** Dates, padded. */
  readonly padded: number;
  readonly inputs: Inputs;
}

const padded = (count: number, unit: number): number => Math.ceil(count / unit) * unit;

/** Rows as they come. */
export function rowLayout({ inputs, coinReturns, marketReturns }: TrainingBlock): BlockLayout {
  const rows = coinReturns.length;
  const room = padded(rows, 8);
  const columns = (values: Float32Array) => {
    const width = values.length / rows;
    return transposed(values, { width, from: 0, to: width, padded: room, place: (row) => row });
  };
  return {
    rows,
    padded: room,
    inputs: columns(inputs),
    coins: columns(coinReturns),
    markets: columns(marketReturns),
  };
}

/** Rows by coin, then by date, if that saves products; undefined where dates do not have the same coins, or these share nothing. */
export function sharedLayout(block: TrainingBlock): BlockLayout | undefined {
  const { inputs, coinReturns, marketReturns } = block;
  const rows = coinReturns.length;
  const D = inputs.length / rows;
  const series = coinsOfADate(block);
  const own = series > 1 && rows % series === 0 ? ownInputs(inputs, D, series) : D;
  const dates = rows / series;
  // A row of eight, as the errors are computed.
  const room = padded(dates, series % 2 === 0 ? 4 : 8);
  if (own * series * room + (D - own) * room >= D * padded(rows, 8)) return undefined;
  const byCoin = (row: number) => (row % series) * room + Math.floor(row / series);
  const columns = (values: Float32Array, to = values.length / rows) =>
    transposed(values, {
      ...{ width: values.length / rows, from: 0, to },
      ...{ padded: series * room, place: byCoin },
    });
  const byDate = (row: number) => (row % series === 0 ? row / series : -1);
  const shared = transposed(inputs, { width: D, from: own, to: D, padded: room, place: byDate });
  return {
    rows,
    padded: series * room,
    inputs: columns(inputs, own),
    coins: columns(coinReturns),
    markets: columns(marketReturns),
    byDate: { series, own, padded: room, inputs: shared },
  };
}

/** Rows at the start with the same market returns and the same last input. */
function coinsOfADate({ inputs, coinReturns, marketReturns }: TrainingBlock): number {
  const rows = coinReturns.length;
  const [D, K] = [inputs.length / rows, marketReturns.length / rows];
  const first = rowAt(marketReturns, K, 0);
  let count = 1;
  while (
    count < rows &&
    inputs[(count + 1) * D - 1] === inputs[D - 1] &&
    rowAt(marketReturns, K, count).every((f, k) => f === first[k])
  )
    count++;
  return count;
}

/** Inputs before the last ones that all rows of a date share. */
function ownInputs(inputs: Float32Array, D: number, series: number): number {
  let own = 0;
  for (let row = 0; row < inputs.length / D; row++) {
    const first = rowAt(inputs, D, row - (row % series));
    const here = rowAt(inputs, D, row);
    let d = D;
    while (d > own && here[d - 1] === first[d - 1]) d--;
    own = d;
  }
  return own;
}

/** Some columns of rows, and where a row goes in them; below 0: nowhere. */
interface Transposition {
  readonly width: number;
  readonly from: number;
  readonly to: number;
  readonly padded: number;
  readonly place: (row: number) => number;
}

function transposed(
  values: Float32Array,
  { width, from, to, padded: room, place }: Transposition,
): Float32Array {
  const out = new Float32Array((to - from) * room);
  for (let row = 0; row < values.length / width; row++) {
    const at = place(row);
    if (at < 0) continue;
    for (let column = from; column < to; column++)
      out[(column - from) * room + at] = values[row * width + column]!;
  }
  return out;
}
