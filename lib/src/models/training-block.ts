/** Blocks whose inputs are windows of series: they are laid out only for who asks, and take a hundred times their series' memory then. */

import type { SeriesColumns } from "../panel/input-series.js";
import { inputCount, laidOut, type WindowPlaces } from "../panel/windows.js";
import type { TrainingBlock, TrainingData } from "./trainer.js";

/** Series in the network's units, and where the windows of a block lie in them. */
export interface InputCut extends WindowPlaces {
  readonly columns: SeriesColumns<Float32Array>;
}

/** What a block has beside its inputs. */
export type BlockReturns = Omit<TrainingBlock, "inputs">;

/** By the block itself: a copy with other inputs is another block. */
const CUTS = new WeakMap<TrainingBlock, InputCut>();

/** A block that is cut from series; its inputs are laid out each time that they are read. */
export function cutBlock(
  cut: InputCut,
  { coinReturns, marketReturns }: BlockReturns,
): TrainingBlock {
  const block: TrainingBlock = {
    get inputs() {
      return laidOut(cut.columns, cut, new Float32Array(inputCount(cut)));
    },
    coinReturns,
    marketReturns,
  };
  CUTS.set(block, cut);
  return block;
}

/** What a block is cut from, if it is. */
export const cutOf = (block: TrainingBlock): InputCut | undefined => CUTS.get(block);

/** Numbers in the inputs of a block. */
export function inputsOf(block: TrainingBlock): number {
  const cut = cutOf(block);
  return cut ? inputCount(cut) : block.inputs.length;
}

/** A block as plain data, for a hash or for another thread. */
export interface PlainBlock extends BlockReturns {
  readonly cut?: InputCut;
  readonly inputs?: Float32Array;
}

/** The shortest way to say a block. */
export function plainBlock(block: TrainingBlock): PlainBlock {
  const { coinReturns, marketReturns } = block;
  const cut = cutOf(block);
  return cut ? { cut, coinReturns, marketReturns } : block;
}

/** The block that was said so. */
export const blockOf = ({ cut, ...rest }: PlainBlock): TrainingBlock =>
  cut ? cutBlock(cut, rest) : (rest as TrainingBlock);

/** Both blocks, each by a function. */
export const mapBlocks = <A, B>(
  { inSample, validation }: Readonly<Record<keyof TrainingData, A>>,
  map: (block: A) => B,
): Record<keyof TrainingData, B> => ({ inSample: map(inSample), validation: map(validation) });
