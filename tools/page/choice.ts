/** A labelled choice among a few values. */

import { escapeHtml } from "./html.js";

export function choiceHtml(
  name: string,
  label: string,
  values: readonly (string | number)[],
  chosen?: string | number,
): string {
  const options = values.map(
    (value) =>
      `<option${value === chosen ? " selected" : ""}>${escapeHtml(String(value))}</option>`,
  );
  return `<label>${label} <select name="${name}">${options.join("")}</select></label>`;
}
