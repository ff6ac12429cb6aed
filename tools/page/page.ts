/** One self-contained page from executed notebooks: works from disk, asks nothing of any network. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { sha256 } from "neural-beta";
import { codeOf, type Notebook } from "../kernel/notebook.js";
import { fontCss } from "../pictures/font.js";
import { codeHash } from "../report/made-once.js";
import { ROOT } from "../terminal.js";
import { asciiCss, asciiHtml, asciiScript } from "./ascii.js";
import { bibliographyHtml, type Citations, linkCitations, readWorks } from "./bibliography.js";
import { abstractHtml, chapterHtml, claimsHtml, claimsOutput, type Renderer } from "./chapter.js";
import { type Citation, citationHtml } from "./citation.js";
import { codeRenderer } from "./code.js";
import { glossaryHtml, linkTerms } from "./glossary.js";
import { escapeHtml, packedScript } from "./html.js";
import { keptOnce } from "./kept.js";
import type { LiveInput } from "./live.js";
import { withParts } from "./live-parts.js";
import { markdownRenderer, type Part } from "./markdown.js";
import { placesIn } from "./places.js";
import { linkMentions, mentionedIn } from "./references.js";
import type { TableFiles } from "./table.js";
import { typeset } from "./typeset.js";

export const TITLE = "Neural beta for crypto and cross-asset markets";
const SCRIPTS =
  "fit controls figures print tables ledger code reading previews search landing chart live explorer weights".split(
    " ",
  );
const STYLES = ["style", "live", "terms"];

export interface PageInput {
  /** Executed notebooks by name, in order. */
  readonly notebooks: ReadonlyMap<string, Notebook>;
  /** Facts below the title, by their names. */
  readonly facts: Readonly<Record<string, string>>;
  readonly citation: Citation;
  /** The files of a table, which the page copies from. */
  readonly tableFiles: (id: string) => TableFiles | undefined;
  /** What the reader can try needs: the study, its panel, and tables; without it, there is nothing to try. */
  readonly live?: LiveInput;
}

/** The page: title, contents, the table `claims` first where there is one, then a chapter per notebook. */
export async function reportPage(input: PageInput): Promise<string> {
  const { notebooks, facts, citation, tableFiles, live } = input;
  const { code, styles } = await codeRenderer([...notebooks.values()].flatMap(codeOf));
  const claimed = claimsOutput([...notebooks.values()]);
  const renderer: Renderer = {
    markdown: markdownRenderer(),
    code,
    tableFiles,
    // The claims stand first, and are written last: they refer to all else.
    counts: { figure: 0, table: claimed === undefined ? 0 : 1 },
  };
  const chapters = [...notebooks].map(([name, notebook]) =>
    withParts(chapterHtml(name, notebook, renderer), live),
  );
  const places = placesIn(chapters.map(({ html }) => html).join(""));
  const claims =
    claimed === undefined
      ? ""
      : claimsHtml(claimed, renderer, { places, chapters: [...notebooks.keys()] });
  const links = [
    ...(claims === "" ? [] : [{ id: "summary", title: "Summary", parts: [] }]),
    ...chapters,
    { id: "glossary", title: "Glossary", parts: [] },
    { id: "bibliography", title: "Bibliography", parts: [] },
  ];
  const bodies = [
    { id: "abstract", html: abstractHtml([...notebooks.values()], renderer) },
    { id: "summary", html: claims },
    ...chapters,
  ];
  const [abstract = "", ...linked] = linkedBodies(bodies, [...notebooks.keys()]);
  const main = typeset([headerHtml(facts, citation, abstract), ...linked].join("\n"));
  return documentHtml(contentsHtml(links), main, styles());
}

