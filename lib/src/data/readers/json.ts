/** What readers of JSON share: the parsed text, refused if it is an error message or cut off. */

import { DataError } from "../../types.js";
import { isJson, type Source, textOf } from "./source.js";

const parsed = new WeakMap<Source, unknown>();

/**
 * The value of a JSON file; undefined for other files.
 *
 * @throws DataError if it cannot be parsed, or is a publisher's error instead of data
 */
export function jsonOf(source: Source): unknown {
  if (!isJson(source.head.find((line) => line.trim() !== "") ?? "")) return undefined;
  if (!parsed.has(source)) {
    let value: unknown;
    try {
      value = JSON.parse(textOf(source));
    } catch (error) {
      throw new DataError(
        `${source.file}: is JSON that is cut off or damaged (${(error as Error).message}); download the file again`,
      );
    }
    const message = errorIn(value);
    if (message !== undefined)
      throw new DataError(
        `${source.file}: is an error message, not prices (${JSON.stringify(message)}); the publisher has no such series or serves no more today, check the symbol or download the file later`,
      );
    parsed.set(source, value);
  }
  return parsed.get(source);
}

/** The words of an error: `error`, `error_message`, `description` or `message`, at any of the first levels. */
function errorIn(value: unknown, depth = 0): string | undefined {
  if (!isObject(value) || depth > 3) return undefined;
  for (const key of ["description", "error_message", "message", "error"])
    if (typeof value[key] === "string" && value[key] !== "") return value[key];
  for (const key of ["error", "status", "chart", "finance"]) {
    const found = errorIn(value[key], depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A list of times, none of them null.
 *
 * @throws DataError if it is none
 */
export function timesOf(file: string, what: string, list: readonly unknown[]): Float64Array {
  const times = numbersOf(file, what, list, list.length);
  const missing = times.findIndex(Number.isNaN);
  if (missing >= 0)
    throw new DataError(
      `${file}: ${what} must hold a time in every entry, got null in entry ${missing + 1}; download the file again`,
    );
  return times;
}

/**
 * A list of numbers, NaN for null.
 *
 * @param what its name in messages
 * @throws DataError if it is none, or has another length
 */
export function numbersOf(file: string, what: string, list: unknown, length: number): Float64Array {
  if (!Array.isArray(list) || list.length !== length)
    throw new DataError(
      `${file}: ${what} must be a list of ${length} numbers, one per time, got ${Array.isArray(list) ? `${list.length}` : JSON.stringify(list)}; download the file again`,
    );
  return Float64Array.from(list as unknown[], (value, i) => {
    if (value === null) return Number.NaN;
    if (typeof value !== "number")
      throw new DataError(
        `${file}: ${what} must hold numbers, got ${JSON.stringify(value)} in entry ${i + 1}; download the file again`,
      );
    return value;
  });
}
