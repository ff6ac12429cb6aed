/** JSON as it was meant: JSON.parse keeps the last of two equal keys and says nothing. */

import { printable } from "../check.js";

/**
 * The value of a JSON text.
 *
 * @throws SyntaxError if it is none, or an object has a key twice
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
  const twice = repeatedKey(text);
  if (twice !== undefined)
    throw new SyntaxError(
      `the key ${printable(twice)} stands there twice, of which one would count`,
    );
  return value;
}

/** The first key that an object of a well-formed text has twice, as it is written there; undefined if none has. */
function repeatedKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  // Numbers, lists and blanks are skipped: lists hold no keys of their own.
  const token = /["{}]/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === "{") open.push(new Set());
    else if (match[0] === "}") open.pop();
    else {
      const end = closingQuote(text, token.lastIndex);
      if (isKey(text, end + 1)) {
        const key = JSON.parse(text.slice(match.index, end + 1)) as string;
        const keys = open.at(-1)!;
        if (keys.has(key)) return key;
        keys.add(key);
      }
      token.lastIndex = end + 1;
    }
  }
  return undefined;
}

function closingQuote(text: string, from: number): number {
  let at = from;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** True if the next character that is no blank is a colon. */
function isKey(text: string, from: number): boolean {
  let at = from;
  while (" \t\n\r".includes(text[at] ?? ":")) at++;
  return text[at] === ":";
}
