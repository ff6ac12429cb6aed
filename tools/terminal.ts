/** What the commands share: arguments, progress, and how a failure is told. */

import { type ParseArgsConfig, parseArgs } from "node:util";

/** Root of the project, seen from tools/dist. */
export const ROOT: URL = new URL("../../", import.meta.url);

/**
 * Options of a command line.
 *
 * @throws Error with the usage if an option is unknown
 */
export function options<T extends NonNullable<ParseArgsConfig["options"]>>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<{ options: T; strict: true }>>["values"] {
  try {
    return parseArgs({ options: config, strict: true }).values as never;
  } catch (error) {
    throw new Error(`${(error as Error).message}\nusage: ${usage}`);
  }
}

/** A count with its noun: 1 notebook, 3 notebooks. */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? "" : "s"}`;

/**
 * One line on a terminal that is written over: what is done, of how many, and the time left. Quiet in a pipe.
 */
export function terminalProgress(): {
  readonly update: (what: string, done: number, total: number) => void;
  readonly clear: () => void;
} {
  const { stderr } = process;
  if (!stderr.isTTY) return { update: () => {}, clear: () => {} };
  const began = performance.now();
  return {
    update(what, done, total) {
      const left = done > 0 ? ((performance.now() - began) / done) * (total - done) : undefined;
      const time = left === undefined ? "" : `, about ${Math.ceil(left / 1000)} s left`;
      const line = `${done} of ${total}${time}: ${what}`;
      stderr.write(`\r\u001B[K${line.slice(0, (stderr.columns || 80) - 1)}`);
    },
    clear: () => void stderr.write("\r\u001B[K"),
  };
}

/**
 * Runs a command; its error is printed without a stack, and the exit code is not 0. A signal ends it as an exit does,
 * so that kernels and unfinished files are cleared away.
 */
export function command(main: () => Promise<void>): void {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)
    process.once(signal, () => process.exit(code));
  main().catch((error: unknown) => {
    const expected = error instanceof Error && error.name !== "TypeError";
    process.stderr.write(
      `${expected ? error.message : ((error as Error)?.stack ?? String(error))}\n`,
    );
    process.exitCode = 1;
  });
}