/** The document around contents and text, with its style and scripts. */
function documentHtml(contents: string, main: string, codeStyle: string): string {
  const sheets = [fontCss(), ...STYLES.map((name) => asset(`${name}.css`)), codeStyle];
  const style = asciiCss(sheets.join("\n"));
  const script = asciiScript(inScript(SCRIPTS.map((name) => asset(`${name}.js`)).join("\n")));
  const library = plotly();
  return asciiHtml(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${securityPolicy(style, [script, library])}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${TITLE}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<div class="layout">
${contents}
<main id="content" tabindex="-1">
${main}
</main>
</div>
<p id="status" class="unseen" role="status"></p>
${packedPlotly(library)}
<script>${script}</script>
</body>
</html>
`);
}

/** The page's parts with links to what they mention, cite and name, then glossary and bibliography. */
function linkedBodies(
  bodies: readonly { readonly id: string; readonly html: string }[],
  names: readonly string[],
): string[] {
  const mentioned = mentionedIn(names, bodies.map(({ html }) => html).join(""));
  const works = readWorks();
  const citations: Citations = new Map();
  const linked = bodies.map(({ id, html }) => {
    const own = linkMentions(html, id, mentioned);
    return linkTerms(linkCitations(own, id, { works, citations }));
  });
  return [...linked, glossaryHtml(works, citations), bibliographyHtml(works, citations)];
}

/** Chapters and their parts, beside the text. */
function contentsHtml(links: readonly (Part & { readonly parts: readonly Part[] })[]): string {
  const link = ({ id, title }: Part) => `<a href="#${id}">${title}</a>`;
  const contents = links.map((chapter) => {
    const inner = chapter.parts.map((part) => `<li>${link(part)}</li>`);
    return `<li>${link(chapter)}${inner.length > 0 ? `<ol>${inner.join("")}</ol>` : ""}</li>`;
  });
  return `<nav aria-label="Contents">
<div class="bar">
<a class="name" href="#content">neural-beta</a>
<button type="button" id="menu" aria-expanded="false" aria-controls="contents" hidden>Contents</button>
<button type="button" id="code" aria-pressed="false" hidden>Code</button>
<button type="button" id="dark" aria-pressed="false" hidden>Dark</button>
<input type="search" id="search" aria-label="Search heads, captions, claims and terms" placeholder="Search ( / )" hidden>
</div>
<ol id="found" aria-label="Found"></ol>
<ol id="contents">
${contents.join("\n")}
</ol>
</nav>`;
}

function headerHtml(
  facts: Readonly<Record<string, string>>,
  citation: Citation,
  abstract: string,
): string {
  const { authors, version, licence } = citation;
  const all = { By: `${authors}, version ${version}, ${licence} licence`, ...facts };
  const terms = Object.entries(all).map(
    ([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`,
  );
  return `<header>
<h1>${TITLE}</h1>
<p>The published report of this title is reproduced here, tested and corrected, step by step. It is what the text calls the report; every number of ours is printed by the code above it.</p>
${abstract}
<dl>${terms.join("\n")}</dl>
<p><a href="tables/README.md">tables/README.md</a> says what the columns of the tables hold.</p>
${citationHtml(citation)}
</header>`;
}

/**
 * What the page may do: run its own scripts and style, show pictures and fonts that it holds; nothing comes from outside, and
 * nothing goes there.
 */
function securityPolicy(style: string, scripts: readonly string[]): string {
  const hashes = (texts: readonly string[]) =>
    texts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`).join(" ");
  return [
    "default-src 'none'",
    // The networks that a reader trains: code that the page holds, in a worker of its own.
    `script-src ${hashes(scripts)} 'wasm-unsafe-eval'`,
    "worker-src blob:",
    // Plotly adds rules to style elements that it makes empty, and sets attributes.
    `style-src-elem ${hashes([style, ""])}`,
    "style-src-attr 'unsafe-inline'",
    "img-src data: blob:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

const asset = (name: string): string => readFileSync(new URL(`tools/page/${name}`, ROOT), "utf8");

/** It is packed; the page's script adds it when the first figure comes into view. */
const plotly = (): string =>
  readFileSync(createRequire(import.meta.url).resolve("plotly.js-cartesian-dist-min"), "utf8");

const packedPlotly = (library: string): string =>
  keptOnce("plotly", sha256(library + codeHash(["tools/dist/page/html.js"])), () =>
    packedScript(library, ' id="plotly"'),
  );

/** A program inside a script element: its end tag, in a string, would end it. */
const inScript = (text: string): string => text.replaceAll("</script", "<\\/script");
