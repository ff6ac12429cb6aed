/** Mean betas of several estimators on one market, as lines over the same dates. */

import type { Data } from "plotly.js-dist-min";
import { betaOffset, position } from "../panel/panel.js";
import { mean } from "../stats/moments.js";
import type { BetaPath } from "../types.js";
import { drawn, type Figure } from "./figure.js";
import { axis, BLUE, GREY, INK, RED, theme } from "./theme.js";

const COLORS = [GREY, INK, "#009e73", RED, BLUE];
const DASHES = ["dot", "dash", "dashdot", "solid", "dash"] as const;

/**
 * Mean over the coins of each path's beta on one market; gaps where a path has none.
 *
 * @param paths by name, on the same dates
 * @throws RangeError if a path has no such market
 * @example
 * figureBetaLines({ rolling }, "FIAT", "Rolling betas on the dollar, log returns, monthly.").data.length; // 1
 */
export function figureBetaLines(
  paths: Readonly<Record<string, BetaPath>>,
  market: string,
  caption: string,
): Figure {
  const names = Object.keys(paths);
  const data = Object.entries(paths).map(([name, path], i): Data => {
    const k = position("figureBetaLines", "market", path.markets, market);
    const betas = path.dates.map((_, t) =>
      mean(
        path.coins
          .map((__, coin) => path.values[betaOffset(path, t, coin, k)]!)
          .filter(Number.isFinite),
      ),
    );
    return {
      type: "scatter",
      mode: "lines",
      name,
      x: [...path.dates],
      y: drawn(betas),
      line: {
        color: COLORS[i % COLORS.length]!,
        dash: DASHES[i % DASHES.length]!,
        width: name.startsWith("neural") ? 2.4 : 1.6,
      },
    };
  });
  return {
    id: "beta-lines",
    caption,
    alt: `Lines of the mean beta of the coins on ${market} by ${names.join(", ")}, over the same dates.`,
    data,
    layout: {
      ...theme(320),
      xaxis: axis("", { type: "date" }),
      yaxis: axis(`β on ${market}`, { zeroline: true }),
    },
  };
}
