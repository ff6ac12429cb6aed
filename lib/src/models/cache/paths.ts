/** Paths of betas that are computed once: on the test block of a split, by an estimator that can name itself. */

import type { Estimator } from "../../betas/estimator.js";
import { inRange } from "../../panel/calendar.js";
import { rowAt } from "../../panel/panel.js";
import type { Band, BetaPath, Panel } from "../../types.js";
import type { Kept } from "../kept.js";
import { bytesOf, codeHash, contentHash } from "./content-hash.js";
import { counts } from "./counts.js";
import { noteKnown } from "./results.js";
import type { RecordStore } from "./store.js";

/**
 * An estimator whose paths are kept.
 *
 * @param plain the same without any cache of its own; the estimator itself by default
 */
export type KeptPaths = (estimator: Estimator, plain?: Estimator) => Estimator;

/** Estimators of a store: one with a key reads what it has estimated before; one without is as it was. */
export function keptPaths(store: RecordStore): KeptPaths {
  return (estimator, plain = estimator) => {
    const { key, applies } = estimator;
    if (key === undefined) return estimator;
    const kept: Estimator = {
      ...estimator,
      async estimate(panel, split, update) {
        const { group, name } = placeOf(estimator, panel, split, update);
        const block = [...panel.dates.keys()].filter((t) =>
          inRange(panel.dates[t]!, split.outOfSample),
        );
        const kept = store.read(group).get(name);
        if (kept) {
          counts.pathsRead++;
          return decoded(panel, block, kept);
        }
        counts.walked++;
        const path = await estimator.estimate(panel, split, update);
        const file = store.open(group);
        try {
          file.write(name, encoded(path, block));
        } finally {
          file.close();
        }
        return path;
      },
    };
    noteKnown(kept, { store, key, applies, plain });
    return kept;
  };
}

/** Where an estimator's path is kept. */
const placeOf = (
  { id, key }: Estimator,
  ...[panel, split, update]: Parameters<Estimator["estimate"]>
): { readonly group: string; readonly name: string } => ({
  group: contentHash([codeHash(), panel]),
  name: contentHash([id, key, split, update]),
});

/** What a store has of a path. */
export function keptPath(
  store: RecordStore,
  estimator: Estimator,
  ...asked: Parameters<Estimator["estimate"]>
): Kept {
  const { group, name } = placeOf(estimator, ...asked);
  return { key: contentHash([group, name]), body: store.read(group).get(name) };
}

/** Kind, and which arrays there are. */
interface Head {
  readonly kind: BetaPath["kind"];
  readonly standardErrors: boolean;
  readonly interval: Band["interval"] | undefined;
  readonly seeds: number | undefined;
}

/** The rows of the block: outside it an estimator says nothing. */
function encoded(path: BetaPath, block: readonly number[]): Uint8Array {
  const { values, standardErrors, band, seeds, kind } = path;
  const head: Head = {
    kind,
    standardErrors: standardErrors !== undefined,
    interval: band?.interval,
    seeds: seeds?.length,
  };
  const width = path.coins.length * path.markets.length;
  const arrays = [
    values,
    ...(standardErrors ? [standardErrors] : []),
    ...(band ? [band.lower, band.upper] : []),
    ...(seeds ?? []),
  ].map((array) => bytesOf(rowsOf(array, block, width)));
  const text = Buffer.from(JSON.stringify(head));
  // The floats begin at a multiple of eight.
  const padded = Buffer.alloc(8 * Math.ceil((text.length + 1) / 8), " ");
  padded.set(text);
  padded[padded.length - 1] = 0;
  return Buffer.concat([padded, ...arrays]);
}

function decoded(panel: Panel, block: readonly number[], body: Uint8Array): BetaPath {
  const { dates, coins, markets } = panel;
  const width = coins.length * markets.length;
  const end = body.indexOf(0);
  const head = JSON.parse(Buffer.from(body.subarray(0, end)).toString()) as Head;
  let at = end + 1;
  const next = (): Float64Array => {
    const rows = new Float64Array(body.buffer, body.byteOffset + at, block.length * width);
    at += rows.byteLength;
    const values = new Float64Array(dates.length * width).fill(Number.NaN);
    block.forEach((t, row) => {
      rowAt(values, width, t).set(rowAt(rows, width, row));
    });
    return values;
  };
  return {
    dates,
    coins,
    markets,
    values: next(),
    ...(head.standardErrors ? { standardErrors: next() } : {}),
    ...(head.interval === undefined
      ? {}
      : { band: { interval: head.interval, lower: next(), upper: next() } }),
    ...(head.seeds === undefined ? {} : { seeds: Array.from({ length: head.seeds }, next) }),
    kind: head.kind,
  };
}

function rowsOf(values: Float64Array, block: readonly number[], width: number): Float64Array {
  const rows = new Float64Array(block.length * width);
  block.forEach((t, row) => {
    rowAt(rows, width, row).set(rowAt(values, width, t));
  });
  return rows;
}
