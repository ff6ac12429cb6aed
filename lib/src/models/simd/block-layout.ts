/** How a block lies in the kernel's memory: by column, rows padded; what the coins of a date share, once per date. */

import { rowAt } from "../../panel/panel.js";
import type { TrainingBlock } from "../trainer.js";
import { type BlockReturns, cutOf, type InputCut, inputsOf } from "../training-block.js";

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

/** Room for numbers, all of them 0. */
export type Allocate = (length: number) => Float32Array;

const inMemory: Allocate = (length) => new Float32Array(length);
const padded = (count: number, unit: number): number => Math.ceil(count / unit) * unit;

/** Rows as they come. */
export function rowLayout(block: TrainingBlock, allocate: Allocate = inMemory): BlockLayout {
  const rows = block.coinReturns.length;
  const room = padded(rows, 8);
  const place = (row: number) => row;
  const D = inputsOf(block) / rows;
  return {
    rows,
    padded: room,
    inputs: inputColumns(block, { from: 0, to: D, padded: room, place }, allocate),
    ...returnColumns(block, { padded: room, place }, allocate),
  };
}

/** Rows by coin, then by date, if that saves products; undefined where dates do not have the same coins, or these share nothing. */
export function sharedLayout(
  block: TrainingBlock,
  allocate: Allocate = inMemory,
): BlockLayout | undefined {
  const rows = block.coinReturns.length;
  const D = inputsOf(block) / rows;
  const { series, own } = sharedInputs(block, D);
  const dates = rows / series;
  // A row of eight, as the errors are computed.
  const room = padded(dates, series % 2 === 0 ? 4 : 8);
  if (own * series * room + (D - own) * room >= D * padded(rows, 8)) return undefined;
  const byCoin = {
    padded: series * room,
    place: (row: number) => (row % series) * room + Math.floor(row / series),
  };
  const byDate = {
    padded: room,
    place: (row: number) => (row % series === 0 ? row / series : -1),
  };
  return {
    rows,
    padded: series * room,
    inputs: inputColumns(block, { from: 0, to: own, ...byCoin }, allocate),
    ...returnColumns(block, byCoin, allocate),
    byDate: {
      ...{ series, own, padded: room },
      inputs: inputColumns(block, { from: own, to: D, ...byDate }, allocate),
    },
  };
}

/** Coins of every date, and inputs before those that they share; all inputs where dates differ in their coins. */
function sharedInputs(block: TrainingBlock, D: number): { series: number; own: number } {
  const rows = block.coinReturns.length;
  const cut = cutOf(block);
  if (cut) {
    const { target, lookback } = cut;
    const other = target.findIndex((t) => t !== target[0]);
    const series = other < 0 ? rows : other;
    const even = target.every((t, row) => t === target[row - (row % series)]);
    const isShared = series > 1 && rows % series === 0 && even;
    return { series, own: isShared ? lookback : D };
  }
  const { inputs } = block;
  const series = coinsOfADate(block, inputs);
  const isShared = series > 1 && rows % series === 0;
  return { series, own: isShared ? ownInputs(inputs, D, series) : D };
}

/** Rows at the start with the same market returns and the same last input. */
function coinsOfADate(
  { coinReturns, marketReturns }: BlockReturns,
  inputs: TrainingBlock["inputs"],
): number {
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

/** How long columns are, and where a row goes in them; below 0: nowhere. */
interface Placing {
  readonly padded: number;
  readonly place: (row: number) => number;
}

/** Some columns of rows. */
interface Transposition extends Placing {
  readonly from: number;
  readonly to: number;
}

function returnColumns(
  { coinReturns, marketReturns }: BlockReturns,
  placing: Placing,
  allocate: Allocate,
): Pick<BlockLayout, "coins" | "markets"> {
  const columns = (values: Float32Array) => {
    const width = values.length / coinReturns.length;
    return transposed({ values, width }, { from: 0, to: width, ...placing }, allocate);
  };
  return { coins: columns(coinReturns), markets: columns(marketReturns) };
}

function inputColumns(
  block: TrainingBlock,
  columns: Transposition,
  allocate: Allocate,
): Float32Array {
  const cut = cutOf(block);
  if (cut) return cutColumns(cut, columns, allocate);
  const { inputs, coinReturns } = block;
  const width = inputs.length / coinReturns.length;
  return transposed({ values: inputs, width }, columns, allocate);
}

function transposed(
  { values, width }: { readonly values: Float32Array; readonly width: number },
  { from, to, padded: room, place }: Transposition,
  allocate: Allocate,
): Float32Array {
  const out = allocate((to - from) * room);
  for (let row = 0; row < values.length / width; row++) {
    const at = place(row);
    if (at < 0) continue;
    for (let column = from; column < to; column++)
      out[(column - from) * room + at] = values[row * width + column]!;
  }
  return out;
}

/** The same of inputs that never lie by rows: a column of a lag is a series, shifted. */
function cutColumns(
  { columns, lookback, coin, target }: InputCut,
  { from, to, padded: room, place }: Transposition,
  allocate: Allocate,
): Float32Array {
  const out = allocate((to - from) * room);
  const placed = target.map((_, row) => place(row));
  for (let column = from; column < to; column++) {
    const back = lookback - (column % lookback);
    const start = (column - from) * room;
    const shared = columns.shared[Math.floor(column / lookback) - 1];
    for (let row = 0; row < placed.length; row++) {
      const at = placed[row]!;
      if (at < 0) continue;
      const values = shared ?? columns.own[coin[row]!]!;
      out[start + at] = values[target[row]! - back]!;
    }
  }
  return out;
}
