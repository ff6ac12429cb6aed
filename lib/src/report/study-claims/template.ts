/** Claims that can be made of any study's data: a template of sentences with regions, and a study's own in their place. */

import type { DateRange } from "../../types.js";
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

/**
 * What only a study's own list can claim, of correlations with a market, means over the coins.
 *
 * correlation-printed: that of the sample, or a lead in it, as arithmetic without an interval. correlation: with one. correlation-rise: its absolute value in
 * the range less that in the range `before`. correlation-lead: its absolute value less that of the market `than` with the same market.
 */
export const CORRELATION_STATISTICS = [
  "correlation-printed",
  "correlation",
  "correlation-rise",
  "correlation-lead",
] as const;
/** One of `CORRELATION_STATISTICS`. */
export type CorrelationStatistic = (typeof CORRELATION_STATISTICS)[number];

/** The sample of a correlation, and its returns. */
export interface CorrelationSample {
  readonly range?: DateRange;
  /** The earlier dates of a rise. */
  readonly before?: DateRange;
  /** The market that a lead is over. */
  readonly than?: string;
  /** Path of a file with the same series by another convention; the study's own by default. */
  readonly returns?: string;
  /** Simple returns instead of log returns. */
  readonly simple?: boolean;
  /** The conventions in words. */
  readonly convention?: string;
  /** The published number. */
  readonly reported?: number;
}

/** A sentence about a statistic, with the numbers for which it is true. */
export interface ClaimEntry extends CorrelationSample {
  readonly statistic: ClaimStatistic | CorrelationStatistic;
  /** The market of a co-movement, the market set of all else; each of them where it is left out. */
  readonly on?: string;
  readonly claim: string;
  /** The claim is true above this number, */
  readonly above?: number;
  /** and below this one; one of the two is needed. */
  readonly below?: number;
}

/** A claim about one market or market set. */
export interface StudyClaim extends Pick<ClaimEntry, "statistic" | "claim">, CorrelationSample {
  readonly on: string;
  readonly region: Region;
}

/** What claims can be made on. */
export interface ClaimPlaces {
  readonly markets: readonly string[];
  readonly marketSets: readonly string[];
}

/** The claims of every study; 0.3, a tenth of the variance, is the report's ledger's bound of a weak co-movement. */
export const CLAIM_TEMPLATE: readonly (ClaimEntry & { readonly statistic: ClaimStatistic })[] = [
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
  statistic: ClaimEntry["statistic"],
  { markets, marketSets }: ClaimPlaces,
): readonly string[] =>
  statistic === "co-movement" || isCorrelation(statistic) ? markets : marketSets;

/** Whether a statistic is one of `CORRELATION_STATISTICS`. */
export const isCorrelation = (
  statistic: ClaimEntry["statistic"],
): statistic is CorrelationStatistic =>
  (CORRELATION_STATISTICS as readonly string[]).includes(statistic);

/**
 * A study's claims about correlations, then the template's on every market and market set; a study's own claim stands in the place of that of the template.
 *
 * @param own of `readClaims`; one without `on` replaces the template's on every market or set but those that others name
 * @example
 * const own = [{ statistic: "co-movement", on: "GOLD", claim: "Gold moves with the coins", above: 0.3 }] as const;
 * const claims = studyClaims({ markets: ["EQUITY", "GOLD"], marketSets: ["GOLD"] }, own);
 * claims.filter(({ statistic }) => statistic === "co-movement").map(({ on, region }) => [on, region.lower, region.upper]);
 * // [["EQUITY", -0.3, 0.3], ["GOLD", 0.3, Infinity]]
 */
export function studyClaims(places: ClaimPlaces, own: readonly ClaimEntry[] = []): StudyClaim[] {
  const usual = templateClaims(places, own);
  const correlations = own
    .filter(({ statistic }) => isCorrelation(statistic))
    .flatMap(({ on, above = -Infinity, below = Infinity, ...entry }) =>
      (on === undefined ? places.markets : [on]).map((market) => ({
        ...entry,
        on: market,
        region: between(above, below),
      })),
    );
  return [...correlations, ...usual];
}

/** The template's claims, or those that stand in their place. */
function templateClaims(places: ClaimPlaces, own: readonly ClaimEntry[]): StudyClaim[] {
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
