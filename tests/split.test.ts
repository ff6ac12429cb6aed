/** Blocks of a split, by the date of the target. */

import { describe, expect, it } from "vitest";
import { checkSplit, panelWindows, splitWindows, targetRange } from "../lib/src/panel/split.js";
import { lookbackWindows } from "../lib/src/panel/windows.js";
import { STUDY } from "../lib/src/study.js";
import type { Split } from "../lib/src/types.js";
import { seededPanel, studyPanel } from "./support/helpers.js";

const split = (...[a, b, c, d, e, f]: [string, string, string, string, string, string]): Split => ({
  inSample: { from: a, through: b },
  validation: { from: c, through: d },
  outOfSample: { from: e, through: f },
});

describe("splitWindows", () => {
  const panel = seededPanel(24, ["A", "B"], ["X"]);
  const windows = lookbackWindows(panel, 3);
  const datesOf = (block: { target: Int32Array }) => [
    ...new Set([...block.target].map((t) => panel.dates[t]!.slice(0, 7))),
  ];

  it("gives the report's 144, 48 and 48 rows on the committed panel", async () => {
    const { dates, ...rest } = await studyPanel();
    const blocks = splitWindows(
      lookbackWindows({ dates, ...rest }, STUDY.lookback),
      dates,
      STUDY.split,
    );
    expect(blocks.inSample.target).toHaveLength(144);
    expect(blocks.validation.target).toHaveLength(48);
    expect(blocks.outOfSample.target).toHaveLength(48);
    expect(dates[blocks.inSample.target[0]!]).toBe("2019-01-31");
    expect(dates[blocks.outOfSample.target.at(-1)!]).toBe("2023-12-31");
  });

  it("sorts rows by the date of the target, both bounds included", () => {
    const blocks = splitWindows(
      windows,
      panel.dates,
      split("2018-04", "2018-06", "2018-07", "2018-07", "2018-09", "2018-10"),
    );
    expect(datesOf(blocks.inSample)).toEqual(["2018-04", "2018-05", "2018-06"]);
    expect(datesOf(blocks.validation)).toEqual(["2018-07"]);
    expect(datesOf(blocks.outOfSample)).toEqual(["2018-09", "2018-10"]);
  });

  it("keeps every coin of a date in one block", () => {
    const { validation } = splitWindows(
      windows,
      panel.dates,
      split("2018-04", "2018-06", "2018-07", "2018-07", "2018-08", "2018-12"),
    );
    expect([...validation.coin]).toEqual([0, 1]);
  });

  it("refuses a block without a target, and says where targets are", () => {
    const early = split("2018-01", "2018-03", "2018-04", "2018-06", "2018-07", "2018-12");
    expect(() => splitWindows(windows, panel.dates, early)).toThrow(
      new RangeError(
        "splitWindows: block inSample (2018-01 to 2018-03) must hold a target with a complete look-back, but the first one is 2018-04-30 and the last 2019-12-31; move it or shorten the look-back",
      ),
    );
    const late = split("2018-04", "2018-05", "2018-06", "2018-12", "2020-01", "2020-12");
    expect(() => splitWindows(windows, panel.dates, late)).toThrow(
      /^splitWindows: block outOfSample \(2020-01 to 2020-12\) must hold a target with a complete look-back, .* 2019-12-31; move it to dates of the panel$/,
    );
  });

  it("says of the last date alone that its look-back is what is missing", () => {
    const gap = { ...panel, marketLogReturns: panel.marketLogReturns.with(22, Number.NaN) };
    const last = panel.dates.at(-1)!;
    const alone = split("2018-04", "2018-06", "2018-07", "2018-12", last, last);
    expect(() => splitWindows(lookbackWindows(gap, 3), panel.dates, alone)).toThrow(
      `block outOfSample (${last} to ${last}) must hold a target with a complete look-back, but the first one is 2018-04-30 and the last ${last}; move it or shorten the look-back`,
    );
  });

  it("refuses a look-back that is as long as the panel", () => {
    const blocks = split("2018-04", "2018-06", "2018-07", "2018-12", "2019-01", "2019-12");
    const whole = lookbackWindows(panel, 24);
    expect(() => splitWindows(whole, panel.dates, blocks)).toThrow(
      "splitWindows: the look-back must be shorter than the panel, but it is 24 of 24 periods",
    );
  });

  it("asks the returns of the target itself only where they are learnt from", () => {
    const gap = {
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((r, at) => (at >= 46 ? NaN : r)),
    };
    const blocks = split("2018-04", "2018-06", "2018-07", "2018-12", "2019-12", "2019-12");
    const found = splitWindows(lookbackWindows(gap, 3), panel.dates, blocks);
    expect([...found.outOfSample.target]).toEqual([23, 23]);
    expect(panelWindows(gap, 3, blocks)).toEqual(found);
    const learnt = split("2018-04", "2018-06", "2018-07", "2019-12", "2020-01", "2020-12");
    expect(() => splitWindows(lookbackWindows(gap, 3), panel.dates, learnt)).toThrow("outOfSample");
    const { validation } = splitWindows(
      lookbackWindows({ ...gap, coinLogReturns: panel.coinLogReturns.with(40, Number.NaN) }, 3),
      panel.dates,
      split("2018-04", "2018-06", "2018-07", "2019-09", "2019-10", "2019-12"),
    );
    // Coin A has no return in September 2019, which is month 20: coin B's target is left alone.
    expect([...validation.target.subarray(-3)]).toEqual([19, 19, 20]);
    expect(targetRange(validation, panel.dates)).toEqual({
      from: panel.dates[6],
      through: panel.dates[20],
    });
  });

  it("refuses blocks that overlap", () => {
    expect(() =>
      splitWindows(
        windows,
        panel.dates,
        split("2018-04", "2018-07", "2018-07", "2018-08", "2018-09", "2018-12"),
      ),
    ).toThrow(RangeError);
  });
});

