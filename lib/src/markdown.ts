/** Text for Markdown. */

/**
 * Text as every Markdown shows it: what would be emphasis, code, a link, a formula, HTML, a cell's edge, a head or a list is
 * escaped, and the end of a line becomes a blank.
 *
 * @example
 * markdownText("a|b <i> $x$ *c* [0, 1]"); // "a\\|b \\<i\\> \\$x\\$ \\*c\\* [0, 1]"
 */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, (blank) => (/[\r\n]/.test(blank) ? " " : blank))
    .replace(/[\\`*_|$<>~]|&(?=#?\w+;)|\](?=[([:])/g, "\\$&")
    .replace(/^\s*[-+#=]|^\s*\d+[.)](?=\s|$)/, (mark) => `${mark.slice(0, -1)}\\${mark.at(-1)}`);
}
