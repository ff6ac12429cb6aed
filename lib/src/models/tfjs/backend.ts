/** TensorFlow.js, loaded on first use and set to one thread of its WebAssembly backend. */

export interface Tfjs {
  readonly tf: typeof import("@tensorflow/tfjs-core");
  readonly layers: typeof import("@tensorflow/tfjs-layers");
}

let loaded: Promise<Tfjs> | undefined;

/**
 * TensorFlow.js core and layers with the backend ready.
 *
 * @throws Error if this machine cannot run WebAssembly
 */
export function tfjs(): Promise<Tfjs> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Tfjs> {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  const tf = await import("@tensorflow/tfjs-core");
  const layers = await import("@tensorflow/tfjs-layers");
  // More threads would add in another order, and with it other last bits.
  wasm.setThreadsCount(1);
  if (!(await tf.setBackend("wasm")))
    throw new Error(
      "tfjs: the WebAssembly backend could not start; check that Node allows WebAssembly",
    );
  await tf.ready();
  return { tf, layers };
}
