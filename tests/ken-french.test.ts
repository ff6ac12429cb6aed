/** Kenneth French's factor files, as he publishes them and as users keep them. */

import { join } from "node:path";
import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readFactors } from "../lib/src/data/panel-file.js";
import {
  type FactorFile,
  isFactorFile,
  readFactorFile,
} from "../lib/src/data/readers/ken-french.js";
import { DataError } from "../lib/src/types.js";
import { RUNS } from "./support/helpers.js";
import { needsRaw, RAW, scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const file = (content: string | Uint8Array) => write(join(folder, `${written++}`), content);

/** Made-up percent; RMW of the third month is missing. */
const MONTHLY = `,Mkt-RF,SMB,RMW,RF
202101,   -0.39,    0.34,  -99.99,    0.27
202102,    5.08,   -0.80,    1.70,    0.25
202103,  -11.57,    0.03, -999,       0.00`;
const PREAMBLE = `This file was created by SOME_PROGRAM using the 202408 CRSP database.
Bill rates until 202405, and later, are from A, B and C.

`;
const ANNUAL = `

 Annual Factors: January-December 
,Mkt-RF,SMB,RMW,RF
  2020,   12.59,   -4.10,   11.10,    1.43
  2021,   20.00,    1.00,    2.00,    0.05
`;
const FOOTER = `
Copyright 2024 Some Body and Some Else
`;

/** Factors by name, so that the order of columns does not matter. */
const byName = (factors: FactorFile) =>
  factors.dates.map((date, t) => ({
    date,
    RF: factors.riskFree[t],
    ...Object.fromEntries(
      factors.names.map((name, f) => [name, factors.simpleReturns[t * factors.names.length + f]]),
    ),
  }));
const MONTHS = [
  { date: "2021-01-31", "Mkt-RF": -0.0039, SMB: 0.0034, RMW: NaN, RF: 0.0027 },
  { date: "2021-02-28", "Mkt-RF": 0.0508, SMB: -0.008, RMW: 0.017, RF: 0.0025 },
  { date: "2021-03-31", "Mkt-RF": -0.1157, SMB: 0.0003, RMW: NaN, RF: 0 },
];

describe("readFactorFile", () => {
  it("reads months as decimals, dated by their last day, and missing codes as NaN", async () => {
    const factors = await readFactorFile(file(MONTHLY));
    expect(factors.frequency).toBe("monthly");
    expect(factors.names).toEqual(["Mkt-RF", "SMB", "RMW"]);
    expect(byName(factors)).toEqual(MONTHS);
  });

  it("reads days", async () => {
    const factors = await readFactorFile(
      file(`${PREAMBLE},Mkt-RF,SMB,RF
20210226,   -0.67,    0.02,   0.012
20210301,    0.79,   -0.28,   0.012
${FOOTER}`),
    );
    expect(factors.frequency).toBe("daily");
    expect(byName(factors)).toEqual([
      { date: "2021-02-26", "Mkt-RF": -0.0067, SMB: 0.0002, RF: 0.00012 },
      { date: "2021-03-01", "Mkt-RF": 0.0079, SMB: -0.0028, RF: 0.00012 },
    ]);
  });

  it.each([
    ["of a program", "created by SOME_PROGRAM using the 202408", "2024-08"],
    ["without a program", "created using the 202504", "2025-04"],
  ])("takes the vintage from a preamble %s", async (_, words, vintage) => {
    const text = `This file was ${words} CRSP database.\nMore, free text.\n\n${MONTHLY}`;
    const factors = await readFactorFile(file(text));
    expect(factors.vintage).toBe(vintage);
    expect(byName(factors)).toEqual(MONTHS);
  });

  it("has no vintage where the preamble was cut off", async () => {
    expect(await readFactorFile(file(MONTHLY))).not.toHaveProperty("vintage");
  });

  it("gives the same months with any preamble, annual block, footer, line end, mark, filler and order of columns", async () => {
    const cells = MONTHLY.split("\n").map((line) => line.split(","));
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          mark: fc.constantFrom("", "\uFEFF"),
          preamble: fc.constantFrom("", PREAMBLE),
          below: fc.constantFrom("", "\n", ANNUAL, ANNUAL + FOOTER, `\n${FOOTER}`),
          filler: fc.constantFrom("", ",,,,"),
          lineEnd: fc.constantFrom("\n", "\r\n"),
          columns: fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 }),
        }),
        async (way) => {
          const table = cells
            .map((row) => [0, ...way.columns].map((i) => row[i]).join(","))
            .join("\n");
          // A spreadsheet writes its blank lines and free text with commas.
          const below = way.below.replace(/^\n\n/, `\n${way.filler}\n`);
          const text = way.mark + way.preamble + table + below;
          const path = file(text.replaceAll("\n", way.lineEnd));
          expect(byName(await readFactorFile(path))).toEqual(MONTHS);
        },
      ),
      { ...RUNS, numRuns: 60 },
    );
  });

  it("gives the months in order, whatever the order of the rows", async () => {
    const [names, ...rows] = MONTHLY.split("\n");
    const path = file([names, ...rows.reverse()].join("\n"));
    expect(byName(await readFactorFile(path))).toEqual(MONTHS);
  });

  it("reads the years below the months where asked for, dated by their last day", async () => {
    const path = file(PREAMBLE + MONTHLY + ANNUAL + FOOTER);
    const years = await readFactorFile(path, { annual: true });
    expect(years.frequency).toBe("annual");
    expect(years.vintage).toBe("2024-08");
    expect(byName(years)).toEqual([
      {
        date: "2020-12-31",
        "Mkt-RF": 0.1259,
        SMB: -0.041,
        RMW: 0.111,
        RF: 0.0143,
      },
      { date: "2021-12-31", "Mkt-RF": 0.2, SMB: 0.01, RMW: 0.02, RF: 0.0005 },
    ]);
  });

  it("reads the years of a copy that a spreadsheet saved with filler commas", async () => {
    const filled = (PREAMBLE + MONTHLY + ANNUAL)
      .split("\n")
      .map((line) => (line.includes(",") && !/[A-C] and/.test(line) ? line : `${line},,,,`));
    const path = file(filled.join("\r\n"));
    expect((await readFactorFile(path, { annual: true })).dates).toHaveLength(2);
    expect(byName(await readFactorFile(path))).toEqual(MONTHS);
  });

  it("reads weeks, dated as in the file", async () => {
    const weeks = await readFactorFile(
      file(",Mkt-RF,SMB,HML,RF\n20210108,1,2,3,0.1\n20210115,-1,2,3,0.1\n20210122,4,2,3,0.1\n"),
    );
    expect(weeks.frequency).toBe("weekly");
    expect(weeks.dates).toEqual(["2021-01-08", "2021-01-15", "2021-01-22"]);
  });

  it.each(["F-F.CSV", "f-f.csv", "folder/any name.txt"])(
    "reads a zip whose member is called %s",
    async (member) => {
      const zip = zipSync({
        [member]: Buffer.from(PREAMBLE + MONTHLY + ANNUAL),
      });
      expect(byName(await readFactorFile(file(zip)))).toEqual(MONTHS);
    },
  );

  it.each([
    [["20210101", "20210106", "20210111"], "daily"],
    [["20210101", "20210107", "20210113"], "weekly"],
    [["20210101", "20210108"], "weekly"],
    [["20210101", "20210108", "20210111"], "daily"],
    [["20210101", "20210108", "20210115", "20210118"], "weekly"],
    [["20210101"], "daily"],
  ])("tells days from weeks by steps of more than five days: %j", async (keys, frequency) => {
    const rows = keys.map((key) => `${key},1.00,2.00,3.00,0.01`);
    const factors = await readFactorFile(file([",Mkt-RF,SMB,RMW,RF", ...rows].join("\n")));
    expect(factors.frequency).toBe(frequency);
  });

  it("gives the same past when the future is cut", async () => {
    const lines = MONTHLY.split("\n");
    for (let kept = 1; kept <= 3; kept++) {
      const path = file(`${lines.slice(0, kept + 1).join("\n")}\n`);
      expect(byName(await readFactorFile(path))).toEqual(MONTHS.slice(0, kept));
    }
  });

  it("reads the files at hand: months, days and years of two vintages", async (ctx) => {
    needsRaw(ctx);
    const read = async (path: string, annual = false) => {
      const { frequency, vintage, dates, names } = await readFactorFile(join(RAW, path), {
        annual,
      });
      expect(names).toEqual(["Mkt-RF", "SMB", "HML", "RMW", "CMA"]);
      return [frequency, vintage, dates[0], dates.at(-1), dates.length];
    };
    const MONTHLY_FILE = "F-F_Research_Data_5_Factors_2x3.csv";
    expect(await read(`ken-french-2025-12/${MONTHLY_FILE}`)).toEqual([
      "monthly",
      undefined,
      "1963-07-31",
      "2025-12-31",
      750,
    ]);
    expect(await read(`ken-french-2024-08/${MONTHLY_FILE}`)).toEqual([
      "monthly",
      "2024-08",
      "1963-07-31",
      "2024-08-31",
      734,
    ]);
    expect(await read(`ken-french-2025-12/${MONTHLY_FILE}`, true)).toEqual([
      "annual",
      undefined,
      "1964-12-31",
      "2025-12-31",
      62,
    ]);
    expect(await read(`ken-french-2024-08/${MONTHLY_FILE}`, true)).toEqual([
      "annual",
      "2024-08",
      "1964-12-31",
      "2023-12-31",
      60,
    ]);
    expect(await read("ken-french-2025-12/F-F_Research_Data_5_Factors_2x3_daily.csv")).toEqual([
      "daily",
      undefined,
      "1963-07-01",
      "2025-12-31",
      15731,
    ]);
    expect(await read("ken-french-2024-08/F-F_Research_Data_5_Factors_2x3_daily.CSV")).toEqual([
      "daily",
      "2024-08",
      "1963-07-01",
      "2024-08-30",
      15397,
    ]);
  });

  const MOMENTUM = `Made up with the 202512 CRSP database.

,Mom
202101,   1.50
202102,  -0.38
`;
  const INDUSTRIES = `Made up with the 202512 CRSP database.

  Average Value Weighted Returns -- Monthly
,AA ,BB 
202101, 1.00, -99.99
202102, 2.00, 3.00

  Average Equal Weighted Returns -- Monthly
,AA ,BB 
202101, 1.10, 2.10
`;

  it("reads a reversal factor below its preamble of several lines, with RF of another file", async () => {
    const reversal = `This file was created by CMPT_ST_REV_RETS using the 202412 CRSP database. It contains a
short-term reversal factor, constructed from six value-weight portfolios.

Missing data are indicated by -99.99 or -999.

,ST_Rev
202101,   1.50
202102, -99.99

Annual Factors: January-December

,ST_Rev
  2020,   7.67
`;
    const riskFree = file("\n,Mkt-RF,RF\n202101,1.00,0.10\n202102,2.00,0.20\n");
    const factors = await readFactors({ factors: file(reversal), riskFree, frequency: "monthly" });
    expect(factors).toMatchObject({ names: ["ST_Rev"], vintage: "2024-12" });
    expect([...factors.simpleReturns]).toEqual([0.015, Number.NaN]);
    expect([...factors.riskFree]).toEqual([0.001, 0.002]);
  });

  it("takes RF of momentum and industries from another file", async () => {
    const riskFree = file(MONTHLY);
    const momentum = await readFactorFile(file(MOMENTUM), { riskFree });
    expect(byName(momentum)).toEqual([
      { date: "2021-01-31", Mom: 0.015, RF: 0.0027 },
      { date: "2021-02-28", Mom: -0.0038, RF: 0.0025 },
    ]);
    const industries = await readFactorFile(file(INDUSTRIES), { riskFree });
    expect(byName(industries)).toEqual([
      { date: "2021-01-31", AA: 0.01, BB: NaN, RF: 0.0027 },
      { date: "2021-02-28", AA: 0.02, BB: 0.03, RF: 0.0025 },
    ]);
    const late = file(MOMENTUM.replace("202102", "202109"));
    await expect(readFactorFile(late, { riskFree })).rejects.toThrow(
      `${riskFree}: must have RF on every date of the factors, but has none on 2021-09-30, it has 2021-01-31 to 2021-03-31; take files of one vintage and frequency`,
    );
  });

  it("is what a study's factors may be as they come, RF in a file apart", async () => {
    const frequency = "monthly";
    const zip = zipSync({ "F-F.csv": Buffer.from(PREAMBLE + MONTHLY + ANNUAL) });
    const factors = file(zip);
    expect(await readFactors({ factors, frequency })).toEqual(
      await readFactorFile(file(MONTHLY)).then((read) => ({ ...read, vintage: "2024-08" })),
    );
    const own = file("date,Mom\n2021-01-31,0.015\n2021-02-28,-0.0038\n");
    for (const momentum of [file(MOMENTUM), own])
      expect(await readFactors({ factors: momentum, riskFree: factors, frequency })).toMatchObject({
        names: ["Mom"],
        simpleReturns: Float64Array.of(0.015, -0.0038),
        riskFree: Float64Array.of(0.0027, 0.0025),
      });
  });

  const DEFECTS: readonly (readonly [string, string, string])[] = [
    ["an empty file", "", ": is empty; download the file again"],
    [
      "a web page",
      "<html>Moved</html>",
      ':1: is a web page, not a table (begins with "<html>Moved</ht"); the publisher answered with an error page, download the file again',
    ],
    [
      "a file without column names",
      MONTHLY.split("\n").slice(1).join("\n"),
      ': has no line of column names such as ",Mkt-RF,SMB,HML,RMW,CMA,RF" (begins with "202101,   -0.39,    0.34,  -99.99,    0."); expected a CSV of the Ken French data library: write factors of others as the columns date, one per factor in decimals, and RF, for a study',
    ],
    [
      "a file without RF",
      MONTHLY.replace(",RF", ",RX"),
      ":1: has no column RF, it has Mkt-RF, SMB, RMW, RX; name a file of the same dates that has it with riskFree, such as the five factors",
    ],
    [
      "column names without a row",
      `${PREAMBLE}${MONTHLY.split("\n")[0]}\n`,
      ":4: has column names but no row of data; download the file again",
    ],
    [
      "a month that is not in the calendar",
      MONTHLY.replace("202102", "202113"),
      ':3: date must be a month YYYYMM that occurs once, got "202113"; download the file again',
    ],
    [
      "a month that occurs twice",
      MONTHLY.replace("202103", "202101"),
      ':4: date must be a month YYYYMM that occurs once, got "202101"; download the file again',
    ],
    [
      "a day among months",
      MONTHLY.replace("202103", "20210301"),
      ':4: date must be a month YYYYMM that occurs once, got "20210301"; download the file again',
    ],
    [
      "a month among days",
      ",Mkt-RF,RF\r\n20210301,1,0\r\n202103,1,0\r\n",
      ':3: date must be a day YYYYMMDD that occurs once, got "202103"; download the file again',
    ],
    [
      "a value that is no number",
      PREAMBLE + MONTHLY.replace("5.08", "5.0.8"),
      ':6: Mkt-RF must be a number, got "5.0.8"; correct the cell, or empty it if the value is missing',
    ],
    [
      "a file that is cut off",
      MONTHLY.slice(0, MONTHLY.indexOf("-999")),
      ":4: has 4 cells for 5 columns; write a separator for every cell that is empty, or delete the row",
    ],
    [
      "a file without an annual block, where that is asked for",
      `annual|${MONTHLY}`,
      ': has no annual block (no line "Annual Factors"); take a monthly file of the Ken French data library',
    ],
    [
      "a year that occurs twice",
      `annual|${MONTHLY}${ANNUAL.replace("2021", "2020")}`,
      ':9: date must be a year YYYY that occurs once, got "2020"; download the file again',
    ],
    [
      "a cell without a value",
      MONTHLY.replace("   -0.80", ""),
      ':3: SMB must be a number, got ""; fill the cell from the source',
    ],
  ];

  it.each(DEFECTS)("refuses %s", async (_, content, message) => {
    const annual = content.startsWith("annual|");
    const path = file(content.replace("annual|", ""));
    await expect(readFactorFile(path, { annual })).rejects.toThrow(
      new DataError(`${path}${message}`),
    );
  });
});

describe("the line of names", () => {
  const isFactors = (...lines: string[]) => isFactorFile(file(lines.join("\n")));

  it("stands above a key of four to eight digits, and has no name for it", () => {
    const found = ["2021", "202101", " 20210131 ", "123", "123456789", "2021-01-31", "text"].map(
      (key) => isFactors(",Mom", `${key},1`),
    );
    expect(found).toEqual([true, true, true, false, false, false, false]);
    expect(isFactors("A title", '"",Mom', "202101,1")).toBe(true);
    expect(isFactors("Date,Mom", "202101,1")).toBe(false);
    expect(isFactors(",12", "202101,1")).toBe(false);
    expect(isFactors(",Mom", "text", "202101,1")).toBe(false);
    expect(isFactors(",Mom", "")).toBe(false);
  });

  it("is among the first forty", async () => {
    const below = (lines: number) =>
      file(`${"words\n".repeat(lines)},Mkt-RF,RF\n202101,1.5,0.25\n`);
    const { simpleReturns, riskFree } = await readFactorFile(below(39));
    expect([...simpleReturns, ...riskFree]).toEqual([0.015, 0.0025]);
    await expect(readFactorFile(below(40))).rejects.toThrow("has no line of column names");
  });
});
