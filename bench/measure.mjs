/** What the measurements share: medians with their spread, and peers in Python that answer line by line. */

import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Runs of everything that is compared, in turns: a slow minute of the machine falls on all. */
export const RUNS = 9;

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

export function spread(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toPrecision(3)} (${low.toPrecision(3)} to ${high.toPrecision(3)})`;
}

/** Milliseconds of an action. */
export async function timed(action) {
  const began = performance.now();
  await action();
  return performance.now() - began;
}

const python = process.env.NEURAL_BETA_PYTHON ?? "python3";

/**
 * A program of bench/peers that reads a request and writes a reply, both one line of JSON.
 *
 * @returns undefined, and says so, if Python lacks the module
 */
export function openPeer(program, module) {
  const has = spawnSync(python, ["-c", `import ${module}`], {
    stdio: "ignore",
  });
  if (has.status !== 0) {
    console.log(
      `${module} is left out: ${python} has no module ${module}; name another Python in NEURAL_BETA_PYTHON`,
    );
    return undefined;
  }
  const file = fileURLToPath(new URL(`peers/${program}`, import.meta.url));
  const child = spawn(python, [file], { stdio: ["pipe", "pipe", "inherit"] });
  const replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await replies.next();
      if (done) throw new Error(`${file} ended before it answered`);
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}
