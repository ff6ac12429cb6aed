/** The only way out of a cell: figures, tables and sentences, to the notebook and to files. */

import { createRequire } from "node:module";
import { join } from "node:path";
import { checkId } from "./check.js";
import { writeFiles } from "./data/write-file.js";
import type { Figure } from "./figures/figure.js";
import { markdownText } from "./markdown.js";
import { tableLatex } from "./tables/latex.js";
import {
  csvParts,
  LARGEST_READ,
  type Table,
  tableHtml,
  tableMarkdown,
  tableText,
} from "./tables/table.js";

/** A sentence with numbers in it. */
export interface Sentence {
  readonly sentence: string;
}

/**
 * A sentence for `show`. Numbers get four significant digits, integers and numbers from 1,000 none after the point and
 * thousands a comma; whoever wants another form passes text.
 *
 * @example
 * text`RMSE ${0.246346} over ${5040} networks`.sentence; // "RMSE 0.2463 over 5,040 networks"
 */
export function text(
  parts: TemplateStringsArray,
  ...values: readonly (string | number)[]
): Sentence {
  const formatted = values.map((value) => (typeof value === "number" ? readable(value) : value));
  return { sentence: String.raw({ raw: parts }, ...formatted) };
}

/**
 * Shows one thing below the cell, and writes it in full to the folder NEURAL_BETA_OUT where that is set: tables as
 * CSV, Markdown, LaTeX and HTML, one of more than 20,000 rows as CSV alone; figures as Plotly JSON. Sentences and captions stay text: no name in them becomes markup.
 *
 * @throws RangeError unless the id of a figure or table has small letters, digits and hyphens only
 * @example
 * show(text`The panel has ${panel.dates.length} months.`); // undefined: the sentence stands below the cell
 */
export function show(item: Figure | Table | Sentence): void {
  if ("sentence" in item) {
    display({ "text/markdown": markdownText(item.sentence), "text/plain": item.sentence }, {});
  } else if ("rows" in item) {
    checkId("show", item.id);
    writeTable(item);
    display({ "text/html": tableHtml(item), "text/plain": tableText(item) }, { table: item.id });
  } else {
    const { id, caption, alt, data, layout, column } = item;
    checkId("show", id);
    writeOut(`figures/${id}.json`, `${JSON.stringify({ data, layout })}\n`);
    display(
      {
        [PLOTLY]: {
          data,
          layout: { ...layout, autosize: true },
          config: FIGURE_CONFIG,
        },
        "text/plain": `[Figure ${id}: ${alt}]`,
      },
      { figure: id, caption, alt, ...(column && { column }) },
    );
    display(
      { "text/markdown": `*${markdownText(caption)}*`, "text/plain": caption },
      { captionOf: id },
    );
  }
}

/**
 * A `show` for cells that a study may have no use for, such as those on another study's printed results: where they do not
 * apply, each says why in one line. The page leaves such cells out together with the text above them, and lists them once.
 *
 * @returns takes a function, so that nothing is computed that is not shown
 * @example
 * const showOurs = showWhen(study.coins.length > 9, "ten coins are needed");
 * showOurs(() => tableAmplitude(amplitudes(panel), "monthly")); // undefined: below the cell stands "Left out: ten coins are needed."
 */
export function showWhen(
  applies: boolean,
  reason: string,
): (item: () => Figure | Table | Sentence) => void {
  return (item) => {
    if (applies) show(item());
    else display({ "text/plain": `Left out: ${reason}.` }, { leftOut: reason });
  };
}

/** No figure offers to send its data anywhere. */
export const FIGURE_CONFIG: object = {
  responsive: true,
  displaylogo: false,
  plotlyServerURL: "",
  modeBarButtonsToRemove: ["sendChartToCloud", "lasso2d", "select2d"],
};

/** MIME type of a Plotly figure in notebooks. */
export const PLOTLY = "application/vnd.plotly.v1+json";

/**
 * A callback that shows how far long work is, in one line below the cell that is replaced at each call.
 *
 * @example
 * const onProgress = progress("networks");
 * onProgress(3, 12); // undefined: below the cell stands "3 of 12 networks"
 * const { networks } = await fitNeuralBeta(dollar, trainer, { ...network, onProgress });
 * networks.length; // 2
 */
export function progress(title: string): (done: number, total: number) => void {
  const transient = { display_id: `progress-${title}` };
  let started = false;
  return (done, total) => {
    const line =
      done === total
        ? `${readable(total)} ${title} done`
        : `${readable(done)} of ${readable(total)} ${title}`;
    publisher()?.({ data: { "text/plain": line }, metadata: {}, transient }, started);
    started = true;
  };
}

type Publish = (
  message: { data: object; metadata: object; transient: object },
  update?: boolean,
) => void;

/**
 * The kernel's own publisher: tslab's public display sends one MIME type per message, a figure needs several in one.
 * It stands in a module of the pinned kernel; outside a kernel there is none.
 */
function publisher(): Publish | undefined {
  for (const [file, module] of Object.entries(createRequire(import.meta.url).cache))
    if (/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(file)) {
      const kernel: { lastWriteDisplayData?: Publish | null } = module?.exports ?? {};
      if (kernel.lastWriteDisplayData) return kernel.lastWriteDisplayData;
    }
  return undefined;
}

function display(data: Readonly<Record<string, unknown>>, metadata: object): void {
  const publish = publisher();
  if (publish) publish({ data, metadata: { "neural-beta": metadata }, transient: {} });
  else process.stdout.write(`${data["text/plain"]}\n`);
}

function writeTable(table: Table): void {
  const out = process.env.NEURAL_BETA_OUT;
  if (!out) return;
  const path = (extension: string) => join(out, "tables", `${table.id}.${extension}`);
  const large = table.rows.length > LARGEST_READ;
  writeFiles({
    [path("csv")]: csvParts(table),
    ...(!large && {
      [path("md")]: tableMarkdown(table),
      [path("tex")]: tableLatex(table),
      [path("html")]: tablePage(table),
    }),
  });
}

/** A table of all rows as a page of its own, which any browser or word processor opens. */
function tablePage(table: Table): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${table.id}</title>
${tableHtml({ ...table, shown: table.rows.length })}
</html>
`;
}

function writeOut(name: string, content: string): void {
  const out = process.env.NEURAL_BETA_OUT;
  if (out) writeFiles({ [join(out, name)]: content });
}

function readable(value: number): string {
  if (Number.isNaN(value)) return "(not defined)";
  const size = Math.abs(value);
  const plain = Number.isInteger(value)
    ? String(value)
    : size >= 1000
      ? value.toFixed(0)
      : size < 1e-4
        ? value.toExponential(3)
        : value.toPrecision(4);
  return plain
    .replaceAll("-", "−")
    .replace(/^(−?\d{4,})$/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ","));
}
