/** Tasks side by side, each after those it waits for. */

/** A task by its name, and the names that must be done before it begins. */
export interface Waiting {
  readonly name: string;
  readonly after: readonly string[];
  /** How long it may take. */
  readonly seconds: number;
  /** After how long those that wait for it may begin; its end by default. */
  readonly shares?: number;
}

/** Seconds from a task's begin until it and the longest chain that waits for it are done. */
function secondsLeft(tasks: readonly Waiting[], task: Waiting): number {
  const { name, seconds, shares = seconds } = task;
  const waiting = tasks.filter(({ after }) => after.includes(name));
  return Math.max(seconds, ...waiting.map((next) => shares + secondsLeft(tasks, next)));
}

/** Those first after which most time goes by: their own and that of the longest chain that waits for them; then the order given. */
export function longestFirst<Task extends Waiting>(tasks: readonly Task[]): Task[] {
  return [...tasks].sort((a, b) => secondsLeft(tasks, b) - secondsLeft(tasks, a));
}

/** Names of the longest chain, each of which begins when the one before it is done: nothing that runs beside it should slow it. */
export function longestChain(tasks: readonly Waiting[]): string[] {
  const chain: string[] = [];
  for (let next = longestFirst(tasks)[0]; next; ) {
    const { name, seconds, shares = seconds } = next;
    chain.push(name);
    next = longestFirst(tasks).find(
      (task) => task.after.includes(name) && shares + secondsLeft(tasks, task) > seconds,
    );
  }
  return chain;
}

/** Seconds until all are done if `sideBySide` runs them and each takes what it may. */
export function scheduledSeconds(tasks: readonly Waiting[], atOnce: number): number {
  const waiting = longestFirst(tasks);
  const never = () => new Map(tasks.map(({ name }) => [name, Number.POSITIVE_INFINITY]));
  const [ends, shared] = [never(), never()];
  for (let now = 0; ; ) {
    const running = [...ends.values()].filter((end) => end > now && end < Infinity);
    if (waiting.length === 0) return Math.max(0, ...ends.values());
    const next = waiting.findIndex(
      ({ after }) => !after.some((other) => (shared.get(other) ?? 0) > now),
    );
    const begins = running.length < atOnce ? waiting[next] : undefined;
    if (begins) {
      const { name, seconds, shares = seconds } = begins;
      ends.set(name, now + seconds);
      shared.set(name, now + shares);
      waiting.splice(next, 1);
    } else now = Math.min(...[...ends.values(), ...shared.values()].filter((time) => time > now));
  }
}

/**
 * Runs tasks, at most so many at once. Of those that may begin, `longestFirst` says which is first.
 *
 * @param tasks each after earlier ones; what it waits for and is not among them counts as done
 * @param run false ends it: what runs goes on, nothing else begins. Calls `share` when what others wait for is there; its end is
 * late enough
 */
export async function sideBySide(
  tasks: readonly Waiting[],
  atOnce: number,
  run: (name: string, share: () => void) => Promise<boolean>,
): Promise<void> {
  const begun = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const open = new Set(tasks.map(({ name }) => name));
  const inOrder = longestFirst(tasks);
  let going = true;
  let wake = () => {};
  const share = (name: string) => {
    open.delete(name);
    wake();
  };
  const begin = async (name: string) => {
    if (!(await run(name, () => share(name)))) going = false;
    running.delete(name);
    share(name);
  };
  for (;;) {
    const next = inOrder.find(
      ({ name, after }) => !begun.has(name) && !after.some((other) => open.has(other)),
    );
    if (going && next && running.size < atOnce) {
      begun.add(next.name);
      running.set(next.name, begin(next.name));
    } else if (running.size > 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    else return;
  }
}
