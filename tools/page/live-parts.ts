/** What the reader can try, at the ends of the chapters that it belongs to. */

import type { Chapter } from "./chapter.js";
import { ladderExplorer } from "./explorer.js";
import { type AddedPart, type LiveInput, livePanel } from "./live.js";
import { weightsExplorer } from "./weights.js";

/** Parts by the table that a chapter shows and they start from. */
const PARTS: Readonly<Record<string, (input: LiveInput, chapter: string) => AddedPart>> = {
  "baseline-rmse": livePanel,
  "betas-walk-forward": ladderExplorer,
  "amortised-weights": weightsExplorer,
};

/** A chapter with what belongs to its tables. */
export function withParts(chapter: Chapter, input: LiveInput | undefined): Chapter {
  if (!input) return chapter;
  return Object.entries(PARTS)
    .filter(([table]) => chapter.html.includes(`id="table-${table}"`))
    .map(([, partOf]) => partOf(input, chapter.id))
    .reduce<Chapter>(
      ({ parts, html, ...rest }, part) => ({
        ...rest,
        parts: [...parts, part],
        html: html.replace(/<\/section>$/, () => `${part.html}\n</section>`),
      }),
      chapter,
    );
}
