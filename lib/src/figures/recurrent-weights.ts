/** The weights that NBI gives the rows before a date. */

import type { TrialRow } from "../models/recurrent/trial.js";
import type { Figure } from "./figure.js";
import { axis, coinColor, theme } from "./theme.js";

/**
 * Mean weight by lag, a line for each process; 1 is that of least squares.
 *
 * @param rows of networks with the head NBI
 * @example
 * figureRecurrentWeights([], "No network was trained.").id; // "recurrent-weights"
 */
export function figureRecurrentWeights(rows: readonly TrialRow[], caption: string): Figure {
  return {
    id: "recurrent-weights",
    caption,
    alt: `Mean weight of NBI by lag for ${rows.map(({ process }) => process).join(", ")}.`,
    data: rows.map(({ process, weights }, i) => ({
      type: "scatter",
      mode: "lines",
      name: process,
      x: Array.from(weights!, (_, lag) => lag + 1),
      y: Array.from(weights!),
      line: { color: coinColor(i) },
    })),
    layout: {
      ...theme(340),
      xaxis: axis("Lag, rows before the date"),
      yaxis: axis("Mean weight", { rangemode: "tozero" }),
      showlegend: true,
    },
  };
}
