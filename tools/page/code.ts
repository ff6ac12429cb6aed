/** Code in colours for light and dark, in few bytes: a colour is a class, and the colour of most words needs none. */

import { createHighlighter, type ThemedToken } from "shiki";
import { escapeHtml } from "./html.js";

const LIGHT = "github-light-high-contrast";
const DARK = "github-dark-high-contrast";

export interface CodeRenderer {
  readonly code: (source: string) => string;
  /** Ends it: rules of the classes that code was given. */
  readonly styles: () => string;
}

export async function codeRenderer(): Promise<CodeRenderer> {
  const highlighter = await createHighlighter({ themes: [LIGHT, DARK], langs: ["typescript"] });
  const { fg } = highlighter.getTheme(LIGHT);
  const plain = `light-dark(${fg}, ${highlighter.getTheme(DARK).fg})`.toLowerCase();
  const classes = new Map<string, string>();
  const colored = ({ color, text }: Run): string => {
    if (color === plain) return escapeHtml(text);
    if (!classes.has(color)) classes.set(color, `c${classes.size}`);
    return `<span class="${classes.get(color)}">${escapeHtml(text)}</span>`;
  };
  return {
    code(source) {
      const { tokens } = highlighter.codeToTokens(source, {
        lang: "typescript",
        themes: { light: LIGHT, dark: DARK },
        defaultColor: "light-dark()",
        // A limit by the clock would give other bytes on a busy machine.
        tokenizeTimeLimit: 0,
      });
      const lines = tokens.map((line) => runs(line, plain).map(colored).join(""));
      return `<pre class="colored" tabindex="0"><code>${lines.join("\n")}</code></pre>`;
    },
    styles() {
      highlighter.dispose();
      return [...classes, [plain, "colored"]]
        .map(([color, name]) => `.${name}{color:${color}}`)
        .join("");
    },
  };
}

/** Text of one colour. */
interface Run {
  readonly color: string;
  text: string;
}

/** Neighbours of one colour as one; white space has that of what stands before it. */
function runs(line: readonly ThemedToken[], plain: string): Run[] {
  const all: Run[] = [];
  for (const { content, htmlStyle } of line) {
    const color = (htmlStyle as Record<string, string>).color!.toLowerCase();
    const last = all.at(-1);
    const blank = content.trim() === "";
    if (last && (blank || last.color === color)) last.text += content;
    else all.push({ color: blank ? plain : color, text: content });
  }
  return all;
}
