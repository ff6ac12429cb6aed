/** Text for LaTeX. */

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
