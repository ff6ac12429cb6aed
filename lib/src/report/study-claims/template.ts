/** Claims that can be made of any study's data: a template of sentences with regions, and a study's own in their place. */

import { between } from "../claims/claim.js";
import type { Region } from "../verdict.js";

/** What can be claimed of any data; all but `co-movement` in percent of the RMSE, below 0 where it is lower. */
export const CLAIM_STATISTICS = [
  "network-pooled",
  "network-classical",
  "amortised-pooled",
  "amortised-classical",
  "co-movement",
  "factor-gain",
] as const;
/** One of `CLAIM_STATISTICS`. */
export type ClaimStatistic = (typeof CLAIM_STATISTICS)[number];

/** A sentence about a statistic, with the numbers for which it is true. */
export interface ClaimEntry {
  readonly statistic: ClaimStatistic;
  /** The market of a co-movement, the market set of all else; each of them where it is left out. */
  readonly on?: string;
  readonly claim: string;
  /** The claim is true above this number, */
  readonly above?: number;
  /** and below this one; one of the two is needed. */
  readonly below?: number;
}

/** A claim about one market or market set. */
export interface StudyClaim extends Pick<ClaimEntry, "statistic" | "claim"> {
  readonly on: string;
  readonly region: Region;
}

/** What claims can be made on. */
export interface ClaimPlaces {
  readonly markets: readonly string[];
  readonly marketSets: readonly string[];
}

/** The claims of every study; 0.3, a tenth of the variance, is the report's ledger's bound of a weak co-movement. */
export const CLAIM_TEMPLATE: readonly ClaimEntry[] = [
  { statistic: "network-pooled", claim: "The network beats one constant beta", below: 0 },
  { statistic: "network-classical", claim: "The network beats every classical beta", below: 0 },
  { statistic: "amortised-pooled", claim: "The amortised beta beats one constant beta", below: 0 },
  {
    statistic: "amortised-classical",
    claim: "The amortised beta beats every classical beta",
    below: 0,
  },
  {
    statistic: "co-movement",
    claim: "The coins move little with the market",
    above: -0.3,
    below: 0.3,
  },
  { statistic: "factor-gain", claim: "The factors improve the network's hedge", below: 0 },
];

/** Names that a statistic can be claimed on. */
export const placesOf = (
  statistic: ClaimStatistic,
  { markets, marketSets }: ClaimPlaces,
): readonly string[] => (statistic === "co-movement" ? markets : marketSets);

/**
 * The template's claims on every market and market set; a study's own claim stands in the place of that of the template.
 *
 * @param own of `readClaims`; one without `on` replaces the template's on every market or set but those that others name
 * @example
 * const own = [{ statistic: "co-movement", on: "GOLD", claim: "Gold moves with the coins", above: 0.3 }] as const;
 * const claims = studyClaims({ markets: ["EQUITY", "GOLD"], marketSets: ["GOLD"] }, own);
 * claims.filter(({ statistic }) => statistic === "co-movement").map(({ on, region }) => [on, region.lower, region.upper]);
 * // [["EQUITY", -0.3, 0.3], ["GOLD", 0.3, Infinity]]
 */
export function studyClaims(places: ClaimPlaces, own: readonly ClaimEntry[] = []): StudyClaim[] {
  return CLAIM_TEMPLATE.flatMap((usual) =>
    placesOf(usual.statistic, places).map((on) => {
      const owns = own.filter(({ statistic }) => statistic === usual.statistic);
      const entry =
        owns.find((other) => other.on === on) ??
        owns.find((other) => other.on === undefined) ??
        usual;
      const { statistic, claim, above = -Infinity, below = Infinity } = entry;
      return { statistic, claim, on, region: between(above, below) };
    }),
  );
}
