/** Text from outside, such as the name of a series: whatever it holds, it stays text in every form that is written. */

import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { seriesName } from "../lib/src/data/json-file.js";
import { markdownText } from "../lib/src/markdown.js";
import { type Table, tableCsv, tableHtml, tableMarkdown } from "../lib/src/tables/table.js";
import { markdownRenderer } from "../tools/dist/page/markdown.js";

const HOSTILE = [
  "a|b",
  "<img src=x onerror=alert(1)>",
  "$x$ and $$y$$",
  "*a* **b** _c_ ~~d~~ `e`",
  "[a](https://example.org)",
  "![a](https://example.org/a.png)",
  "[a]: https://example.org",
  "<https://example.org>",
  "&lt;b&gt; & S&P",
  "back\\slash\\|",
  "# head",
  "- item",
  "1. item",
  "12) item",
  "+ item",
  "=",
  "> quote",
  "---",
  "\\",
];

const table = (text: string): Table => ({
  id: "hostile",
  caption: text,
  columns: [
    { key: "name", head: text },
    { key: "value", head: "Value", decimals: 1 },
  ],
  rows: [[text, 1]],
  notes: [text],
});

/** The text of HTML. */
const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .trim();
const pageMarkdown = markdownRenderer();
const onPage = (text: string) => pageMarkdown(text, { id: "c", parts: [] });
const printable = fc.string({ unit: fc.constantFrom(..."ab1 \\`*_[]()<>#+-.!|$&;:=~^\"'/@{}") });

describe("text in Markdown", () => {
  it.each(HOSTILE)("shows %j as it is, on the page and elsewhere", (text) => {
    expect(onPage(markdownText(text))).toBe(`<p>${new MarkdownIt().utils.escapeHtml(text)}</p>\n`);
    expect(onPage(`*${markdownText(text)}*`)).not.toMatch(/<(?!\/?(p|em)>)/);
  });

  it("shows any text as it is", () => {
    fc.assert(
      fc.property(printable, (text) => {
        const html = onPage(markdownText(text));
        expect(html).not.toMatch(/<(?!\/?p>)/);
        expect(textOf(html)).toBe(text.trim());
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it("stays on one line", () => {
    expect(markdownText("a\n\n# b\r\nc")).toBe("a # b c");
  });
});

describe("a table of hostile text", () => {
  it.each(HOSTILE)("shows %j as it is in Markdown: head, cell, caption and note", (text) => {
    const html = new MarkdownIt({ html: true }).render(tableMarkdown(table(text)));
    const cells = [...html.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell!);
    expect(cells.map(textOf)).toEqual([text.trim(), "Value", text.trim(), "1.0"]);
    expect(
      html.replace(/<\/?(p|strong|table|thead|tbody|tr|t[hd]( style="[^"]*")?)>/g, ""),
    ).not.toContain("<");
  });

  it.each(HOSTILE)("shows %j as it is in HTML", (text) => {
    const html = tableHtml(table(text));
    expect(html).not.toMatch(/<(img|a|https)/);
    expect(textOf(/<td[^>]*>(.*?)<\/td>/.exec(html)![1]!)).toBe(text.trim());
  });
});

describe("a cell of a CSV table", () => {
  const written = (cell: string | number) =>
    tableCsv({
      id: "t",
      caption: "",
      columns: [{ key: "cell", head: "Cell" }],
      rows: [[cell]],
    }).split("\n")[1];

  it.each([
    ["=1+1", "'=1+1"],
    ["+SUM(A1)", "'+SUM(A1)"],
    ["-2+3", "'-2+3"],
    ["@A1", "'@A1"],
    ["\tx", "'\tx"],
    ["=A1,B1", `"'=A1,B1"`],
    ["\r=1", `"'\r=1"`],
  ])("that a spreadsheet would run, %j, gets an apostrophe", (cell, line) => {
    expect(written(cell)).toBe(line);
  });

  it.each(["-0.5", "+1", "-1e-7", "-.5", "2024-01-31", "−0.5", "a=b", "x - y"])(
    "stays as it is where a spreadsheet reads no formula: %j",
    (cell) => {
      expect(written(cell)).toBe(cell);
    },
  );

  it("stays a number where it is one", () => {
    expect(written(-1e-7)).toBe("-1e-7");
    expect(written(Number.NEGATIVE_INFINITY)).toBe("-Infinity");
  });

  it("may be a head, for a series may have any name", () => {
    const columns = [{ key: "=A1", head: "=A1" }];
    expect(tableCsv({ id: "t", caption: "", columns, rows: [] })).toBe("'=A1\n");
  });
});

it("the name of a series has no character that no one sees", () => {
  for (const name of ["BTC", "S&P 500", "$x$", "EURUSD=X", "^GSPC", "Öl"])
    expect(seriesName.safeParse(name).success, name).toBe(true);
  for (const name of ["a\nb", "a\tb", "a\u0000", "a\u001b[31m", "a\u202eb", "a\u2028b", "", "a+b"])
    expect(seriesName.safeParse(name).success, JSON.stringify(name)).toBe(false);
});
