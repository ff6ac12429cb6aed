/** The reference of the package, docs/reference/*.md, from the doc comments of its public names. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../terminal.js";
import { firstSentence, type PublicName, publicApi } from "./public-api.js";

export const DOCS: string = fileURLToPath(new URL("docs/reference/", ROOT));

/** Pages in the order of the layers: the folder or the files below lib/src that each describes, and what is in them. */
const PAGES: readonly (readonly [page: string, title: string, about: string])[] = [
  ["types", "Types, checks, chance", "Shapes and units that every room shares."],
  ["stats", "Statistics", "Moments, regressions, tests and bootstraps."],
  ["panel", "Panels", "Calendars, returns, windows, splits and simulated panels."],
  ["data", "Data", "Reading, auditing and downloading prices, returns and factors."],
  ["betas", "Classical betas", "The null and the classical estimators, all of one shape."],
  ["models", "Neural betas", "The network, its trainers, its search and its betas."],
  ["portfolios", "Portfolios", "Sorts by beta, what they earn and what they cost."],
  ["comparing", "Comparing", "Walked paths, scores and paired tests: how estimators differ."],
  [
    "report",
    "The report",
    "A published study held to account: printed rows, regions, claims, verdicts.",
  ],
  ["figures", "Figures", "Results as Plotly figures: data, without a picture."],
  ["tables", "Tables", "Results as tables, for screens, papers and programs."],
  ["study", "The study", "Every choice of a study, and the file that makes others."],
  ["show", "Showing", "The way out of a notebook's cell."],
];

/** Files outside of a room, by the page that they are on. */
const FILES: Readonly<Record<string, string>> = {
  "check.ts": "types",
  "markdown.ts": "tables",
  "limits.ts": "data",
  "random.ts": "types",
  "study-file.ts": "study",
  "study-budget.ts": "study",
  "study-checks.ts": "study",
};

function pageOf({ file }: PublicName): string {
  const [room] = file.split(/[/.]/);
  return FILES[file] ?? room!;
}

/** The reference as files of docs/, by name. */
export function referenceFiles(names: readonly PublicName[] = publicApi()): Record<string, string> {
  const lost = names.find((name) => !PAGES.some(([page]) => page === pageOf(name)));
  if (lost)
    throw new Error(
      `reference: ${lost.name} of ${lost.file} is on no page; add its room to PAGES in tools/reference/pages.ts`,
    );
  const files: Record<string, string> = {
    "README.md": indexPage(names),
  };
  for (const [page, title, about] of PAGES)
    files[`${page}.md`] = roomPage(
      title,
      about,
      names.filter((name) => pageOf(name) === page),
      names,
    );
  return files;
}

/** Functions first, then values, then types, each by the alphabet. */
function inOrder(names: readonly PublicName[]): PublicName[] {
  const rank = { function: 0, value: 1, type: 2 };
  return [...names].sort((a, b) => rank[a.kind] - rank[b.kind] || (a.name < b.name ? -1 : 1));
}

function indexPage(names: readonly PublicName[]): string {
  const prelude = readFileSync(join(DOCS, "prelude.ts"), "utf8").trim();
  const rooms = PAGES.map(([page, title, about]) => {
    const lines = inOrder(names.filter((name) => pageOf(name) === page)).map(
      (name) =>
        `- [\`${name.name}\`](${page}.md#${anchor(name, names)}) ${escaped(firstSentence(name))}`,
    );
    return `## [${title}](${page}.md)\n\n${about}\n\n${lines.join("\n")}\n`;
  });
  return `# Reference of neural-beta

Every public name with the first sentence of its doc comment, in the order of the layers. Written by \`npm run reference\` from
\`lib/src\`; a test holds that it is up to date, and runs every example but those that need the network.

In the examples, the comment after an expression is its value: numbers with four decimals or more are rounded, all others exact;
typed arrays are written as arrays; of objects, the keys that matter; a remark may follow after a colon. They go on from the lines at
the [end of this page](#what-the-examples-go-on-from).

${rooms.join("\n")}
## What the examples go on from

\`\`\`ts
${prelude}
\`\`\`
`;
}

function roomPage(
  title: string,
  about: string,
  own: readonly PublicName[],
  all: readonly PublicName[],
): string {
  const entries = inOrder(own).map((name) => entry(name, all));
  return `# ${title}

${about} [All names](README.md).

${entries.join("\n")}`;
}

function entry(name: PublicName, all: readonly PublicName[]): string {
  const { tags } = name;
  const tagsNamed = (tag: string) => tags.filter((each) => each.tag === tag);
  const list = (tag: string, label: string) =>
    tagsNamed(tag).map(({ text }) => `- **${label}** ${prose(text, name, all)}`);
  const facts = [
    ...tagsNamed("param").map(
      ({ parameter, text }) => `- \`${parameter}\`: ${prose(text, name, all)}`,
    ),
    ...list("returns", "Returns"),
    ...list("throws", "Throws"),
    ...list("see", "See"),
  ];
  const parts = [
    `## ${name.name}`,
    fenced(name.declaration),
    paragraphs(name, all),
    facts.join("\n"),
    ...tagsNamed("example").map(({ text }) => fenced(text)),
    `[lib/src/${name.file}](../../lib/src/${name.file})`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const fenced = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;

/** Where the entry of a name is, as code hosts name headings: small letters, and a number where another was first. */
function anchor(name: PublicName, all: readonly PublicName[]): string {
  const head = name.name.toLowerCase();
  const page = inOrder(all.filter((other) => pageOf(other) === pageOf(name)));
  const before = page
    .slice(0, page.indexOf(name))
    .filter((other) => other.name.toLowerCase() === head).length;
  return before > 0 ? `${head}-${before}` : head;
}

/** The text of a doc comment, its lines joined, its paragraphs kept. */
const paragraphs = (name: PublicName, all: readonly PublicName[]): string =>
  name.text
    .split(/\n\s*\n/)
    .map((paragraph) => prose(paragraph, name, all))
    .join("\n\n");

/** One paragraph on one line; public names in backticks lead to their entry. */
function prose(text: string, from: PublicName, all: readonly PublicName[]): string {
  return escaped(text.replace(/\s+/g, " ").trim()).replace(/`(\w+)`/g, (code, word) => {
    const to = all.find(({ name }) => name === word);
    if (!to || to.name === from.name) return code;
    const page = pageOf(to) === pageOf(from) ? "" : `${pageOf(to)}.md`;
    return `[${code}](${page}#${anchor(to, all)})`;
  });
}

/** Signs of Markdown outside of code as they stand: formulas are full of them. */
const escaped = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, i) =>
      i % 2 === 1 ? part : part.replace(/[\\*<]|(?<!\w)_|_(?!\w)|(?<=\])(?=\()/g, "\\$&"),
    )
    .join("");
