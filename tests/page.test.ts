/** The page as text; what a browser makes of it is tested in tests/browser. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { tableLatex } from "../lib/src/tables/latex.js";
import { type Table, tableCsv, tableHtml } from "../lib/src/tables/table.js";
import { type CodeCell, type Notebook, notebookOf } from "../tools/dist/kernel/notebook.js";
import { abstractText } from "../tools/dist/page/chapter.js";
import { citationOf } from "../tools/dist/page/citation.js";
import { type PageInput, reportPage } from "../tools/dist/page/page.js";
import { linkMentions, mentionedIn } from "../tools/dist/page/references.js";

const PLOTLY = "application/vnd.plotly.v1+json";

const TABLE: Table = {
  id: "rows",
  caption: 'A < B & "C"',
  columns: [
    { key: "name", head: "Name" },
    { key: "value", head: "Value", decimals: 1 },
  ],
  rows: [
    ["first", 1 / 3],
    ["second", 2],
    ["third", null],
  ],
  notes: ["A note."],
  shown: 1,
};
const { shown: _, ...WHOLE } = TABLE;
const FILES = {
  csv: tableCsv(TABLE),
  html: tableHtml(WHOLE),
  latex: tableLatex(TABLE),
};

const tableOutput = (table: Table) => ({
  output_type: "display_data" as const,
  data: { "text/html": tableHtml(table) },
  metadata: { "neural-beta": { table: table.id } },
});

function executed(...more: Table[]): Notebook {
  const notebook = notebookOf([
    {
      type: "markdown",
      source: "# 00 · A <title>\n\nLog of $p_t$, <b>bold</b>.\n\n## A part\n\n## A part",
      tags: [],
    },
    { type: "code", source: 'const a = "</script>";', tags: [] },
  ]);
  (notebook.cells[1] as CodeCell).outputs = [
    {
      output_type: "display_data",
      data: {
        [PLOTLY]: {
          data: [{ y: [1], name: "</script><b>" }],
          layout: { height: 300 },
        },
        "image/png": "AAAA",
        "text/plain": "[Figure]",
      },
      metadata: {
        "neural-beta": { figure: "f", caption: "A < B", alt: 'An "alt" text' },
      },
    },
    {
      output_type: "display_data",
      data: { "text/markdown": "*A < B*" },
      metadata: { "neural-beta": { captionOf: "f" } },
    },
    { output_type: "stream", name: "stdout", text: "1 < 2" },
    {
      output_type: "display_data",
      data: { "text/html": "<table></table>" },
      metadata: {},
    },
    tableOutput(TABLE),
    {
      output_type: "display_data",
      data: { "text/markdown": "RMSE **0.2**" },
      metadata: {},
    },
    ...more.map(tableOutput),
  ];
  return notebook;
}

const CITATION = {
  authors: "A & B",
  title: "T",
  version: "1.2.3",
  year: "2026",
  licence: "MIT",
};

/** The page, which is in ASCII, with the letters that its references stand for. */
const pageOf = async (notebook: Notebook, more: Partial<PageInput> = {}) => {
  const page = await reportPage({
    notebooks: new Map([["00-a", notebook]]),
    facts: { Study: "Study <x>" },
    citation: CITATION,
    tableFiles: (id) => (id === "rows" ? FILES : undefined),
    ...more,
  });
  expect(page).toMatch(/^\p{ASCII}*$/u);
  return page.replace(/&#(\d{3,});/g, (_, code: string) => String.fromCodePoint(Number(code)));
};
const bodyOf = (page: string) =>
  page.slice(page.indexOf("<body>"), page.indexOf('<script type="application/gzip" id="plotly">'));
const json = (html: string) =>
  [...html.matchAll(/<script type="application\/json">([\s\S]*?)<\/script>/g)].map((match) =>
    JSON.parse(match[1]!),
  );

/** What scripts unpack when it is asked for. */
const packed = (html: string) =>
  [...html.matchAll(/<script type="application\/gzip"[^>]*>([\s\S]*?)<\/script>/g)].map((match) =>
    JSON.parse(gunzipSync(Buffer.from(match[1]!, "base64")).toString("utf8")),
  );

describe("the page", () => {
  let page: string;
  let body: string;
  beforeAll(async () => {
    page = await pageOf(executed());
    body = bodyOf(page);
  });

  it("asks nothing of any network", () => {
    // Links that a reader may follow are no requests: those of the bibliography.
    expect(body).not.toMatch(/<(?!a )[^>]* (src|href)="(https?:)?\/\//);
    expect(page.slice(0, page.indexOf("<body>"))).not.toMatch(/@import|url\((?!data:)/);
  });
  it("lets its own scripts and style run, by their hashes, and allows nothing else", () => {
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)!;
    const rules = new Map(
      policy!.split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1)]),
    );
    const hashes = (tag: string) =>
      [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, "g"))].map(
        ([, text]) => `'sha256-${createHash("sha256").update(text!).digest("base64")}'`,
      );
    // What draws is packed: the page's script adds it.
    const library = packed(page).find((value) => typeof value === "string")!;
    const hash = createHash("sha256").update(library).digest("base64");
    expect(hashes("script")).toHaveLength(1);
    expect(rules.get("script-src")).toEqual([
      ...hashes("script"),
      `'sha256-${hash}'`,
      "'wasm-unsafe-eval'",
    ]);
    expect(rules.get("worker-src")).toEqual(["blob:"]);
    expect(rules.get("style-src-elem")).toContain(hashes("style")[0]);
    expect(rules.get("default-src")).toEqual(["'none'"]);
    expect(policy).not.toMatch(/http|\*|'unsafe-eval'|script-src[^;]*unsafe-inline/);
    expect(page.indexOf("http-equiv")).toBeLessThan(page.indexOf("<style>"));
  });
  it("has a chapter per notebook, linked from the contents, below one main head", () => {
    expect(body).toContain('<a href="#00-a">00 · A &lt;title&gt;</a>');
    expect(body).toContain('<section id="00-a">');
    expect(body.match(/<h1/g)).toHaveLength(1);
    expect(body).toMatch(/<h2>00 · A &lt;title&gt;\u00a0<a class="permalink" href="#00-a"/);
  });
  it("gives each part an anchor of its own name, in the contents and beside its head", () => {
    for (const id of ["00-a.a-part", "00-a.a-part-2"]) {
      expect(body).toContain(`<li><a href="#${id}">A part</a></li>`);
      expect(body).toMatch(
        new RegExp(
          `<h3 id="${id}">A part\u00a0<a class="permalink" href="#${id}" aria-label="Link to A part">`,
        ),
      );
    }
  });
  it("says who made it, and how it is cited", () => {
    expect(body).toContain("<dt>By</dt><dd>A &amp; B, version 1.2.3, MIT licence</dd>");
    expect(body).toContain("<p>A &amp; B (2026). T. Version 1.2.3.</p>");
    expect(citationOf(readFileSync(new URL("../CITATION.cff", import.meta.url), "utf8"))).toEqual({
      authors: "The neural-beta authors",
      title: expect.stringMatching(/^neural-beta: time-varying betas/),
      version: "0.1.0",
      year: "2026",
      licence: "MIT",
    });
    expect(() => citationOf("title: T\n")).toThrow("CITATION.cff: must have name, has none");
  });
  it("links what its text mentions: notebooks, tables and figures, but no chapter to itself", () => {
    const mentioned = mentionedIn(
      ["00-a", "06-b"],
      '<table id="table-rows"></table><figure id="figure-f"></figure>',
    );
    const link = (html: string) => linkMentions(html, "00-a", mentioned);
    expect(link("<p>See notebooks 06, 00 and 07.</p>")).toBe(
      '<p>See <a class="ref" href="#06-b">notebooks 06</a>, 00 and 07.</p>',
    );
    expect(link("<p>In <code>rows</code>, <code>f</code> and <code>g</code></p>")).toBe(
      '<p>In <code><a class="ref" href="#table-rows">rows</a></code>, <code><a class="ref" href="#figure-f">f</a></code> and <code>g</code></p>',
    );
    expect(link("<small>made: table rows, figure of rows.</small>")).toBe(
      '<small>made: table <a class="ref" href="#table-rows">rows</a>, figure of rows.</small>',
    );
    // A line of Markdown may end between the words.
    expect(link("<p>notebook\n06</p>")).toBe('<p><a class="ref" href="#06-b">notebook\n06</a></p>');
    for (const closed of ["<h3>notebook 06</h3>", "<pre>notebook 06</pre>", "<a>notebook 06</a>"])
      expect(link(closed)).toBe(closed);
  });
  it("begins with what cells tagged abstract show, and marks a chapter's conclusion", async () => {
    const notebook = executed();
    notebook.cells.push(
      ...["abstract", "conclusion"].map((tag) => ({
        ...(structuredClone(notebook.cells[1]) as CodeCell),
        metadata: { tags: [tag] },
        outputs: [
          {
            output_type: "display_data" as const,
            data: { "text/markdown": `The ${tag}.` },
            metadata: {},
          },
        ],
      })),
    );
    const tagged = bodyOf(await pageOf(notebook));
    expect(tagged).toMatch(
      /<header>[\s\S]*<div id="abstract" [^>]*><p>The abstract\.<\/p>[\s\S]*<\/header>/,
    );
    expect(tagged).toMatch(
      /<div class="conclusion" [^>]*><div class="output"><p>The conclusion\.<\/p>/,
    );
    expect(tagged.match(/The abstract/g)).toHaveLength(2);
    expect(body).not.toMatch(/class="conclusion"|id="abstract"/);
  });
  it("has no streams and no reasons for what is left out in its abstract", async () => {
    const shown = (text: string, metadata = {}) => ({
      ...{ output_type: "display_data" as const, metadata },
      data: { "text/markdown": text, "text/plain": [text] },
    });
    const notebook = executed();
    notebook.cells.push({
      ...(structuredClone(notebook.cells[1]) as CodeCell),
      metadata: { tags: ["abstract"] },
      outputs: [
        { output_type: "stream", name: "stdout", text: "printed" },
        shown("Left out: no coins", { "neural-beta": { leftOut: "it has no coins" } }),
        shown("The first."),
        shown("The second."),
      ],
    });
    expect(abstractText([notebook])).toBe("The first. The second.");
    const abstract = /<div id="abstract"[\s\S]*?<\/div>/.exec(await pageOf(notebook))![0];
    expect(abstract).toContain("The first.");
    expect(abstract).not.toMatch(/printed|Left out/);
  });
  it("escapes text and writes formulas as MathML", () => {
    expect(body).toContain("<dt>Study</dt><dd>Study &lt;x&gt;</dd>");
    expect(body).toContain("&lt;b&gt;bold&lt;/b&gt;");
    expect(body).toContain("1 &lt; 2");
    expect(body).toContain("<math");
  });
  it("folds code away, in colours for light and dark", () => {
    expect(body).toMatch(
      /<details class="code" id="00-a.cell-1"><summary>Code <span class="unseen">of cell 1, .*<\/span><\/summary><pre/,
    );
    const [, name] = /<span class="(c\d+)">const ?<\/span>/.exec(body) ?? [];
    expect(page).toMatch(new RegExp(`\\.${name}\\{color:light-dark\\(#\\w+, #\\w+\\)\\}`));
  });
  it("shows a figure's picture at once, with its text, number, permalink and caption once", () => {
    expect(body).toContain(
      '<img alt="An &quot;alt&quot; text" width="760" height="300" src="data:image/png;base64,AAAA">',
    );
    expect(body).toContain(
      '<figcaption><a class="label" href="#figure-f">Figure 1.</a> A &lt; B</figcaption>',
    );
    expect(body.match(/<em>A &lt; B<\/em>/g)).toBeNull();
  });
  it("describes a figure that has no picture", async () => {
    const notebook = executed();
    delete ((notebook.cells[1] as CodeCell).outputs[0]!.data as Record<string, unknown>)[
      "image/png"
    ];
    expect(bodyOf(await pageOf(notebook))).toContain(
      "<noscript><p>An &quot;alt&quot; text</p></noscript>",
    );
  });
  it("numbers and names tables, without styles of their own", () => {
    expect(body).toContain('aria-label="Table 1: A &lt; B &amp; &quot;C&quot;"');
    expect(body).toContain('<a class="label" href="#table-rows">Table 1.</a>');
    expect(body).toContain('<td class="number">0.3</td>');
    expect(/<table id="table-rows">.*?<\/table>/s.exec(body)![0]).not.toContain("style=");
  });
  it("carries what is copied of a table: full precision, LaTeX row by row, and the rows not shown", () => {
    const source = packed(body)[1]!;
    expect(source.csv).toEqual(tableCsv(TABLE).trimEnd().split("\n"));
    expect(source.latex[1]).toEqual([
      "    first & 0.3 \\\\",
      "    second & 2.0 \\\\",
      "    third &  \\\\",
    ]);
    expect([source.latex[0], ...source.latex[1], source.latex[2]].join("\n")).toBe(
      tableLatex(TABLE).trimEnd(),
    );
    expect(source.more).toEqual([
      ["second", "2.0"],
      ["third", ""],
    ]);
  });
  it("does the same for a table that is too long for one page of a paper", async () => {
    const long = {
      ...WHOLE,
      rows: Array.from({ length: 60 }, (_, i) => [`row ${i}`, i]),
    };
    const files = {
      csv: tableCsv(long),
      html: tableHtml(long),
      latex: tableLatex(long),
    };
    const source = packed(bodyOf(await pageOf(executed(), { tableFiles: () => files })))[1]!;
    expect(source.latex[1]).toHaveLength(60);
    expect(source.latex[1][59]).toBe("    row 59 & 59.0 \\\\");
    expect(source.more).toHaveLength(59);
  });
  it("holds all rows of very large tables with four digits, and shows none of them", async () => {
    const large = {
      ...WHOLE,
      rows: Array.from({ length: 8000 }, (_, i) => [`row ${i}`, i / 7000]),
    };
    const files = {
      csv: tableCsv(large),
      html: tableHtml(large),
      latex: tableLatex(large),
    };
    const source = packed(bodyOf(await pageOf(executed(), { tableFiles: () => files })))[1]!;
    expect(source.more).toEqual([]);
    expect(source.csv).toHaveLength(8001);
    expect(source.csv.slice(0, 3)).toEqual(["name,value", "row 0,0", "row 1,0.0001429"]);
    expect(source.latex[1]).toEqual(["    row 0 & 0.0 \\\\"]);
  });
  it("lets no text end a script", () => {
    expect(packed(body)[0][0].name).toBe("</script><b>");
    expect(json(body)[0].legend[0].name).toBe("</script><b>");
    expect(page.match(/<script/g)!.length).toBe(page.match(/<\/script>/g)!.length);
  });
  it("has no summary where there are no claims", () => {
    expect(body).not.toContain('id="summary"');
  });
  it("shows the table of claims first, as a summary, and says so where it is made", async () => {
    const claims = { ...WHOLE, id: "claims", caption: "Verdicts" };
    const withClaims = bodyOf(await pageOf(executed(claims)));
    expect(withClaims.match(/id="table-claims"/g)).toHaveLength(1);
    expect(withClaims.indexOf('id="table-claims"')).toBeLessThan(
      withClaims.indexOf('<section id="00-a">'),
    );
    expect(withClaims).toContain('<li><a href="#summary">Summary</a></li>\n<li><a href="#00-a">');
    expect(withClaims).toContain('<a class="label" href="#table-claims">Table 1.</a>');
    expect(withClaims).toContain('<a href="#summary">The claims stand at the top of the page.</a>');
  });
  it("is the same twice", async () => {
    expect(await pageOf(executed())).toBe(page);
  });
});
