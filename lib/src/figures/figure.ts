/** A figure as data: what Plotly draws, and what a reader must know of it. */

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

/** Numbers with six significant digits: enough for any screen, a third of the bytes. */
export function drawn(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, (v) => (Number.isFinite(v) ? Number(v.toPrecision(6)) : null));
}

/** The first series, as many as a page holds, and the caption that says so where there are more. */
export function firstCoins(
  coins: readonly string[],
  most: number,
  caption: string,
): { readonly coins: readonly string[]; readonly caption: string } {
  if (coins.length <= most) return { coins, caption };
  return {
    coins: coins.slice(0, most),
    caption: `${caption} The first ${most} of ${coins.length} coins; tables have them all.`,
  };
}

/** Rows of the first market sets, as many as a page holds, and those of all sets together; the caption says so where there are more. */
export function firstSets<R extends { readonly marketSet: string }>(
  rows: readonly R[],
  most: number,
  caption: string,
): { readonly rows: readonly R[]; readonly caption: string } {
  const sets = [...new Set(rows.map(({ marketSet }) => marketSet))].filter((set) => set !== "all");
  if (sets.length <= most) return { rows, caption };
  const kept = [...sets.slice(0, most), "all"];
  return {
    rows: rows.filter(({ marketSet }) => kept.includes(marketSet)),
    caption: `${caption} The first ${most} of ${sets.length} market sets; tables have them all.`,
  };
}

/** Lowest and highest value with a margin on both sides: the range of an axis that several plots share. */
export function sharedRange(values: Iterable<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  const pad = 0.05 * (high - low || Math.abs(high) || 1);
  const [from, to] = [low - pad, high + pad];
  const short = (v: number) => Number(v.toPrecision(4));
  const close = (v: number) => Number(v.toPrecision(9));
  return [short(from) < low ? short(from) : close(from), short(to) > high ? short(to) : close(to)];
}
