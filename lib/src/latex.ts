/** Text for LaTeX. */

import { WORKS } from "./works.js";

const SPECIAL: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "^": "\\^{}",
  "~": "\\~{}",
  "|": "\\textbar{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "−": "$-$",
  "–": "--",
  "—": "---",
  "…": "\\ldots{}",
  "‘": "`",
  "’": "'",
  "“": "``",
  "”": "''",
  "±": "$\\pm$",
  "×": "$\\times$",
  "·": "$\\cdot$",
  "≤": "$\\le$",
  "≥": "$\\ge$",
  "≈": "$\\approx$",
  "≠": "$\\ne$",
  "‹": "$\\langle$",
  "›": "$\\rangle$",
  "→": "$\\to$",
  "←": "$\\leftarrow$",
  "∞": "$\\infty$",
  "√": "$\\surd$",
  "¹": "$^1$",
  "²": "$^2$",
  "³": "$^3$",
  "₀": "$_0$",
  "₁": "$_1$",
  "₂": "$_2$",
  "\u00a0": "~",
};

const GREEK =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho varsigma sigma tau upsilon phi chi psi omega".split(
    " ",
  );

/** Capitals that look like no Latin letter. */
const CAPITALS = "ΓΔΘΛΞΠΣΥΦΨΩ";

/** Accents of statistics, which stand after their letter: an estimate, a mean, a resampled value, a derivative. */
const ACCENTS: Readonly<Record<string, string>> = {
  "\u0302": "hat",
  "\u0304": "bar",
  "\u0305": "bar",
  "\u0303": "tilde",
  "\u0307": "dot",
  "\u0308": "ddot",
};

/**
 * Text as any LaTeX sets it, with its default fonts: what it would read as a command is escaped; Greek letters, signs and
 * letters with the accents of statistics (β̂) become mathematics. Other letters stay as they are.
 *
 * @example
 * latexText("S&P's β ≤ 1 %"); // "S\\&P's $\\beta$ $\\le$ 1 \\%"
 */
export function latexText(text: string): string {
  return text
    .normalize("NFC")
    .replace(
      /(\p{L})([\u0302-\u0308])|[\\{}$&%#_^~|<>]|[^ -~]/gu,
      (c, letter?: string, sign = "") =>
        letter === undefined
          ? characterLatex(c)
          : sign in ACCENTS
            ? `$\\${ACCENTS[sign]}{${characterLatex(letter).replaceAll("$", "")}}$`
            : c,
    );
}

function characterLatex(c: string): string {
  const special = SPECIAL[c];
  if (special !== undefined) return special;
  if (/[{}$&%#_]/.test(c)) return `\\${c}`;
  const small = GREEK[c.charCodeAt(0) - 0x3b1];
  if (small !== undefined) return small === "o" ? "o" : `$\\${small}$`;
  if (!CAPITALS.includes(c)) return c;
  const name = GREEK[c.charCodeAt(0) - 0x391]!;
  return `$\\${name[0]!.toUpperCase()}${name.slice(1)}$`;
}

/** Authors as keys have them, those first who stand at the beginning of others. */
const AUTHORS = [...new Set(WORKS.map((key) => key.replace(/-\d+$/, "")))].sort(
  (a, b) => b.length - a.length,
);

/** Authors, what belongs to their last word, and the year in brackets or without: "Holm-adjusted", "Newey and West's (1987)". */
const MENTION = new RegExp(
  `(?<![\\p{L}-])(${AUTHORS.map(namesPattern).join("|")})(?!\\p{L})(?:-[a-z]+)?(?:['’]s)?( \\(\\d{4}\\)|,? \\d{4}\\b)?`,
  "gu",
);

/** A number that counts what follows: "by Holm, 1999 draws". */
const COUNT = /^, \d{4} \p{L}/u;

/** As texts write them ("McCracken"), never as the ids of estimators, which begin with a small letter. */
function namesPattern(authors: string): string {
  const eitherCase = (letter: string) => `[${letter}${letter.toUpperCase()}]`;
  const names = authors
    .split("-")
    .map((name) => name[0]!.toUpperCase() + name.slice(1).replace(/./g, eitherCase));
  return names.join("(?:, | and |-|–)");
}

/** Single authors whose name alone is that of a method; other names may be those of somebody else. */
const METHODS = ["chow", "holm"];

/** Without a year, authors mean their first work. */
function workOf(names: string, year: string | undefined): string | undefined {
  const authors = names.toLowerCase().replace(/, | and |–/g, "-");
  if (year !== undefined) return WORKS.find((key) => key === `${authors}-${year}`);
  if (!authors.includes("-") && !METHODS.includes(authors)) return undefined;
  return WORKS.find((key) => key.replace(/-\d+$/, "") === authors);
}

/**
 * The texts of one table or figure for LaTeX, where the first mention of each work of paper/references.bib cites it.
 *
 * @example
 * citedLatex(["Newey-West errors."]); // ["Newey-West~\\cite{newey-west-1987} errors."]
 */
export function citedLatex(texts: readonly string[]): string[] {
  const cited = new Set<string>();
  return texts.map((text) => {
    let [latex, from] = ["", 0];
    for (const { 0: found, 1: names, 2: number = "", index } of text.matchAll(MENTION)) {
      const authorsEnd = index + found.length - number.length;
      const dated = workOf(names!, /\d+/.exec(number)?.[0]);
      const counted = !dated && COUNT.test(text.slice(authorsEnd));
      const key = counted ? workOf(names!, undefined) : dated;
      if (key === undefined || cited.has(key)) continue;
      cited.add(key);
      const end = counted ? authorsEnd : index + found.length;
      latex += `${latexText(text.slice(from, end))}~\\cite{${key}}`;
      from = end;
    }
    return latex + latexText(text.slice(from));
  });
}
