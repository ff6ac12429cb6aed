/** Notebooks as text (percent format) and as Jupyter files, without loss between the two. */

import type {
  ICodeCell,
  IMarkdownCell,
  INotebookContent,
  IOutput,
  IRawCell,
} from "@jupyterlab/nbformat";
import { DataError, readBytes, sha256 } from "neural-beta";
import { notebookFault } from "./notebook-shape.js";

export type CodeCell = ICodeCell & { source: string; outputs: IOutput[] };
type MarkdownCell = IMarkdownCell & { source: string };
type RawCell = IRawCell & { source: string };
export type NotebookCell = CodeCell | MarkdownCell | RawCell;
export interface Notebook extends INotebookContent {
  cells: NotebookCell[];
}

/** What the percent text holds of a cell. */
export interface CellSource {
  readonly type: "code" | "markdown" | "raw";
  readonly source: string;
  readonly tags: readonly string[];
}

const MARKER = /^\/\/ %%(?: \[(markdown|raw)\])?(?: tags=(\[.*\]))?$/;

/** A line of a cell that would begin another one stands with a backslash more: `// \%%`. */
const escaped = (source: string): string => source.replace(/^\/\/ (\\*)%%/gm, "// \\$1%%");
const unescaped = (source: string): string => source.replace(/^\/\/ \\(\\*)%%/gm, "// $1%%");

