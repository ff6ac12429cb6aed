/** Chapters of the page, one per notebook: text, folded code, and what the cells showed. */

import type { IOutput } from "@jupyterlab/nbformat";
import { PLOTLY } from "neural-beta";
import { joined, type Notebook, type NotebookCell } from "../kernel/notebook.js";
import type { FigureMetadata } from "../pictures/pictures.js";
import { type Folded, foldedChapter, reasonOf } from "./fold.js";
import { escapeHtml, jsonScript, packedScript } from "./html.js";
import { isLedger, type LedgerPlaces, ledgerHtml } from "./ledger.js";
import type { ChapterState, Markdown, Part } from "./markdown.js";
import { type TableFiles, tableHtml } from "./table.js";

export interface Renderer {
  readonly markdown: Markdown;
  readonly code: (source: string) => string;
  readonly tableFiles: (id: string) => TableFiles | undefined;
  /** How many were numbered so far. */
  readonly counts: { figure: number; table: number };
}

export interface Chapter extends Part {
  readonly parts: readonly Part[];
  readonly html: string;
}

/** Tags of cells whose outputs stand first on the page, and of those that end a chapter. */
const [ABSTRACT, CONCLUSION] = ["abstract", "conclusion"];
const tagged = ({ metadata }: NotebookCell, tag: string): boolean =>
  (metadata.tags as readonly string[] | undefined)?.includes(tag) ?? false;

/** The table that is the report's summary: it stands first on the page, wherever it is made. */
const CLAIMS = "claims";

