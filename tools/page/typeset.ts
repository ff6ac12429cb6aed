/** Small type of the page: what belongs together stays in a line, and a minus is no hyphen. */

/** Elements whose text stays as it is: what is no text, heads, which scripts read, and cells, which are not broken. */
const CLOSED = new Set(
  "script style pre code math button select svg textarea th td h1 h2 h3 h4 h5 h6".split(" "),
);

/** A month or a day, as 2024-11 and 2024-11-30: its hyphens are no places for a break. */
const DATE = /(?<![\w./-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?(?![\w-])/g;

/**
 * HTML whose running text keeps dates, percentages and counts in a line, and has minus signs before its negative numbers.
 *
 * @example
 * typeset("<p>-1.5 % of n = 83</p>"); // "<p>−1.5\u00a0% of n\u00a0=\u00a083</p>"
 */
export function typeset(html: string): string {
  let closed: string | undefined;
  return html
    .split(/(<[^>]*>)/)
    .map((part) => {
      const tag = /^<(\/?)([a-z0-9]+)/.exec(part);
      if (!tag) return closed === undefined ? typesetText(part) : part;
      const [, end, name] = tag;
      if (closed === undefined && end === "" && isClosed(name!, part)) closed = name;
      else if (closed === name && end !== "") closed = undefined;
      return part;
    })
    .join("");
}

const isClosed = (name: string, tag: string): boolean =>
  CLOSED.has(name) && !tag.includes('class="prose"');

const typesetText = (text: string): string =>
  text
    .replace(/(?<=\d) (?=%)/g, "\u00a0")
    .replace(/\b(n|[Ss]teps?|[Nn]otebook) (= )?(?=\d)/g, (words) => words.replaceAll(" ", "\u00a0"))
    .replace(/(?<![\w.,/)−–-])-(?=\d)/g, "−")
    .replace(DATE, '<span class="date">$&</span>');
