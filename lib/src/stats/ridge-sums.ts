/** Cross products of an interacted ridge regression: what rows share is multiplied once for all of them. */

import type { Arena } from "../arena.js";
import type { InteractedRows } from "./interacted-ridge.js";
import { DOUBLE, eight, rowStart, statsKernel } from "./kernel.js";
import { recursiveOls } from "./recursive-ols.js";

/** Sums that grow row by row, and the coefficients that they give at any penalty. */
export interface RidgeSums {
  readonly add: (row: number) => void;
  readonly coefficients: (penalty: number) => Float64Array;
}

/** Groups that are added together: each sum is read and written once for all of them. */
const BATCH = 32;

/**
 * Sums of f_k f_l (1, z)(1, z)' and of f_k (1, z) y. Rows of a group share regressors and all inputs but their own first ones, so that only
 * products of these are made row by row.
 *
 * A row costs half the square of its own inputs, a group half the square of the coefficients; coefficients cost a sixth of their cube.
 */
export function ridgeSums(rows: InteractedRows): RidgeSums {
  const { k: K, d: D, f, group: size = 1, y } = rows;
  const kernel = statsKernel();
  const sums = placedSums(kernel.arena(), rows);
  const regressors = recursiveOls(K);
  // Number of the group whose rows are taken, or none, and its place among those that are still to be added.
  let [group, place] = [-1, 0];
  const begin = (own: number) => {
    group = own;
    const shared = f.subarray(group * size * K, (group * size + 1) * K);
    regressors.add(shared, 0);
    sums.f(place).set(shared);
    kernel.beginGroup(sums.at, place);
  };
  const end = () => {
    if (group < 0) return;
    group = -1;
    kernel.endGroup(sums.at, place++);
    if (place === BATCH) flush();
  };
  const flush = () => {
    kernel.addGroups(sums.at, place);
    place = 0;
  };
  return {
    add(row) {
      if (Number.isNaN(y[row])) return;
      const own = Math.floor(row / size);
      if (own !== group) {
        end();
        begin(own);
      }
      rows.z(row, sums.z(place));
      kernel.addRow(sums.at, place, y[row]!);
    },
    coefficients(penalty) {
      end();
      flush();
      // Only the regressors themselves can be collinear: all else has a penalty.
      if (Number.isNaN(regressors.coefficients()[0]))
        return new Float64Array(K * (1 + D)).fill(NaN);
      sums.placeFactor();
      kernel.solve(sums.at, penalty);
      return sums.out().slice();
    },
  };
}

/** The arrays of the kernel's sums, and views of those that are written and read. */
function placedSums(
  { room, place, write, doubles }: Arena,
  { k: K, d: D, own: O = 0 }: InteractedRows,
) {
  const numbers = (count: number) => room(DOUBLE * eight(count));
  const width = eight(1 + D);
  const [triangle, outer] = [rowStart(1 + D), rowStart(O)];
  const triangles = numbers(((K * (K + 1)) / 2) * triangle);
  const [f, z, first] = [numbers(BATCH * K), numbers(BATCH * width), numbers(BATCH * width)];
  const [products, response] = [numbers(BATCH * outer), numbers(width)];
  const [weights, scaled] = [numbers(BATCH), numbers(BATCH)];
  const [moments, out] = [numbers(K * width), numbers(K * (1 + D))];
  const sizes = [K, D, O, width, DOUBLE * triangle, DOUBLE * outer];
  const arrays = [triangles, f, z, first, products, response, weights, scaled, moments, out];
  const words = [...sizes, ...arrays];
  const at = place([...words, 0]);
  let hasFactor = false;
  return {
    at,
    f: (group: number) => doubles(f + DOUBLE * K * group, K),
    z: (group: number) => doubles(z + DOUBLE * width * group, D),
    /** Only who asks for coefficients needs room for the factor that they come from. */
    placeFactor() {
      if (!hasFactor) write(at + 4 * words.length, [numbers(rowStart(K * (1 + D)))]);
      hasFactor = true;
    },
    out: () => doubles(out, K * (1 + D)),
  };
}
