/** Gradients that TensorFlow.js' WebAssembly backend lacks, from its plain one: without them no convolution can be trained. */

import type { DataId, DataType, KernelBackend, KernelFunc } from "@tensorflow/tfjs-core";
import type { Tfjs } from "./backend.js";

const MISSING = [
  "Conv2DBackpropFilter",
  "DepthwiseConv2dNativeBackpropFilter",
  "DepthwiseConv2dNativeBackpropInput",
];

/** What the plain backend's kernels use of it. */
interface PlainBackend {
  readonly data: { readonly get: (id: DataId) => { readonly values: unknown } };
  readonly makeTensorInfo: (shape: number[], dtype: DataType, values: Float32Array) => unknown;
}

/** Registers them for the WebAssembly backend, once: they read its memory, compute in plain numbers and write it back. */
export function addConvolutionGradients(tf: Tfjs["tf"]): void {
  for (const kernelName of MISSING) {
    const plain = tf.getKernel(kernelName, "cpu");
    if (!plain || tf.getKernel(kernelName, "wasm")) continue;
    const kernelFunc = ({ backend, ...rest }: { readonly backend: KernelBackend }) =>
      (plain.kernelFunc as unknown as (args: object) => ReturnType<KernelFunc>)({
        ...rest,
        backend: plainView(backend),
      });
    tf.registerKernel({
      kernelName,
      backendName: "wasm",
      kernelFunc: kernelFunc as unknown as KernelFunc,
    });
  }
}

const plainView = (backend: KernelBackend): PlainBackend => ({
  data: { get: (id) => ({ values: backend.readSync(id) }) },
  makeTensorInfo: (shape, dtype, values) => ({
    dataId: backend.write(values, shape, dtype),
    shape,
    dtype,
  }),
});
