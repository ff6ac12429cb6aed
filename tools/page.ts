/** One self-contained page from executed notebooks: works from disk, asks nothing of any network. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { IOutput } from "@jupyterlab/nbformat";
import markdownItKatex from "@vscode/markdown-it-katex";
import MarkdownIt from "markdown-it";
import { PLOTLY } from "neural-beta";
import { createHighlighter } from "shiki";
import { fontCss } from "./browser.js";
import { joined, type Notebook } from "./notebook.js";
import type { FigureMetadata } from "./pictures.js";
import { ROOT } from "./terminal.js";

const require = createRequire(import.meta.url);
const asset = (name: string) =>
  readFileSync(new URL(`tools/page/${name}`, ROOT), "utf8");

/**
 * The page of executed notebooks, one chapter each.
 *
 * @param notebooks by name, in order
 * @param study what the notebooks ran on, one line below the title
 */
export async function reportPage(
  notebooks: ReadonlyMap<string, Notebook>,
  study: string,
): Promise<string> {
  const highlighter = await createHighlighter({
    themes: ["github-light"],
    langs: ["typescript"],
  });
  const renderer: Renderer = {
    markdown: markdownRenderer(),
    code: (source) =>
      highlighter.codeToHtml(source, {
        lang: "typescript",
        theme: "github-light",
      }),
  };
  const chapters = [...notebooks].map(([name, notebook]) =>
    chapter(name, notebook, renderer),
  );
  highlighter.dispose();
  const plotly = readFileSync(
    require.resolve("plotly.js-cartesian-dist-min"),
    "utf8",
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Neural beta for crypto and cross-asset markets</title>
<style>${fontCss()}
${asset("style.css")}</style>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<div class="layout">
<nav aria-label="Contents">
<div class="name">neural-beta</div>
<ol>
${chapters.map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`).join("\n")}
</ol>
<button type="button" id="code">Show code</button>
</nav>
<main id="content">
<header>
<h1>Neural beta for crypto and cross-asset markets</h1>
<p>A research report reproduced, tested and corrected, step by step. Every number of ours is printed by the code above it.</p>
<p>${escapeHtml(study)}</p>
</header>
${chapters.map(({ html }) => html).join("\n")}
</main>
</div>
<script>${inScript(plotly)}</script>
<script>${inScript(asset("script.js"))}</script>
</body>
</html>
`;
}

interface Renderer {
  readonly markdown: InstanceType<typeof MarkdownIt>;
  readonly code: (source: string) => string;
}

function markdownRenderer(): InstanceType<typeof MarkdownIt> {
  // The plugin is a CommonJS module whose function stands under `default`.
  const katex = (
    markdownItKatex as unknown as { default?: typeof markdownItKatex }
  ).default;
  const markdown = new MarkdownIt({
    html: false,
    linkify: false,
    typographer: false,
  }).use((katex ?? markdownItKatex) as never, {
    output: "mathml",
    throwOnError: true,
  });
  // A notebook's title is a chapter of the page: every head goes one level down.
  const render = markdown.renderer.render.bind(markdown.renderer);
  markdown.renderer.render = (tokens, options, env) => {
    for (const token of tokens)
      if (/^h[1-5]$/.test(token.tag))
        token.tag = `h${Number(token.tag[1]) + 1}`;
    return render(tokens, options, env);
  };
  return markdown;
}

function chapter(name: string, notebook: Notebook, renderer: Renderer) {
  const head =
    notebook.cells.find((cell) => cell.cell_type === "markdown")?.source ??
    name;
  const title = escapeHtml(/^# (.*)$/m.exec(head)?.[1] ?? name);
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "markdown"
      ? renderer.markdown.render(cell.source)
      : `<details class="code"><summary>Code</summary>${renderer.code(cell.source)}</details>
<div class="output">${cell.outputs.map((output) => outputHtml(output, renderer)).join("\n")}</div>`,
  );
  return {
    id: name,
    title,
    html: `<section id="${name}">\n${cells.join("\n")}\n</section>`,
  };
}

function outputHtml(output: IOutput, { markdown }: Renderer): string {
  if (output.output_type === "stream")
    return `<pre>${escapeHtml(joined(output.text as string))}</pre>`;
  if (output.output_type === "error")
    return `<pre>${escapeHtml((output.traceback as string[]).join("\n"))}</pre>`;
  const data = output.data as Record<string, unknown>;
  const own = ((output.metadata as Record<string, unknown>)["neural-beta"] ??
    {}) as Partial<FigureMetadata & { captionOf: string }>;
  // The caption stands below the figure already.
  if (own.captionOf !== undefined) return "";
  if (data[PLOTLY] !== undefined)
    return figureHtml(data, own as FigureMetadata);
  if (typeof data["text/html"] === "string")
    return `<div class="scroll" role="region" aria-label="Table" tabindex="0">${data["text/html"]}</div>`;
  if (typeof data["text/markdown"] === "string")
    return markdown.render(data["text/markdown"]);
  return `<pre>${escapeHtml(String(data["text/plain"]))}</pre>`;
}

function figureHtml(
  data: Record<string, unknown>,
  { figure, caption, alt }: FigureMetadata,
): string {
  const plot = data[PLOTLY] as { layout: { height?: number } };
  const png = data["image/png"];
  const fallback =
    typeof png === "string"
      ? `<noscript><img alt="${escapeHtml(alt)}" src="data:image/png;base64,${png.replaceAll("\n", "")}"></noscript>`
      : "";
  return `<figure id="figure-${figure}">
<div class="plot" id="plot-${figure}" role="group" aria-label="${escapeHtml(alt)}" data-height="${plot.layout.height ?? 450}"></div>
<script type="application/json">${JSON.stringify(plot).replaceAll("<", "\\u003c")}</script>
${fallback}<figcaption>${escapeHtml(caption)}</figcaption>
</figure>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A program inside a script element: its end tag, in a string, would end it. */
const inScript = (text: string): string =>
  text.replaceAll("</script", "<\\/script");
