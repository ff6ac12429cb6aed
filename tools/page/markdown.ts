/** Markdown cells of the page: formulas as MathML, heads with anchors. */

import markdownItKatex from "@vscode/markdown-it-katex";
import MarkdownIt from "markdown-it";
import { escapeHtml, permalink } from "./html.js";

export interface Part {
  readonly id: string;
  /** HTML. */
  readonly title: string;
}

/** What one chapter's Markdown is rendered with. */
export interface ChapterState {
  /** Anchor of the chapter. */
  readonly id: string;
  /** Its parts so far, filled while it is rendered. */
  readonly parts: Part[];
}

/** HTML of a Markdown text. */
export type Markdown = (source: string, chapter: ChapterState) => string;

export function markdownRenderer(): Markdown {
  // The plugin is a CommonJS module whose function stands under `default`.
  const katex = (markdownItKatex as unknown as { default?: typeof markdownItKatex }).default;
  const markdown = new MarkdownIt({
    html: false,
    linkify: false,
    typographer: false,
  }).use((katex ?? markdownItKatex) as never, {
    output: "mathml",
    throwOnError: true,
  });
  // A notebook's title is a chapter of the page: every head goes one level down.
  const lower = (tag: string) => `h${Math.min(6, Number(tag[1]) + 1)}`;
  markdown.renderer.rules.heading_open = (tokens, i, _, env) => {
    const tag = lower(tokens[i]!.tag);
    const { chapter } = env as { chapter: ChapterState };
    if (tag === "h2") return "<h2>";
    const title = escapeHtml(tokens[i + 1]!.content);
    const id = anchor(chapter, tokens[i + 1]!.content);
    chapter.parts.push({ id, title });
    return `<${tag} id="${id}">`;
  };
  markdown.renderer.rules.heading_close = (tokens, i, _, env) => {
    const tag = lower(tokens[i]!.tag);
    const { id, parts } = (env as { chapter: ChapterState }).chapter;
    const title = escapeHtml(tokens[i - 1]!.content);
    const target = tag === "h2" ? id : parts.at(-1)!.id;
    return `${permalink(target, title)}</${tag}>\n`;
  };
  return (source, chapter) => markdown.render(source, { chapter });
}

/** An anchor that keeps its name while other heads come and go; the second of a name gets a number. */
function anchor({ id, parts }: ChapterState, title: string): string {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const wanted = `${id}.${name}`;
  const taken = (other: string) => parts.some((part) => part.id === other);
  let number = 1;
  while (taken(number === 1 ? wanted : `${wanted}-${number}`)) number += 1;
  return number === 1 ? wanted : `${wanted}-${number}`;
}
