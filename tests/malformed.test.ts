/** Input that is too large, no file, repeated or damaged is refused in words, at once, whoever reads it. */

import { execFileSync } from "node:child_process";
import { symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { addressFault, shownAddress } from "../lib/src/data/address.js";
import { download } from "../lib/src/data/download.js";
import { readFactorFile } from "../lib/src/data/readers/ken-french.js";
import { readPrices } from "../lib/src/data/readers/prices.js";
import { readSources } from "../lib/src/data/sources.js";
import { writeFiles } from "../lib/src/data/write-file.js";
import { FILE_LIMITS } from "../lib/src/limits.js";
import { markdownText } from "../lib/src/markdown.js";
import { readStudy } from "../lib/src/study-file.js";
import { DataError } from "../lib/src/types.js";
import {
  parseNotebook,
  parsePercent,
  readNotebook,
  readPercent,
} from "../tools/dist/kernel/notebook.js";
import { pair } from "../tools/dist/kernel/pairing.js";
import { failureText, options } from "../tools/dist/terminal.js";
import { RAW_LINES } from "./support/made-up.js";
import { scratchFolder, write } from "./support/scratch.js";
import { publisher, reply } from "./support/server.js";

const folder = scratchFolder();
let n = 0;
const file = (content: string | Uint8Array, name = "input") =>
  write(join(folder, `${n++}`, name), content);
const study = (content: unknown) =>
  readStudy(file(typeof content === "string" ? content : JSON.stringify(content), "study.json"));
const BLANKS = " ".repeat(200_000);
const rows = "2021-01-04,1\n2021-01-05,2\n";

describe("a study", () => {
  it.each<[string, unknown, RegExp]>([
    [
      "a width of a billion",
      { grid: { hidden: [1e9] } },
      /grid\.hidden\.0: .*<=4096, got 1000000000/,
    ],
    ["1e12 replicates", { grid: { replicates: 1e12 } }, /grid\.replicates: .*<=10000/],
    ["1e12 draws", { bootstrap: { draws: 1e12 } }, /bootstrap\.draws: .*<=1000000/],
    [
      "100,000 coins",
      { coins: Array.from({ length: 1e5 }, (_, i) => `C${i}`) },
      /coins: .*<=10000/,
    ],
    [
      "a search that no memory holds",
      { grid: { hidden: [4096], replicates: 10_000 } },
      /grid: the networks of one market set must fit into 4000 MB, but take .* MB; reduce/,
    ],
    [
      "a level beyond its draws",
      { bootstrap: { level: 0.9999 } },
      /bootstrap\.level: must be at most 0\.999/,
    ],
    [
      "a width that stands twice",
      { grid: { hidden: [4, 4] } },
      /grid\.hidden: expected every value once/,
    ],
    [
      "a key that stands twice",
      '{"lookback": 12, "look\\u0062ack": 24}',
      /the key lookback stands there twice/,
    ],
    [
      "a name with blanks around it",
      { coins: [" BTC"] },
      /coins\.0: .*without blanks around it, got " BTC"/,
    ],
    [
      "prices of no series",
      {
        coins: ["A"],
        markets: ["B"],
        marketSets: ["B"],
        prices: ["A", "B", "C"].map((name) => ({ name, file: "a.csv" })),
      },
      /prices: every name must be one of the coins and markets.* got C/,
    ],
  ])("with %s is refused by its key", async (_, content, message) => {
    const refused = await study(content).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DataError);
    expect((refused as Error).message).toMatch(message);
  });

  it("may say what its price files leave open, and how strict the audit is", async () => {
    const prices = ["A", "B"].map((name) => ({
      name,
      file: "a.csv",
      dates: "DMY",
      decimal: ",",
      timeZone: "UTC",
      encoding: "latin1",
    }));
    const audit = { annualScale: 5, falseAlarms: 0.001, asOf: "2025-01-31", equity: [] };
    const given = { coins: ["A"], markets: ["B"], prices, audit };
    expect(await study(given)).toMatchObject({
      audit,
      prices: prices.map(({ file: _, ...price }) => price),
    });
  });

  it("with a byte-order mark is read", async () => {
    expect((await study('\ufeff{"lookback": 24}')).lookback).toBe(24);
  });
});

