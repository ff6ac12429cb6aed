/** A command with all its processes: wall time, CPU time, and the peak of memory of each; the last two on Linux, from /proc. */

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const EVERY_MS = 250;
/** Kernel's clock ticks a second, as in all of its usual builds. */
const TICKS = 100;

/**
 * Runs a command to its end.
 *
 * @param onLine hears what it prints, line by line
 * @returns code, seconds, cpu (seconds of all processes) and processes: what each was called, its cpu and its peak in MB
 */
export async function watched(command, args, { onLine, ...options }) {
  const began = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], ...options });
  const seen = new Map();
  const timer = setInterval(() => look(child.pid, seen), EVERY_MS);
  child.stdout.setEncoding("utf8").on("data", (text) => {
    for (const line of text.split("\n").filter(Boolean)) onLine(line);
  });
  const code = await new Promise((done) => child.once("close", done));
  clearInterval(timer);
  const processes = [...seen.values()].sort((a, b) => b.peak - a.peak);
  const cpu = processes.reduce((sum, own) => sum + own.cpu, 0);
  return { code, seconds: (performance.now() - began) / 1000, cpu, processes };
}

/** Notes CPU and peak of a process and of its descendants, as they are now. */
function look(root, seen) {
  const all = running();
  const family = new Set([root]);
  // Ids of children need not be higher than those of their parents.
  for (let grown = 0; grown !== family.size; ) {
    grown = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  for (const { pid, cpu } of all.filter((own) => family.has(own.pid))) {
    const peak = peakOf(pid);
    if (peak !== undefined) seen.set(pid, { name: nameOf(pid), cpu, peak });
  }
}

/** Every process with its parent and its CPU seconds; none where there is no /proc. */
function running() {
  const numbers = readable("/proc")
    ? readdirSync("/proc").filter((name) => /^\d+$/.test(name))
    : [];
  return numbers.flatMap((pid) => {
    // The name in brackets may hold blanks; what follows has the state first, then the parent.
    const fields = textOf(`/proc/${pid}/stat`)
      ?.replace(/^.*\) /s, "")
      .split(" ");
    if (!fields) return [];
    const cpu = (Number(fields[11]) + Number(fields[12])) / TICKS;
    return [{ pid: Number(pid), parent: Number(fields[1]), cpu }];
  });
}

/** MB of memory at its highest. */
function peakOf(pid) {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(textOf(`/proc/${pid}/status`) ?? "")?.[1];
  return kilobytes && Number(kilobytes) / 1024;
}

/** The program's file or, of a kernel, its notebook. */
function nameOf(pid) {
  const words = (textOf(`/proc/${pid}/cmdline`) ?? "").split("\0");
  const notebook = words.find((word) => /^\d\d-[a-z-]+$/.test(word));
  const script = words.slice(1).find((word) => /\.[cm]?js$/.test(word)) ?? words[0];
  // Browsers write all their options as one word.
  const [program] = script.split(" --");
  return notebook ?? program.split("/").at(-1);
}

function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // The process has ended meanwhile.
    return undefined;
  }
}

function readable(folder) {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}
