/** The font of figures and page as data: a picture must not depend on what is installed. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

const SCRIPTS = {
  greek: "U+0370-03FF",
  latin:
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212",
};

/**
 * Font faces for a text: Greek and bold only where it has them.
 *
 * @param svg a picture that carries its font; all faces by default
 */
export function fontCss(svg?: string): string {
  const faces = [400, 700].flatMap((weight) =>
    (["greek", "latin"] as const).map((script) => ({ weight, script })),
  );
  return faces
    .filter(
      ({ weight, script }) =>
        svg === undefined ||
        ((script === "latin" || /[\u0370-\u03ff]/.test(svg)) &&
          (weight === 400 || /font-weight: ?(bold|700)/.test(svg))),
    )
    .map(({ weight, script }) => {
      const file = `@fontsource/source-sans-3/files/source-sans-3-${script}-${weight}-normal.woff2`;
      const data = readFileSync(require.resolve(file)).toString("base64");
      return `@font-face{font-family:"Source Sans 3";font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${SCRIPTS[script]}}`;
    })
    .join("\n");
}
