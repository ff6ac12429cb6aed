/** Who made the report, under which licence, and how to cite it: from CITATION.cff. */

import { escapeHtml } from "./html.js";

/** What the page says of itself. */
export interface Citation {
  readonly authors: string;
  readonly title: string;
  readonly version: string;
  readonly year: string;
  readonly licence: string;
}

/**
 * The citation of a file in the Citation File Format, as far as this project's has it.
 *
 * @throws Error naming the key that is missing
 */
export function citationOf(cff: string): Citation {
  const value = (key: string): string => {
    const found = new RegExp(`^[ -]*${key}: "?(.*?)"?$`, "m").exec(cff)?.[1];
    if (found === undefined) throw new Error(`CITATION.cff: must have ${key}, has none; add it`);
    return found;
  };
  return {
    authors: value("name"),
    title: value("title"),
    version: value("version"),
    year: value("year"),
    licence: value("license"),
  };
}

/** The sentence of a citation. */
export const citationText = ({ authors, title, version, year }: Citation): string =>
  `${authors} (${year}). ${title}. Version ${version}.`;

/** The sentence and the BibTeX entry of a citation. */
export function citationHtml(citation: Citation): string {
  const { authors, title, version, year } = citation;
  const bibtex = `@software{neural-beta,
  author  = {{${authors}}},
  title   = {${title}},
  version = {${version}},
  year    = {${year}}
}`;
  return `<details class="cite"><summary>How to cite</summary>
<p>${escapeHtml(citationText(citation))}</p>
<pre tabindex="0">${escapeHtml(bibtex)}</pre>
</details>`;
}
