/** What the commands share: arguments, progress, and how a failure is told. */

import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type ParseArgsConfig, parseArgs } from "node:util";

/** Root of the project, seen from tools/dist. */
export const ROOT: URL = new URL("../../", import.meta.url);

/** Path of a file of the project. */
export const inProject = (path: string): string => fileURLToPath(new URL(path, ROOT));

/** A path as it is typed from here. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short || ".";
}

export const print = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Options of a command line; `--help` prints the usage and ends the command.
 *
 * @throws Error with the usage if an option is unknown, empty or given twice
 */
export function options<T extends NonNullable<ParseArgsConfig["options"]>>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<{ options: T; strict: true }>>["values"] {
  const help = { help: { type: "boolean", short: "h" } } as const;
  try {
    const { values, tokens } = parseArgs({
      options: { ...config, ...help },
      strict: true,
      tokens: true,
    });
    const given = tokens.flatMap((token) => (token.kind === "option" ? [token] : []));
    for (const [i, { name, value }] of given.entries()) {
      if (value === "")
        throw new Error(`--${name}: must not be empty; name a value or leave it out`);
      if (given.findIndex((other) => other.name === name) < i)
        throw new Error(`--${name}: must be given once; leave out all but one`);
    }
    if (!("help" in values)) return values as never;
  } catch (error) {
    throw new Error(`${(error as Error).message}\nusage: ${usage}`);
  }
  print(`usage: ${usage}`);
  process.exit(0);
}

/** A count with its noun: 1 notebook, 3 notebooks. */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Seconds as one says them. */
export const timeText = (seconds: number): string =>
  seconds < 90 ? `about ${Math.ceil(seconds)} s` : `about ${Math.round(seconds / 60)} min`;

/** One line on a terminal that is written over; quiet in a pipe. */
export function terminalLine(): {
  readonly shown: boolean;
  readonly write: (line: string) => void;
  readonly clear: () => void;
} {
  const { stderr } = process;
  if (!stderr.isTTY) return { shown: false, write: () => {}, clear: () => {} };
  return {
    shown: true,
    write: (line) => void stderr.write(`\r\u001B[K${line.slice(0, (stderr.columns || 80) - 1)}`),
    clear: () => void stderr.write("\r\u001B[K"),
  };
}

/** A terminal's line with what is done, of how many, and the time left. */
export function terminalProgress(): {
  readonly update: (what: string, done: number, total: number) => void;
  readonly clear: () => void;
} {
  const line = terminalLine();
  const began = performance.now();
  return {
    update(what, done, total) {
      const left = ((performance.now() - began) / 1000 / done) * (total - done);
      const time = done > 0 ? `, ${timeText(left)} left` : "";
      line.write(`${done} of ${total}${time}: ${what}`);
    },
    clear: line.clear,
  };
}

/**
 * Runs a command; its error is printed in words, and the exit code is not 0. A signal ends it as an exit does, so that
 * kernels and unfinished files are cleared away.
 */
export function command(main: () => Promise<void>): void {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)
    process.once(signal, () => process.exit(code));
  const fail = (error: unknown) => {
    process.stderr.write(`${failureText(error)}\n`);
    process.exitCode = 1;
  };
  process.once("uncaughtException", (error) => {
    fail(error);
    process.exit();
  });
  main().catch(fail);
}

/** Errors that the language throws at a mistake of ours; a RangeError of ours begins with a name and a colon. */
const MISTAKES = new Set(["TypeError", "ReferenceError", "SyntaxError", "EvalError", "URIError"]);

/**
 * An error for the terminal: refusals in their own words, errors of the system with their path, and a mistake of the program
 * as a line to report, with the place where it happened.
 */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, name, stack = "" } = error;
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== undefined && path !== undefined)
    return `${path}: cannot be used (${code}, ${syscall}); check path and permissions`;
  const native = name === "RangeError" && !/^[\w.-]+: /.test(message);
  if (!MISTAKES.has(name) && !native) return message;
  const frame = /^ +at (.*)$/m.exec(stack)?.[1] ?? "an unknown place";
  return `a mistake of neural-beta, not of your input: ${name}: ${message.split("\n")[0]} (${frame.replace(ROOT.href, "")}); please report this line with the command and the input`;
}
