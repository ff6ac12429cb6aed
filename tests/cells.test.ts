/** Cells of a line, with quotation marks, blanks and separators within them. */

import { expect, it } from "vitest";
import { cellsOf } from "../lib/src/data/readers/cells.js";

it.each([
  ["a, b ,c\r", ",", ["a", "b", "c"]],
  ["", ",", [""]],
  ["a,,", ",", ["a", "", ""]],
  ['"a"', ",", ["a"]],
  ['"a,b",c', ",", ["a,b", "c"]],
  ['a,"b,c"', ",", ["a", "b,c"]],
  ['a, "b,c" ,d', ",", ["a", "b,c", "d"]],
  ['"",x', ",", ["", "x"]],
  ['x,""', ",", ["x", ""]],
  ['"a ""b"", c",d', ",", ['a "b", c', "d"]],
  ['"""",d', ",", ['"', "d"]],
  ['"a""",d', ",", ['a"', "d"]],
  ['" a ",b', ",", ["a", "b"]],
  ['a "b, c",d', ",", ['a "b', 'c"', "d"]],
  ['"a" b,c', ",", ['"a" b', "c"]],
  ['"a,b', ",", ['"a', "b"]],
  ['a,"', ",", ["a", '"']],
  ['"a",', ",", ["a", ""]],
  ['"a;b";c', ";", ["a;b", "c"]],
  ['"a"\t"b\tc"', "\t", ["a", "b\tc"]],
  ['\t"a"', "\t", ["", "a"]],
  ['\t"a",b', ",", ["a", "b"]],
])("%j separated by %j", (line, separator, cells) => {
  expect(cellsOf(line, separator)).toEqual(cells);
});
