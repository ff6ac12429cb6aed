/** Code in colours for light and dark, in few bytes: a colour is a class, and the colour of most words needs none. */

import type { ThemedToken } from "shiki";
import { codeHash } from "../report/made-once.js";
import { escapeHtml } from "./html.js";
import { keptParts } from "./kept.js";

const LIGHT = "github-light-high-contrast";
const DARK = "github-dark-high-contrast";

export interface CodeRenderer {
  /** Of one of the sources that were named before. */
  readonly code: (source: string) => string;
  /** Ends it: rules of the classes that code was given. */
  readonly styles: () => string;
}

/** @param sources every code that the page will show */
export async function codeRenderer(sources: readonly string[]): Promise<CodeRenderer> {
  const colored = await coloredSources(sources);
  const classes = new Map<string, string>();
  const html = ({ color, text }: Run): string => {
    if (color === undefined) return escapeHtml(text);
    if (!classes.has(color)) classes.set(color, `c${classes.size}`);
    return `<span class="${classes.get(color)}">${escapeHtml(text)}</span>`;
  };
  return {
    code(source) {
      const lines = colored.get(source)!.lines.map((line) => line.map(html).join(""));
      return `<pre class="colored" tabindex="0"><code>${lines.join("\n")}</code></pre>`;
    },
    styles() {
      const plain = [...colored.values()].slice(0, 1).map((own) => [own.plain, "colored"] as const);
      return [...classes, ...plain].map(([color, name]) => `.${name}{color:${color}}`).join("");
    },
  };
}

/** A source in colours, as it is kept. */
interface Colored {
  /** Colour of most words. */
  readonly plain: string;
  readonly lines: readonly (readonly Run[])[];
}

/** Sources with their colours: those of an earlier page from the cache, the others anew. */
async function coloredSources(sources: readonly string[]): Promise<Map<string, Colored>> {
  const memory = keptParts<Colored>("code", codeHash(["tools/dist/page/code.js"]));
  const known = new Map<string, Colored>();
  let colors: ((source: string) => Colored) | undefined;
  for (const source of new Set(sources)) {
    let colored = memory.read(source);
    if (!colored) {
      colors ??= await highlighter();
      colored = colors(source);
      memory.write(source, colored);
    }
    known.set(source, colored);
  }
  return known;
}

async function highlighter(): Promise<(source: string) => Colored> {
  const { createHighlighter } = await import("shiki");
  const shiki = await createHighlighter({ themes: [LIGHT, DARK], langs: ["typescript"] });
  const [light, dark] = [LIGHT, DARK].map((name) => shiki.getTheme(name).fg);
  const plain = `light-dark(${light}, ${dark})`.toLowerCase();
  return (source) => {
    const { tokens } = shiki.codeToTokens(source, {
      lang: "typescript",
      themes: { light: LIGHT, dark: DARK },
      defaultColor: "light-dark()",
      // A limit by the clock would give other bytes on a busy machine.
      tokenizeTimeLimit: 0,
    });
    return { plain, lines: tokens.map((line) => runs(line, plain)) };
  };
}

/** Text of one colour; without one, of the plain one. */
interface Run {
  readonly color?: string;
  text: string;
}

/** Neighbours of one colour as one; white space has that of what stands before it. */
function runs(line: readonly ThemedToken[], plain: string): Run[] {
  const all: Run[] = [];
  for (const { content, htmlStyle } of line) {
    const own = (htmlStyle as Record<string, string>).color!.toLowerCase();
    const color = own === plain || content.trim() === "" ? undefined : own;
    const last = all.at(-1);
    if (last && (content.trim() === "" || last.color === color)) last.text += content;
    else all.push({ ...(color === undefined ? {} : { color }), text: content });
  }
  return all;
}
