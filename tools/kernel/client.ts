/** A Jupyter kernel as a child process: started, spoken to, and surely ended. */

import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { scratch } from "../scratch.js";
import { connect, type KernelSession } from "./session.js";

export interface Kernel {
  readonly execute: KernelSession["execute"];
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
  const { folder, remove } = scratch("kernel");
  let child: ChildProcess | undefined;
  // A runner that ends by any way but kill -9 takes its kernel along; that one case is the kernel's own.
  const atExit = () => void child?.kill("SIGKILL");
  process.once("exit", atExit);
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
  child = spawn(
    process.execPath,
    [options.script, ...(options.args ?? []), "--config-path", file],
    {
      cwd: options.cwd,
      env: { ...options.env, NEURAL_BETA_RUNNER: String(process.pid) },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const shell = new Dealer({ linger: 0 });
  const iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  shell.connect(`tcp://127.0.0.1:${ports[0]}`);
  iopub.connect(`tcp://127.0.0.1:${ports[1]}`);
  iopub.subscribe();
  const session = connect(child, { shell, iopub, key }, options.idleTimeout ?? 10_000);
  const close = async () => {
    process.removeListener("exit", atExit);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    shell.close();
    iopub.close();
    remove();
  };
  try {
    await session.ready();
  } catch (error) {
    await close();
    throw error;
  }
  return { execute: session.execute, close, pid: child.pid! };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
