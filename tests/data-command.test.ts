/** npm run data -- --from DIR: the panel from files on disk, or an error that names file, line and remedy. */

import { execFile } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { shippedFile } from "../lib/src/study.js";
import { needsRaw, RAW, ROOT, scratchFolder, write } from "./scratch.js";

const COMMAND = join(ROOT, "tools/dist/data.js");
const folder = scratchFolder();

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
  });

/** The published files in a folder of their own: links, but for one file that is a copy to be damaged. */
function rawCopy(name: string, damaged: string): string {
  const from = join(folder, `${name}-raw`);
  for (const group of readdirSync(RAW)) {
    mkdirSync(join(from, group), { recursive: true });
    for (const file of readdirSync(join(RAW, group)))
      if (join(group, file) !== damaged)
        symlinkSync(join(RAW, group, file), join(from, group, file));
  }
  copyFileSync(join(RAW, damaged), join(from, damaged));
  return from;
}

/** An old panel of one line per file. */
function oldPanel(name: string): string {
  const out = join(folder, `${name}-out`);
  for (const file of OUTPUTS) write(join(out, file), `old ${file}\n`);
  return out;
}

const OUTPUTS = [
  "README.md",
  "factors-monthly.csv",
  "factors-weekly.csv",
  "monthly.csv",
  "replication.csv",
  "weekly.csv",
];

const BTC = "yahoo-yfinance-history-2024-12/BTC-USD.csv";
const FIAT = "fred/DTWEXBGS.csv";
const SPY = "yahoo-yfinance-download-2025-06/SPY.csv";
const VDE = "thinkorswim-2025-12/VDE.csv";
const MONTHS = "ken-french-2025-12/F-F_Research_Data_5_Factors_2x3.csv";

interface Damage {
  readonly file: string;
  /** The lines of the file after the damage; undefined takes the file away. */
  readonly change: (lines: string[]) => readonly string[] | undefined;
  /** What standard error says after the folder's path. */
  readonly message: string;
}

/** Puts a value into one cell, lines and cells counted from 1. */
const cell =
  (line: number, at: number, value: string) =>
  (lines: string[]): string[] => {
    const cells = lines[line - 1]!.split(",");
    cells[at - 1] = value;
    return [...lines.slice(0, line - 1), cells.join(","), ...lines.slice(line)];
  };

const DAMAGES: Readonly<Record<string, Damage>> = {
  "is missing": {
    file: SPY,
    change: () => undefined,
    message: `${SPY}: cannot be read (ENOENT); check the path, or download the file again`,
  },
  "is empty": {
    file: MONTHS,
    change: () => [],
    message: `${MONTHS}: is empty; download the file again`,
  },
  "is a web page": {
    file: FIAT,
    change: () => ["<html><body>Service Unavailable</body></html>"],
    message: `${FIAT}:1: is a web page, not a table (begins with "<html><body>Ser"); the publisher answered with an error page, download the file again`,
  },
  "has another column name": {
    file: BTC,
    change: ([names, ...rows]) => [names!.replace("Close", "Last"), ...rows],
    message: `${BTC}: has no column Close, it has Open, High, Low, Last, Volume, Dividends, Stock Splits; name one of these`,
  },
  "has a date twice": {
    file: VDE,
    change: (lines) => [
      ...lines.slice(0, 100),
      lines[50]!,
      ...lines.slice(100),
    ],
    message: `${VDE}:101: date 2004-12-07 stands already in line 51; delete one of the two rows`,
  },
  "has a cell that is no number": {
    file: SPY,
    change: cell(1000, 2, "n/k"),
    message: `${SPY}:1000: Close must be a number, got "n/k"; correct or delete the row`,
  },
  "has a price that is not positive": {
    file: BTC,
    change: cell(321, 5, "-0.5"),
    message: `${BTC}:321: Close must be above 0 for a log return, got -0.5 on 2015-08-02; delete the row or choose another series`,
  },
  "lacks a factor": {
    file: MONTHS,
    change: cell(10, 3, ""),
    message: `${MONTHS}:10: SMB must be a number, got ""; correct or delete the row`,
  },
};

describe.concurrent("npm run data -- --from DIR", () => {
  it("says how it is called when the folder is not given", async ({
    expect,
  }) => {
    expect(await run()).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "--from is missing: name the folder with the published files\nusage: npm run data -- --from DIR [--out DIR]\n",
    });
  });

  it("names a folder that is not there", async ({ expect }) => {
    const from = join(folder, "absent");
    expect(await run("--from", from)).toEqual({
      code: 1,
      stdout: "",
      stderr: `${from}: there is no such folder; correct --from\n`,
    });
  });

  it("makes the committed panel and its README, byte for byte", async (ctx) => {
    needsRaw(ctx);
    const { expect } = ctx;
    const out = join(folder, "whole-out");
    expect(await run("--from", RAW, "--out", out)).toMatchObject({
      code: 0,
      stderr: "",
    });
    expect(readdirSync(out)).toEqual(OUTPUTS);
    for (const file of OUTPUTS)
      expect(readFileSync(join(out, file), "utf8"), file).toBe(
        readFileSync(shippedFile(file), "utf8"),
      );
  });

  it.for(Object.entries(DAMAGES))(
    "leaves the old panel when a file %s, and names the file, the place and the remedy",
    async ([name, { file, change, message }], ctx) => {
      needsRaw(ctx);
      const { expect } = ctx;
      const from = rawCopy(name, file);
      const lines = readFileSync(join(from, file), "utf8").split("\n");
      const changed = change(lines);
      rmSync(join(from, file));
      if (changed) write(join(from, file), changed.join("\n"));
      const out = oldPanel(name);

      expect(await run("--from", from, "--out", out)).toEqual({
        code: 1,
        stdout: "",
        stderr: `${join(from, message)}\n`,
      });
      expect(readdirSync(out)).toEqual(OUTPUTS);
      for (const old of OUTPUTS)
        expect(readFileSync(join(out, old), "utf8")).toBe(`old ${old}\n`);
    },
  );
});
