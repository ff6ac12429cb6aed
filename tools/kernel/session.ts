/** Jupyter's messaging over zeromq: requests, replies, and the outputs that belong to them. */

import type { ChildProcess } from "node:child_process";
import { type Exchange, exchanges } from "./exchange.js";
import { type Channels, type Listener, type Message, pump, sender } from "./messages.js";

export interface ExecuteOptions {
  /** Each output message of the cell, in order. */
  readonly onOutput: (message: Message) => void;
  /** Milliseconds until the cell must be done; no bound by default. */
  readonly timeout?: number;
}

export type CellStatus = "ok" | "error" | "abort";

export interface KernelSession {
  /** Resolves when both channels answer. */
  readonly ready: () => Promise<void>;
  /** Runs one cell; resolves with its status when reply and last output are in. */
  readonly execute: (code: string, options: ExecuteOptions) => Promise<CellStatus>;
}

/** What carries the messages of all exchanges. */
interface Wire {
  readonly exchange: Exchange;
  readonly send: (type: string, content: object) => string;
  readonly listeners: Set<Listener>;
}

interface OutputSink {
  readonly open: (onOutput: Listener) => void;
  readonly close: () => void;
}

interface Cells {
  readonly idleTimeout: number;
  readonly sink: OutputSink;
}

/** Exchanges with a running kernel; each ends by its result, by the kernel's death, or by a timer that is cleared. */
export function connect(
  child: ChildProcess,
  { shell, iopub, key }: Channels,
  idleTimeout: number,
): KernelSession {
  const wire: Wire = { exchange: exchanges(child), send: sender(shell, key), listeners: new Set() };
  const sink = outputSink(wire.listeners);
  void pump(shell, key, wire.listeners);
  void pump(iopub, key, wire.listeners);
  return {
    ready: () => ready(wire),
    execute: (code, options) => execute(code, { ...options, idleTimeout, sink }, wire),
  };
}

/** A subscriber may join late: asks until reply and status of one request have both come. */
function ready({ exchange, send, listeners }: Wire): Promise<void> {
  return exchange<void>((resolve, fail) => {
    const seen = new Set<string>();
    const listen = (message: Message) => {
      if (message.type === "kernel_info_reply") seen.add("shell");
      if (message.type === "status") seen.add("iopub");
      if (seen.size === 2) resolve();
    };
    listeners.add(listen);
    send("kernel_info_request", {});
    const again = setInterval(() => send("kernel_info_request", {}), 200);
    const late = setTimeout(() => fail(new Error("the kernel did not answer within 60 s")), 60_000);
    return () => {
      listeners.delete(listen);
      clearInterval(again);
      clearTimeout(late);
    };
  });
}

/** Runs a cell: it has ended when both its reply and its last output are in. */
function execute(
  code: string,
  { onOutput, timeout, idleTimeout, sink }: ExecuteOptions & Cells,
  { exchange, send, listeners }: Wire,
): Promise<CellStatus> {
  return exchange<CellStatus>((resolve, fail) => {
    let status: CellStatus | undefined;
    let idle = false;
    let timer: NodeJS.Timeout | undefined;
    const failAfter = (milliseconds: number, why: string) =>
      setTimeout(() => fail(new Error(why)), milliseconds);
    const limit =
      timeout === undefined
        ? undefined
        : failAfter(timeout, `the cell was not done within ${timeout / 1000} s`);
    const id = send("execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    });
    sink.open(onOutput);
    const listen = (message: Message) => {
      if (message.parent !== id) return;
      if (message.type === "execute_reply") status = message.content.status as CellStatus;
      if (message.content.execution_state === "idle") idle = true;
      if (status !== undefined && idle) return resolve(status);
      if (status === undefined && !idle) return;
      clearTimeout(timer);
      timer = failAfter(
        idleTimeout,
        `output lost: the cell has ended, but its reply or its output has not (nothing came for ${idleTimeout / 1000} s)`,
      );
    };
    listeners.add(listen);
    return () => {
      sink.close();
      listeners.delete(listen);
      clearTimeout(timer);
      clearTimeout(limit);
    };
  });
}

/** Outputs go to the cell that runs; what comes late, after its cell has ended, belongs to the next one. */
function outputSink(listeners: Set<Listener>): OutputSink {
  let current: Listener | undefined;
  const late: Message[] = [];
  listeners.add((message) => {
    if (!/^(stream|display_data|update_display_data)$/.test(message.type)) return;
    if (current) current(message);
    else late.push(message);
  });
  return {
    open(onOutput) {
      current = onOutput;
      for (const message of late.splice(0)) onOutput(message);
    },
    close() {
      current = undefined;
    },
  };
}
