/** What papers take in: escaped text, booktabs tables, floats of figures. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COLUMN_WIDTHS, figureLatex } from "../lib/src/figures/latex.js";
import { citedLatex, latexText } from "../lib/src/latex.js";
import { tableLatex } from "../lib/src/tables/latex.js";
import type { Cell, Table } from "../lib/src/tables/table.js";
import { WORKS } from "../lib/src/works.js";
import { ROOT } from "./support/scratch.js";
import { TINY } from "./support/tiny-table.js";

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ts|csv|ipynb)$/.test(file))
    .map((file) => join(folder, file));

const BIBTEX = readFileSync(join(ROOT, "paper", "references.bib"), "utf8");

const TABLE: Table = {
  ...TINY,
  caption: "Made-up betas, 1 %",
  notes: ["N: months & days.", "β: beta."],
};

describe("latexText", () => {
  it.each([
    ["S&P 100 % #1 a_b $", String.raw`S\&P 100 \% \#1 a\_b \$`],
    ["{x}", String.raw`\{x\}`],
    ["^GSPC ~", String.raw`\^{}GSPC \~{}`],
    ["a\\b", String.raw`a\textbackslash{}b`],
    ["|ours − report| < 1", String.raw`\textbar{}ours $-$ report\textbar{} \textless{} 1`],
    ["R² of β − 1", String.raw`R$^2$ of $\beta$ $-$ 1`],
    [
      "αδεχω ο ς Σ Α",
      String.raw`$\alpha$$\delta$$\epsilon$$\chi$$\omega$ o $\varsigma$ $\Sigma$ Α`,
    ],
    ["‘a’ “b” … 1–2", "`a' ``b'' \\ldots{} 1--2"],
    ["Müller", "Müller"],
    ["Mu\u0308ller", "Müller"],
    [
      "Σ((β − β̂) f)² / β̂_OLS",
      String.raw`$\Sigma$(($\beta$ $-$ $\hat{\beta}$) f)$^2$ / $\hat{\beta}$\_OLS`,
    ],
    ["r̂ x̄ σ̃", String.raw`$\hat{r}$ $\bar{x}$ $\tilde{\sigma}$`],
  ])("writes %s as %s", (text, written) => {
    expect(latexText(text)).toBe(written);
  });

  it("leaves no sign that is not ASCII, of those that it names", () => {
    const signs = "αβγδεζηθικλμνξοπρςστυφχψωΓΔΘΛΞΠΣΥΦΨΩ−–—…±×·≤≥≈≠→←∞√¹²³₀₁₂";
    expect(latexText(signs)).toMatch(/^[ -~]*$/);
  });

  it("knows every character of our tables and captions, and of the data that they print", () => {
    const sources = [
      "lib/src/tables",
      "lib/src/figures",
      "lib/src/report",
      "data/reported",
      "notebooks",
    ];
    for (const file of sources.flatMap((folder) => filesBelow(join(ROOT, folder))))
      for (const [word] of readFileSync(file, "utf8").matchAll(/\P{ASCII}\p{M}*|[ -~]\p{M}+/gu)) {
        const points = [...word].map((c) => `U+${c.codePointAt(0)!.toString(16).padStart(4, "0")}`);
        // Letters of western names, such as Müller, are known to LaTeX itself.
        expect(latexText(word), `${file}: ${word} (${points.join(" ")})`).toMatch(
          /^[ -~À-ÖØ-öø-ÿ]*$/,
        );
      }
  });
});

describe("citedLatex", () => {
  it("knows the keys of the repository's works, and no others", () => {
    expect(WORKS).toEqual([...BIBTEX.matchAll(/^@\w+\{([\w-]+),$/gm)].map(([, key]) => key));
  });
  const entries = BIBTEX.split(/^@\w+\{/m).slice(1);
  it.each(entries.map((entry) => [entry.slice(0, entry.indexOf(",")), entry]))(
    "finds %s by the authors' names and the year of its entry",
    (key, entry) => {
      const field = (name: string) =>
        new RegExp(`^ {2}${name} += \\{(.*)\\}`, "m").exec(entry)?.[1];
      const surname = (author: string) => author.split(",")[0]!;
      const authors = (field("shortauthor") ?? field("author"))!.split(" and ").map(surname);
      expect(key).toBe([...authors, field("year")].join("-").toLowerCase());
      const listed = [authors.slice(0, -1).join(", "), authors.at(-1)].filter(Boolean);
      for (const names of [listed.join(" and "), authors.join("-"), authors.join("–")])
        for (const year of [` (${field("year")})`, ` ${field("year")}`, `, ${field("year")}`])
          expect(citedLatex([`See ${names}${year} here.`])).toEqual([
            `See ${latexText(names)}${year}~\\cite{${key}} here.`,
          ]);
    },
  );
  it.each([
    ["Newey-West errors", "Newey-West~[newey-west-1987] errors"],
    ["Newey and West's (1987) errors", "Newey and West's (1987)~[newey-west-1987] errors"],
    ["Newey-West (1994)", "Newey-West (1994)~[newey-west-1994]"],
    ["breaks (Hansen 2000).", "breaks (Hansen 2000~[hansen-2000])."],
    ["Hansen, Lunde and Nason (2011)", "Hansen, Lunde and Nason (2011)~[hansen-lunde-nason-2011]"],
    ["Holm-adjusted p, Holm's", "Holm-adjusted~[holm-1979] p, Holm's"],
    ["Welch (2022) after Welch", "Welch (2022)~[welch-2022] after Welch"],
    ["p by Holm, 1999 draws", "p by Holm~[holm-1979], 1999 draws"],
    ["Newey-West, 1994 draws", "Newey-West, 1994~[newey-west-1994] draws"],
    [
      "Clark and McCracken's (2001) test",
      "Clark and McCracken's (2001)~[clark-mccracken-2001] test",
    ],
    ["MacKinnon–White", "MacKinnon--White~[mackinnon-white-1985]"],
  ])("cites in %s what it names", (text, cited) => {
    expect(citedLatex([text])).toEqual([cited.replace(/\[(.+?)\]/g, "\\cite{$1}")]);
  });
  it.each([
    ["who stand alone and have not named a method, without a year", "Welch's form, Hansen's test"],
    ["whose year is another", "Hansen 2021, Newey and West (1999), Politis and Romano, 1992."],
    ["that are ids of estimators", "vasicek, dimson, scholes-williams"],
    ["within other words", "Baird, Chowdhury, NonHolm"],
  ])("cites no authors %s", (_, text) => {
    expect(citedLatex([text])).toEqual([latexText(text)]);
  });
  it("cites a work once in a table, its caption and its notes together", () => {
    const table = { ...TABLE, caption: "Holm's p", notes: ["After Holm's correction & Chow's."] };
    const latex = tableLatex(table);
    expect(latex).toContain("\\caption{Holm's~\\cite{holm-1979} p}");
    expect(latex).toContain("After Holm's correction \\& Chow's~\\cite{chow-1960}.");
  });
});

describe("tableLatex", () => {
  it("is a booktabs table with caption, label, numbers for siunitx and notes below", () => {
    expect(tableLatex(TABLE)).toBe(
      String.raw`\begin{table}
  \centering
  \caption{Made-up betas, 1 \%}
  \label{tab:tiny}
  \par\smallskip
  \begin{tabular}{@{}lS[table-format=-1.2]S[table-format=4.0]@{}}
    \toprule
    Coin & {Mean $\beta$} & {N} \\
    \midrule
    BTC & 0.30 & 12 \\
    ETH & -1.00 & 1234 \\
    LTC &  &  \\
    \bottomrule
  \end{tabular}
  \par\medskip\noindent
  \begin{minipage}{\linewidth}\footnotesize\raggedright
    N: months \& days.\par
    $\beta$: beta.\par
  \end{minipage}
\end{table}
`,
    );
  });

  it("has every row, however many are shown", () => {
    expect(tableLatex({ ...TABLE, shown: 1 })).toBe(tableLatex(TABLE));
  });

  const rows = (n: number, cell: Cell): Table => ({
    ...TABLE,
    rows: Array.from({ length: n }, () => [cell, 1, 2]),
  });

  it("goes over pages from 46 rows on, with its head on each", () => {
    expect(tableLatex(rows(45, "a"))).toContain("\\begin{tabular}");
    const long = tableLatex(rows(46, "a"));
    expect(long).not.toContain("{table}");
    expect(long).toMatch(
      /\\begin\{longtable\}.*\\caption\{.*\\label\{.*\\endfirsthead.*\\endhead/s,
    );
    expect(long.match(/Coin & /g)).toHaveLength(2);
    expect(long.match(/^ {4}a & 1\.00 & 2 \\\\$/gm)).toHaveLength(46);
  });

  it("wraps prose in a part of the line, and takes smaller type for it and for wide tables", () => {
    expect(tableLatex(rows(1, "a reason of more than thirty characters"))).toMatch(
      /\\footnotesize.*>\{\\raggedright\\arraybackslash\}p\{0\.\d+\\linewidth\}S/s,
    );
  });

  const wide = (columns: number): Table => ({
    ...TABLE,
    columns: Array.from({ length: columns }, (_, i) => ({
      key: `k${i}`,
      head: "Eight ch",
      decimals: 1,
    })),
    rows: [],
    notes: [],
  });

  it("takes smaller type for wide tables, then a turned page, then fewer columns, which a note counts", () => {
    const sizes = /\\(small\n|footnotesize|scriptsize)/;
    expect(tableLatex(wide(9))).not.toMatch(sizes);
    expect(tableLatex(wide(10))).toContain("\\small\n");
    expect(tableLatex(wide(11))).toContain("\\footnotesize");
    expect(tableLatex(wide(13))).toContain("\\scriptsize");
    expect(tableLatex(wide(14))).toMatch(/^\\begin\{sidewaystable\}\n/);
    const narrowed = tableLatex(wide(30));
    const kept = narrowed.match(/\{Eight ch\}/g)!.length;
    expect(kept).toBeGreaterThan(14);
    expect(narrowed).toContain(`${30 - kept} more columns: tables/tiny.csv.`);
  });

  it("turns a page that is not enough for a wide table, and goes over several of them", () => {
    const long = {
      ...wide(14),
      rows: Array.from({ length: 60 }, () => wide(14).columns.map(() => 1)),
    };
    expect(tableLatex(long)).toMatch(
      /^\\begin\{landscape\}\n[\s\S]*longtable[\s\S]*\\end\{landscape\}\n$/,
    );
  });

  it("has the columns that the table names for papers", () => {
    expect(tableLatex({ ...TABLE, paper: ["coin", "n"] })).toContain("BTC & 12 \\\\");
  });

  it("has the first rows of more than a paper prints, and says where all of them are", () => {
    const latex = tableLatex(rows(501, "a"));
    expect(latex.match(/^ {4}a & 1\.00 & 2 \\\\$/gm)).toHaveLength(45);
    expect(latex).toContain("The first 45 of 501 rows; all of them in tables/tiny.csv.");
    expect(tableLatex(rows(500, "a")).match(/^ {4}a &/gm)).toHaveLength(500);
  });

  it("puts text in a column of numbers into braces", () => {
    expect(tableLatex({ ...TABLE, rows: [["BTC", "n/a", 1]] })).toContain("BTC & {n/a} & 1 \\\\");
  });
});

describe("figureLatex", () => {
  it("is a float with picture, caption and label, over both columns where it is wider than one", () => {
    const figure = { id: "tiny", caption: "β falls by 1 %." };
    expect(figureLatex(figure, 84)).toBe(String.raw`\begin{figure}
  \centering
  \includegraphics[width=84mm]{tiny}
  \caption{$\beta$ falls by 1 \%.}
  \label{fig:tiny}
\end{figure}
`);
    for (const width of [84.5, 174])
      expect(figureLatex(figure, width)).toContain("\\begin{figure*}");
  });

  it("is several floats of one number where no page holds the picture", () => {
    const parts = figureLatex({ id: "tall", caption: "Many claims." }, 174, {
      height: 300,
      cuts: [180],
    });
    expect(parts.match(/trim=[^,]*/g)).toEqual([
      "trim=0mm 120mm 0mm 0mm",
      "trim=0mm 0mm 0mm 180mm",
    ]);
    expect(parts.match(/\\label/g)).toHaveLength(1);
    expect(parts).toContain("\\addtocounter{figure}{-1}\n  \\caption{(continued)}");
  });

  it("cuts at hundredths of a millimetre", () => {
    const cuts = { height: 300.128, cuts: [180.004] };
    const parts = figureLatex({ id: "tall", caption: "Many claims." }, 174, cuts);
    expect(parts.match(/trim=[^,]*/g)).toEqual([
      "trim=0mm 120.12mm 0mm 0mm",
      "trim=0mm 0mm 0mm 180mm",
    ]);
  });

  it("knows the widths of one column and of both, 84 and 174 mm", () => {
    expect(COLUMN_WIDTHS).toEqual({ single: 84, double: 174 });
  });
});
