/** Test years of the walk, with what each fits and selects on. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber, inRange, isoDate, periodEnds } from "../lib/src/panel/calendar.js";
import { checkSplit } from "../lib/src/panel/split.js";
import {
  type Refit,
  type WalkForwardOptions,
  walkForwardSplits,
} from "../lib/src/panel/walk-forward.js";
import { STUDY } from "../lib/src/study.js";
import type { DateRange, Frequency, Split } from "../lib/src/types.js";
import { RUNS, studyPanel } from "./support/helpers.js";

/** The committed panel's dates: 83 months. */
const MONTHS = periodEnds({ from: "2018-01", through: "2024-11" }, "monthly");

const OPTIONS: WalkForwardOptions = {
  from: "2019-01",
  lookback: 12,
  test: { from: "2021-01", through: "2024-12" },
  refit: "yearly",
};

const splitsOf = (more: Partial<WalkForwardOptions> = {}, dates: readonly string[] = MONTHS) =>
  walkForwardSplits(dates, { ...OPTIONS, ...more });

/** Blocks in short: fit; validation; test. */
const inShort = ({ inSample, validation, outOfSample }: Split) =>
  [inSample, validation, outOfSample].map(({ from, through }) => `${from} ${through}`).join("; ");

/** The split whose test block is or begins with a date. */
const testedOn = (splits: readonly Split[], date: string) => {
  const found = splits.filter(({ outOfSample }) => outOfSample.from === date);
  expect(found).toHaveLength(1);
  return inShort(found[0]!);
};

describe("the headline evaluation: test years 2021 to 2024", () => {
  const HEADLINE = [
    "2019-01-31 2019-12-31; 2020-01-31 2020-12-31; 2021-01-31 2021-12-31",
    "2019-01-31 2020-12-31; 2021-01-31 2021-12-31; 2022-01-31 2022-12-31",
    "2019-01-31 2021-12-31; 2022-01-31 2022-12-31; 2023-01-31 2023-12-31",
    "2019-01-31 2022-12-31; 2023-01-31 2023-12-31; 2024-01-31 2024-11-30",
  ];

  it("selects on the year before and fits from 2019 through the year before that", () => {
    expect(splitsOf().map(inShort)).toEqual(HEADLINE);
  });

  it("is what the study asks for on the committed panel, with 47 test months", async () => {
    const { dates } = await studyPanel();
    const splits = walkForwardSplits(dates, {
      ...STUDY.walkForward,
      from: STUDY.split.inSample.from,
      lookback: STUDY.lookback,
    });
    expect(splits.map(inShort)).toEqual(HEADLINE);
    expect(
      dates.filter((date) => splits.some(({ outOfSample }) => inRange(date, outOfSample))),
    ).toHaveLength(47);
  });

  it("has the report's fit and validation, and its test year 2023, in its third block", () => {
    const third = splitsOf()[2]!;
    for (const block of ["inSample", "validation", "outOfSample"] as const)
      expect(MONTHS.filter((date) => inRange(date, third[block]))).toEqual(
        MONTHS.filter((date) => inRange(date, STUDY.split[block])),
      );
  });
});

