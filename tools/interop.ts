/** npm run interop: installs the optional peers in a scratch folder, and tries what the project uses of them. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { command, inProject, options, print } from "./terminal.js";

const USAGE = "npm run interop [-- --only danfojs-node,tfjs-node --with DIR]";

/** A package that a project may have beside this one. */
interface Peer {
  readonly name: string;
  readonly version: string;
  /** Below tools/interop; told the folder that has the package, it prints one line and exits with 0 if all is well, with 2 if it could not try. */
  readonly trial: string;
  readonly overrides?: object;
}

const PEERS: Readonly<Record<string, Peer>> = {
  "danfojs-node": {
    name: "danfojs-node",
    version: "1.2.0",
    trial: "danfo.mjs",
    // One of its dependencies lies outside the registry, and its TensorFlow.js downloads a library: neither is needed for a data frame.
    overrides: {
      "danfojs-node": { "@tensorflow/tfjs-node": "npm:@tensorflow/tfjs@4.22.0", xlsx: "0.18.5" },
    },
  },
  "tfjs-node": { name: "@tensorflow/tfjs-node", version: "4.22.0", trial: "tfjs-node.mjs" },
};

/** Of the installation of one peer. */
const LONGEST_MS = 600_000;

type Result = "works" | "fails" | "absent";

command(async () => {
  const given = options(USAGE, { only: { type: "string" }, with: { type: "string" } });
  const names = given.only?.split(",") ?? Object.keys(PEERS);
  const unknown = names.find((name) => !PEERS[name]);
  if (unknown !== undefined)
    throw new Error(`--only: there is no ${unknown}, there are ${Object.keys(PEERS).join(", ")}`);
  if (given.with !== undefined && !existsSync(join(given.with, "node_modules")))
    throw new Error(
      `--with: ${given.with} must have a folder node_modules; install the peers there`,
    );
  const results = names.map((name) => tried(PEERS[name]!, given.with && resolve(given.with)));
  // 1: a peer is there and fails; 2: none could be had, so that nothing was tried.
  process.exitCode = results.includes("fails") ? 1 : results.includes("works") ? 0 : 2;
});

/** @param ready a folder that has the peer already; a scratch folder by default, which goes afterwards */
function tried(peer: Peer, ready: string | undefined): Result {
  const folder = ready ?? mkdtempSync(join(tmpdir(), "neural-beta-interop-"));
  const title = `${peer.name} ${peer.version}`;
  const trial = inProject(`tools/interop/${peer.trial}`);
  try {
    const lack = ready ? undefined : installed(peer, folder);
    if (lack !== undefined || !existsSync(join(folder, "node_modules", peer.name))) {
      print(`${title}: could not be had (${lack ?? "it is not in the folder"})`);
      return "absent";
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [trial, folder], {
      encoding: "utf8",
      cwd: inProject("."),
      timeout: LONGEST_MS,
    });
    const said = lastLine(stdout) || lastLine(stderr);
    const result = status === 0 ? "works" : status === 2 ? "absent" : "fails";
    print(`${title}: ${result === "absent" ? "could not be tried" : result}: ${said}`);
    return result;
  } finally {
    if (!ready) rmSync(folder, { recursive: true, force: true });
  }
}

/** Installs one peer; what npm says if that cannot be done. */
function installed({ name, version, overrides = {} }: Peer, folder: string): string | undefined {
  const wanted = { private: true, dependencies: { [name]: version }, overrides };
  writeFileSync(join(folder, "package.json"), JSON.stringify(wanted));
  const npm = process.env.npm_execpath;
  const install = ["install", "--no-audit", "--no-fund", "--fetch-retries=0"];
  const { status, stderr, error } = spawnSync(
    npm ? process.execPath : "npm",
    npm ? [npm, ...install] : install,
    { cwd: folder, encoding: "utf8", timeout: LONGEST_MS },
  );
  if (status === 0) return undefined;
  const lines = stderr.split("\n").filter((line) => /^npm (error|ERR!)/.test(line));
  const why = lines.find((line) => /ENOTFOUND|ECONN|E40\d|ETIMEDOUT|failed/.test(line)) ?? lines[0];
  return (why ?? error?.message ?? "npm failed").replace(/^npm (error|ERR!) /, "").slice(0, 200);
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
