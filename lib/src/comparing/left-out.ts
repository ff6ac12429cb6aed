/** Ensembles without one of their networks: what other seeds could have given. */

import type { BetaPath } from "../types.js";

/** The mean of all networks but one, for each of them; none of a path that is not a mean over several seeds. */
export function leftOut(path: BetaPath): BetaPath[] {
  const { seeds = [], values } = path;
  const m = seeds.length;
  if (m < 2) return [];
  return seeds.map((own) => ({
    ...path,
    values: values.map((beta, at) => (m * beta - own[at]!) / (m - 1)),
  }));
}
