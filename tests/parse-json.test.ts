/** JSON in which no key stands twice: keys, values, escapes and nested objects. */

import { describe, expect, it } from "vitest";
import { parseJson } from "../lib/src/data/parse-json.js";

describe("parseJson", () => {
  it.each([
    '{"a": 1, "b": {"a": 2, "c": {"a": 3}}, "c": [{"a": 4}, {"a": 5}]}',
    '{"a": "a", "b": "a", "c": "\\"a\\": ", "d": "{"}',
    '{"a": ["b", "b", "b"], "b": "}"}',
    '{"x": {"a": 1}, "y": {"a": 2}, "a": 3}',
    '{"": 1, "a\\\\": 2, "\\\\a": 3, "a": ""}',
    '["a", "a"]',
    '"a"',
    "5",
  ])("is the value of %s", (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
    expect(parseJson(`\ufeff${text}`)).toEqual(JSON.parse(text));
  });

  it.each([
    ['{"a": 1, "a": 2}', "a"],
    ['{"a":1,"b":{"c":1},"a":2}', "a"],
    ['[{"x": 1}, {"b": {}, "b" \t\r\n : 2}]', "b"],
    ['{"x": {"long key": 1, "y": "}", "long key": 2}}', "long key"],
    ['{"a\\"b": 1, "a\\"b": 2}', 'a"b'],
    ['{"\\u0061": 1, "a": 2}', "a"],
    ['{"": 1, "": 2}', ""],
    ['{"x": ["y", {"z": "w"}], "q": "x", "x": 1}', "x"],
  ])("refuses %s", (text, key) => {
    expect(() => parseJson(text)).toThrow(`the key ${key} stands there twice`);
  });
});
