/** An entry of the page's glossary: a name of tables, how the text calls it, and what it is. */

export interface Term {
  readonly id: string;
  readonly name: string;
  /** How the text names it, beside the name. */
  readonly words?: readonly string[];
  /** Columns of tables that hold it. */
  readonly columns?: readonly string[];
  readonly meaning: string;
  /** Keys in paper/references.bib. */
  readonly works?: readonly string[];
}

/** A term in a line. */
export type Line = readonly [
  id: string,
  name: string,
  meaning: string,
  more?: Omit<Partial<Term>, "id">,
];
export const terms = (lines: readonly Line[]): Term[] =>
  lines.map(([id, name, meaning, more]) => ({ id, name, meaning, ...more }));
/** What a line adds for works. */
export const works = (...keys: string[]): Pick<Term, "works"> => ({ works: keys });
