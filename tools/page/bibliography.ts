/** The works that the page cites: from the repository's BibTeX file, linked from where the text names authors and year. */

import { readFileSync } from "node:fs";
import { ROOT } from "../terminal.js";
import { escapeHtml, permalink } from "./html.js";
import { changeText } from "./references.js";

/** An entry of the BibTeX file. */
export interface Work {
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
}

export const BIBTEX = "paper/references.bib";

/** The repository's works, by key. */
export const readWorks = (): ReadonlyMap<string, Work> =>
  new Map(worksOf(readFileSync(new URL(BIBTEX, ROOT), "utf8")).map((work) => [work.key, work]));

/**
 * Entries of a BibTeX text in this project's form: a field in a line, its value in braces.
 *
 * @throws Error naming the line that has another form, or the entry that lacks a field
 */
export function worksOf(text: string): Work[] {
  const works: { key: string; fields: Record<string, string> }[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    const begin = /^@\w+\{([a-z0-9-]+),$/.exec(line);
    const field = /^ {2}(\w+) += \{(.*)\},?$/.exec(line);
    if (begin) works.push({ key: begin[1]!, fields: {} });
    else if (field && works.length > 0) works.at(-1)!.fields[field[1]!] = plain(field[2]!);
    else if (!/^(%.*|\}|)$/.test(line))
      throw new Error(
        `${BIBTEX}, line ${i + 1}: must be @type{key, or a field = {value}, is ${line}; write it in this form`,
      );
  }
  for (const { key, fields } of works)
    for (const name of ["author", "title", "year"])
      if (fields[name] === undefined)
        throw new Error(`${BIBTEX}: ${key} must have ${name}, has none; add it`);
  return works;
}

/** BibTeX's text without its marks. */
const plain = (value: string): string =>
  value.replaceAll("\\&", "&").replaceAll("``", "“").replaceAll("''", "”").replaceAll("--", "–");

const authors = ({ fields }: Work): string[] => fields.author!.split(" and ");
const surname = (author: string): string => author.split(",")[0]!;

/** How the text names a work: "Newey and West (1987)", "Newey and West's (1987)", "Eo and Morley 2015". */
function mention(work: Work): string {
  const names = work.fields.shortauthor?.split(" and ") ?? authors(work).map(surname);
  const all = names.slice(1).reduce((text, name) => `${text}(?:, | and |-|–)${name}`, names[0]!);
  const short = names.length > 2 ? `(?:${all}|${names[0]} et al\\.)` : all;
  return `${short}(?:['’]s)?,? \\(?${work.fields.year}\\)?`;
}

/** Where the page cites works: anchors by key, in the page's order. */
export type Citations = Map<string, { readonly anchor: string; readonly chapter: string }[]>;

export const cited = (key: string): string => `ref-${key}`;

/** HTML whose mentions of works are links, of which each is written down. */
export function linkCitations(
  html: string,
  chapter: string,
  { works, citations }: { works: ReadonlyMap<string, Work>; citations: Citations },
): string {
  const patterns = [...works.values()].map((work) => ({
    key: work.key,
    whole: new RegExp(`^${mention(work)}$`),
  }));
  const any = new RegExp([...works.values()].map((work) => `\\b${mention(work)}`).join("|"), "g");
  return changeText(html, (text) =>
    text.replace(any, (found) => {
      const { key } = patterns.find(({ whole }) => whole.test(found))!;
      return citation(key, found, { chapter, citations });
    }),
  );
}

/** A link to a work, with an anchor to come back to. */
export function citation(
  key: string,
  text: string,
  { chapter, citations }: { chapter: string; citations: Citations },
): string {
  const places = citations.get(key) ?? [];
  const anchor = `cite-${key}-${places.length + 1}`;
  citations.set(key, [...places, { anchor, chapter }]);
  // A bracket that opens before the authors closes behind the link.
  const open = text.includes(")") && !text.includes("(");
  return `<a class="ref" id="${anchor}" href="#${cited(key)}">${open ? text.slice(0, -1) : text}</a>${open ? ")" : ""}`;
}

/** "Newey and West (1987)". */
export function shortName(work: Work): string {
  const names = authors(work).map(surname);
  const last = names.pop()!;
  return `${names.length > 0 ? `${names.join(", ")} and ` : ""}${last} (${work.fields.year})`;
}

/** The works that the page cites by authors and year, each with links back. */
export function bibliographyHtml(works: ReadonlyMap<string, Work>, citations: Citations): string {
  // Keys are named as texts name the works, which may be another order than that of the authors.
  const order = (work: Work) => `${authors(work).join(" ")} ${work.fields.year}`.toLowerCase();
  const sorted = [...works.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const entries = sorted.flatMap((work) => {
    const places = citations.get(work.key);
    return places
      ? [`<li id="${cited(work.key)}">${entryHtml(work)} ${backHtml(places)}</li>`]
      : [];
  });
  return `<section id="bibliography">
<h2>Bibliography${permalink("bibliography", "Bibliography")}</h2>
<ul class="works">
${entries.join("\n")}
</ul>
</section>`;
}

function entryHtml(work: Work): string {
  const { title, journal, booktitle, publisher, year, volume, number, pages, doi, url } =
    work.fields;
  const issue = volume ? ` ${volume}${number ? `(${number})` : ""}` : "";
  const where = `<i>${escapeHtml(journal ?? booktitle ?? publisher!)}</i>${issue}${pages ? `, ${pages}` : ""}`;
  const target = doi ? `https://doi.org/${doi}` : url;
  const link = target ? ` <a href="${escapeHtml(target)}">${escapeHtml(doi ?? target)}</a>` : "";
  const names = escapeHtml(authors(work).join("; "));
  return `<span class="work">${names} (${year}). ${escapeHtml(title!)}. ${where}.</span>${link}`;
}

/** "Cited in 05, 08": the first place of every chapter. */
function backHtml(
  places: readonly { readonly anchor: string; readonly chapter: string }[],
): string {
  const firsts = new Map<string, string>();
  for (const { anchor, chapter } of places) if (!firsts.has(chapter)) firsts.set(chapter, anchor);
  const links = [...firsts].map(
    ([chapter, anchor]) => `<a href="#${anchor}">${/^\d\d/.exec(chapter)?.[0] ?? chapter}</a>`,
  );
  return `<span class="back">Cited in ${links.join(", ")}</span>`;
}
