/** What the parts of the page share. */

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
  `<script type="application/json">${JSON.stringify(value).replaceAll("<", "\\u003c")}</script>`;

/** A link of something to itself, for whoever sends it on. */
export const permalink = (id: string, title: string): string =>
  `<a class="permalink" href="#${id}" aria-label="Link to ${title}">#</a>`;
