/** How a figure or a table looks: lines that do not depend on its results. */

import type { Figure } from "../../lib/src/figures/figure.js";
import type { Table } from "../../lib/src/tables/table.js";

/** What depends on the results drawn, not on the look. */
const RESULTS =
  /^(x|y|z|x0|x1|y0|y1|text|hovertext|customdata|tickvals|ticktext|range|array|arrayminus|cmin|cmax|zmin|zmax|zmid|title|name|legendgroup)$/;

/** A line for every mark and size below a value, without the places of traces and axes. */
function looksOf(value: unknown, path: string): string[] {
  if (Array.isArray(value) && value.some((entry) => typeof entry === "object"))
    return value.flatMap((entry) => looksOf(entry, `${path}[]`));
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return Object.entries(value).flatMap(([key, inner]) =>
      RESULTS.test(key) ? [] : looksOf(inner, `${path}.${key}`),
    );
  const text = JSON.stringify(value, (_, v) =>
    typeof v === "number" ? Number(v.toPrecision(6)) : v,
  );
  return [`${path} = ${text}`];
}

const isFigure = (made: object): made is Figure => "layout" in made && "data" in made;
const isTable = (made: object): made is Table => "columns" in made && "rows" in made;

/** Every mark, size, head and rounding of a figure or table, without its numbers. */
export function lookOf(made: object, name: string): string[] {
  if (isFigure(made))
    return [...looksOf(made.data, `${name}: data`), ...looksOf(made.layout, `${name}: layout`)];
  if (!isTable(made)) return [];
  return [
    ...made.columns.map((column) => `${name}: ${JSON.stringify(column)}`),
    `${name}: order ${made.order?.join(" ") ?? "of the files"}, shown ${made.shown ?? "whole"}`,
  ];
}