describe("a file that is no regular one", () => {
  const fifo = join(folder, "fifo");
  execFileSync("mkfifo", [fifo]);
  const loop = join(folder, "loop");
  symlinkSync("loop", loop);
  it.each([
    ["a pipe", fifo, "must be a regular file"],
    ["a device", "/dev/zero", "must be a regular file"],
    ["a folder", folder, "cannot be read (EISDIR); name a file, not a folder"],
    ["a link to itself", loop, "cannot be read (ELOOP); its links lead in a circle"],
  ])("such as %s is refused by every reader, and never waited for", async (_, path, message) => {
    for (const read of [
      () => readStudy(path),
      () => readPrices(path),
      async () => readSources(path),
    ])
      await expect(read()).rejects.toThrow(`${path}: ${message}`);
  });

  it.runIf(process.platform === "linux")("is not looked for where no folder can be made", () => {
    expect(() => writeFiles({ "/proc/none/a": "x" })).toThrow(
      /^\/proc\/none\/a: cannot be written \(E/,
    );
  });

  it("is not replaced", () => {
    expect(() => writeFiles({ [fifo]: "x" })).toThrow("is a pipe, a socket or a device");
    expect(() => writeFiles({ [join(loop, "a")]: "x" })).toThrow(
      /loop\/a: cannot be written \(ELOOP\)/,
    );
  });
});

describe("a table", () => {
  it.each([
    ["blanks in a line", `Date,X${BLANKS}y\n${rows}`],
    ["blanks in 39 lines", `${`a${BLANKS}b\n`.repeat(39)}`],
    ["carriage returns", `${"\r".repeat(400_000)}x\ny`],
    ["quotation marks", `"${BLANKS}",${'" '.repeat(100_000)}\n1,2\n`],
    ["separators", ",".repeat(900_000)],
  ])("with 200,000 %s takes no more time than its length", async (_, text) => {
    const began = process.cpuUsage();
    await readPrices(file(text)).catch((error) => expect(error).toBeInstanceOf(DataError));
    expect(process.cpuUsage(began).user).toBeLessThan(5e6);
  });

  it("with 200,000 columns, or a line of 30 million characters, is refused", async () => {
    const names = Array.from({ length: 200_000 }, (_, i) => `c${i}`);
    await expect(readPrices(file(`Date,${names}\n${rows}`))).rejects.toThrow(/must have at most/);
    await expect(readPrices(file(`Date,X\n2021-01-04,${"1".repeat(3e7)}\n`))).rejects.toThrow(
      ":2: must have at most 1000000 characters",
    );
  });

  it.each(["0b1", "0o7", "0x10", "1_000", "1e400", "--1", "5d"])(
    "does not take %s for a number",
    async (cell) => {
      await expect(readPrices(file(`Date,X\n${rows}2021-01-06,${cell}\n`))).rejects.toThrow(
        `:4: X must be a number, got "${cell}"`,
      );
    },
  );

  it("refuses a row that lacks cells, instead of taking them for missing", async () => {
    await expect(
      readPrices(file("Date,X,Y\n2021-01-04,1,2\n2021-01-05,2\n2021-01-06,3,4\n"), { column: "Y" }),
    ).rejects.toThrow(":3: has 2 cells for 3 columns");
  });

  it("of factors refuses a row whose month is no number, instead of ending there", async () => {
    const lines = RAW_LINES["months.csv"]!.map((line) => line.replace(/^202103/, "Mar-21"));
    await expect(readFactorFile(file(lines.join("\n")))).rejects.toThrow(
      'date must be digits, got "Mar-21"',
    );
  });
});

it("a label of 200,000 blanks is escaped in no more time than its length", () => {
  const began = process.cpuUsage();
  expect(markdownText(`a${BLANKS}b \r\n c`)).toBe(`a${BLANKS}b c`);
  expect(process.cpuUsage(began).user).toBeLessThan(1e6);
});

describe("an archive", () => {
  it("that unpacks to more than a file may have is refused before it is unpacked", async () => {
    const zip = Buffer.from(zipSync({ "a.csv": Buffer.from(`Date,X\n${rows}`) }));
    // The size that directory and member state.
    for (const [mark, at] of [
      ["PK\x01\x02", 24],
      ["PK\x03\x04", 22],
    ] as const)
      zip.writeUInt32LE(1.5e9, zip.indexOf(mark) + at);
    await expect(readPrices(file(zip))).rejects.toThrow(
      "must have at most 256 MB, got 1500 MB; keep what is needed",
    );
  });
});

describe("an address", () => {
  it.each([
    ["ftp://host/a", /must begin with https/],
    ["http://host/a", /must begin with https/],
    ["nonsense", /must be an address/],
    ["https://user:secret@host/a", /must hold no user name/],
  ])("such as %s is refused without a request, and without its password", async (url, message) => {
    expect(addressFault(url)).toMatch(message);
    const refused = await download([{ url, file: "a", check: async () => {} }], { folder }).catch(
      (error: Error) => error.message,
    );
    expect(refused).toMatch(message);
    expect(refused).not.toMatch("secret");
    expect(shownAddress("https://user:secret@host/a")).toBe("https://…@host/a");
  });

  it("of this machine may do without encryption", () => {
    expect(addressFault("http://127.0.0.1:8000/a")).toBeUndefined();
  });
});

describe("a publisher", () => {
  it("that redirects to another scheme, or in a circle, is asked no second time", async () => {
    const server = await publisher();
    const get = (path: string) =>
      download([{ url: `${server.origin}${path}`, file: path, check: async () => {} }], { folder });
    server.serves("/ftp", reply(302, "", { location: "ftp://u:secret@host/a" }));
    server.serves("/circle", reply(302, "", { location: "/circle" }));
    server.serves("/there", reply(301, "", { location: "/file" }));
    server.serves("/file", reply(200, "x"));
    await expect(get("/ftp")).rejects.toThrow(
      /is redirected to ftp:\/\/…@host\/a: an address must/,
    );
    expect(server.asked("/ftp")).toHaveLength(1);
    await expect(get("/circle")).rejects.toThrow("is one redirect too many");
    expect(await get("/there")).toMatchObject([{ retrieved: "2021-06-12" }]);
  });

  it("that sends more than a file may have, or says so, is not read to the end", async () => {
    const server = await publisher();
    server.serves("/huge", (_, response) =>
      response.writeHead(200, { "content-length": `${FILE_LIMITS.data + 1}` }).write("x"),
    );
    await expect(
      download([{ url: `${server.origin}/huge`, file: "a", check: async () => {} }], { folder }),
    ).rejects.toThrow("is larger than 256 MB");
  });

  it("without a clock is no error", async () => {
    const server = await publisher();
    server.serves("/dateless", (_, response) => {
      response.sendDate = false;
      response.end("x");
    });
    const [got] = await download(
      [{ url: `${server.origin}/dateless`, file: "dateless", check: async () => {} }],
      { folder },
    );
    expect(got!.retrieved).toBeUndefined();
  });
});

describe("a notebook", () => {
  const cell = { cell_type: "code", source: "1", metadata: {}, outputs: [] };
  const notebook = (...cells: unknown[]) => ({ nbformat: 4, metadata: {}, cells });
  it.each<[string, unknown, string]>([
    ["null", null, "must be an object"],
    ["of another format", { ...notebook(), nbformat: 3 }, "nbformat must be 4"],
    ["without cells", { nbformat: 4 }, "cells must be a list"],
    ["with null for a cell", notebook(cell, null), "cells.1 must be an object"],
    [
      "with a cell without source",
      notebook({ ...cell, source: null }),
      "cells.0.source must be text",
    ],
    [
      "with a cell without outputs",
      notebook({ ...cell, outputs: null }),
      "cells.0.outputs must be a list",
    ],
    [
      "with an output without data",
      notebook({ ...cell, outputs: [{ output_type: "display_data" }] }),
      "cells.0.outputs.0.data must be an object",
    ],
  ])(
    "that is %s is refused by the place of the fault, with a command that helps",
    (_, json, fault) => {
      expect(() => parseNotebook(JSON.stringify(json), "a.ipynb")).toThrow(
        `a.ipynb: is no notebook: ${fault}; make it anew from its text with "npm run pair -- --from text"`,
      );
    },
  );

  it("that is no regular file, or has 400 MB, is refused at once, and so is its text", () => {
    const fifo = join(folder, "a.ipynb");
    execFileSync("mkfifo", [fifo]);
    const large = file("", "b.ipynb");
    truncateSync(large, 4e8);
    for (const read of [readNotebook, readPercent]) {
      expect(() => read(fifo)).toThrow(`${fifo}: must be a regular file`);
      expect(() => read(folder)).toThrow(`${folder}: cannot be read (EISDIR)`);
      expect(() => read(large)).toThrow(`${large}: must have at most 256 MB, got 400 MB`);
    }
    expect(() => pair(fifo.replace(".ipynb", ""))).toThrow("must be a regular file");
  });

  it.each([
    ["objects", '{"a":', "}"],
    ["lists", "[", "]"],
  ])("with 100,000 %s in one another is refused, whatever the stack holds", (_, open, close) => {
    const deep = `${open.repeat(1e5)}1${close.repeat(1e5)}`.replace(":1", ":[]");
    expect(() => parseNotebook(`{"nbformat":4,"cells":[],"metadata":{"x":${deep}}}`, "a")).toThrow(
      "a: is no notebook: must have at most 100 objects and lists in one another",
    );
  });

  it.each(["[", '["a]', "[1]"])("whose text has the tags %s is refused by its line", (tags) => {
    expect(() => parsePercent(`// %% tags=${tags}\n1`, "a.nb.ts")).toThrow(
      "a.nb.ts:1: a cell begins",
    );
  });
});

describe("a command", () => {
  it("refuses an option that is empty or given twice", () => {
    const argv = process.argv;
    try {
      for (const [args, message] of [
        [["--out", ""], "--out: must not be empty"],
        [["--out", "a", "--out", "b"], "--out: must be given once"],
      ] as const) {
        process.argv = [...argv.slice(0, 2), ...args];
        expect(() => options("x", { out: { type: "string" } })).toThrow(message);
      }
    } finally {
      process.argv = argv;
    }
  });

  it("tells a refusal in its words, and a mistake of its own as a line to report", () => {
    expect(failureText(new RangeError("lookback: must be 1, got 0"))).toBe(
      "lookback: must be 1, got 0",
    );
    for (const mistake of [new TypeError("x is null"), new RangeError("Invalid time value")]) {
      const text = failureText(mistake);
      expect(text).toMatch(/^a mistake of neural-beta, .*; please report this line/);
      expect(text).not.toMatch("\n");
    }
  });
});
