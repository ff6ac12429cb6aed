/** Tasks side by side: what may begin when, how many at once, and what a failure ends. */

import { describe, expect, it } from "vitest";
import { notebookNames, notebooksBefore, sharesEarly } from "../tools/dist/kernel/execute.js";
import { longestChain, scheduledSeconds, sideBySide } from "../tools/dist/kernel/side-by-side.js";

/** Runs tasks by hand: what has begun, and a way to end each. */
function byHand(
  waiting: Readonly<Record<string, readonly string[]>>,
  atOnce: number,
  seconds: Readonly<Record<string, number>> = {},
) {
  const begun: string[] = [];
  const ends = new Map<string, (good: boolean) => void>();
  const shares = new Map<string, () => void>();
  const tasks = Object.entries(waiting).map(([name, after]) => ({
    ...{ name, after },
    seconds: seconds[name] ?? 1,
  }));
  const all = sideBySide(tasks, atOnce, (name, share) => {
    begun.push(name);
    shares.set(name, share);
    return new Promise((resolve) => ends.set(name, resolve));
  });
  const end = async (name: string, good = true) => {
    ends.get(name)!(good);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const share = async (name: string) => {
    shares.get(name)!();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, end, share, all };
}

describe("the seconds of a schedule", () => {
  const tasks = [
    { name: "a", after: [], seconds: 10 },
    { name: "b", after: ["a"], seconds: 100 },
    { name: "c", after: [], seconds: 30 },
    { name: "d", after: ["b"], seconds: 5 },
    { name: "e", after: ["elsewhere"], seconds: 20 },
  ];
  it("are those of the longest chain where others fit beside it, and of all where one runs at a time", () => {
    expect(scheduledSeconds(tasks, 2)).toBe(115);
    expect(scheduledSeconds(tasks, 1)).toBe(165);
    expect(scheduledSeconds([], 2)).toBe(0);
  });

  it("count a task that shares what others wait for before its end", () => {
    const early = [{ name: "a", after: [], seconds: 100, shares: 10 }, ...tasks.slice(1)];
    expect(scheduledSeconds(early, 2)).toBe(135);
    expect(scheduledSeconds(early, 3)).toBe(125);
  });

  it("wait for a place: three that take ten seconds need twenty, two at a time", () => {
    const same = ["x", "y", "z"].map((name) => ({ name, after: [], seconds: 10 }));
    expect(scheduledSeconds(same, 2)).toBe(20);
    expect(scheduledSeconds(same, 3)).toBe(10);
  });
});

describe("the longest chain", () => {
  it("follows what waits longest, and ends where a task's own seconds outlast all that wait for it", () => {
    const tasks = [
      { name: "a", after: [], seconds: 10 },
      { name: "b", after: ["a"], seconds: 100, shares: 40 },
      { name: "c", after: ["b"], seconds: 50 },
      { name: "d", after: [], seconds: 90 },
    ];
    expect(longestChain(tasks)).toEqual(["a", "b"]);
    const slower = tasks.map((task) => (task.name === "c" ? { ...task, seconds: 70 } : task));
    expect(longestChain(slower)).toEqual(["a", "b", "c"]);
    expect(longestChain([])).toEqual([]);
  });
});

describe("sideBySide", () => {
  it("begins as many as it may, and the next when one is done", async () => {
    const { begun, end, all } = byHand({ a: [], b: [], c: [] }, 2);
    expect(begun).toEqual(["a", "b"]);
    await end("b");
    expect(begun).toEqual(["a", "b", "c"]);
    await end("a");
    await end("c");
    await all;
  });

  it("begins none before all that it waits for are done", async () => {
    const { begun, end, all } = byHand({ a: [], b: [], c: ["a", "b"] }, 3);
    expect(begun).toEqual(["a", "b"]);
    await end("a");
    expect(begun).toEqual(["a", "b"]);
    await end("b");
    expect(begun).toEqual(["a", "b", "c"]);
    await end("c");
    await all;
  });

  it("begins those that wait as soon as what they wait for is shared", async () => {
    const { begun, end, share, all } = byHand({ a: [], b: ["a"], c: ["a"] }, 2);
    await share("a");
    expect(begun).toEqual(["a", "b"]);
    await end("a");
    expect(begun).toEqual(["a", "b", "c"]);
    await end("b");
    await end("c");
    await all;
  });

  it("begins first what the longest chain of others waits for", async () => {
    const { begun, end, all } = byHand({ a: [], b: [], c: ["b"], d: ["c"] }, 1, { a: 4, d: 3 });
    for (const name of ["b", "a", "c", "d"]) await end(name);
    await all;
    expect(begun).toEqual(["b", "a", "c", "d"]);
  });

  it("begins what takes long before what is done soon", async () => {
    const { begun, end, all } = byHand({ a: [], b: [], c: [] }, 2, { a: 1, b: 5, c: 9 });
    for (const name of ["c", "b", "a"]) await end(name);
    await all;
    expect(begun).toEqual(["c", "b", "a"]);
  });

  it("takes all for equally long where nothing is known", async () => {
    const { begun, end, all } = byHand({ a: [], b: [], c: ["b"], d: ["b"] }, 1);
    expect(begun).toEqual(["b"]);
    for (const name of ["b", "a", "c", "d"]) await end(name);
    await all;
    expect(begun).toEqual(["b", "a", "c", "d"]);
  });

  it("waits for nothing that is not to be run", async () => {
    const { begun, end, all } = byHand({ c: ["a"] }, 1);
    expect(begun).toEqual(["c"]);
    await end("c");
    await all;
  });

  it("begins nothing after a failure, and ends with what runs", async () => {
    const { begun, end, all } = byHand({ a: [], b: [], c: [] }, 2);
    await end("a", false);
    let ended = false;
    void all.then(() => {
      ended = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect([begun, ended]).toEqual([["a", "b"], false]);
    await end("b");
    await all;
    expect(begun).toEqual(["a", "b"]);
  });
});

it("a notebook waits for earlier ones only", () => {
  for (const name of notebookNames())
    for (const before of notebooksBefore(name)) expect(before < name, name).toBe(true);
  expect(notebookNames().filter(sharesEarly)).toEqual(["06-classical-betas"]);
  expect(notebooksBefore("10-findings")).toEqual(["06-classical-betas", "07-fama-french"]);
});
