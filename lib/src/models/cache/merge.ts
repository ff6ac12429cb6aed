/** Caches of several machines as one. */

import { DataError } from "../../types.js";
import { recordStore } from "./store.js";

/**
 * Adds to a cache what others have and it lacks: the union, whatever their files are called.
 *
 * @param folder of the cache that grows; nothing in it is forgotten
 * @param others folders of caches, which stay as they are
 * @returns number of results that were added
 * @throws DataError if one of the others holds no cache, or the folder cannot be written
 * @example
 * const here = cachedTrainer(trainer, join(folder, "here"));
 * await searchNetworks(panel, here, { ...small, marketSets: ["FIAT"] });
 * mergeCaches(join(folder, "both"), [join(folder, "here")]); // 2: the scores of two networks
 */
export function mergeCaches(folder: string, others: readonly string[]): number {
  const into = recordStore(folder, Number.POSITIVE_INFINITY);
  let added = 0;
  for (const other of others) {
    const from = recordStore(other, Number.POSITIVE_INFINITY);
    const groups = from.groups();
    if (groups.length === 0)
      throw new DataError(
        `${other}: must hold a cache, but has no results; name its folder networks`,
      );
    for (const group of groups) {
      const known = into.read(group);
      const records = from.read(group);
      const missing = [...records.keys()].filter((key) => !known.has(key));
      if (missing.length === 0) continue;
      const file = into.open(group);
      for (const key of missing) {
        const body = records.get(key);
        if (!body) continue;
        file.write(key, body);
        added++;
      }
      file.close();
    }
  }
  return added;
}
