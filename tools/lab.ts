/** npm run lab: JupyterLab on the notebooks, with our kernel, where JupyterLab is installed. */

import { spawn, spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { NOTEBOOKS } from "./kernel/execute.js";
import { command, inProject, print } from "./terminal.js";

const USAGE = "npm run lab [-- OPTIONS OF JUPYTERLAB]";

const NO_LAB =
  'JupyterLab is not installed: run "pip install jupyterlab", or name a Python that has it in NEURAL_BETA_PYTHON';

command(async () => {
  // All other options are JupyterLab's.
  if (process.argv.includes("--help")) return print(`usage: ${USAGE}`);
  const lab = jupyterLab();
  if (lab === undefined) throw new Error(NO_LAB);
  const [program, ...first] = lab;
  const kernels = inProject("jupyter");
  const others = process.env.JUPYTER_PATH;
  const child = spawn(program, [...first, ...process.argv.slice(2)], {
    cwd: NOTEBOOKS,
    stdio: "inherit",
    env: {
      ...process.env,
      JUPYTER_PATH: others ? `${kernels}${delimiter}${others}` : kernels,
    },
  });
  process.once("exit", () => child.kill());
  // Ctrl-C asks JupyterLab whether to stop: its answer counts, not ours.
  process.removeAllListeners("SIGINT").on("SIGINT", () => {});
  child.once("exit", (code) => process.exit(code ?? 1));
});

/** How JupyterLab starts: by the Python named in NEURAL_BETA_PYTHON, else by itself or any Python on the path. */
function jupyterLab(): [string, ...string[]] | undefined {
  const named = process.env.NEURAL_BETA_PYTHON;
  const module = ["-m", "jupyterlab"];
  const ways: [string, ...string[]][] = named
    ? [[named, ...module]]
    : [["jupyter-lab"], ["python3", ...module], ["python", ...module]];
  return ways.find(
    ([program, ...first]) =>
      spawnSync(program, [...first, "--version"], { stdio: "ignore" }).status === 0,
  );
}
