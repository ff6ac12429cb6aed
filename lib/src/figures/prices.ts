/** The prices that returns are made of, as lines. */

import type { Data } from "plotly.js-dist-min";
import { isoDate } from "../panel/calendar.js";
import type { DailySeries } from "../panel/resample.js";
import { drawn, type Figure, firstCoins } from "./figure.js";
import { axis, coinColor, theme } from "./theme.js";

/** Lines that can be told apart. */
const MOST = 12;
const DASHES = ["solid", "dash", "dot"] as const;

/**
 * Prices of every series over its first, on a logarithmic axis.
 *
 * @example
 * figurePrices(await studyPrices(study), "Bitcoin has risen most.").data.length; // 8
 */
export function figurePrices(prices: ReadonlyMap<string, DailySeries>, caption: string): Figure {
  const { coins: names, caption: said } = firstCoins([...prices.keys()], MOST, caption);
  const data = names.map((name, i): Data => {
    const { days, values } = prices.get(name)!;
    return {
      type: "scatter",
      mode: "lines",
      name,
      x: Array.from(days, isoDate),
      y: drawn(values.map((value) => value / values[0]!)),
      line: { color: coinColor(i), dash: DASHES[Math.floor(i / 4) % DASHES.length]!, width: 1.4 },
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
      yaxis: axis("price over the first", { type: "log" }),
    },
  };
}