/** What would end the block comment, likewise, with a backslash more. */
const commented = (source: string): string => source.replace(/\*(\\*)\//g, "*\\$1/");
const uncommented = (source: string): string => source.replace(/\*\\(\\*)\//g, "*$1/");

/**
 * Cells of a percent text: `// %%` begins code, `// %% [markdown]` and `// %% [raw]` a block comment; `tags=["…"]` may follow.
 *
 * @throws Error with the line if text stands before the first cell, or a Markdown or raw cell is no block comment
 */
export function parsePercent(text: string, file: string): CellSource[] {
  const cells: {
    type: CellSource["type"];
    tags: string[];
    lines: string[];
    line: number;
  }[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    const marker = MARKER.exec(line);
    const tags = marker && tagsOf(marker[2]);
    if (marker && tags)
      cells.push({
        type: (marker[1] as "markdown" | "raw" | undefined) ?? "code",
        tags,
        lines: [],
        line: i + 1,
      });
    else if (line.startsWith("// %%"))
      throw new Error(
        `${file}:${i + 1}: a cell begins with "// %%", "// %% [markdown]", "// %% [raw]" or one of these with tags=["…"], got ${JSON.stringify(line)}; write a title into a Markdown cell, and a remark within a cell as // \\%%`,
      );
    else if (cells.length > 0) cells.at(-1)!.lines.push(line);
    else if (line.trim() !== "")
      throw new Error(
        `${file}:${i + 1}: text stands before the first cell; begin with a line "// %%"`,
      );
  });
  return cells.map(({ type, tags, lines, line }) => {
    const body = unescaped(lines.join("\n")).trim();
    if (type === "code") return { type, source: body, tags };
    const comment = /^\/\*\n?([\s\S]*?)\n?\*\/$/.exec(body);
    if (!comment)
      throw new Error(
        `${file}:${line}: a ${type === "raw" ? "raw" : "Markdown"} cell must be one block comment; write /* on the line below and */ at its end`,
      );
    return { type, source: uncommented(comment[1]!), tags };
  });
}

/** Cells of a percent text's file; its name, by default its path, stands in messages. */
export const readPercent = (file: string, name: string = file): CellSource[] =>
  parsePercent(readBytes(file).toString("utf8"), name);

/** Percent text of cells: the inverse of `parsePercent`. */
export function percentText(cells: readonly CellSource[]): string {
  return `${cells
    .map(({ type, source, tags }) => {
      const marker = `// %%${type === "code" ? "" : ` [${type}]`}${tags.length > 0 ? ` tags=${JSON.stringify(tags)}` : ""}`;
      return `${marker}\n${escaped(type === "code" ? source : `/*\n${commented(source)}\n*/`)}`;
    })
    .join("\n\n")}\n`;
}

/** Tags as a marker gives them; undefined if they are no list of texts. */
function tagsOf(list: string | undefined): string[] | undefined {
  if (list === undefined) return [];
  try {
    const tags: unknown[] = JSON.parse(list);
    return tags.every((tag) => typeof tag === "string") ? tags : undefined;
  } catch {
    return undefined;
  }
}

/** A notebook without outputs. Cell ids come from position and source, so that a rerun changes none. */
export function notebookOf(cells: readonly CellSource[]): Notebook {
  return {
    cells: cells.map(({ type, source, tags }, i) => {
      const common = {
        id: sha256(`${i}\n${source}`).slice(0, 12),
        metadata: tags.length > 0 ? { tags: [...tags] } : {},
        source,
      };
      return type === "code"
        ? { cell_type: "code", execution_count: null, ...common, outputs: [] }
        : { cell_type: type, ...common };
    }),
    metadata: {
      kernelspec: {
        display_name: "TypeScript (tslab)",
        language: "typescript",
        name: "tslab",
      },
      language_info: {
        file_extension: ".ts",
        mimetype: "text/typescript",
        name: "typescript",
      },
      // What both files held when they were last paired: tells which of them changed since.
      neural_beta: { paired: sourceHash(cells) },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Hash of the cells' sources. */
export function sourceHash(cells: readonly CellSource[]): string {
  return sha256(percentText(cells));
}

/** What a notebook holds that its percent text does; empty cells have no place in it. */
export function cellSources(notebook: Pick<Notebook, "cells">): CellSource[] {
  return notebook.cells.map(cellSource).filter(({ source }) => source !== "");
}

/** What a cell is in the percent text. */
export const cellSource = (cell: NotebookCell): CellSource => ({
  type: cell.cell_type,
  source: cell.source.replace(/\r\n?/g, "\n").trim(),
  tags: (cell.metadata.tags as string[] | undefined) ?? [],
});

/**
 * A notebook from the text of its file; texts that the format keeps as lists of lines become one string.
 *
 * @param remedy what to do about a file that is none
 * @throws DataError if it is no notebook of format 4
 */
export function parseNotebook(
  text: string,
  file: string,
  remedy = 'make it anew from its text with "npm run pair -- --from text", which loses its outputs',
): Notebook {
  const refuse = (fault: string): never => {
    throw new DataError(`${file}: is no notebook: ${fault}; ${remedy}`);
  };
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    return refuse((error as Error).message.split("\n")[0]!);
  }
  const fault = notebookFault(json);
  if (fault !== undefined) return refuse(fault);
  const notebook = json as INotebookContent;
  for (const cell of notebook.cells) cell.source = joined(cell.source);
  return { ...notebook, metadata: notebook.metadata ?? {} } as Notebook;
}

/** The notebook of a file, with the refusals of `parseNotebook`. */
export const readNotebook = (file: string, remedy?: string): Notebook =>
  parseNotebook(readBytes(file).toString("utf8"), file, remedy);

/** Text of a notebook's file, in Jupyter's own form: keys sorted, one blank of indent, lists of lines, a newline at the end. */
export function notebookText(notebook: Notebook): string {
  const lines = (text: string) => text.split(/(?<=\n)/);
  const cells = notebook.cells.map((cell) =>
    cell.cell_type !== "code"
      ? { ...cell, source: lines(cell.source) }
      : {
          ...cell,
          source: lines(cell.source),
          outputs: cell.outputs.map((output) =>
            output.output_type === "stream"
              ? { ...output, text: lines(joined(output.text as string)) }
              : output,
          ),
        },
  );
  return `${JSON.stringify(sorted({ ...notebook, cells }), null, 1)}\n`;
}

/** Sources of the code cells. */
export const codeOf = ({ cells }: Notebook): string[] =>
  cells.flatMap((cell) => (cell.cell_type === "code" ? [joined(cell.source)] : []));

/** The text of a field that may be a string or a list of lines. */
export const joined = (text: string | string[]): string =>
  Array.isArray(text) ? text.join("") : text;

/** The same value with the keys of all its objects in order. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
