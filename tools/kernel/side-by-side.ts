/** Tasks side by side, each after those it waits for. */

/** A task by its name, and the names that must be done before it begins. */
export interface Waiting {
  readonly name: string;
  readonly after: readonly string[];
  /** How long it may take. */
  readonly seconds: number;
}

/** Those first after which most time goes by: their own and that of the longest chain that waits for them; then the order given. */
export function longestFirst<Task extends Waiting>(tasks: readonly Task[]): Task[] {
  const left = ({ name, seconds }: Task): number =>
    seconds + Math.max(0, ...tasks.filter(({ after }) => after.includes(name)).map(left));
  return [...tasks].sort((a, b) => left(b) - left(a));
}

/** Seconds until all are done if `sideBySide` runs them and each takes what it may. */
export function scheduledSeconds(tasks: readonly Waiting[], atOnce: number): number {
  const waiting = longestFirst(tasks);
  const open = new Map(tasks.map(({ name }) => [name, Number.POSITIVE_INFINITY]));
  for (let now = 0; ; ) {
    for (const [name, end] of open) if (end <= now) open.delete(name);
    if (open.size === 0) return now;
    const running = [...open.values()].filter(Number.isFinite);
    const next = waiting.findIndex(({ after }) => !after.some((other) => open.has(other)));
    const begins = running.length < atOnce ? waiting[next] : undefined;
    if (begins) {
      open.set(begins.name, now + begins.seconds);
      waiting.splice(next, 1);
    } else now = Math.min(...running);
  }
}

/**
 * Runs tasks, at most so many at once. Of those that may begin, `longestFirst` says which is first.
 *
 * @param tasks each after earlier ones; what it waits for and is not among them counts as done
 * @param run false ends it: what runs goes on, nothing else begins
 */
export async function sideBySide(
  tasks: readonly Waiting[],
  atOnce: number,
  run: (name: string) => Promise<boolean>,
): Promise<void> {
  const begun = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const open = new Set(tasks.map(({ name }) => name));
  const inOrder = longestFirst(tasks);
  let going = true;
  const begin = async (name: string) => {
    if (!(await run(name))) going = false;
    open.delete(name);
    running.delete(name);
  };
  for (;;) {
    const next = inOrder.find(
      ({ name, after }) => !begun.has(name) && !after.some((other) => open.has(other)),
    );
    if (going && next && running.size < atOnce) {
      begun.add(next.name);
      running.set(next.name, begin(next.name));
    } else if (running.size > 0) await Promise.race(running.values());
    else return;
  }
}
