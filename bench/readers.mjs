/**
 * Reading and resampling 1,000 daily series of 20 years to monthly log returns, from 1,000 files and from one wide file. The peers
 * are pandas and Polars of Python, on the same files. That all find the same returns is checked on the way.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isoDate, returnsOfPrices, stream } from "neural-beta";
import { openPeer, RUNS, spread, timed } from "./measure.mjs";

const SERIES = 1000;
const NAMES = Array.from({ length: SERIES }, (_, i) => `S${String(i).padStart(4, "0")}`);
const LAYOUTS = {
  files: "1,000 files, column Close of seven",
  wide: "one wide file",
};

if (process.argv[2] === "write") writePrices(process.argv[3]);
else {
  const folder = mkdtempSync(join(tmpdir(), "neural-beta-bench-"));
  try {
    // In a process of its own: the memory of this one is measured.
    const self = fileURLToPath(import.meta.url);
    spawnSync(process.execPath, [self, "write", folder], { stdio: "inherit" });
    await compare(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(folder) {
  const pandas = openPeer("readers.py", "pandas");
  const polars = openPeer("readers.py", "polars");
  const peers = [
    ["pandas", pandas, { module: "pandas" }],
    ["Polars of Python", polars, { module: "polars" }],
    ["the same, one lazy query", polars, { module: "polars", lazy: true }],
  ].filter(([, peer]) => peer);
  for (const [layout, what] of Object.entries(LAYOUTS)) {
    const ours = [];
    const theirs = peers.map(() => []);
    // The first run warms all up and is not counted.
    for (let run = 0; run <= RUNS; run++) {
      let returns;
      ours.push(
        await timed(async () => {
          const read = await returnsOfPrices(inputs(folder, layout), "monthly", { audit: false });
          returns = read.returns.values;
        }),
      );
      for (const [i, [who, peer, how]] of peers.entries()) {
        if (how.lazy && layout === "wide") continue;
        const reply = await peer.ask({ folder, layout, ...how });
        theirs[i].push(reply.ms);
        const sum = returns.reduce((total, value) => total + value, 0);
        if (reply.n !== returns.length || Math.abs(reply.sum - sum) > 1e-6)
          throw new Error(
            `${who} has ${reply.n} returns of sum ${reply.sum}, not ${returns.length} of ${sum}`,
          );
      }
    }
    console.log(`${what}, ms: ${spread(ours.slice(1))}`);
    peers.forEach(([who], i) => {
      const [mine, other] = [ours.slice(1), theirs[i].slice(1)];
      if (other.length > 0)
        console.log(
          `  ${who} ${spread(other)}; ratio ${spread(mine.map((ms, run) => ms / other[run]))}`,
        );
    });
  }
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(`peak memory of this process: ${peak.toFixed(0)} MB`);
  pandas?.close();
  polars?.close();
}

function inputs(folder, layout) {
  return NAMES.map((name) => ({
    name,
    ...(layout === "files"
      ? { file: join(folder, `${name}.csv`), column: "Close" }
      : { file: join(folder, "wide", "prices.csv"), column: name }),
  }));
}

/** Random walks on the weekdays of 2004 to 2023, as bars in files of their own and as one table of closes; 15 to 17 digits each. */
function writePrices(folder) {
  const days = [];
  // 29 December 2023 is a Friday and the last weekday of its month: no period is partial.
  for (let day = 12_418; isoDate(day) < "2023-12-30"; day++)
    if ((day + 4) % 7 !== 6 && (day + 4) % 7 !== 0) days.push(isoDate(day));
  const closes = new Float64Array(days.length * SERIES);
  NAMES.forEach((name, s) => {
    const { uniform } = stream("readers", s);
    let price = 20 + 80 * uniform();
    const rows = days.map((day, t) => {
      const open = price;
      price *= Math.exp(0.04 * (uniform() - 0.5));
      closes[t * SERIES + s] = price;
      const [high, low] = [Math.max(open, price), Math.min(open, price)];
      const volume = Math.floor(1e8 * uniform());
      return `${day},${open},${high * 1.01},${low * 0.99},${price},${price * 0.97},${volume}\n`;
    });
    rows.unshift("Date,Open,High,Low,Close,Adj Close,Volume\n");
    writeFileSync(join(folder, `${name}.csv`), rows.join(""));
  });
  const table = days.map(
    (day, t) => `${day},${closes.subarray(t * SERIES, (t + 1) * SERIES).join(",")}\n`,
  );
  table.unshift(`Date,${NAMES.join(",")}\n`);
  mkdirSync(join(folder, "wide"));
  writeFileSync(join(folder, "wide", "prices.csv"), table.join(""));
}
