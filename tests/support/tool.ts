/** The commands of the tools, as users run them. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ROOT } from "./scratch.js";

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one, for example start, without a browser unless `env` says otherwise. */
export async function tool(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {
    NEURAL_BETA_BROWSER: "none",
  },
): Promise<Outcome> {
  const child = spawn(process.execPath, [join(ROOT, "tools", "dist", `${name}.js`), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, "close");
  return { code, out, err };
}
