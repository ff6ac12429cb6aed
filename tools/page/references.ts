/** Mentions of notebooks, figures and tables in the text of the page become links to them. */

import { escapeHtml } from "./html.js";

/** What may be mentioned: chapters by the two digits of their notebook, figures and tables by their ids. */
export interface Mentioned {
  readonly chapters: ReadonlyMap<string, string>;
  /** Anchors by id of the figure or table. */
  readonly shown: ReadonlyMap<string, string>;
}

/** Chapters and what their HTML shows. */
export function mentionedIn(names: readonly string[], html: string): Mentioned {
  const anchors = [...html.matchAll(/ id="((?:figure|table)-([^"]+))"/g)];
  return {
    chapters: new Map(names.map((name) => [name.slice(0, 2), name])),
    shown: new Map(anchors.map(([, anchor, id]) => [id!, anchor!])),
  };
}

/** Elements inside which no mention becomes a link: links themselves, heads, code, and what is no text. */
const CLOSED = new Set(
  "a h2 h3 h4 h5 h6 pre script style math button select summary figcaption caption th".split(" "),
);

/**
 * HTML in which "notebook 06", "table claims" and the id of a figure or table in code type are links; a chapter does not link to itself.
 *
 * @param chapter whose HTML it is
 */
export function linkMentions(html: string, chapter: string, mentioned: Mentioned): string {
  return changeText(html, (text, code) =>
    code
      ? linkedId(text, mentioned.shown)
      : linkedNames(linkedNotebooks(text, chapter, mentioned.chapters), mentioned.shown),
  );
}

/**
 * HTML with its running text changed: what stands in links, heads and whatever else is no text stays.
 *
 * @param change of a text, and whether it is in code type
 */
export function changeText(html: string, change: (text: string, code: boolean) => string): string {
  let closed = 0;
  let code = false;
  return html
    .split(/(<[^>]*>)/)
    .map((part) => {
      const tag = /^<(\/?)([a-z0-9]+)/.exec(part);
      if (tag) {
        const [, end, name] = tag;
        if (name === "code") code = end === "";
        if (CLOSED.has(name!) && !part.endsWith("/>")) closed += end === "" ? 1 : -1;
        return part;
      }
      return closed > 0 || part === "" ? part : change(part, code);
    })
    .join("");
}

const reference = (anchor: string, text: string): string =>
  `<a class="ref" href="#${escapeHtml(anchor)}">${text}</a>`;

function linkedId(text: string, shown: ReadonlyMap<string, string>): string {
  const anchor = shown.get(text);
  return anchor === undefined ? text : reference(anchor, text);
}

/** "table claim-rules" and "figure search" where notes, which know no code type, name them. */
const linkedNames = (text: string, shown: ReadonlyMap<string, string>): string =>
  text.replace(
    /\b((?:[Tt]able|[Ff]igure) )([a-z][a-z0-9-]+)/g,
    (whole, noun: string, id: string) => {
      const anchor = shown.get(id);
      return anchor === undefined ? whole : noun + reference(anchor, id);
    },
  );

/** "notebook 06", "notebooks 06, 08 and 09": every number is a link, the first with its noun. */
function linkedNotebooks(
  text: string,
  chapter: string,
  chapters: ReadonlyMap<string, string>,
): string {
  return text.replace(/\b[Nn]otebooks?\s\d\d(?:(?:,\s|\sand\s|\sto\s)\d\d)*\b/g, (mention) =>
    mention.replace(/([Nn]otebooks?\s)?(\d\d)/g, (whole, _noun, number: string) => {
      const anchor = chapters.get(number);
      return anchor === undefined || anchor === chapter ? whole : reference(anchor, whole);
    }),
  );
}
