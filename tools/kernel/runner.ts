/** Runs a notebook from top to bottom, strictly: any error, unhandled rejection or lost output ends it. */

import type { IOutput } from "@jupyterlab/nbformat";
import { ROOT } from "../terminal.js";
import type { Kernel } from "./client.js";
import type { Message } from "./messages.js";
import { inModules } from "./modules.js";
import { type CodeCell, joined, type Notebook } from "./notebook.js";
import type { ExecuteOptions } from "./session.js";

/** A failed cell: where, and what the kernel said. */
export class CellError extends Error {
  override readonly name = "CellError";
}

export interface RunOptions {
  /** Name for messages, for example 01-baseline-network.nb.ts. */
  readonly name: string;
  /** Milliseconds per cell; no bound by default. */
  readonly timeout?: number;
  /** Called before each code cell: how many are done, how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Called after each code cell that did as it should. */
  readonly onDone?: (cell: CodeCell) => void;
  /** Called with what the notebook says of its progress, as often as it does. */
  readonly onSaid?: (line: string) => void;
}

/** Prefixes by which tslab reports an error that a cell survives. */
const UNHANDLED = /^(UnhandledPromiseRejection|UncaughtException):/m;

/** tslab aborts, without running them, requests that come within 200 ms of an error: they are sent again. */
const AGAIN = { afterMs: 100, times: 100 };

/**
 * Executes all code cells in place: outputs and counts are replaced; lines of progress are said, and not kept.
 *
 * A cell tagged `raises-exception` must fail, and the run goes on; any other failure ends it.
 *
 * @throws CellError naming notebook, cell, line and message
 */
export async function runNotebook(
  kernel: Kernel,
  notebook: Notebook,
  options: RunOptions,
): Promise<void> {
  const cells = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  const displays = new Map<string, IOutput[]>();
  for (const [index, cell] of cells.entries()) {
    options.onProgress?.(index, cells.length);
    cell.outputs = [];
    cell.execution_count = index + 1;
    const fail = (message: string): never => {
      throw cellError(options.name, notebook.cells.indexOf(cell) + 1, cell, message);
    };
    const { timeout } = options;
    const status = await executed(kernel, cell.source, {
      onOutput(message) {
        const said = progressLine(message);
        if (said === undefined) collect(cell.outputs, displays, message);
        else options.onSaid?.(said);
      },
      ...(timeout === undefined ? {} : { timeout }),
    }).catch((error: Error) => fail(error.message));
    const stderr = stderrOf(cell.outputs);
    const mayFail = (cell.metadata.tags as string[] | undefined)?.includes("raises-exception");
    if (status === "ok" && UNHANDLED.test(stderr)) fail(stderr.trim());
    if (status === "ok" && mayFail)
      fail("was expected to fail, by its tag raises-exception, and did not");
    if (status !== "ok" && !mayFail) fail(stderr.trim() || `the kernel answered ${status}`);
    if (status !== "ok") cell.outputs = errorOutputs(cell.outputs, stderr);
    options.onDone?.(cell);
  }
  await drain(kernel, options.name);
  options.onProgress?.(cells.length, cells.length);
}

/** Executes a cell, as often as the kernel aborts it. */
async function executed(
  kernel: Kernel,
  source: string,
  options: ExecuteOptions,
): ReturnType<Kernel["execute"]> {
  let status = await kernel.execute(source, options);
  for (let n = 0; status === "abort" && n < AGAIN.times; n++) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN.afterMs));
    status = await kernel.execute(source, options);
  }
  return status;
}

/** One more, silent cell hears what comes late, from timers or rejections of the last. */
export const SILENT_CELL = "await new Promise((resolve) => setTimeout(resolve, 30));";

async function drain(kernel: Kernel, name: string): Promise<void> {
  const late: IOutput[] = [];
  await executed(kernel, SILENT_CELL, {
    onOutput: (message) => collect(late, new Map(), message),
  });
  const stderr = stderrOf(late);
  if (UNHANDLED.test(stderr))
    throw new CellError(
      `${name}: after the last cell: ${withoutStack(stderr.trim()).join("\n  ")}`,
    );
}

function collect(
  outputs: IOutput[],
  displays: Map<string, IOutput[]>,
  { type, content }: Message,
): void {
  if (type === "stream") {
    const last = outputs.at(-1);
    if (last?.output_type === "stream" && last.name === content.name)
      last.text = `${joined(last.text as string)}${content.text}`;
    else
      outputs.push({
        output_type: "stream",
        name: content.name as string,
        text: content.text as string,
      });
    return;
  }
  if (type !== "display_data" && type !== "update_display_data") return;
  const { data, metadata, transient } = content as {
    data: Record<string, string>;
    metadata: Record<string, string>;
    transient?: { display_id?: string };
  };
  const id = transient?.display_id;
  if (type === "update_display_data") {
    for (const shown of displays.get(id ?? "") ?? []) Object.assign(shown, { data, metadata });
    return;
  }
  const output: IOutput = { output_type: "display_data", data, metadata };
  outputs.push(output);
  if (id !== undefined) displays.set(id, [...(displays.get(id) ?? []), output]);
}

/** The line of a display that the library's `progress` keeps up to date: for whoever waits, not for readers of the notebook. */
function progressLine({ content }: Message): string | undefined {
  const { data, transient } = content as {
    data?: Record<string, string>;
    transient?: { display_id?: string };
  };
  return transient?.display_id?.startsWith("progress-") ? data?.["text/plain"] : undefined;
}

const stderrOf = (outputs: readonly IOutput[]): string =>
  outputs
    .filter((output) => output.output_type === "stream" && output.name === "stderr")
    .map((output) => joined(output.text as string))
    .join("");

/** tslab sends no error message: it is made from what stands on stderr. */
function errorOutputs(outputs: readonly IOutput[], stderr: string): IOutput[] {
  const [, ename = "Error", evalue = ""] = /^(?:\w+ )?(\w*Error): (.*)/m.exec(stderr) ?? [
    "",
    "Error",
    stderr.trim().split("\n")[0],
  ];
  return [
    ...outputs.filter((output) => output.name !== "stderr"),
    {
      output_type: "error",
      ename,
      evalue,
      traceback: stderr.trim().split("\n"),
    },
  ];
}

/** Line of the cell that a message names: the compiler's `7:3 - …`, or the stack's `cell line 7`. */
function cellError(name: string, number: number, cell: CodeCell, message: string): CellError {
  const place = /^(\d+):\d+ - /m.exec(message) ?? /cell line (\d+)/.exec(message);
  const line = place ? Number(place[1]) : undefined;
  const source = line === undefined ? undefined : cell.source.split("\n")[line - 1]?.trim();
  return new CellError(
    [
      `${name}: cell ${number}${line === undefined ? "" : `, line ${line}`} failed`,
      ...(source ? [`  ${line} | ${source}`] : []),
      ...withoutStack(message, line).map((text) => `  ${text}`),
    ].join("\n"),
  );
}

/** Lines of a message without its stack: of that, where outside of the cell it arose, and which lines of the cell led there. */
function withoutStack(message: string, line?: number): string[] {
  let innermost = true;
  return message.split("\n").flatMap((text) => {
    const frame = /^ +at (.*)$/.exec(text)?.[1];
    if (frame === undefined) return text;
    const first = innermost;
    innermost = false;
    const cellLine = /cell line (\d+)/.exec(frame)?.[1];
    if (cellLine !== undefined)
      return Number(cellLine) === line ? [] : `called from line ${cellLine}`;
    return first ? `in ${inModules(frame.replace(ROOT.href, ""))}` : [];
  });
}
