/** How high the summary's figures are drawn, and how many of them find room. */

/** Millimetres: a figure that would have to be lower is left out. */
export const SHORTEST = 45;

/** What a browser measures of a page with so many figures, in millimetres. */
export interface Measured {
  /** Heights of the figures as they are. */
  readonly wished: readonly number[];
  /** What the captions leave of each column. */
  readonly rooms: readonly number[];
}

/** Figures by column: the last stands alone, and is the highest. */
export const columnOf = (i: number, count: number): number => (i < count - 1 ? 0 : 1);

/**
 * Heights of as many of the first figures as fit.
 *
 * @param most how many there are
 * @param measured of the page with so many of them
 * @example
 * await heightsThatFit(1, async () => ({ wished: [100], rooms: [61] })); // [60]
 */
export async function heightsThatFit(
  most: number,
  measured: (count: number) => Promise<Measured>,
): Promise<number[]> {
  for (let count = most; count > 0; count -= 1) {
    const page = await measured(count);
    const heights = loweredHeights(page);
    if (heights.every((height, i) => height >= Math.min(SHORTEST, page.wished[i]!))) return heights;
  }
  return [];
}

/** Heights as wished, or all of a column lower by one share. */
function loweredHeights({ wished, rooms }: Measured): number[] {
  return wished.map((height, i) => {
    const column = columnOf(i, wished.length);
    const all = wished.filter((_, other) => columnOf(other, wished.length) === column);
    // A millimetre stays free for rounding.
    const share = (rooms[rooms.length === 1 ? 0 : column]! - 1) / all.reduce((a, b) => a + b);
    return Number((height * Math.min(1, share)).toFixed(1));
  });
}
