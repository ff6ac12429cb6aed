/** Jupyter's messaging over zeromq: requests, replies, and the outputs that belong to them. */

import type { ChildProcess } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import type { Dealer, Subscriber } from "zeromq";

/** A message of Jupyter's protocol, as far as it is needed here. */
export interface Message {
  readonly type: string;
  /** Id of the request it belongs to. */
  readonly parent: string;
  readonly content: Record<string, unknown>;
}

export interface ExecuteOptions {
  /** Each output message of the cell, in order. */
  readonly onOutput: (message: Message) => void;
  /** Milliseconds until the cell must be done; no bound by default. */
  readonly timeout?: number;
}

export interface KernelSession {
  /** Resolves when both channels answer. */
  readonly ready: () => Promise<void>;
  /** Runs one cell; resolves with its status when reply and last output are in. */
  readonly execute: (code: string, options: ExecuteOptions) => Promise<"ok" | "error" | "abort">;
}

/** Exchanges with a running kernel; each ends by its result, by the kernel's death, or by a timer that is cleared. */
export function connect(
  child: ChildProcess,
  shell: Dealer,
  iopub: Subscriber,
  key: string,
  idleTimeout: number,
): KernelSession {
  let lastWords = "";
  for (const pipe of [child.stdout!, child.stderr!])
    pipe.on("data", (chunk: Buffer) => {
      lastWords = `${lastWords}${chunk}`.slice(-2000);
    });
  const listeners = new Set<(message: Message) => void>();
  let died: Error | undefined;
  const onDeath = new Set<(error: Error) => void>();
  child.once("exit", (code, signal) => {
    died = new Error(
      `the kernel ended (${signal ?? `exit code ${code}`})${lastWords.trim() ? `: ${lastWords.trim()}` : ""}`,
    );
    for (const reject of onDeath) reject(died);
  });
  // What comes late, after its cell has ended, belongs to the next one.
  let sink: ((message: Message) => void) | undefined;
  const late: Message[] = [];
  listeners.add((message) => {
    if (!/^(stream|display_data|update_display_data)$/.test(message.type)) return;
    if (sink) sink(message);
    else late.push(message);
  });
  void pump(shell, key, listeners);
  void pump(iopub, key, listeners);

  /** Runs an exchange that ends by `settle`, by the kernel's death, or by a timer that is always cleared. */
  const exchange = async <T>(
    body: (settle: (value: T) => void, fail: (error: Error) => void) => () => void,
  ): Promise<T> => {
    let cleanUp = () => {};
    let reject: (error: Error) => void = () => {};
    try {
      return await new Promise<T>((resolve, fail) => {
        reject = fail;
        if (died) return fail(died);
        onDeath.add(fail);
        cleanUp = body(resolve, fail);
      });
    } finally {
      onDeath.delete(reject);
      cleanUp();
    }
  };

  const send = (type: string, content: object): string => {
    const id = randomUUID();
    const header = {
      msg_id: id,
      msg_type: type,
      username: "neural-beta",
      session: "runner",
      date: "",
      version: "5.3",
    };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const signature = createHmac("sha256", key).update(parts.join("")).digest("hex");
    void shell.send(["<IDS|MSG>", signature, ...parts]).catch(() => {});
    return id;
  };

  /** A subscriber may join late: asks until reply and status of one request have both come. */
  const ready = () =>
    exchange<void>((resolve, fail) => {
      const seen = new Set<string>();
      const listen = (message: Message) => {
        if (message.type === "kernel_info_reply") seen.add("shell");
        if (message.type === "status") seen.add("iopub");
        if (seen.size === 2) resolve();
      };
      listeners.add(listen);
      send("kernel_info_request", {});
      const again = setInterval(() => send("kernel_info_request", {}), 200);
      const late = setTimeout(
        () => fail(new Error("the kernel did not answer within 60 s")),
        60_000,
      );
      return () => {
        listeners.delete(listen);
        clearInterval(again);
        clearTimeout(late);
      };
    });

  const execute = (code: string, { onOutput, timeout }: ExecuteOptions) =>
    exchange<"ok" | "error" | "abort">((resolve, fail) => {
      let status: "ok" | "error" | "abort" | undefined;
      let idle = false;
      let timer: NodeJS.Timeout | undefined;
      const limit =
        timeout === undefined
          ? undefined
          : setTimeout(
              () => fail(new Error(`the cell was not done within ${timeout / 1000} s`)),
              timeout,
            );
      const id = send("execute_request", {
        code,
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: true,
      });
      sink = onOutput;
      for (const message of late.splice(0)) onOutput(message);
      const listen = (message: Message) => {
        if (message.parent !== id) return;
        if (message.type === "execute_reply")
          status = message.content.status as "ok" | "error" | "abort";
        if (message.content.execution_state === "idle") idle = true;
        if (status !== undefined && idle) return resolve(status);
        if (status === undefined && !idle) return;
        clearTimeout(timer);
        timer = setTimeout(
          () =>
            fail(
              new Error(
                `output lost: the cell has ended, but its reply or its output has not (nothing came for ${idleTimeout / 1000} s)`,
              ),
            ),
          idleTimeout,
        );
      };
      listeners.add(listen);
      return () => {
        sink = undefined;
        listeners.delete(listen);
        clearTimeout(timer);
        clearTimeout(limit);
      };
    });

  return { ready, execute };
}

/** Hands every rightly signed message of a socket to the listeners, until the socket closes. */
async function pump(
  socket: Dealer | Subscriber,
  key: string,
  listeners: ReadonlySet<(message: Message) => void>,
): Promise<void> {
  for await (const frames of socket) {
    const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
    const [signature, ...parts] = frames.slice(at + 1);
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    if (at < 0 || hmac.digest("hex") !== signature?.toString()) continue;
    const [header, parent, , content] = parts.map((part) => JSON.parse(part.toString()));
    const message = {
      type: header.msg_type,
      parent: parent.msg_id ?? "",
      content,
    };
    for (const listener of [...listeners]) listener(message);
  }
}
