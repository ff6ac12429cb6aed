/** Small type of the page: what stays in a line, what is a minus, which names may be broken. */

import { describe, expect, it } from "vitest";
import { tableHtml } from "../tools/page/table.js";
import { typeset } from "../tools/page/typeset.js";

describe("running text of the page", () => {
  it("keeps percentages, counts, steps and notebooks in a line", () => {
    expect(typeset("<p>95 % of n = 83 in Step 0, see notebook 06</p>")).toBe(
      "<p>95\u00a0% of n\u00a0=\u00a083 in Step\u00a00, see notebook\u00a006</p>",
    );
  });
  it("keeps months and days in a line, and takes neither file names nor numbers for them", () => {
    expect(typeset("<p>2018-01 to 2024-11-30.</p>")).toBe(
      '<p><span class="date">2018-01</span> to <span class="date">2024-11-30</span>.</p>',
    );
    for (const other of [
      "factors-2024-08.csv",
      "10.1111/1986-07",
      "2018-2024",
      "2018-13",
      "1540-12",
    ])
      expect(typeset(`<p>${other}</p>`)).toBe(`<p>${other}</p>`);
  });
  it("has a minus before negative numbers, and leaves hyphens", () => {
    expect(typeset("<p>-0.0305 (-1.5 to -1), walk-forward, 2-3, 1e-5, t-1</p>")).toBe(
      "<p>−0.0305 (−1.5 to −1), walk-forward, 2-3, 1e-5, t-1</p>",
    );
  });
  it.each(["code", "pre", "script", "style", "math", "td", "h3"])(
    "stays as it is in %s",
    (name) => {
      const html = `<${name} title="-1"><i>-1 % of 2018-01</i></${name}>`;
      expect(typeset(html)).toBe(html);
      expect(typeset(`${html}<p>-1</p>`)).toBe(`${html}<p>−1</p>`);
    },
  );
  it("changes no attribute, and reads the prose of tables", () => {
    expect(typeset('<td class="prose" title="-1">-1</td>')).toBe(
      '<td class="prose" title="-1">−1</td>',
    );
  });
});

describe("names of rows", () => {
  const shown = (names: readonly string[]) =>
    tableHtml(
      "t",
      `<table><thead><tr><th>Markets</th></tr></thead><tbody>${names
        .map((name) => `<tr><td style="text-align:left;white-space:nowrap">${name}</td></tr>`)
        .join("")}</tbody></table>`,
      1,
      undefined,
    );

  it("may be broken on a phone if one has more than 14 letters, lists after each name", () => {
    expect(shown(["FIAT", "FIAT+GOLD+ENERGY"])).toContain(
      '<tr><td class="name">FIAT</td></tr><tr><td class="name">FIAT+<wbr>GOLD+<wbr>ENERGY</td></tr>',
    );
  });
  it("stay in a line if they are short", () => {
    expect(shown(["FIAT", "FIAT+GOLD"])).toContain("<tr><td>FIAT</td></tr><tr><td>FIAT+GOLD</td>");
  });
});
