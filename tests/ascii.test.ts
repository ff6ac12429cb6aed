/** A page in ASCII reads as it was written: in text and attributes, in styles, in scripts. */

import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { asciiCss, asciiHtml, asciiScript } from "../tools/dist/page/ascii.js";
import { jsonScript } from "../tools/dist/page/html.js";

it("refers to letters of HTML by their numbers", () => {
  expect(asciiHtml('<b title="β">−1 · 𝛽</b>')).toBe(
    '<b title="&#946;">&#8722;1 &#183; &#120573;</b>',
  );
});

it("keeps the blank that follows a letter in a style", () => {
  expect(asciiCss('a::before { content: "▸ "; }')).toBe('a::before { content: "\\25b8  "; }');
});

it("gives strings, templates and patterns of a script their letters back", () => {
  const script = '[`…`, "β 𝛽".length, /^−\\d$/.test("−7"), "𝛽"] // ≥';
  const ascii = asciiScript(script);
  expect(ascii).toMatch(/^[\x20-\x7e]*$/);
  expect(runInNewContext(ascii)).toEqual(runInNewContext(script));
});

it("keeps the letters of data", () => {
  const value = { title: "β on FIAT − 𝛽", tag: "</script>" };
  const [, json] = /^<script[^>]*>([ -~]*)<\/script>$/.exec(jsonScript(value))!;
  expect(JSON.parse(json!)).toEqual(value);
});
