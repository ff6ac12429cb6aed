/** The explorer of the ladder: scores of every estimator by choice of the reader, and the betas behind them. */

import { csvRecords } from "../csv.js";
import { choiceHtml } from "./choice.js";
import { packedScript, permalink } from "./html.js";
import type { AddedPart, LiveInput } from "./live.js";

/** Betas are held in hundredths, as differences from date to date: null where there is none. */
export type HeldBetas = readonly (number | null)[];

/** Betas of one market set: by estimator and update, by market, then by coin, dates in a row. */
interface SetBetas {
  readonly markets: readonly string[];
  readonly betas: Readonly<Record<string, HeldBetas>>;
}

/** @param chapter anchor of the chapter that the explorer closes */
export function ladderExplorer({ csv }: LiveInput, chapter: string): AddedPart {
  const scores = csvRecords(csv("forecast-comparison") ?? "");
  const distinct = (key: string) => [...new Set(scores.map((row) => row[key]!))];
  const [id, title] = [`${chapter}.explore`, "Explore the ladder"];
  return {
    id,
    title,
    html: `<div class="live-part" id="explorer">
<h3 id="${id}">${title}${permalink(id, title)}</h3>
<p>Every score of table forecast-comparison, with its 95 % interval, and the walk-forward betas of the estimators that you tick. A change below zero is a lower RMSE than the benchmark's, in log returns.</p>
<p class="live-missing">This needs scripts.</p>
<form class="choices" hidden>
${choiceHtml("frequency", "Returns", distinct("frequency"))}
${choiceHtml("sample", "Sample", distinct("sample"), "walk-forward")}
${choiceHtml("marketSet", "Markets", distinct("marketSet"))}
${choiceHtml("coin", "Coin", distinct("coin"), "all")}
${choiceHtml("benchmark", "Benchmark", distinct("benchmark"), "pooled")}
</form>
<p class="explored" role="status"></p>
<div class="explored-scores"></div>
<form class="choices beta-choices" hidden></form>
<div class="explored-betas"></div>
${packedScript(heldBetas(csvRecords(csv("betas-walk-forward") ?? "")), "")}
</div>`,
  };
}

type Row = Readonly<Record<string, string>>;

/** All betas of a table, small; with the network's own intervals as "amortised updated lower" and "… upper". */
export function heldBetas(rows: readonly Row[]): {
  readonly dates: readonly string[];
  readonly coins: readonly string[];
  readonly sets: Readonly<Record<string, SetBetas>>;
} {
  const distinct = (key: string, among = rows) => [...new Set(among.map((row) => row[key]!))];
  const [dates, coins] = [distinct("date"), distinct("coin")];
  const known = new Map(rows.map((row) => [keyOf(row), row]));
  const setOf = (marketSet: string): SetBetas => {
    const own = rows.filter((row) => row.marketSet === marketSet);
    const markets = distinct("market", own);
    const held = (named: Row, column: string) =>
      markets.flatMap((market) =>
        coins.flatMap((coin) =>
          steps(dates.map((date) => known.get(keyOf({ ...named, market, coin, date }))?.[column])),
        ),
      );
    const first = new Map(own.map((row) => [`${row.estimator} ${row.update}`, row]));
    const betas = [...first].flatMap(([name, row]) => [
      [name, held(row, "beta")] as const,
      ...(row.interval === "network"
        ? ["lower", "upper"].map((bound) => [`${name} ${bound}`, held(row, bound)] as const)
        : []),
    ]);
    return { markets, betas: Object.fromEntries(betas) };
  };
  return {
    ...{ dates, coins },
    sets: Object.fromEntries(distinct("marketSet").map((set) => [set, setOf(set)])),
  };
}

const keyOf = (row: Row): string =>
  [row.marketSet, row.estimator, row.update, row.market, row.coin, row.date].join("|");

/** Hundredths as differences from the value before. */
function steps(values: readonly (string | undefined)[]): (number | null)[] {
  let before = 0;
  return values.map((value) => {
    if (value === undefined || value === "") return null;
    const now = Math.round(100 * Number(value));
    const step = now - before;
    before = now;
    return step;
  });
}
