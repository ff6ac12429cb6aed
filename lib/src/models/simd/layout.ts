/** Blocks in the training kernel's memory. */

import type { Arena } from "../../arena.js";
import type { TrainingBlock } from "../trainer.js";
import {
  type Allocate,
  type BlockLayout,
  rowLayout,
  type SharedInputs,
  sharedLayout,
} from "./block-layout.js";

/** A layout in the kernel's memory: addresses of its columns. */
export interface Columns {
  readonly rows: number;
  readonly padded: number;
  readonly inputs: number;
  readonly coins: number;
  readonly markets: number;
  readonly byDate?: SharedInputs<number>;
}

/** A block in the kernel's memory, in each layout once that a job has asked for it. */
export interface Placed {
  /** By rows. */
  readonly plain: () => Columns;
  /** With what coins share apart; the same where they share nothing. */
  readonly shared: () => Columns;
}

/** Places a block behind all that the arena has given room to. */
export function placedBlock(block: TrainingBlock, arena: Arena): Placed {
  let [byRow, byDate]: (Columns | undefined)[] = [];
  const plain = () => {
    byRow ??= placed((allocate) => rowLayout(block, allocate), arena)!;
    return byRow;
  };
  return {
    plain,
    shared() {
      byDate ??= placed((allocate) => sharedLayout(block, allocate), arena) ?? plain();
      return byDate;
    },
  };
}

function placed(
  lay: (allocate: Allocate) => BlockLayout | undefined,
  { room, floats }: Arena,
): Columns | undefined {
  // By the view: its own address is lost when the memory grows.
  const addresses = new Map<Float32Array, number>();
  const layout = lay((length) => {
    const address = room(4 * length);
    const view = floats(address, length).fill(0);
    addresses.set(view, address);
    return view;
  });
  if (!layout) return undefined;
  const { rows, padded, inputs, coins, markets, byDate } = layout;
  const at = (view: Float32Array) => addresses.get(view)!;
  return {
    ...{ rows, padded },
    ...{ inputs: at(inputs), coins: at(coins), markets: at(markets) },
    ...(byDate ? { byDate: { ...byDate, inputs: at(byDate.inputs) } } : {}),
  };
}