export function chapterHtml(name: string, notebook: Notebook, renderer: Renderer): Chapter {
  const head = notebook.cells.find((cell) => cell.cell_type === "markdown")?.source ?? name;
  const title = escapeHtml(/^# (.*)$/m.exec(head)?.[1] ?? name);
  const state: ChapterState = { id: name, parts: [] };
  let count = 0;
  const { cells: shown, leftOut } = foldedChapter(notebook);
  const cells = shown.map((cell) => {
    if (cell.cell_type === "markdown") return renderer.markdown(cell.source, state);
    // For other programs than a page.
    if (cell.cell_type === "raw") return "";
    count += 1;
    const outputs = cell.outputs.map((output) =>
      tableId(output) === CLAIMS
        ? `<p><a href="#summary">The claims stand at the top of the page.</a></p>`
        : outputHtml(output, state, renderer),
    );
    const output = `<div class="output">${outputs.join("\n")}</div>`;
    return `<details class="code" id="${name}.cell-${count}"><summary>Code <span class="unseen">of cell ${count}, ${title}</span></summary>${renderer.code(cell.source)}</details>
${tagged(cell, CONCLUSION) && outputs.length > 0 ? `<div class="conclusion" role="note" aria-label="Conclusion">${output}</div>` : output}`;
  });
  return {
    id: name,
    title,
    parts: state.parts,
    html: `<section id="${name}">\n${cells.join("\n")}\n${leftOutHtml(leftOut)}</section>`,
  };
}

/** What the study has no use for, once for the chapter; the executed notebook has the cells. */
const leftOutHtml = (leftOut: Folded["leftOut"]): string =>
  [...leftOut]
    .map(([reason, titles]) => `Left out, as ${reason}: ${[...titles].join("; ")}.`)
    .map((line) => `<p class="left-out">${escapeHtml(line)}</p>\n`)
    .join("");

/** What the cells tagged `abstract` show, for the head of the page; nothing where there are none. */
export function abstractHtml(notebooks: readonly Notebook[], renderer: Renderer): string {
  const state: ChapterState = { id: "abstract", parts: [] };
  const outputs = abstractOutputs(notebooks).map((output) => outputHtml(output, state, renderer));
  return outputs.length === 0
    ? ""
    : `<div id="abstract" role="doc-abstract" aria-label="Abstract">${outputs.join("\n")}</div>`;
}

/** Neither what a cell prints as a stream, which has no data, nor why it shows nothing. */
const abstractOutputs = (notebooks: readonly Notebook[]): IOutput[] =>
  notebooks
    .flatMap(({ cells }) => cells)
    .flatMap((cell) => (cell.cell_type === "code" && tagged(cell, ABSTRACT) ? cell.outputs : []))
    .filter((output) => output.data !== undefined && reasonOf(output) === undefined);

/** The same as plain text. */
export const abstractText = (notebooks: readonly Notebook[]): string =>
  abstractOutputs(notebooks)
    .map(({ data }) => joined((data as Record<string, string>)["text/plain"] ?? ""))
    .join(" ");

/** The table `claims` of whichever notebook shows it; undefined where there is none. */
export const claimsOutput = (notebooks: readonly Notebook[]): IOutput | undefined =>
  notebooks
    .flatMap(({ cells }) => cells)
    .flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
    .find((output) => tableId(output) === CLAIMS);

/** The claims as the page's summary, as its first table: a ledger that opens where the table's file has the evidence. */
export function claimsHtml(
  output: IOutput,
  { markdown, tableFiles }: Renderer,
  links: LedgerPlaces,
): string {
  const html = (output.data as Record<string, string>)["text/html"]!;
  const files = tableFiles(CLAIMS);
  const shown = isLedger(files)
    ? ledgerHtml(html, files, links)
    : tableHtml(CLAIMS, html, 1, files);
  return `<section id="summary">
${markdown("# Summary", { id: "summary", parts: [] })}
<div class="output">${shown}</div>
</section>`;
}

type Own = Partial<FigureMetadata & { captionOf: string; table: string }>;

const ownMetadata = (output: IOutput): Own =>
  ((output.metadata as Record<string, unknown> | undefined)?.["neural-beta"] ?? {}) as Own;

/** Id of the table that an output shows, if it shows one. */
export const tableId = (output: IOutput): string | undefined => ownMetadata(output).table;

function outputHtml(
  output: IOutput,
  state: ChapterState,
  { markdown, tableFiles, counts }: Renderer,
): string {
  const pre = (text: string) => `<pre tabindex="0">${escapeHtml(text)}</pre>`;
  if (output.output_type === "stream") return pre(joined(output.text as string));
  if (output.output_type === "error") return pre((output.traceback as string[]).join("\n"));
  const data = output.data as Record<string, unknown>;
  const own = ownMetadata(output);
  // The caption stands below the figure already.
  if (own.captionOf !== undefined) return "";
  if (data[PLOTLY] !== undefined) {
    counts.figure += 1;
    return figureHtml(data, own as FigureMetadata, counts.figure);
  }
  const html = data["text/html"];
  if (typeof html === "string" && own.table !== undefined) {
    counts.table += 1;
    return tableHtml(own.table, html, counts.table, tableFiles(own.table));
  }
  if (typeof html === "string")
    return `<div class="scroll" role="region" aria-label="Output" tabindex="0">${html}</div>`;
  if (typeof data["text/markdown"] === "string") return markdown(data["text/markdown"], state);
  return pre(String(data["text/plain"]));
}

/** A picture at once; the page's script puts the live figure in its place when it comes into view. */
function figureHtml(
  data: Record<string, unknown>,
  { figure, caption, alt }: FigureMetadata,
  number: number,
): string {
  const { data: traces, ...plot } = data[PLOTLY] as {
    data: readonly { name?: string; showlegend?: boolean }[];
    layout: { height?: number };
  };
  // The room that a figure needs hangs on its legend, before its data are unpacked.
  const legend = traces.map(({ name, showlegend }) => ({ name, showlegend }));
  const png = data["image/png"];
  const text = escapeHtml(alt);
  const picture =
    typeof png === "string"
      ? `<img alt="${text}" width="760" height="${plot.layout.height ?? 450}" src="data:image/png;base64,${png.replaceAll("\n", "")}">`
      : `<noscript><p>${text}</p></noscript>`;
  return `<figure id="figure-${figure}">
<div class="plot" data-alt="${text}">${picture}</div>
${jsonScript({ ...plot, legend })}
${packedScript(traces, "")}
<figcaption><a class="label" href="#figure-${figure}">Figure ${number}.</a> ${escapeHtml(caption)}</figcaption>
</figure>`;
}
