/** JSON files that people write: read whole, held against a schema, every fault named by its key. */

import { isUtf8 } from "node:buffer";
import { z } from "zod";
import { described, printable } from "../check.js";
import { FILE_LIMITS } from "../limits.js";
import { dayNumber } from "../panel/calendar.js";
import { DataError } from "../types.js";
import { parseJson } from "./parse-json.js";
import { readBytes } from "./read-file.js";

/**
 * The content of a JSON file.
 *
 * @param schema what it must be; unknown keys are refused where it is made of strict objects
 * @param what the file is called where the fault is not in one of its keys, for example "the study"
 * @throws DataError with a line per fault: the key's path, what was expected and what came
 */
export function readJson<T extends z.ZodType>(file: string, schema: T, what: string): z.output<T> {
  const bytes = readBytes(file, FILE_LIMITS.json);
  if (!isUtf8(bytes))
    throw new DataError(`${file}: must be text in UTF-8, but has other bytes; save it as UTF-8`);
  let json: unknown;
  try {
    json = parseJson(bytes.toString("utf8"));
  } catch (error) {
    throw new DataError(
      `${file}: must be a JSON file (${printable((error as Error).message)}); correct the text`,
    );
  }
  // What came is told with what was expected.
  const parsed = schema.safeParse(json, { reportInput: true });
  if (!parsed.success)
    throw new DataError(
      parsed.error.issues
        .flatMap((issue) => faultsOf(issue, schema, what))
        .slice(0, MOST_FAULTS)
        .map((fault) => `${file}: ${fault}`)
        .join("\n"),
    );
  return parsed.data;
}

/** Faults that are told at once. */
const MOST_FAULTS = 20;

/** Faults in our words: the key's whole path, what was expected, what to do. */
function faultsOf(issue: z.core.$ZodIssue, schema: z.ZodType, what: string): string[] {
  const { path } = issue;
  if (issue.code !== "unrecognized_keys")
    return [
      `${printable(path.join(".")) || what}: ${issue.message}${came(issue)}; correct the value`,
    ];
  const known = path.reduce(partOf, bare(schema));
  const keys = known instanceof z.ZodObject ? Object.keys(known.shape) : [];
  return issue.keys.map(
    (key) =>
      `${printable([...path, key].join("."))}: unknown key, expected one of ${keys.join(", ")}; correct or remove it`,
  );
}

/** What came instead, where the message does not say it: a value, not the whole of an object. */
function came({ input, message }: z.core.$ZodIssue): string {
  const isValue = input !== undefined && (input === null || typeof input !== "object");
  return isValue && !/\b(got|received (null|undefined)|stands)\b/.test(message)
    ? `, got ${described(input)}`
    : "";
}

/** The schema of a key. */
function partOf(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType {
  if (schema instanceof z.ZodObject) return bare(schema.shape[key as string] as z.core.$ZodType);
  if (schema instanceof z.ZodArray) return bare(schema.element);
  return schema;
}

/** A schema without what lets its key be left out. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
    ? bare(schema.unwrap())
    : schema;
}

/** Text that is printed: not empty, on one line, without characters that no one sees. */
export const plainText: z.ZodString = z
  .string()
  .min(1, "expected a text that is not empty")
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, "expected a text without control characters");

/** The name of a series: printed text that a market set and a file's head can hold. */
export const seriesName: z.ZodString = plainText.regex(
  /^(?!\s)[^+,"]*(?<!\s)$/,
  "expected a name without plus, comma or quotation mark, and without blanks around it",
);

/** A month YYYY-MM or a day YYYY-MM-DD. */
export const monthOrDay: z.ZodType<string> = z
  .string()
  .refine(
    (text) => !Number.isNaN(dayNumber(text.length === 7 ? `${text}-01` : text)),
    "expected a month YYYY-MM or a day YYYY-MM-DD of the calendar",
  );

/** A day YYYY-MM-DD. */
export const day: z.ZodType<string> = z
  .string()
  .refine((text) => !Number.isNaN(dayNumber(text)), "expected a day YYYY-MM-DD of the calendar");
