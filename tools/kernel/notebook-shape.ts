/** What a notebook's file must hold for the tools to read it: the parts of Jupyter's format that they use. */

/** What is wrong with a parsed file, as path and expectation; undefined if nothing is. */
export function notebookFault(json: unknown): string | undefined {
  if (!isObject(json)) return "must be an object";
  if (json.nbformat !== 4) return "nbformat must be 4";
  if (!isObject(json.metadata ?? {})) return "metadata must be an object";
  if (!isObject((json.metadata as Fields | undefined)?.neural_beta ?? {}))
    return "metadata.neural_beta must be an object";
  if (!Array.isArray(json.cells)) return "cells must be a list";
  if (isDeep(json)) return `must have at most ${DEEPEST} objects and lists in one another`;
  return firstFault("cells", json.cells, cellFault);
}

/** A figure has about ten; what is written recursively ends at some thousands. */
const DEEPEST = 100;

/** True if more objects and lists lie in one another than may; walks level by level, for it must not run out of stack itself. */
function isDeep(json: object): boolean {
  let level = [json];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= DEEPEST) return true;
    level = level.flatMap((outer) =>
      Object.values(outer).filter((inner) => typeof inner === "object" && inner !== null),
    );
  }
  return false;
}

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A text, in one piece or in lines. */
const isText = (value: unknown): boolean =>
  typeof value === "string" ||
  (Array.isArray(value) && value.every((line) => typeof line === "string"));

const isTexts = (value: unknown): boolean => Array.isArray(value) && isText(value);

function firstFault(
  path: string,
  list: readonly unknown[],
  faultOf: (item: Fields) => string | undefined,
): string | undefined {
  for (const [i, item] of list.entries()) {
    const fault = isObject(item) ? faultOf(item) : "must be an object";
    if (fault !== undefined) return `${path}.${i}${isObject(item) ? "." : " "}${fault}`;
  }
  return undefined;
}

function cellFault(cell: Fields): string | undefined {
  if (!["code", "markdown", "raw"].includes(cell.cell_type as string))
    return "cell_type must be code, markdown or raw";
  if (!isText(cell.source)) return "source must be text";
  if (!isObject(cell.metadata)) return "metadata must be an object";
  if (cell.metadata.tags !== undefined && !isTexts(cell.metadata.tags))
    return "metadata.tags must be a list of texts";
  if (cell.cell_type !== "code") return undefined;
  return Array.isArray(cell.outputs)
    ? firstFault("outputs", cell.outputs, outputFault)
    : "outputs must be a list";
}

function outputFault(output: Fields): string | undefined {
  if (output.output_type === "stream") return isText(output.text) ? undefined : "text must be text";
  if (output.output_type === "error")
    return isTexts(output.traceback) ? undefined : "traceback must be a list of texts";
  if (!["display_data", "execute_result"].includes(output.output_type as string))
    return "output_type must be stream, display_data, execute_result or error";
  if (!isObject(output.data)) return "data must be an object";
  if (!isObject(output.metadata)) return "metadata must be an object";
  return figureFault(output.data[PLOTLY], output.metadata["neural-beta"]);
}

/** MIME type of a Plotly figure. */
const PLOTLY = "application/vnd.plotly.v1+json";

function figureFault(plot: unknown, own: unknown): string | undefined {
  if (own !== undefined && !isObject(own)) return "metadata.neural-beta must be an object";
  if (plot === undefined) return undefined;
  if (!isObject(plot) || !Array.isArray(plot.data) || !isObject(plot.layout))
    return `data.${PLOTLY} must have a list data and an object layout`;
  const missing = own && ["figure", "caption", "alt"].find((key) => typeof own[key] !== "string");
  if (missing) return `metadata.neural-beta.${missing} must be text`;
  return own && !["undefined", "string"].includes(typeof own.column)
    ? "metadata.neural-beta.column must be text"
    : undefined;
}
