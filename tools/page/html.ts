/** What the parts of the page share. */

import { gzipSync, strToU8 } from "fflate";
import { asciiScript } from "./ascii.js";

/** Text inside an element or an attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Data inside a script element: no text of it can end the element. */
export const jsonScript = (value: unknown): string =>
  `<script type="application/json">${asciiScript(JSON.stringify(value).replaceAll("<", "\\u003c"))}</script>`;

/** Data that a script unpacks when it is asked for: JSON, packed by a program that gives the same bytes on every machine. */
export const packedScript = (value: unknown, attributes: string): string => {
  const packed = gzipSync(strToU8(JSON.stringify(value)), { level: 9, mtime: 0 });
  return `<script type="application/gzip"${attributes}>${Buffer.from(packed).toString("base64")}</script>`;
};

/** A link of something to itself, for whoever sends it on. */
export const permalink = (id: string, title: string): string =>
  // It never stands alone in a line.
  `\u00a0<a class="permalink" href="#${id}" aria-label="Link to ${title}">#</a>`;
