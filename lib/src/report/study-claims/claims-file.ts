/** Reading a study's own claims: every fault is named by file, key and value. */

import { dirname, resolve } from "node:path";
import { z } from "zod";
import { printable } from "../../check.js";
import { monthOrDay, plainText, readJson } from "../../data/json-file.js";
import { listed } from "../../data/readers/csv.js";
import { STUDY_LIMITS } from "../../limits.js";
import { DataError } from "../../types.js";
import {
  CLAIM_STATISTICS,
  type ClaimEntry,
  type ClaimPlaces,
  CORRELATION_STATISTICS,
  isCorrelation,
  placesOf,
} from "./template.js";

const range = z.strictObject({ from: monthOrDay, through: monthOrDay });

/** Keys of claims about correlations alone. */
const correlationKeys = {
  range: range.exactOptional(),
  before: range.exactOptional(),
  than: plainText.exactOptional(),
  returns: plainText.exactOptional(),
  simple: z.boolean().exactOptional(),
  convention: plainText.exactOptional(),
  reported: z.number().exactOptional(),
};

const schema = z
  .array(
    z.strictObject({
      statistic: z.enum([...CLAIM_STATISTICS, ...CORRELATION_STATISTICS]),
      on: plainText.exactOptional(),
      claim: plainText,
      above: z.number().exactOptional(),
      below: z.number().exactOptional(),
      ...correlationKeys,
    }),
  )
  .max(STUDY_LIMITS.marketSets);

/**
 * The claims of a file: a JSON list of statistic, `on`, sentence, and the numbers for which it is true; those about correlations have their dates
 * and conventions too. They are to be written down before their results are looked at.
 *
 * @param file path of a JSON file; none without one
 * @throws DataError naming the key's path, what was expected and what came
 * @example
 * readClaims(undefined, { markets: ["GOLD"], marketSets: ["GOLD"] }); // []
 */
export function readClaims(file: string | undefined, places: ClaimPlaces): ClaimEntry[] {
  if (file === undefined) return [];
  const claims = readJson(file, schema, "the list of claims");
  const fail = (key: string, fault: string): never => {
    throw new DataError(`${file}: ${key}: ${fault}`);
  };
  const seen = new Set<string>();
  claims.forEach((entry, i) => {
    const { statistic, on, above = -Infinity, below = Infinity, claim: _, ...sample } = entry;
    const known = placesOf(statistic, places);
    const fault = sampleFault(entry, places);
    if (fault) fail(`${i}.${fault[0]}`, fault[1]);
    if (on !== undefined && !known.includes(on))
      fail(
        `${i}.on`,
        `must be one of ${listed(known)}, got ${printable(on)}; correct it, or leave it out to claim it of each`,
      );
    if (above === -Infinity && below === Infinity)
      fail(`${i}`, "must say for which numbers it is true; give above, below or both");
    if (!(above < below))
      fail(`${i}.above`, `must be less than below, got ${above} and ${below}; exchange them`);
    const key = JSON.stringify([statistic, on, sample]);
    if (seen.has(key))
      fail(
        `${i}`,
        `${statistic} on ${on ?? "each"} must be claimed once, but is claimed before; remove one`,
      );
    seen.add(key);
  });
  return claims.map((entry) =>
    entry.returns === undefined
      ? entry
      : { ...entry, returns: resolve(dirname(file), entry.returns) },
  );
}

/** Key and fault of what a claim says of its sample; undefined if there is none. */
function sampleFault(entry: ClaimEntry, { markets }: ClaimPlaces): [string, string] | undefined {
  const { statistic, than, before } = entry;
  const given = Object.keys(correlationKeys).find((key) => key in entry);
  if (!isCorrelation(statistic))
    return given === undefined
      ? undefined
      : [given, `is a key of correlations, not of ${statistic}; remove it`];
  const leads = than !== undefined;
  const may = statistic === "correlation-lead" || statistic === "correlation-printed";
  if ((leads && !may) || (!leads && statistic === "correlation-lead") || !known(than, markets))
    return [
      "than",
      `must name one of ${listed(markets)} for a correlation-lead, may for a correlation-printed, got ${printable(than ?? "nothing")} for a ${statistic}; correct it`,
    ];
  if ((statistic === "correlation-rise") !== (before !== undefined))
    return [
      "before",
      "must give the earlier dates of a correlation-rise, and of no other statistic; correct it",
    ];
  return undefined;
}

const known = (name: string | undefined, markets: readonly string[]): boolean =>
  name === undefined || markets.includes(name);
