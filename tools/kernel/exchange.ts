/** Exchanges with a process that may die in the middle of them. */

import type { ChildProcess } from "node:child_process";

/** Runs an exchange that ends by its result, by the death of the process, or by a timer that is always cleared. */
export type Exchange = <T>(
  body: (settle: (value: T) => void, fail: (error: Error) => void) => () => void,
) => Promise<T>;

/** Exchanges with a child process; its last words are in the error of its death. */
export function exchanges(child: ChildProcess): Exchange {
  let lastWords = "";
  for (const pipe of [child.stdout!, child.stderr!])
    pipe.on("data", (chunk: Buffer) => {
      lastWords = `${lastWords}${chunk}`.slice(-2000);
    });
  let died: Error | undefined;
  const onDeath = new Set<(error: Error) => void>();
  child.once("exit", (code, signal) => {
    died = new Error(
      `the kernel ended (${signal ?? `exit code ${code}`})${lastWords.trim() ? `: ${lastWords.trim()}` : ""}`,
    );
    for (const reject of onDeath) reject(died);
  });
  return async (body) => {
    let cleanUp = () => {};
    let reject: (error: Error) => void = () => {};
    try {
      return await new Promise((resolve, fail) => {
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
}
