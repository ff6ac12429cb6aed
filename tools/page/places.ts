/** Where the page shows what: its figures and tables, and the code above them. */

export interface Place {
  /** `figure-search`, `table-search`. */
  readonly anchor: string;
  /** "Figure 3", "Table 7". */
  readonly label: string;
  /** Anchor of the code cell that shows it. */
  readonly cell: string;
}

/** Figures and tables of rendered chapters, by anchor. */
export function placesIn(html: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  let cell = "";
  for (const [, code, anchor, label] of html.matchAll(
    /<details class="code" id="([^"]+)"|<a class="label" href="#([^"]+)">(\w+ \d+)\.<\/a>/g,
  )) {
    if (code !== undefined) cell = code;
    else places.set(anchor!, { anchor: anchor!, label: label!, cell });
  }
  return places;
}
