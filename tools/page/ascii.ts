/** A page in ASCII: browsers decode megabytes of it in a fraction of the time that one letter beyond takes. */

const BEYOND = /[^\0-\x7f]/gu;

/** Text and attributes of HTML; what stands in scripts and styles has no references, and must be ASCII already. */
export const asciiHtml = (html: string): string =>
  html.replace(BEYOND, (letter) => `&#${letter.codePointAt(0)!};`);

/** A style sheet: the blank after an escape is a part of it. */
export const asciiCss = (css: string): string =>
  css.replace(BEYOND, (letter) => `\\${letter.codePointAt(0)!.toString(16)} `);

/** A script whose letters beyond ASCII stand in strings, patterns and comments: one escape for each half of a pair. */
export const asciiScript = (script: string): string =>
  script.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
