/** The machine's peak of separate multiplies and adds in 128-bit WebAssembly: what the kernel's products are held against. */

import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const source = fileURLToPath(new URL("peak.ts", import.meta.url));
const { error, stderr, binary } = await compile();
if (error) throw new Error(stderr.toString());
const { multiplyAdd } = new WebAssembly.Instance(new WebAssembly.Module(binary), {
  env: { abort() {} },
}).exports;

const ROUNDS = 20_000_000;
multiplyAdd(100_000);

/** Operations per second of one thread. */
export function peakFlops() {
  const began = performance.now();
  multiplyAdd(ROUNDS);
  // Eight vectors of four numbers, a multiply and an add each.
  return (ROUNDS * 8 * 4 * 2) / ((performance.now() - began) / 1000);
}

async function compile() {
  let bytes;
  const result = await asc.main(
    [source, "--outFile", "peak.wasm", "-O3", "--enable", "simd", "--runtime", "stub"],
    {
      writeFile: (_, contents) => {
        bytes = contents;
      },
    },
  );
  return { ...result, binary: bytes };
}
