/** How near the network's betas come on simulated rows. */

import { EXPERTS, TERMS } from "../../betas/filter-bank.js";
import { type AmortisedKernel, BLOCK } from "./kernel.js";
import { gate, mixtureWeights, OUTPUTS, QUANTILES, quantileOffsets } from "./network.js";
import { ROW, TARGET } from "./rows.js";

/** Scores of simulated rows. */
export interface Score {
  /** Mean squared error of the beta, over one plus its mean square, held within 25. */
  readonly mse: number;
  /** 1 - mse / that of least squares on all rows so far. */
  readonly share: number;
  /** Share of 95 % intervals that hold the true beta. */
  readonly coverage: number;
}

const LARGEST = 25;

/** Scores of some blocks in the kernel's memory. */
export function scoreRows(kernel: AmortisedKernel, first: number, blocks: number): Score {
  let [ours, ols, held] = [0, 0, 0];
  const weights = new Float64Array(EXPERTS);
  const offsets = new Float64Array(QUANTILES.length);
  for (let block = first; block < first + blocks; block++) {
    const outputs = kernel.forward(block);
    const { experts, targets } = kernel.rows();
    for (let i = 0; i < BLOCK; i++) {
      const row = block * BLOCK + i;
      const target = (column: number) => targets[row * ROW.targets + column]!;
      mixtureWeights(outputs, i * OUTPUTS, weights);
      quantileOffsets(outputs, i * OUTPUTS, offsets);
      let beta = 0;
      for (let j = 0; j < EXPERTS; j++) beta += weights[j]! * experts[row * ROW.experts + j]!;
      for (let m = 0; m < TERMS; m++) beta += gate(outputs, i * OUTPUTS, m) * target(m);
      const truth = target(TARGET.beta);
      const loss = (b: number) => Math.min(LARGEST, target(TARGET.square) * (truth - b) ** 2);
      ours += loss(beta);
      ols += loss(experts[row * ROW.experts]!);
      const from = (truth - beta) / target(TARGET.sd);
      if (from >= offsets[0]! && from <= offsets[6]!) held++;
    }
  }
  const rows = blocks * BLOCK;
  return { mse: ours / rows, share: 1 - ours / ols, coverage: held / rows };
}
