/** Host of the ridge regression's kernel: lays out its memory, hands it groups of rows, reads coefficients. */

import { readFileSync } from "node:fs";
import { arenaOf } from "../arena.js";
import { packageFile } from "../package-file.js";

/** Groups that are added together: each sum is read and written once for all of them. */
const BATCH = 32;
const DOUBLE = 8;

type Addresses = [number, number, number, number, number, number, number, number, number];

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly addGroups: (sums: number, count: number) => void;
  readonly solve: (sums: number, penalty: number) => void;
}

/** What the rows of a group make together. */
export interface RowGroup {
  /** Regressors [K]. */
  readonly f: ArrayLike<number>;
  /** Inputs of one of its rows [D]; those that all share are read. */
  readonly z: Float64Array;
  /** Sums of (1, z) and of (1, z) y over its rows [1 + D]. */
  readonly first: Float64Array;
  readonly response: Float64Array;
  /** Sums of products of own inputs: rows of a lower triangle. */
  readonly products: readonly Float64Array[];
}

/** Sums of groups of rows in a kernel's memory. */
export interface RidgeKernel {
  readonly add: (group: RowGroup) => void;
  readonly coefficients: (penalty: number) => Float64Array;
}

const eight = (count: number): number => 8 * Math.ceil(count / 8);

/** Doubles before a row of a triangle whose rows each go on to a multiple of eight. */
const rowStart = (i: number): number =>
  (Math.floor(i / 8) + 1) * (32 * Math.floor(i / 8) + 8 * (i % 8));

let compiled: WebAssembly.Module | undefined;

/** Sums for K regressors and D inputs, the first `own` of which differ between rows of a group. */
export function ridgeKernel(K: number, D: number, own: number): RidgeKernel {
  compiled ??= new WebAssembly.Module(readFileSync(packageFile("dist/stats/ridge.wasm")));
  const abort = () => {
    throw new Error("the ridge regression's kernel aborted");
  };
  const { exports } = new WebAssembly.Instance(compiled, { env: { abort } });
  const { memory, addGroups, solve } = exports as unknown as Exports;
  const { room, place, write, doubles } = arenaOf(memory);
  const [width, size] = [eight(1 + D), K * (1 + D)];
  const [triangle, outer] = [rowStart(1 + D), rowStart(own)];
  const pairs = (K * (K + 1)) / 2;
  const [triangles, f, z, first, products, weights, scaled, moments, out] = [
    ...[pairs * triangle, BATCH * K, BATCH * width, BATCH * width, BATCH * outer],
    ...[BATCH, BATCH, K * width, size],
  ].map((count) => room(DOUBLE * count)) as Addresses;
  const sizes = [K, D, own, width, DOUBLE * triangle, DOUBLE * outer];
  const arrays = [triangles, f, z, first, products, weights, scaled, moments, out];
  const words = [...sizes, ...arrays];
  // The factor's address is the last word: only who asks for coefficients needs its room.
  const sums = place([...words, 0]);
  let hasFactor = false;
  let count = 0;
  const flush = () => {
    addGroups(sums, count);
    count = 0;
  };
  return {
    add(group) {
      doubles(f + DOUBLE * K * count, K).set(group.f);
      doubles(z + DOUBLE * width * count, D).set(group.z);
      doubles(first + DOUBLE * width * count, 1 + D).set(group.first);
      group.products.forEach((row, i) => {
        doubles(products + DOUBLE * (outer * count + rowStart(i)), i + 1).set(row);
      });
      for (let k = 0; k < K; k++) {
        const into = doubles(moments + DOUBLE * width * k, 1 + D);
        const weight = group.f[k]!;
        for (let j = 0; j <= D; j++) into[j]! += weight * group.response[j]!;
      }
      count++;
      if (count === BATCH) flush();
    },
    coefficients(penalty) {
      flush();
      if (!hasFactor) write(sums + 4 * words.length, [room(DOUBLE * rowStart(size))]);
      hasFactor = true;
      solve(sums, penalty);
      return doubles(out, size).slice();
    },
  };
}
