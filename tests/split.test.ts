/** Blocks of a split, by the date of the target. */

import { describe, expect, it } from "vitest";
import { checkSplit, splitWindows } from "../lib/src/panel/split.js";
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
