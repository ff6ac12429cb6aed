/** What can be wrong with prices in JSON, or behind names without values: the message names file, entry, value and remedy. */

import { describe } from "vitest";
import type { PriceOptions } from "../lib/src/data/readers/prices.js";
import { type Defect, refusesAll } from "./support/defects.js";
import { CHART, type ChartParts, chartJson } from "./support/layouts.js";

const CLOSE: PriceOptions = { column: "Close" };

const chart = (change: Partial<ChartParts>) => chartJson({ ...CHART, ...change });

const DEFECTS: readonly Defect[] = [
  // JSON.
  [
    "JSON that is cut off",
    chart({}).slice(0, 300),
    {},
    ": is JSON that is cut off or damaged (<reason>); download the file again",
  ],
  [
    "Yahoo's error in JSON",
    '{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}',
    {},
    ': is an error message, not prices ("No data found, symbol may be delisted"); the publisher has no such series or serves no more today, check the symbol or download the file later',
  ],
  [
    "Yahoo's refusal in JSON",
    '{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}',
    {},
    ': is an error message, not prices ("Invalid Crumb"); the publisher has no such series or serves no more today, check the symbol or download the file later',
  ],
  [
    "CoinGecko's limit in JSON",
    '{"status":{"error_code":429,"error_message":"You\'ve exceeded the Rate Limit"}}',
    {},
    ': is an error message, not prices ("You\'ve exceeded the Rate Limit"); the publisher has no such series or serves no more today, check the symbol or download the file later',
  ],
  [
    "CoinGecko's unknown coin",
    '{"error":"coin not found"}',
    {},
    ': is an error message, not prices ("coin not found"); the publisher has no such series or serves no more today, check the symbol or download the file later',
  ],
  [
    "chart JSON with null for a time",
    chart({ timestamp: [1614349800, null as never, 1614695400, 1614781800] }),
    CLOSE,
    ": timestamp must hold a time in every entry, Unix seconds, got null in entry 2; download the file again",
  ],
  [
    "chart JSON without prices",
    chart({ quote: {}, adjclose: undefined as never }),
    {},
    ": is Yahoo chart JSON without a column of values that has a name; download the file again, or name the columns",
  ],
  [
    "CoinGecko with null for a time",
    '{"prices":[[null,1]]}',
    {},
    ": prices must hold a time in every entry, Unix milliseconds, got null in entry 1; download the file again",
  ],
  [
    "a column of values without a name",
    "DATE,\n2021-03-01,1\n",
    {},
    ": is FRED graph CSV without a column of values that has a name; download the file again, or name the columns",
  ],
  [
    "rows that repeat a header without names for the dates",
    ",A\n2021-03-01,1\n,A\n2021-03-02,2\n",
    {},
    ":3: has values but no date; correct or delete the row",
  ],
  [
    "unknown JSON",
    '{"bars":[1,2]}',
    {},
    ':1: is in no known format (begins with "{\\"bars\\":[1,2]}"); expected Yahoo chart JSON or CoinGecko JSON, or a table of text',
  ],
  [
    "chart JSON without a result or an error",
    '{"chart":{"result":null,"error":null}}',
    {},
    ": chart.result must hold one chart, got null; download the file again",
  ],
  [
    "chart JSON without bars",
    '{"chart":{"result":[{"meta":{},"indicators":{"quote":[{}]}}],"error":null}}',
    {},
    ": has no bars; check symbol and period, and download the file again",
  ],
  [
    "chart JSON of minutes",
    chart({ meta: { dataGranularity: "5m" } }),
    CLOSE,
    ': bars must be of one day or longer, got "5m"; download with interval=1d',
  ],
  [
    "chart JSON with both closes, and neither named",
    chart({}),
    {},
    ": has 2 columns that can be the price (Yahoo chart JSON): Close (adjusted for splits), Adj Close (adjusted for splits and dividends: a total return); name one with column",
  ],
  [
    "chart JSON with fewer closes than times",
    chart({ quote: { close: [1, 2] } }),
    CLOSE,
    ": close must be a list of 4 numbers, one per time, got a list of 2; download the file again",
  ],
  [
    "chart JSON with a word for a price",
    chart({ quote: { close: [1, "x", 3, 4] } }),
    CLOSE,
    ': close must hold numbers, got "x" in entry 2; download the file again',
  ],
  [
    "chart JSON with a day twice",
    chart({ timestamp: [1614349800, 1614350000, 1614695400, 1614781800] }),
    CLOSE,
    ": entry 2: date 2021-02-26 stands already in entry 1; delete one of the two rows",
  ],
  [
    "chart JSON with prices of zero",
    chart({ quote: { close: [1, 0, 0, 4] } }),
    CLOSE,
    ": entry 2: Close must be above 0 for a log return, got 0 on 2021-03-01 (2 of 4 values are not); choose a column of prices",
  ],
  [
    "CoinGecko's hours",
    JSON.stringify({
      prices: [
        [1614384000000, 1],
        [1614387600000, 2],
        [1614391200000, 3],
      ],
    }),
    {},
    ": prices must be stamped 00:00 UTC, got 2021-02-27T01:00:00.000Z in entry 2; ask the API for interval=daily",
  ],
  [
    "CoinGecko without rows",
    '{"prices":[]}',
    {},
    ": prices has no rows; check the coin and the period, and download the file again",
  ],
  [
    "CoinGecko with a pair that is none",
    '{"prices":[[1614384000000,1],["x",2]]}',
    {},
    ': prices must hold numbers, got "x" in entry 2; download the file again',
  ],
];

describe("readPrices", () => {
  refusesAll(DEFECTS);
});
