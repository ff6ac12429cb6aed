/** Glossary and bibliography of the page: what they cover, and how the text leads to them. */

import { describe, expect, it } from "vitest";
import { classicalLadder } from "../lib/src/betas/ladder.js";
import { dailyLadder } from "../lib/src/models/daily-ladder.js";
import { STARTS } from "../lib/src/models/network.js";
import { TEST_GLOSSARY } from "../lib/src/tables/glossary-tests.js";
import { NOTEBOOKS, notebookNames } from "../tools/dist/kernel/execute.js";
import { readNotebook } from "../tools/dist/kernel/notebook.js";
import {
  bibliographyHtml,
  type Citations,
  linkCitations,
  readWorks,
  worksOf,
} from "../tools/dist/page/bibliography.js";
import { glossaryHtml, linkTerms } from "../tools/dist/page/glossary.js";
import { TERMS } from "../tools/dist/page/terms.js";

const all = Object.values(TERMS).flat();
const ids = all.map(({ id }) => id);

describe("the glossary", () => {
  it("explains every estimator of the ladders, networks of every start, and the starts", () => {
    const estimators = [
      ...classicalLadder(1, { lookback: 12 }),
      ...classicalLadder(2, { lookback: 12 }),
      ...dailyLadder(1),
    ].map(({ id }) => id);
    const networks = STARTS.flatMap((start) => [`neural-${start}`, `start-${start}`]);
    expect([...estimators, ...networks].filter((id) => !ids.includes(id))).toEqual([]);
  });
  it("explains every test whose statistic or p-value a table has", () => {
    const tests = Object.entries(TEST_GLOSSARY).flatMap(([key, [unit]]) =>
      /^([tF] )?statistic$|p-value/.test(unit) ? [key.replace("study-claims", "claims")] : [],
    );
    const explained = all.flatMap(({ columns }) => columns ?? []);
    expect(tests.filter((key) => !explained.includes(key))).toEqual([]);
  });
  it("has every term once, and every work that it names", () => {
    expect(new Set(ids).size).toBe(ids.length);
    const keys = all.flatMap(({ works }) => works ?? []);
    expect(keys.filter((key) => !readWorks().has(key))).toEqual([]);
  });
  it("is linked from the first use of a term, in words or in code type, not from heads and code", () => {
    const html =
      "<h3>Kalman</h3><p>The Kalman filter, the Kalman beta and <code>kalman</code>; no hedge.</p>";
    expect(linkTerms(html)).toBe(
      '<h3>Kalman</h3><p>The <a class="ref term" href="#term-kalman">Kalman filter</a>, the Kalman beta and <code>kalman</code>; <a class="ref term" href="#term-zero">no hedge</a>.</p>',
    );
    const choice = "<select><option>split</option></select>";
    expect(linkTerms(choice)).toBe(choice);
    expect(linkTerms("<td><code>glorot</code></td>")).toContain("#term-start-glorot");
  });
});

describe("the bibliography", () => {
  const works = readWorks();
  const linked = (text: string) => {
    const citations: Citations = new Map();
    return { html: linkCitations(text, "05-a", { works, citations }), citations };
  };

  it.each([
    ["Forbes and Rigobon (2002)", "forbes-rigobon-2002"],
    ["Newey and West's (1987)", "newey-west-1987"],
    ["Newey-West (1987)", "newey-west-1987"],
    ["Gibbons, Ross and Shanken (1989)", "gibbons-ross-shanken-1989"],
    ["Goyal and Welch 2008", "goyal-welch-2008"],
    ["Bai's (1997)", "bai-1997"],
  ])("is linked from %s", (text, key) => {
    expect(linked(`As in ${text}.`).html).toBe(
      `As in <a class="ref" id="cite-${key}-1" href="#ref-${key}">${text}</a>.`,
    );
  });
  it("leaves a bracket that the authors do not open outside the link", () => {
    expect(linked("(Andrews 1993)").html).toMatch(/^\(<a [^>]*>Andrews 1993<\/a>\)$/);
  });
  it("leads back to the first place of every chapter", () => {
    const { citations } = linked("Chow (1960), and Chow (1960) again");
    const html = bibliographyHtml(works, citations);
    expect(html).toContain('<span class="back">Cited in <a href="#cite-chow-1960-1">05</a></span>');
    expect(html.match(/<li /g)).toHaveLength(1);
    expect(html).toContain('<a href="https://doi.org/10.2307/1910133">10.2307/1910133</a>');
  });
  it("is in order of authors, whatever the keys begin with", () => {
    const { citations } = linked("Welch (2022), Goyal and Welch (2008), Holm (1979)");
    const html = bibliographyHtml(works, citations);
    const order = [...html.matchAll(/<li id="ref-([\w-]+)"/g)].map(([, key]) => key);
    expect(order).toEqual(["holm-1979", "welch-2022", "goyal-welch-2008"]);
  });
  it("has every work that the notebooks name by authors and year, and no other than those and the glossary's", () => {
    const citations: Citations = new Map();
    for (const name of notebookNames(undefined))
      for (const { source } of readNotebook(`${NOTEBOOKS}/${name}.ipynb`).cells) {
        linkCitations(source, name, { works, citations });
        const named = source.matchAll(
          /[A-Z][\w-]+(?: and [A-Z][\w-]+|, [A-Z]\w+ and [A-Z]\w+| et al\.)(?:['’]s)?,? \(?(?:19|20)\d\d\b/g,
        );
        for (const [mention] of named)
          expect(linkCitations(`${mention})`, name, { works, citations }), mention).toContain("<a");
      }
    glossaryHtml(works, citations);
    expect([...works.keys()].filter((key) => !citations.has(key))).toEqual([]);
  });
  it("says which line of its file is in another form, and which entry lacks what", () => {
    expect(() => worksOf("@article{a-1,\n  title = nothing\n}")).toThrow(
      "paper/references.bib, line 2: must be @type{key, or a field = {value}",
    );
    expect(() => worksOf("@article{a-1,\n  author = {A},\n  title = {T},\n}")).toThrow(
      "a-1 must have year, has none; add it",
    );
  });
});
