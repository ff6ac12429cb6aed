/** Kernels in WebAssembly, as `npm run build` made them from lib/kernel. */

import { readFileSync } from "node:fs";
import { packageFile } from "./package-file.js";

/** Compiled once for all instances. */
const compiled = new Map<string, WebAssembly.Module>();

/**
 * What a new instance of a kernel exports, with memory of its own.
 *
 * @param name its file below `dist`, without the ending: `stats/kernel`
 */
export function builtKernel<Exports>(name: string): Exports {
  const module =
    compiled.get(name) ?? new WebAssembly.Module(readFileSync(packageFile(`dist/${name}.wasm`)));
  compiled.set(name, module);
  const abort = () => {
    throw new Error(`the kernel ${name} aborted`);
  };
  const { exports } = new WebAssembly.Instance(module, { env: { abort, log: Math.log } });
  return exports as unknown as Exports;
}
