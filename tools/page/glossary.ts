/** The page's glossary: what estimators, starts, samples and tests are, linked from their first use in every chapter. */

import { type Citations, citation, shortName, type Work } from "./bibliography.js";
import { escapeHtml, permalink } from "./html.js";
import { changeText } from "./references.js";
import type { Term } from "./term.js";
import { TERMS } from "./terms.js";

/** Terms by the words that stand for them, in lower case; a text in code type stands for the id. */
const WORDS = new Map<string, Term>(
  Object.values(TERMS)
    .flat()
    .flatMap((term) =>
      [term.name, ...(term.words ?? [])].map((word) => [word.toLowerCase(), term]),
    ),
);
const IDS = new Map(
  Object.values(TERMS)
    .flat()
    .map((term) => [term.id, term]),
);
const SOME = new RegExp(
  `(?<![\\w-])(?:${[...WORDS.keys()].sort((a, b) => b.length - a.length).join("|")})(?![\\w-])`,
  "gi",
);

/** HTML of a chapter in which the first use of every term is a link to what it means. */
export function linkTerms(html: string): string {
  const seen = new Set<Term>();
  const linked = (term: Term | undefined, text: string): string => {
    if (term === undefined || seen.has(term)) return text;
    seen.add(term);
    return `<a class="ref term" href="#term-${term.id}">${text}</a>`;
  };
  return changeText(html, (text, code) =>
    code
      ? linked(IDS.get(text) ?? WORDS.get(text), text)
      : text.replace(SOME, (word) => linked(WORDS.get(word.toLowerCase()), word)),
  );
}

/** The section, its works cited. */
export function glossaryHtml(works: ReadonlyMap<string, Work>, citations: Citations): string {
  const place = { chapter: "glossary", citations };
  const entry = ({ id, name, meaning, works: keys = [] }: Term, key: string): string => {
    const sources = keys.map((work) => citation(work, shortName(works.get(work)!), place));
    const source = sources.length > 0 ? ` ${sources.join("; ")}.` : "";
    return `<dt id="term-${id}">${escapeHtml(name)}${key}</dt><dd>${escapeHtml(meaning)}${source}</dd>`;
  };
  const parts = Object.entries(TERMS).map(([title, terms]) => {
    const id = `glossary.${title.toLowerCase().replaceAll(" ", "-")}`;
    return `<h3 id="${id}">${title}${permalink(id, title)}</h3>
<dl class="terms">${terms.map((term) => entry(term, terms === TERMS.Estimators ? ` <code>${term.id}</code>` : "")).join("\n")}</dl>`;
  });
  return `<section id="glossary">
<h2>Glossary${permalink("glossary", "Glossary")}</h2>
${parts.join("\n")}
</section>`;
}
