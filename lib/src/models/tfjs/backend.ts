/** TensorFlow.js, loaded on first use: one thread of its WebAssembly backend, or the native library where a study asks for it. */

import { createRequire } from "node:module";
import { join } from "node:path";
import { addChainedOperations } from "./chained-operations.js";
import { addConvolutionGradients } from "./convolution-gradients.js";

/** wasm: WebAssembly, the same bits on every machine. tfjs-node: TensorFlow's native library, which may be installed beside. */
export const BACKENDS = ["wasm", "tfjs-node"] as const;
/** What computes for TensorFlow.js. */
export type Backend = (typeof BACKENDS)[number];

/** TensorFlow.js as networks are built with: the operations, and the layers. */
export interface Tfjs {
  readonly tf: typeof import("@tensorflow/tfjs-core");
  readonly layers: typeof import("@tensorflow/tfjs-layers");
}

const NODE_PACKAGE = "@tensorflow/tfjs-node";
/** The version that shares its operations with the packages of the library. */
const NODE_VERSION = "4.22.0";

const loaded = new Map<Backend, Promise<Tfjs>>();

/**
 * TensorFlow.js core and layers with the backend ready.
 *
 * @throws Error if this machine cannot run WebAssembly, or the native library is not installed
 */
export async function tfjs(backend: Backend = "wasm"): Promise<Tfjs> {
  if (!loaded.has(backend)) loaded.set(backend, backend === "wasm" ? loadWasm() : loadNode());
  try {
    const lib = await loaded.get(backend)!;
    // Both backends share one engine: it computes with the one that was asked for last.
    if (!(await lib.tf.setBackend(backend === "wasm" ? "wasm" : "tensorflow")))
      throw new Error(
        `tfjs: the backend ${backend} could not start; check that Node allows WebAssembly`,
      );
    await lib.tf.ready();
    return lib;
  } catch (error) {
    loaded.delete(backend);
    throw error;
  }
}

async function loadWasm(): Promise<Tfjs> {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  const tf = await import("@tensorflow/tfjs-core");
  const layers = await import("@tensorflow/tfjs-layers");
  await import("@tensorflow/tfjs-backend-cpu");
  addConvolutionGradients(tf);
  addChainedOperations(tf);
  // More threads would add in another order, and with it other last bits.
  wasm.setThreadsCount(1);
  return { tf, layers };
}

/** The native library, installed beside this package or in the folder of the run. */
async function loadNode(): Promise<Tfjs> {
  const remedy = `install it (npm install --no-save ${NODE_PACKAGE}@${NODE_VERSION}), or leave "backend" at "wasm"`;
  const found = [import.meta.url, join(process.cwd(), "package.json")]
    .map((from) => createRequire(from))
    .find((require) => {
      try {
        return require.resolve(NODE_PACKAGE);
      } catch {
        return false;
      }
    });
  if (!found)
    throw new Error(
      `tfjs: backend tfjs-node must find the package ${NODE_PACKAGE} ${NODE_VERSION}, but it is not installed; ${remedy}`,
    );
  // The native library else writes on standard error which processor it runs on.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  let union: Tfjs["tf"] & Tfjs["layers"] & { readonly version: Record<string, string> };
  try {
    union = found(NODE_PACKAGE);
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw new Error(
      `tfjs: ${NODE_PACKAGE} must load its native library, but fails (${reason}); ${remedy}`,
    );
  }
  const version = union.version["tfjs-node"];
  if (version !== NODE_VERSION)
    throw new Error(
      `tfjs: ${NODE_PACKAGE} must be version ${NODE_VERSION}, got ${version}; ${remedy}`,
    );
  return { tf: union, layers: union };
}
