/** The training kernel's code, as `npm run build` made it from lib/kernel. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { packageFile } from "../../package-file.js";

const built = (name: string): Uint8Array => readFileSync(packageFile(`dist/models/simd/${name}`));

/**
 * The kernel's WebAssembly, for `kernelTraining` where no file can be read: in a browser.
 *
 * @example
 * kernelCode().subarray(1, 4); // [97, 115, 109]: "asm"
 */
export const kernelCode = (): Uint8Array => built("kernel.wasm");

/** The compiled kernel. */
export const kernelModule = (): WebAssembly.Module => new WebAssembly.Module(kernelCode());

/** Names the kernel's code, with the order in which it is given rows: other code may train to other bits. */
export const kernelHash = (): string =>
  createHash("sha256")
    .update(kernelCode())
    .update(built("block-layout.js"))
    .digest("hex")
    .slice(0, 16);
