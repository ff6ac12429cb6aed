/** JSON files that people write: faults by their key, values that came instead, and texts that are allowed. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { day, monthOrDay, plainText, readJson, seriesName } from "../lib/src/data/json-file.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const fileOf = (content: string | Uint8Array) => write(join(folder, `${written++}.json`), content);

const part = z.strictObject({ size: z.number(), name: z.string().optional() });
const SCHEMA = z.strictObject({
  own: part,
  may: part.optional(),
  exact: part.exactOptional(),
  usual: part.default({ size: 1 }),
  before: part.prefault({ size: 1 }),
  list: z.array(part).optional(),
});
const faultsOf = (value: unknown): string[] => {
  const file = fileOf(JSON.stringify(value));
  try {
    readJson(file, SCHEMA, "the thing");
    return [];
  } catch (error) {
    return (error as Error).message.replaceAll(`${file}: `, "").split("\n");
  }
};

describe("readJson", () => {
  it("is the content, with what is usual", () => {
    expect(readJson(fileOf('\ufeff{"own": {"size": 2}}'), SCHEMA, "the thing")).toEqual({
      own: { size: 2 },
      usual: { size: 1 },
      before: { size: 1 },
    });
    expect(faultsOf({ own: { size: 2 } })).toEqual([]);
  });

  it.each(["own", "may", "exact", "usual", "before"])(
    "names the keys that are known where one is not: in %s",
    (key) => {
      expect(faultsOf({ own: { size: 2 }, [key]: { size: 1, sise: 2 } })).toEqual([
        `${key}.sise: unknown key, expected one of size, name; correct or remove it`,
      ]);
    },
  );

  it("names keys at the top, and those in lists", () => {
    expect(faultsOf({ own: { size: 2 }, list: [{ size: 1 }, { size: 1, x: 0, y: 0 }] })).toEqual(
      ["x", "y"].map(
        (key) => `list.1.${key}: unknown key, expected one of size, name; correct or remove it`,
      ),
    );
    expect(faultsOf({ own: { size: 2 }, other: 1 })).toEqual([
      "other: unknown key, expected one of own, may, exact, usual, before, list; correct or remove it",
    ]);
  });

  it("tells values that came instead, not the whole of objects", () => {
    expect(faultsOf({ own: { size: "2" } })[0]).toMatch(
      /^own\.size: .*, got "2"; correct the value$/,
    );
    expect(faultsOf({ own: { size: null } })[0]).toMatch(/^own\.size: .*null/);
    expect(faultsOf({ own: [1] })[0]).toMatch(/^own: .*; correct the value$/);
    expect(faultsOf({ own: [1] })[0]).not.toContain("got");
    expect(faultsOf(5)[0]).toMatch(/^the thing: .*, got 5; correct the value$/);
  });

  it("tells twenty faults at once", () => {
    const wrong = (count: number) =>
      faultsOf({ own: { size: 2 }, list: Array.from({ length: count }, () => ({ size: "" })) });
    expect(wrong(19)).toHaveLength(19);
    expect(wrong(20)).toHaveLength(20);
    expect(wrong(25)).toHaveLength(20);
  });

  it("refuses what is no JSON in UTF-8", () => {
    expect(() => readJson(fileOf("{"), SCHEMA, "x")).toThrow("must be a JSON file (");
    expect(() => readJson(fileOf(Buffer.of(0x22, 0xe4, 0x22)), SCHEMA, "x")).toThrow(
      "must be text in UTF-8, but has other bytes",
    );
  });
});

describe("texts", () => {
  const fits = (schema: z.ZodType, ...texts: readonly string[]) =>
    texts.map((text) => schema.safeParse(text).success);

  it("are printed on one line", () => {
    expect(fits(plainText, "a", " ", "", "a\nb", "a\u200bb")).toEqual([
      ...[true, true, false, false, false],
    ]);
    expect(fits(seriesName, "A B", " A", "A ", "A+B", "A,B", 'A"', "")).toEqual([
      ...[true, false, false, false, false, false, false],
    ]);
  });

  it("are months and days of the calendar", () => {
    const texts = ["2020-02", "2020-13", "2020-02-29", "2021-02-29", "2020-2", "2020"];
    expect(fits(monthOrDay, ...texts)).toEqual([true, false, true, false, false, false]);
    expect(fits(day, ...texts)).toEqual([false, false, true, false, false, false]);
  });
});
