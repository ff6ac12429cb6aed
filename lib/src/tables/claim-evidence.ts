/** What a ledger's file holds of each claim beyond its row: statistic, region and why, interval, sample, and where it is shown. */

import type { ClaimRow } from "../report/claims/ledger.js";
import type { Region } from "../report/verdict.js";
import { formatNumber } from "./number.js";
import type { RowColumn } from "./table.js";

/** Why a row is in the ledger, for readers who open it: columns that only files have. */
export const CLAIM_EVIDENCE: readonly RowColumn<ClaimRow>[] = [
  {
    key: "about",
    head: "About",
    unit: "text",
    meaning: "which of several things that the words speak of",
    value: ({ about }) => about,
  },
  { key: "statistic", head: "Statistic", value: ({ statistic }) => statistic },
  {
    key: "region",
    head: "True if",
    value: ({ region }) => regionText(region),
  },
  {
    key: "regionLower",
    head: "True above",
    decimals: 3,
    unit: "as `statistic` says",
    meaning: "lower end of the numbers for which the claim is true; empty where there is none",
    value: ({ region }) => finite(region.lower),
  },
  {
    key: "regionUpper",
    head: "True below",
    decimals: 3,
    unit: "as `statistic` says",
    meaning: "upper end of these numbers",
    value: ({ region }) => finite(region.upper),
  },
  {
    key: "why",
    head: "Why",
    unit: "text",
    meaning: "why the claim is true for these numbers",
    value: ({ evidence }) => evidence?.why ?? null,
  },
  {
    key: "ownPValue",
    head: "p",
    decimals: 3,
    unit: "p-value",
    meaning: "of the claim alone, before any correction",
    value: ({ ownPValue }) => ownPValue,
  },
  {
    key: "decidingLower",
    head: "Decides from",
    decimals: 3,
    unit: "as `statistic` says",
    meaning: "lower end of the interval that decides: of 90 % where the region has two ends",
    value: ({ deciding }) => deciding.lower,
  },
  {
    key: "decidingUpper",
    head: "to",
    decimals: 3,
    unit: "as `statistic` says",
    meaning: "upper end of the same",
    value: ({ deciding }) => deciding.upper,
  },
  { key: "method", head: "Interval", value: ({ method }) => method },
  {
    key: "sample",
    head: "Sample",
    meaning: "dates, networks or rows that are measured",
    value: ({ evidence }) => evidence?.sample ?? null,
  },
  {
    key: "figure",
    head: "Figure",
    unit: "name",
    meaning: "id of the figure that shows it",
    value: ({ evidence }) => evidence?.figure ?? null,
  },
  {
    key: "table",
    head: "Table",
    unit: "name",
    meaning: "id of the table that shows it",
    value: ({ evidence }) => evidence?.table ?? null,
  },
  {
    key: "data",
    head: "Data",
    unit: "text",
    meaning: "files in `data/` that it is measured from",
    value: ({ evidence }) => evidence?.data ?? null,
  },
];

const finite = (end: number): number | null => (Number.isFinite(end) ? end : null);

/** "above 2", "below 0.05", "0 to 3": the numbers of a region for readers. */
export function regionText({ lower, upper }: Region): string {
  const end = (value: number) =>
    formatNumber(value, Number.isInteger(value) ? 0 : 4).replace(/0+$/, (z) =>
      Number.isInteger(value) ? z : "",
    );
  if (upper === Number.POSITIVE_INFINITY) return `above ${end(lower)}`;
  if (lower === Number.NEGATIVE_INFINITY) return `below ${end(upper)}`;
  return `${end(lower)} to ${end(upper)}`;
}
