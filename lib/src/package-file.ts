/** Where the package's own files lie: its sources, its modules and its one bundled file stand each in a folder below the package's. */

/** A file of the package, for example `dist/models/simd/kernel.wasm`. */
export const packageFile = (path: string): URL => new URL(`../${path}`, import.meta.url);
