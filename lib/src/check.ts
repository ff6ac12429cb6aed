/** Arguments that are refused, in one wording: function: what must hold, what came instead; remedy. */

import { STUDY_LIMITS } from "./limits.js";

/**
 * Throws a RangeError unless `value` is an integer of at least `min`, and of at most `max`.
 *
 * @example
 * checkInteger("myBeta", "lookback", 0.5, 1); // RangeError: myBeta: lookback must be an integer of at least 1, got 0.5
 */
export function checkInteger(
  where: string,
  name: string,
  value: number,
  min: number,
  max: number = Number.POSITIVE_INFINITY,
): void {
  if (!Number.isInteger(value) || value < min)
    throw new RangeError(`${where}: ${name} must be an integer of at least ${min}, got ${value}`);
  if (value > max)
    throw new RangeError(`${where}: ${name} must be at most ${max}, got ${value}; reduce it`);
}

/** Throws a RangeError unless sizes are integers of at least 1, and what they make together fits into memory. */
export function checkSizes(where: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(sizes)) checkInteger(where, name, value, 1);
  const numbers = Object.values(sizes).reduce((product, size) => product * size, 1);
  if (numbers > STUDY_LIMITS.numbers)
    throw new RangeError(
      `${where}: ${Object.keys(sizes).join(" times ")} must be at most ${STUDY_LIMITS.numbers}, got ${numbers}; reduce one of them`,
    );
}

/**
 * Throws a RangeError unless `value` is a finite number above zero.
 *
 * @example
 * checkPositive("myBeta", "halfLife", -1); // RangeError: myBeta: halfLife must be a finite number above 0, got -1
 */
export function checkPositive(where: string, name: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value)))
    throw new RangeError(`${where}: ${name} must be a finite number above 0, got ${value}`);
}

/** Throws a RangeError unless both arrays have the same length. */
export function checkSameLength(
  where: string,
  what: Readonly<Record<string, ArrayLike<unknown>>>,
): void {
  const lengths = Object.entries(what).map(([name, a]) => [name, a.length]);
  if (lengths.some(([, n]) => n !== lengths[0]?.[1]))
    throw new RangeError(
      `${where}: arrays must have one length, but ${lengths.map(([name, n]) => `${name} has ${n}`).join(", ")}`,
    );
}

/** Throws a RangeError unless every value is finite; names the first that is not. */
export function checkFinite(where: string, name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw new RangeError(
        `${where}: ${name} must be finite, got ${values[i]} at index ${i}; leave out rows with missing values first`,
      );
}

/**
 * Throws a RangeError unless two things have the same names on an axis; says where they part.
 *
 * @param things the names of both, by what they are of
 */
export function checkSameAxis(
  where: string,
  axis: string,
  things: Readonly<Record<string, readonly string[]>>,
): void {
  const [[first, ours], [second, theirs]] = Object.entries(things) as [
    [string, readonly string[]],
    [string, readonly string[]],
  ];
  const at = ours.findIndex((name, i) => name !== theirs[i]);
  if (at >= 0 || ours.length !== theirs.length)
    throw new RangeError(
      `${where}: ${first} and ${second} must share ${axis}, but ${first} has ${ours.length}, ${second} ${theirs.length}${at >= 0 ? `, and entry ${at + 1} is ${ours[at]} against ${theirs[at]}` : ""}; make both from one panel`,
    );
}

/**
 * Throws a RangeError unless an id names a file, an anchor and a label alike: small letters, digits and hyphens, never a path.
 *
 * @example
 * checkId("show", "../mine"); // RangeError: show: an id must be small letters, digits and hyphens, got "../mine"
 */
export function checkId(where: string, id: string): void {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    throw new RangeError(
      `${where}: an id must be small letters, digits and hyphens, got ${JSON.stringify(id)}; rename the figure or table`,
    );
}

/** A text of somebody else's for a message: without control characters, at most 200 characters long. */
export function printable(text: string): string {
  const plain = text.slice(0, 201).replace(/\p{Cc}/gu, "\ufffd");
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain;
}

/** A value of somebody else's for a message: what it is, and which where that is short. */
export function described(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return value === undefined ? "nothing" : printable(JSON.stringify(value));
}