describe("yearly blocks", () => {
  it("are calendar years, also where the test begins or ends within one", () => {
    expect(splitsOf({ test: { from: "2022-07", through: "2023-02-28" } }).map(inShort)).toEqual([
      "2019-01-31 2020-12-31; 2021-01-31 2021-12-31; 2022-07-31 2022-12-31",
      "2019-01-31 2021-12-31; 2022-01-31 2022-12-31; 2023-01-31 2023-02-28",
    ]);
  });

  it("begin to fit at `from`, a month or a day, or where the look-back reaches, whichever is later", () => {
    const fitFrom = (more: Partial<WalkForwardOptions>) =>
      splitsOf({ test: { from: "2023-01", through: "2023-12" }, ...more })[0]!.inSample.from;
    expect(fitFrom({ from: "2020-06" })).toBe("2020-06-30");
    expect(fitFrom({ from: "2020-06-30" })).toBe("2020-06-30");
    expect(fitFrom({ from: "2020-07-01" })).toBe("2020-07-31");
    expect(fitFrom({ from: "2000-01" })).toBe("2019-01-31");
    expect(fitFrom({ from: "2000-01", lookback: 0 })).toBe("2018-01-31");
    expect(fitFrom({ lookback: 24 })).toBe("2020-01-31");
    expect(fitFrom({ lookback: 47 })).toBe("2021-12-31");
  });

  it("fit on a rolling window of fitYears, and on what there is of it at first", () => {
    expect(splitsOf({ fitYears: 2 }).map(inShort)).toEqual([
      "2019-01-31 2019-12-31; 2020-01-31 2020-12-31; 2021-01-31 2021-12-31",
      "2019-01-31 2020-12-31; 2021-01-31 2021-12-31; 2022-01-31 2022-12-31",
      "2020-01-31 2021-12-31; 2022-01-31 2022-12-31; 2023-01-31 2023-12-31",
      "2021-01-31 2022-12-31; 2023-01-31 2023-12-31; 2024-01-31 2024-11-30",
    ]);
    expect(splitsOf({ fitYears: 1 }).map(({ inSample }) => inSample.from)).toEqual([
      "2019-01-31",
      "2020-01-31",
      "2021-01-31",
      "2022-01-31",
    ]);
    for (const from of ["2018-01", "2019-06", "2019-06-30"])
      expect(splitsOf({ fitYears: 9, from })).toEqual(splitsOf({ from }));
  });

  it("of weeks hold the Fridays of their years", () => {
    const weeks = periodEnds({ from: "2018-01", through: "2021-12" }, "weekly");
    expect(splitsOf({ lookback: 52, from: "2018-01" }, weeks).map(inShort)).toEqual([
      "2019-01-04 2019-12-27; 2020-01-03 2020-12-25; 2021-01-01 2021-12-31",
    ]);
  });
});

describe("one block per month", () => {
  it("of months is one block per period", () => {
    expect(splitsOf({ refit: "monthly" })).toEqual(splitsOf({ refit: "periodically" }));
  });

  it("of weeks holds the Fridays of its month, and selects on the year before the first of them", () => {
    const weeks = periodEnds({ from: "2018-01", through: "2021-02" }, "weekly");
    const monthly = splitsOf({ refit: "monthly", from: "2018-06-08", lookback: 52 }, weeks);
    expect(monthly.map(inShort)).toEqual([
      "2019-01-04 2019-12-27; 2020-01-03 2020-12-25; 2021-01-01 2021-01-29",
      "2019-01-04 2020-01-31; 2020-02-07 2021-01-29; 2021-02-05 2021-02-26",
    ]);
  });
});

describe("one block per quarter", () => {
  it("holds the three months of its quarter", () => {
    const quarters = splitsOf({ refit: "quarterly" });
    expect(quarters.map(({ outOfSample }) => outOfSample.from.slice(5, 7)).slice(0, 5)).toEqual([
      ...["01", "04", "07", "10", "01"],
    ]);
    expect(quarters.slice(0, 2).map(({ outOfSample }) => outOfSample.through)).toEqual([
      MONTHS[38],
      MONTHS[41],
    ]);
  });
});

