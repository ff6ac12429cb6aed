import { dayOfTime } from "../../panel/calendar.js";
import { areaBelow } from "./csv.js";
import { unixTime } from "./dates.js";
import type { PriceFormat } from "./format.js";
import { priceTable } from "./price-table.js";
import { hasColumns, namesAt } from "./source.js";

/** Daily bars as programs write them from an exchange's API: `date,open,high,low,close,volume`, in lower case; the date may be a Unix time (UTC). */
export const exchange: PriceFormat = {
  name: "exchange CSV",
  recognises: (source) =>
    hasColumns(source, 1, "open", "high", "low", "close") &&
    namesAt(source, 1).some((n) => DATE.test(n)),
  open(source, options) {
    const area = areaBelow(source, 1);
    const date = area.names.find((n) => DATE.test(n))!;
    const first = namesAt(source, 2)[area.names.indexOf(date)] ?? "";
    const unix = !Number.isNaN(unixTime(first));
    return priceTable(source, { area, date, ...(unix ? UNIX : {}) }, options);
  },
};

const UNIX = { dayOf: (cell: string) => dayOfTime(unixTime(cell)) };

const DATE = /^(date|time|timestamp|datetime)$/;
