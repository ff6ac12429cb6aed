/** A claim's interval against the numbers for which the claim is true, as a small picture. */

import { escapeHtml } from "./html.js";

const WIDTH = 130;
const HEIGHT = 22;
/** Share of the picture that is left free on either side. */
const MARGIN = 0.12;

export interface BarNumbers {
  readonly measured: number;
  /** Ends of the 95 % interval; NaN where there is none. */
  readonly lower: number;
  readonly upper: number;
  /** Ends of the interval that decides. */
  readonly decidingLower: number;
  readonly decidingUpper: number;
  /** Ends of the claim's region, infinite where it has none. */
  readonly regionLower: number;
  readonly regionUpper: number;
}

/** A shaded region, a line for the 95 % interval, a thick one for the interval that decides, a dot for the estimate. */
export function intervalBar(numbers: BarNumbers, label: string): string {
  const { measured, lower, upper, decidingLower, decidingUpper, regionLower, regionUpper } =
    numbers;
  const known = Object.values(numbers).filter(Number.isFinite);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const range = most > least ? most - least : Math.abs(most) || 1;
  const from = least - MARGIN * range;
  const scale = WIDTH / (most + MARGIN * range - from);
  const x = (value: number) =>
    Number(Math.max(0, Math.min(WIDTH, (value - from) * scale)).toFixed(1));
  const line = (a: number, b: number, name: string) =>
    Number.isNaN(a) || Number.isNaN(b)
      ? ""
      : `<path class="${name}" d="M${x(a)} ${HEIGHT / 2}H${x(b)}"/>`;
  const dot = Number.isNaN(measured)
    ? ""
    : `<circle cx="${x(measured)}" cy="${HEIGHT / 2}" r="3.5"/>`;
  return `<svg class="interval" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escapeHtml(label)}"><rect x="${x(regionLower)}" y="2" width="${Number((x(regionUpper) - x(regionLower)).toFixed(1))}" height="${HEIGHT - 4}"/>${line(lower, upper, "whole")}${line(decidingLower, decidingUpper, "deciding")}${dot}</svg>`;
}
