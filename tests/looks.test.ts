/** How figures and tables look: every mark, size, head and rounding is as fixtures/looks.txt has it; `-u` accepts another look. */

import { rmSync } from "node:fs";
import { expect, it, vi } from "vitest";
import type { Figure } from "../lib/src/figures/figure.js";
import type { Table } from "../lib/src/tables/table.js";
import { publicApi } from "../tools/dist/reference/public-api.js";
import { exampleScope, exampleValues, parsedExample } from "./support/examples.js";

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

function linesOf(made: object, name: string): string[] {
  if (isFigure(made))
    return [...looksOf(made.data, `${name}: data`), ...looksOf(made.layout, `${name}: layout`)];
  if (!isTable(made)) return [];
  return [
    ...made.columns.map((column) => `${name}: ${JSON.stringify(column)}`),
    `${name}: order ${made.order?.join(" ") ?? "of the files"}, shown ${made.shown ?? "whole"}`,
  ];
}

it("of the examples is what was looked at", async () => {
  const scope = await exampleScope();
  const looks = new Set<string>();
  const watched = Object.entries(scope).map(([name, value]) => {
    if (typeof value !== "function" || !/^(figure|table)[A-Z]/.test(name)) return [name, value];
    const watch = (...given: unknown[]) => {
      const made = value(...given);
      for (const result of [made].flat())
        if (result && typeof result === "object")
          for (const line of linesOf(result, name)) looks.add(line);
      return made;
    };
    return [name, watch];
  });
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  for (const { name, tags } of publicApi())
    for (const { tag, text } of tags)
      if (tag === "example" && /^(figure|table)[A-Z]/.test(name))
        await exampleValues(parsedExample(text), Object.fromEntries(watched));
  write.mockRestore();
  rmSync(scope.folder as string, { recursive: true, force: true });
  const text = `${[...looks].sort().join("\n")}\n`;
  expect(text.length).toBeGreaterThan(10_000);
  await expect(text).toMatchFileSnapshot("fixtures/looks.txt");
});
