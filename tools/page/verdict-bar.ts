/** How many claims have which verdict, as a bar and a list. */

import { VERDICTS } from "neural-beta";

/** The class of what belongs to a verdict. */
export const verdictClass = (verdict: string): string => verdict.replaceAll(" ", "-");

/** A bar with a part per verdict, above its counts. */
export function verdictBar(verdicts: readonly string[]): string {
  const counts = VERDICTS.map((verdict) => ({
    verdict,
    name: verdictClass(verdict),
    count: verdicts.filter((other) => other === verdict).length,
  }));
  const parts = counts.map(
    ({ name, count }) => `<span class="${name}" style="flex:${count}"></span>`,
  );
  const entries = counts.map(
    ({ verdict, name, count }) =>
      `<li class="${name}" data-verdict="${name}">${count} ${verdict}</li>`,
  );
  return `<div class="verdict-bar" aria-hidden="true">${parts.join("")}</div>
<ul class="verdicts">${entries.join("")}</ul>`;
}
