/** A figure as data: what Plotly draws, and what a reader must know of it. */

import { highest, lowest } from "../stats/moments.js";

/** A figure of any content, from which all its exports are made. */
export interface Figure {
  /** File name of its exports, unique in the project. */
  readonly id: string;
  /** Finding, sample and units. */
  readonly caption: string;
  /** What the picture shows, for readers who cannot see it. */
  readonly alt: string;
  /** Plotly traces. */
  readonly data: readonly object[];
  /** Plotly layout; its height is in pixels at a width of 760. */
  readonly layout: object;
  /** Its width in a paper: one column, 84 mm, or the page, 174 mm; double by default. */
  readonly column?: "single" | "double";
}

/** Numbers with six significant digits: enough for any screen, in far fewer bytes. */
export function drawn(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, (v) => (Number.isFinite(v) ? Number(v.toPrecision(6)) : null));
}

/** The first series or plots, as many as a page holds, and the caption that says so where there are more. */
export function firstShown<T>(
  all: readonly T[],
  most: number,
  { caption, what }: { readonly caption: string; readonly what: "coins" | "market sets" | "plots" },
): { readonly shown: readonly T[]; readonly caption: string } {
  if (all.length <= most) return { shown: all, caption };
  return {
    shown: all.slice(0, most),
    caption: `${caption} The first ${most} of ${all.length} ${what} are drawn; tables have numbers of them all.`,
  };
}

/** Rows of the first market sets, as many as a page holds, and those of all sets together; the caption says so where there are more. */
export function firstSets<R extends { readonly marketSet: string }>(
  rows: readonly R[],
  most: number,
  caption: string,
): { readonly rows: readonly R[]; readonly caption: string } {
  const sets = [...new Set(rows.map(({ marketSet }) => marketSet))].filter((set) => set !== "all");
  const { shown, caption: said } = firstShown(sets, most, { caption, what: "market sets" });
  const kept = new Set([...shown, "all"]);
  return { rows: rows.filter(({ marketSet }) => kept.has(marketSet)), caption: said };
}

/** Lowest and highest value with a margin on both sides: the range of an axis that several plots share. */
export function sharedRange(values: Iterable<number>): [number, number] {
  const known = [...values].filter((v) => !Number.isNaN(v));
  const [low, high] = [lowest(known), highest(known)];
  const pad = 0.05 * (high - low || Math.abs(high) || 1);
  const [from, to] = [low - pad, high + pad];
  const short = (v: number) => Number(v.toPrecision(4));
  const close = (v: number) => Number(v.toPrecision(9));
  return [short(from) < low ? short(from) : close(from), short(to) > high ? short(to) : close(to)];
}