describe("one block per period", () => {
  const splits = splitsOf({ refit: "periodically" });

  it("tests on every date of the range by itself", () => {
    expect(splits.map(({ outOfSample }) => outOfSample)).toEqual(
      MONTHS.slice(36).map((date) => ({ from: date, through: date })),
    );
  });

  it("selects on the twelve months before, and fits on all before these", () => {
    splits.forEach(({ inSample, validation }, i) => {
      const t = 36 + i;
      expect(validation).toEqual({
        from: MONTHS[t - 12],
        through: MONTHS[t - 1],
      });
      expect(inSample).toEqual({ from: MONTHS[12], through: MONTHS[t - 13] });
    });
  });

  it("has the yearly blocks before a January", () => {
    const yearly = splitsOf();
    for (const { inSample, validation, outOfSample } of yearly) {
      const monthly = splits.find((s) => s.outOfSample.from === outOfSample.from);
      expect(monthly).toEqual({
        inSample,
        validation,
        outOfSample: { from: outOfSample.from, through: outOfSample.from },
      });
    }
  });

  it("fits on as many months as fitYears has, also around the ends of February", () => {
    const rolling = splitsOf({ refit: "periodically", fitYears: 1 });
    rolling.forEach(({ inSample }, i) => {
      const t = 36 + i;
      expect(inSample).toEqual({
        from: MONTHS[t - 24],
        through: MONTHS[t - 13],
      });
    });
    expect(testedOn(rolling, "2024-02-29")).toBe(
      "2022-02-28 2023-01-31; 2023-02-28 2024-01-31; 2024-02-29 2024-02-29",
    );
    expect(testedOn(rolling, "2022-02-28")).toBe(
      "2020-02-29 2021-01-31; 2021-02-28 2022-01-31; 2022-02-28 2022-02-28",
    );
  });

  it("of weeks selects on the 52 or 53 Fridays of the year that ends before its own", () => {
    const weeks = periodEnds({ from: "2018-01", through: "2021-03" }, "weekly");
    const weekly = splitsOf({ refit: "periodically", from: "2018-06-08", lookback: 52 }, weeks);
    expect(testedOn(weekly, "2021-01-01")).toBe(
      "2019-01-04 2019-12-27; 2020-01-03 2020-12-25; 2021-01-01 2021-01-01",
    );
    expect(testedOn(weekly, "2021-01-08")).toBe(
      "2019-01-04 2020-01-03; 2020-01-10 2021-01-01; 2021-01-08 2021-01-08",
    );
  });

  it("goes from the 29th of February to the 28th of the year before, on daily dates", () => {
    const days = Array.from({ length: 1500 }, (_, i) => isoDate(dayNumber("2016-02-20") + i));
    const daily = splitsOf(
      {
        refit: "periodically",
        from: "2016-01",
        lookback: 0,
        fitYears: 2,
        test: { from: "2020-02-28", through: "2020-03-01" },
      },
      days,
    );
    expect(daily.map(inShort)).toEqual([
      "2017-02-28 2019-02-27; 2019-02-28 2020-02-27; 2020-02-28 2020-02-28",
      "2017-02-28 2019-02-27; 2019-02-28 2020-02-28; 2020-02-29 2020-02-29",
      "2017-03-01 2019-02-28; 2019-03-01 2020-02-29; 2020-03-01 2020-03-01",
    ]);
  });
});

describe("walkForwardSplits refuses", () => {
  it("a test range without a date of the panel", () => {
    expect(() => splitsOf({ test: { from: "2025-01", through: "2026-12" } })).toThrow(
      new RangeError(
        "walkForwardSplits: the test range 2025-01 to 2026-12 must hold a date of the panel, which has 2018-01-31 to 2024-11-30; move the range",
      ),
    );
    expect(() => splitsOf({ test: { from: "2024-01", through: "2023-12" } })).toThrow(
      "must hold a date of the panel",
    );
    expect(() => splitsOf({}, [])).toThrow(RangeError);
  });

  it.each([
    [
      "to fit on",
      { test: { from: "2020-01", through: "2024-12" } },
      "2020-01-31",
      "2019-01 to 2019-01-01",
    ],
    ["to fit on, since it begins late", { from: "2020-02" }, "2021-01-31", "2020-02 to 2020-01-01"],
    [
      "to fit on, since the look-back is long",
      { lookback: 24 },
      "2021-01-31",
      "2019-01 to 2020-01-01",
    ],
    [
      "to fit on, on a rolling window",
      { lookback: 24, fitYears: 1 },
      "2021-01-31",
      "2019-01-01 to 2020-01-01",
    ],
    [
      "to fit on, by month",
      { refit: "periodically", test: { from: "2020-01", through: "2020-12" } },
      "2020-01-31",
      "2019-01 to 2019-01-31",
    ],
  ] as const)("a first block without a target %s", (_, more, first, none) => {
    expect(() => splitsOf(more)).toThrow(
      new RangeError(
        `walkForwardSplits: the test block from ${first} must have a target before it to fit on and one to select on, but none lies from ${none}; begin the test later or the fit earlier`,
      ),
    );
  });

  it("a block without a target to select on: a year is missing", () => {
    const gap = MONTHS.filter((date) => !date.startsWith("2021"));
    expect(() => splitsOf({ test: { from: "2022-01", through: "2022-12" } }, gap)).toThrow(
      "none lies from 2021-01-01 to 2022-01-01",
    );
  });

  it.each([
    ["lookback", -1, 0],
    ["lookback", 1.5, 0],
    ["fitYears", 0, 1],
    ["fitYears", 0.5, 1],
  ])("a %s of %d", (name, value, min) => {
    expect(() => splitsOf({ [name]: value })).toThrow(
      new RangeError(
        `walkForwardSplits: ${name} must be an integer of at least ${min}, got ${value}`,
      ),
    );
  });
});

