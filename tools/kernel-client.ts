/** A Jupyter kernel as a child process, spoken to over zeromq. */

import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";

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

export interface Kernel {
  /** Runs one cell; resolves with its status when reply and last output are in. */
  readonly execute: (
    code: string,
    options: ExecuteOptions,
  ) => Promise<"ok" | "error" | "abort">;
  /** Ends the process and deletes its connection file; safe to call twice. */
  readonly close: () => Promise<void>;
  readonly pid: number;
}

export interface KernelOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Program that takes `--config-path FILE`, run by this Node. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Milliseconds to wait for the end of a cell's output after its reply, since the last message; 10,000 by default. */
  readonly idleTimeout?: number;
}

/**
 * Starts a kernel and waits until both of its channels answer.
 *
 * @throws Error with the kernel's last words if it ends before that
 */
export async function startKernel(options: KernelOptions): Promise<Kernel> {
  const folder = mkdtempSync(join(tmpdir(), "neural-beta-kernel-"));
  const key = randomBytes(16).toString("hex");
  const ports = await freePorts(5);
  const file = join(folder, "connection.json");
  // The file holds the key of the signatures: only its owner may read it.
  writeFileSync(
    file,
    JSON.stringify({
      transport: "tcp",
      ip: "127.0.0.1",
      key,
      signature_scheme: "hmac-sha256",
      shell_port: ports[0],
      iopub_port: ports[1],
      control_port: ports[2],
      stdin_port: ports[3],
      hb_port: ports[4],
    }),
    { mode: 0o600 },
  );
  const child = spawn(
    process.execPath,
    [options.script, ...(options.args ?? []), "--config-path", file],
    {
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  const shell = new Dealer({ linger: 0 });
  const iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  shell.connect(`tcp://127.0.0.1:${ports[0]}`);
  iopub.connect(`tcp://127.0.0.1:${ports[1]}`);
  iopub.subscribe();
  const session = connect(
    child,
    shell,
    iopub,
    key,
    options.idleTimeout ?? 10_000,
  );
  // A runner that ends by any way but kill -9 takes its kernel along; that one case is the kernel's own.
  const atExit = () => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", atExit);
  const close = async () => {
    process.removeListener("exit", atExit);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    shell.close();
    iopub.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await session.ready();
  } catch (error) {
    await close();
    throw error;
  }
  return { execute: session.execute, close, pid: child.pid! };
}

function connect(
  child: ChildProcess,
  shell: Dealer,
  iopub: Subscriber,
  key: string,
  idleTimeout: number,
) {
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
    if (!/^(stream|display_data|update_display_data)$/.test(message.type))
      return;
    if (sink) sink(message);
    else late.push(message);
  });
  void pump(shell, key, listeners);
  void pump(iopub, key, listeners);

  /** Runs an exchange that ends by `settle`, by the kernel's death, or by a timer that is always cleared. */
  const exchange = async <T>(
    body: (
      settle: (value: T) => void,
      fail: (error: Error) => void,
    ) => () => void,
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
    const signature = createHmac("sha256", key)
      .update(parts.join(""))
      .digest("hex");
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
              () =>
                fail(
                  new Error(`the cell was not done within ${timeout / 1000} s`),
                ),
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
        if (status === undefined) return;
        clearTimeout(timer);
        timer = setTimeout(
          () =>
            fail(
              new Error(
                `output lost: the cell has ended, but its output has not (nothing came for ${idleTimeout / 1000} s)`,
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
    const [header, parent, , content] = parts.map((part) =>
      JSON.parse(part.toString()),
    );
    const message = {
      type: header.msg_type,
      parent: parent.msg_id ?? "",
      content,
    };
    for (const listener of [...listeners]) listener(message);
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map(
    (server) => (server.address() as { port: number }).port,
  );
  await Promise.all(
    servers.map((server) => new Promise((done) => server.close(done))),
  );
  return ports;
}