describe("checkSplit", () => {
  it.each([
    ["months", "2019-01", "2021-12", "2022-01", "2022-12", "2023-01", "2023-12"],
    ["one month each", "2019-01", "2019-01", "2019-02", "2019-02", "2019-03", "2019-03"],
    ["days", "2019-01-01", "2019-01-31", "2019-02-01", "2019-02-28", "2019-03-01", "2019-03-01"],
    [
      "days within months",
      "2019-01",
      "2019-02-14",
      "2019-02-15",
      "2019-02",
      "2019-03-01",
      "2019-03",
    ],
    ["gaps between blocks", "2019-01", "2019-06", "2020-01", "2020-06", "2022-01", "2022-06"],
  ])("accepts %s in order", (_, ...bounds) => {
    expect(() => checkSplit(split(...bounds))).not.toThrow();
  });

  it.each([
    [
      "inSample.from (2020-01) must lie before inSample.through (2019-12)",
      "2020-01",
      "2019-12",
      "2022-01",
      "2022-12",
      "2023-01",
      "2023-12",
    ],
    [
      "inSample.through (2022-01) must lie before validation.from (2022-01)",
      "2019-01",
      "2022-01",
      "2022-01",
      "2022-12",
      "2023-01",
      "2023-12",
    ],
    [
      "inSample.through (2021-12) must lie before validation.from (2021-12-31)",
      "2019-01",
      "2021-12",
      "2021-12-31",
      "2022-12",
      "2023-01",
      "2023-12",
    ],
    [
      "validation.through (2023-06) must lie before outOfSample.from (2023-01)",
      "2019-01",
      "2021-12",
      "2022-01",
      "2023-06",
      "2023-01",
      "2023-12",
    ],
    [
      "validation.through (2023-01-01) must lie before outOfSample.from (2023-01)",
      "2019-01",
      "2021-12",
      "2022-01",
      "2023-01-01",
      "2023-01",
      "2023-12",
    ],
    [
      "outOfSample.from (2023-02-02) must lie before outOfSample.through (2023-02-01)",
      "2019-01",
      "2021-12",
      "2022-01",
      "2022-12",
      "2023-02-02",
      "2023-02-01",
    ],
  ])("says that %s", (message, ...bounds) => {
    expect(() => checkSplit(split(...bounds))).toThrow(
      new RangeError(`split: ${message}; order the blocks in time, without overlap`),
    );
  });
});
