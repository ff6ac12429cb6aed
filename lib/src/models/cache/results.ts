/** Results of whole ladders that are computed once: rows of numbers and texts, by all that they depend on. */

import { deserialize, serialize } from "node:v8";
import type { Estimator } from "../../betas/estimator.js";
import type { Kept } from "../kept.js";
import { codeHash, contentHash } from "./content-hash.js";
import { counts } from "./counts.js";
import type { RecordStore } from "./store.js";

/** An estimator whose paths are kept, as it was made: by what a cache knows it, and what it is without one. */
export interface Known {
  readonly store: RecordStore;
  readonly key: string;
  readonly applies: Estimator["applies"];
  readonly plain: Estimator;
  /** Of a shard: hears of every result that is asked for, and throws if it is another's; what it returns hears that it is done. */
  readonly claim?: (asked: Kept) => () => void;
}

/** By what an estimator does, not by what it says: a copy with another `estimate` is another estimator, whatever its key. */
const KNOWN = new WeakMap<Estimator["estimate"], Known>();

/** Notes that a cache knows an estimator. */
export function noteKnown(estimator: Estimator, known: Known): void {
  KNOWN.set(estimator.estimate, known);
}

/** What a cache knows of an estimator; undefined if none does. */
export const knownOf = ({ estimate }: Estimator): Known | undefined => KNOWN.get(estimate);

/** What is known of every estimator, if one cache knows them all. */
function knownAll(estimators: readonly Estimator[]): Known[] | undefined {
  const found = estimators.flatMap(({ estimate, applies }) => {
    const known = KNOWN.get(estimate);
    return known?.applies === applies && known ? known : [];
  });
  const same = found.every(({ store }) => store === found[0]!.store);
  return found.length === estimators.length && found.length > 0 && same ? found : undefined;
}

/**
 * A result of estimators: read, if their cache has it; computed and kept otherwise. Of estimators that no cache knows, or not one
 * and the same, it is computed each time.
 *
 * @param content all that the result depends on beside the estimators and the library's own code
 * @param compute plain rows; given the estimators
 */
export async function keptResult<R>(
  estimators: readonly Estimator[],
  content: unknown,
  compute: (estimators: readonly Estimator[]) => R | Promise<R>,
): Promise<R> {
  const known = knownAll(estimators);
  if (!known) return compute(estimators);
  const { store, claim } = known[0]!;
  const names = estimators.map(({ id, running, builtIn }, i) => [
    id,
    known[i]!.key,
    running ?? false,
    builtIn ?? false,
  ]);
  const [group, name] = [
    contentHash([codeHash(["comparing"]), "results"]),
    contentHash([names, content]),
  ];
  const body = store.read(group).get(name);
  const kept = readable<R>(body);
  // By content: the same rows are not always serialized to the same bytes.
  const hash = kept && Buffer.from(contentHash(kept.result));
  const done = claim?.({ key: contentHash([group, name]), body: hash });
  if (kept) {
    counts.pathsRead++;
    return kept.result;
  }
  const result = await compute(estimators);
  const file = store.open(group);
  try {
    file.write(name, serialize(result));
  } finally {
    file.close();
  }
  done?.();
  return result;
}

/** Undefined for what is not there, and for what a newer Node has written in a form that this one does not know. */
function readable<R>(body: Uint8Array | undefined): { readonly result: R } | undefined {
  try {
    return body && { result: deserialize(body) as R };
  } catch {
    return undefined;
  }
}

/** Estimators as they are without their cache: for panels that nobody meets again once the result is kept. */
export const withoutCache = (estimators: readonly Estimator[]): readonly Estimator[] =>
  knownAll(estimators)?.map(({ plain }, i) => ({ ...plain, id: estimators[i]!.id })) ?? estimators;
