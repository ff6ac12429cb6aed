/** What a run of notebooks says while it goes: a line per notebook that is done and, on a terminal, one that counts down. */

import { print, terminalLine, timeText } from "./terminal.js";

export interface RunProgress {
  readonly begin: (notebook: string) => NotebookProgress;
  readonly close: () => void;
}

export interface NotebookProgress {
  /** Code cells that are done, of how many. */
  readonly cells: (done: number, total: number) => void;
  /** What the notebook itself says of its work: "1,000 of 5,040 networks". */
  readonly says: (line: string) => void;
  /** How many seconds it has taken so far. */
  readonly seconds: () => number;
  /** The notebook is done; returns how many seconds it took. */
  readonly end: () => number;
}

/** A notebook that runs. */
interface Running {
  readonly began: number;
  readonly cell: string;
  /** What it says of its own work, and since when. */
  readonly said: { readonly line: string; readonly since: number };
}

const NOTHING: Running["said"] = { line: "", since: 0 };

/**
 * @param atOnce notebooks that may run at the same time
 * @param expected seconds of each notebook, by name; without them no time is told
 */
export function runProgress(
  atOnce: number,
  expected: ReadonlyMap<string, number> = new Map(),
): RunProgress {
  const line = terminalLine();
  const waiting = new Set(expected.keys());
  /** What finished notebooks took, and what was expected: where they were slower, all others are taken to be so too. */
  const done = { took: 0, expected: 0 };
  const running = new Map<string, Running>();
  const draw = () => {
    const places = [...running].map(([name, { cell, said }]) =>
      [name, cell, said.line].filter((part) => part !== "").join(", "),
    );
    const pace = done.expected > 0 ? Math.max(1, done.took / done.expected) : 1;
    const left = [
      ...[...waiting].map((name) => pace * expected.get(name)!),
      ...[...running].map(([name, now]) => secondsLeft(now, pace * (expected.get(name) ?? 0))),
    ];
    const time = expected.size > 0 ? `${timeText(sideBySideSeconds(left, atOnce))} left: ` : "";
    line.write(`${time}${places.join("; ")}`);
  };
  const tick = line.shown ? setInterval(draw, 1000).unref() : undefined;
  return {
    begin(notebook) {
      const began = performance.now();
      let now: Running = { began, cell: "", said: NOTHING };
      const change = (part: Partial<Running>) => {
        now = { ...now, ...part };
        running.set(notebook, now);
        draw();
      };
      waiting.delete(notebook);
      change({});
      return {
        cells: (done, total) =>
          change({ cell: `cell ${Math.min(done + 1, total)} of ${total}`, said: NOTHING }),
        says(said) {
          const same = titleOf(said) === titleOf(now.said.line);
          change({ said: { line: said, since: same ? now.said.since : performance.now() } });
        },
        seconds: () => secondsSince(began),
        end() {
          line.clear();
          running.delete(notebook);
          const took = secondsSince(began);
          done.took += took;
          done.expected += expected.get(notebook) ?? 0;
          print(`${notebook}: ${Math.ceil(took)} s`);
          return took;
        },
      };
    },
    close() {
      clearInterval(tick);
      line.clear();
    },
  };
}

/** Seconds of work that is done so many at a time, the longest at least. */
const sideBySideSeconds = (seconds: readonly number[], atOnce: number): number =>
  Math.max(0, ...seconds, seconds.reduce((sum, s) => sum + s, 0) / atOnce);

const secondsSince = (moment: number): number => (performance.now() - moment) / 1000;

const titleOf = (line: string): string => line.replaceAll(/[\d,]+/g, "");

/** What is expected less what has gone, or by the pace of the notebook's own count where that is longer. */
function secondsLeft({ began, said }: Running, expected: number): number {
  const [done, total] = [...said.line.matchAll(/\d[\d,]*/g)].map(([text]) =>
    Number(text.replaceAll(",", "")),
  );
  const pace = done && total ? secondsSince(said.since) / done : 0;
  return Math.max(0, expected - secondsSince(began), pace * ((total ?? 0) - (done ?? 0)));
}
