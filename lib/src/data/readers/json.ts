/** What readers of JSON share: the parsed text, refused if it is an error message or cut off. */

import { described, printable } from "../../check.js";
import { DataError } from "../../types.js";
import { parseJson } from "../parse-json.js";
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
      value = parseJson(textOf(source));
    } catch (error) {
      throw new DataError(
        `${source.file}: is JSON that is cut off or damaged (${printable((error as Error).message)}); download the file again`,
      );
    }
    const message = errorIn(value);
    if (message !== undefined)
      throw new DataError(
        `${source.file}: is an error message, not prices (${described(message)}); the publisher has no such series or serves no more today, check the symbol or download the file later`,
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

/** Years in which prices can have been: a time beyond is in another unit. */
const [FIRST, LAST] = [Date.UTC(1800, 0, 1), Date.UTC(2200, 0, 1)];

/**
 * A list of Unix times, none of them null.
 *
 * @param place file and name, for messages
 * @param unit milliseconds in which they count
 * @throws DataError if it is none
 */
export function timesOf(place: string, list: readonly unknown[], unit: 1 | 1000): Float64Array {
  const times = numbersOf(place, list, list.length);
  const wrong = times.findIndex((time) => !(time * unit >= FIRST && time * unit < LAST));
  if (wrong >= 0)
    throw new DataError(
      `${place} must hold a time in every entry, Unix ${unit === 1 ? "milliseconds" : "seconds"}, got ${described(list[wrong])} in entry ${wrong + 1}; download the file again`,
    );
  return times;
}

/**
 * A list of numbers, NaN for null.
 *
 * @param place file and name, for messages
 * @throws DataError if it is none, or has another length
 */
export function numbersOf(place: string, list: unknown, length: number): Float64Array {
  if (!Array.isArray(list) || list.length !== length)
    throw new DataError(
      `${place} must be a list of ${length} numbers, one per time, got ${described(list)}; download the file again`,
    );
  return Float64Array.from(list as unknown[], (value, i) => {
    if (value === null) return Number.NaN;
    if (typeof value !== "number" || !Number.isFinite(value))
      throw new DataError(
        `${place} must hold numbers, got ${described(value)} in entry ${i + 1}; download the file again`,
      );
    return value;
  });
}
