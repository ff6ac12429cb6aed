/** Methods of tensors that TensorFlow.js' layers call and its core alone does not have: the first recurrent weights need them. */

import type { Tensor } from "@tensorflow/tfjs-core";
import type { Tfjs } from "./backend.js";

const OPERATIONS = ["reshape", "sign", "stridedSlice", "transpose"] as const;

/** Adds `flatten`, `reshape`, `sign`, `stridedSlice` and `transpose` to tensors, where the union package did not. */
export function addChainedOperations(tf: Tfjs["tf"]): void {
  const methods = tf.Tensor.prototype as unknown as Record<string, unknown>;
  methods.flatten ??= function (this: Tensor): Tensor {
    return tf.reshape(this, [this.size]);
  };
  for (const name of OPERATIONS) {
    const operation = tf[name] as (tensor: Tensor, ...args: unknown[]) => Tensor;
    methods[name] ??= function (this: Tensor, ...args: unknown[]): Tensor {
      return operation(this, ...args);
    };
  }
}
