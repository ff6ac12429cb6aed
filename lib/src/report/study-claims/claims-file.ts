/** Reading a study's own claims: every fault is named by file, key and value. */

import { z } from "zod";
import { printable } from "../../check.js";
import { plainText, readJson } from "../../data/json-file.js";
import { listed } from "../../data/readers/csv.js";
import { STUDY_LIMITS } from "../../limits.js";
import { DataError } from "../../types.js";
import { CLAIM_STATISTICS, type ClaimEntry, type ClaimPlaces, placesOf } from "./template.js";

const schema = z
  .array(
    z.strictObject({
      statistic: z.enum(CLAIM_STATISTICS),
      on: plainText.exactOptional(),
      claim: plainText,
      above: z.number().exactOptional(),
      below: z.number().exactOptional(),
    }),
  )
  .max(STUDY_LIMITS.marketSets);

/**
 * The claims of a file: a JSON list of statistic, `on`, sentence, and the numbers for which it is true. They are to be written
 * down before their results are looked at.
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
  claims.forEach(({ statistic, on, above = -Infinity, below = Infinity }, i) => {
    const known = placesOf(statistic, places);
    if (on !== undefined && !known.includes(on))
      fail(
        `${i}.on`,
        `must be one of ${listed(known)}, got ${printable(on)}; correct it, or leave it out to claim it of each`,
      );
    if (above === -Infinity && below === Infinity)
      fail(`${i}`, "must say for which numbers it is true; give above, below or both");
    if (!(above < below))
      fail(`${i}.above`, `must be less than below, got ${above} and ${below}; exchange them`);
    const key = `${statistic} ${on ?? ""}`;
    if (seen.has(key))
      fail(
        `${i}`,
        `${statistic} on ${on ?? "each"} must be claimed once, but is claimed before; remove one`,
      );
    seen.add(key);
  });
  return claims;
}
