/** Where a picture that is higher than a page is cut: between its plots, or else between its words. */

/** Upper and lower edges, in pixels or millimetres. */
type Span = readonly [number, number];

/** Edges of the plots and the words of the picture that the page shows, in parts of its height; runs inside the browser. */
export function edgesOf(): { readonly plots: Span[]; readonly words: Span[] } {
  const whole = document.querySelector("svg")!.getBoundingClientRect();
  const spans = (selector: string): Span[] =>
    Array.from(document.querySelectorAll(selector), (element) => element.getBoundingClientRect())
      .filter(({ width, height }) => width > 0 && height > 0)
      .map(
        ({ top, bottom }): Span => [
          (top - whole.top) / whole.height,
          (bottom - whole.top) / whole.height,
        ],
      );
  return { plots: spans(".cartesianlayer .subplot"), words: spans("text") };
}

/**
 * Cuts from above, each as far down as a page allows, in the middle of a free strip; a cut between plots is worth a page that
 * is filled to a half.
 *
 * @param height of the picture, in the unit of `page`
 */
export function pageCuts(
  { plots, words }: ReturnType<typeof edgesOf>,
  height: number,
  page: number,
): number[] {
  const scaled = (spans: readonly Span[]) =>
    spans.map(([from, to]): Span => [from * height, to * height]);
  const between = freeStrips(scaled([...plots, ...words]), height);
  const inside = freeStrips(scaled(words), height);
  const cuts: number[] = [];
  for (let from = 0; height - from > page; ) {
    const reachable = (strips: readonly number[], least: number) =>
      strips.filter((at) => at > from + least * page && at <= from + page).at(-1);
    const cut = reachable(between, 0.5) ?? reachable(inside, 0) ?? from + page;
    cuts.push(cut);
    from = cut;
  }
  return cuts;
}

/** Middles of the strips that no span covers, increasing. */
function freeStrips(spans: readonly Span[], height: number): number[] {
  const strips: number[] = [];
  let below = 0;
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    if (from > below) strips.push((below + from) / 2);
    below = Math.max(below, to);
  }
  return below < height ? [...strips, (below + height) / 2] : strips;
}
