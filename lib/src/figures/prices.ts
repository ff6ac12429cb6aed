/** The prices that returns are made of, as lines. */

import type { Data } from "plotly.js-dist-min";
import { isoDate } from "../panel/calendar.js";
import type { DailySeries } from "../panel/resample.js";
import { drawn, type Figure, firstShown } from "./figure.js";
import { axis, coinColor, marketColor, theme } from "./theme.js";

/** Lines that can be told apart. */
const MOST = 12;
/** In grey a line is known by its dash: coins drawn through or nearly, markets in short dashes and thin. */
const DASHES = [
  ...["solid", "12px,3px", "5px,2px", "12px,2px,2px,2px"],
  ...["2px,2px", "8px,5px", "4px,4px", "8px,2px,2px,2px,2px,2px"],
];

const TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/**
 * Prices of every series over its first, on a logarithmic axis.
 *
 * @param options the names of `markets` have the colours of markets, all others those of coins
 * @example
 * const prices = await studyPrices(study);
 * figurePrices(prices, { caption: "Bitcoin has risen most.", markets: study.markets }).data.length; // 8
 */
export function figurePrices(
  prices: ReadonlyMap<string, DailySeries>,
  { caption, markets = [] }: { readonly caption: string; readonly markets?: readonly string[] },
): Figure {
  const { shown: names, caption: said } = firstShown([...prices.keys()], MOST, {
    caption,
    what: "coins",
  });
  const places = new Map(markets.map((name, k) => [name, k]));
  const data = names.map((name, i): Data => {
    const { days, values } = prices.get(name)!;
    const market = places.get(name);
    return {
      type: "scatter",
      mode: "lines",
      name,
      x: Array.from(days, isoDate),
      y: drawn(values.map((value) => value / values[0]!)),
      line: {
        color: market === undefined ? coinColor(i) : marketColor(market),
        dash: DASHES[i % DASHES.length]! as "solid",
        width: i < 4 ? 1.6 : 1.2,
      },
    };
  });
  return {
    id: "prices",
    caption: said,
    alt: `Lines of the prices of ${names.join(", ")}, each over its first, on a logarithmic axis.`,
    data,
    layout: {
      ...theme(360),
      xaxis: axis("", { type: "date" }),
      yaxis: axis("price over the first (log scale)", {
        type: "log",
        tickvals: TICKS,
        ticktext: TICKS.map(String),
      }),
    },
  };
}