describe("the splits of any panel", () => {
  /** Dates with missing periods, options for them, and where a panel is cut. */
  const cases = fc
    .record({
      frequency: fc.constantFrom<Frequency>("monthly", "weekly"),
      years: fc.integer({ min: 3, max: 6 }),
      missing: fc.array(fc.nat({ max: 300 }), { maxLength: 8 }),
      lookback: fc.integer({ min: 0, max: 15 }),
      refit: fc.constantFrom<Refit>("yearly", "quarterly", "monthly", "periodically"),
      fitYears: fc.option(fc.integer({ min: 1, max: 3 })),
      testFrom: fc.constantFrom("2018-01", "2018-06", "2019-02", "2019-12"),
      end: fc.nat({ max: 300 }),
    })
    .map(({ frequency, years, missing, testFrom, fitYears, end, ...more }) => {
      const through = `${2015 + years}-11`;
      const options: WalkForwardOptions = {
        ...more,
        from: "2016-02",
        test: { from: testFrom, through: "2030-12" },
        ...(fitYears === null ? {} : { fitYears }),
      };
      const dates = periodEnds({ from: "2016-02", through }, frequency);
      return {
        dates: dates.filter((_, t) => !missing.includes(t)),
        options,
        end,
      };
    });

  const attempt = (dates: readonly string[], options: WalkForwardOptions) => {
    try {
      return walkForwardSplits(dates, options);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      return [];
    }
  };

  it("are in order, end to end, and cover every test date once", () => {
    let seen = 0;
    fc.assert(
      fc.property(cases, ({ dates, options }) => {
        const splits = attempt(dates, options);
        if (splits.length === 0) return;
        seen++;
        const within = (range: DateRange) => dates.filter((date) => inRange(date, range));
        for (const split of splits) {
          checkSplit(split);
          const { inSample, validation, outOfSample } = split;
          const [fit, select, test] = [inSample, validation, outOfSample].map(within) as [
            string[],
            string[],
            string[],
          ];
          // Blocks begin and end on dates of the panel, and no date lies between fit and validation.
          expect([fit[0], fit.at(-1)]).toEqual([inSample.from, inSample.through]);
          expect(test[0]).toBe(outOfSample.from);
          expect(dates.indexOf(select[0]!)).toBe(dates.indexOf(fit.at(-1)!) + 1);
          expect(dates.indexOf(fit[0]!)).toBeGreaterThanOrEqual(options.lookback);
        }
        expect(splits.flatMap(({ outOfSample }) => within(outOfSample))).toEqual(
          within(options.test),
        );
      }),
      RUNS,
    );
    expect(seen).toBeGreaterThan(40);
  });

  it("are the first splits of a longer panel, whose last may have a longer test", () => {
    let seen = 0;
    fc.assert(
      fc.property(cases, ({ dates, options, end }) => {
        const whole = attempt(dates, options);
        const cut = attempt(dates.slice(0, end), options);
        if (whole.length === 0 || cut.length === 0) return;
        seen++;
        expect(cut.slice(0, -1)).toEqual(whole.slice(0, cut.length - 1));
        const [last, its] = [cut.at(-1)!, whole[cut.length - 1]!];
        expect({
          ...last,
          outOfSample: {
            ...last.outOfSample,
            through: its.outOfSample.through,
          },
        }).toEqual(its);
        expect(last.outOfSample.through <= its.outOfSample.through).toBe(true);
      }),
      RUNS,
    );
    expect(seen).toBeGreaterThan(15);
  });
});
