/**
 * node bench/readers.mjs: reading and resampling 1,000 daily series of 20 years to monthly log returns, as 1,000 files and as one
 * wide file. Nothing here is asserted: a busy machine would fail it.
 *
 * The peers are pandas and Polars of Python (bench/peers), where NEURAL_BETA_PYTHON, or python3, has them. All read the same files,
 * each in a process of its own, one after the other and again, so that a slow minute falls on all; times are without
 * the loading of libraries.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isoDate, returnsOfPrices, stream } from "neural-beta";

const RUNS = 5;
const SERIES = 1000;
const self = fileURLToPath(import.meta.url);
const peer = fileURLToPath(new URL("peers/readers.py", import.meta.url));
const python = process.env.NEURAL_BETA_PYTHON ?? "python3";

const [, , layout, folder] = process.argv;
if (layout) await once(layout, folder);
else compare();

/** One timed reading in this process: seconds, megabytes at peak, returns and their sum, as one JSON line. */
async function once(layout, folder) {
  await import("nodejs-polars");
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const inputs = Array.from({ length: SERIES }, (_, i) => ({
    name: name(i),
    ...(layout === "files"
      ? { file: join(folder, "files", `${name(i)}.csv`), column: "Close" }
      : { file: join(folder, "wide.csv"), column: name(i) }),
  }));
  const { returns } = await returnsOfPrices(inputs, "monthly");
  const { values } = returns;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    JSON.stringify({
      cpu: (user + system) / 1e6,
      seconds: (performance.now() - began) / 1000,
      megabytes: process.resourceUsage().maxRSS / 1024,
      n: values.length,
      sum: values.reduce((sum, value) => sum + value, 0),
    }),
  );
}

function compare() {
  const has = (module) =>
    spawnSync(python, ["-c", `import ${module}`], { stdio: "ignore" })
      .status === 0;
  const peers = {
    pandas: ["pandas"],
    "Polars of Python": ["polars"],
    "Polars of Python, all files in one lazy query": ["polars", "lazy"],
  };
  const readers = Object.entries(peers).filter(([who, [module]]) => {
    if (has(module)) return true;
    console.log(
      `${who} is left out: ${python} has no module ${module}; name another in NEURAL_BETA_PYTHON`,
    );
    return false;
  });
  const folder = mkdtempSync(join(tmpdir(), "neural-beta-bench-"));
  try {
    const days = writePrices(folder);
    console.log(
      `${SERIES} series of ${days} days, prices of 15 to 17 digits; medians of ${RUNS} interleaved runs (lowest to highest)`,
    );
    for (const [layout, what] of Object.entries({
      files: "1,000 files of Yahoo's layout, column Close",
      wide: "one wide file",
    })) {
      const ours = [];
      const theirs = new Map(readers.map(([who]) => [who, []]));
      for (let run = 0; run < RUNS; run++) {
        ours.push(child(process.execPath, [self, layout, folder]));
        for (const [who, args] of readers)
          if (layout === "files" || args.length === 1)
            theirs
              .get(who)
              .push(child(python, [peer, layout, folder, ...args]));
      }
      console.log(`\n${what}, seconds`);
      const line = (who, runs) =>
        `${who}: ${spread(runs.map((r) => r.seconds))}, ${spread(runs.map((r) => r.cpu))} of processor, peak memory ${Math.max(...runs.map((r) => r.megabytes)).toFixed(0)} MB`;
      console.log(line("neural-beta", ours));
      for (const [who, runs] of theirs) {
        if (runs.length === 0) continue;
        for (const { n, sum } of runs)
          if (n !== ours[0].n || Math.abs(sum - ours[0].sum) > 1e-6)
            throw new Error(
              `${who} has other returns: ${n} of sum ${sum}, not ${ours[0].n} of ${ours[0].sum}`,
            );
        const ratio = (key) =>
          spread(ours.map((r, i) => r[key] / runs[i][key]));
        console.log(line(who, runs));
        console.log(
          `  neural-beta takes ${ratio("seconds")} of its time, ${ratio("cpu")} of its processor time`,
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** 1,000 random walks on the weekdays of 2004 to 2023, as bars in files of their own and as one table of closes. */
function writePrices(folder) {
  const days = [];
  // 29 December 2023 is a Friday and the last weekday of its month: no period is partial.
  for (
    let day = Date.UTC(2004, 0, 1) / 86_400_000;
    isoDate(day) < "2023-12-30";
    day++
  )
    if ((day + 4) % 7 !== 6 && (day + 4) % 7 !== 0) days.push(isoDate(day));
  const wide = days.map((day) => [day]);
  mkdirSync(join(folder, "files"));
  for (let i = 0; i < SERIES; i++) {
    const draw = stream("bench readers", i);
    let price = 20 + 80 * draw.uniform();
    const rows = days.map((day, t) => {
      const open = price;
      price *= Math.exp(0.04 * (draw.uniform() - 0.5));
      wide[t].push(price);
      return [
        day,
        open,
        Math.max(open, price) * 1.01,
        Math.min(open, price) * 0.99,
        price,
        price * 0.97,
        Math.floor(1e8 * draw.uniform()),
      ];
    });
    writeFileSync(
      join(folder, "files", `${name(i)}.csv`),
      csv(
        ["Date", "Open", "High", "Low", "Close", "Adj Close", "Volume"],
        rows,
      ),
    );
  }
  writeFileSync(
    join(folder, "wide.csv"),
    csv(["Date", ...Array.from({ length: SERIES }, (_, i) => name(i))], wide),
  );
  return days.length;
}

function name(i) {
  return `S${String(i).padStart(4, "0")}`;
}

function csv(names, rows) {
  return `${[names, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

function child(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
  });
  if (status !== 0)
    throw new Error(`${command} ${args.join(" ")} failed: ${stderr}`);
  return JSON.parse(stdout);
}

function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return `${sorted[Math.floor(sorted.length / 2)].toPrecision(3)} (${sorted[0].toPrecision(3)} to ${sorted.at(-1).toPrecision(3)})`;
}
