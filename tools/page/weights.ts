/** The explorer of the amortised beta: its weights by date, by choice of the reader. */

import { MEAN_SERIES } from "neural-beta";
import { csvRecords } from "../csv.js";
import { choiceHtml } from "./choice.js";
import { escapeHtml, permalink } from "./html.js";
import type { AddedPart, LiveInput } from "./live.js";

/** Columns of the table of weights that are none. */
const NAMES = 3;

/** @param chapter anchor of the chapter that the explorer closes */
export function weightsExplorer({ csv }: LiveInput, chapter: string): AddedPart {
  const rows = csvRecords(csv("amortised-weights") ?? "");
  const sets = [...new Set(rows.map((row) => row.marketSet!))];
  const series = [...new Set(rows.map((row) => row.series!))].filter(
    (name) => name !== MEAN_SERIES,
  );
  const groups = Object.keys(rows[0] ?? {})
    .slice(NAMES)
    .map(groupName);
  const [id, title] = [`${chapter}.explore`, "Explore the weights"];
  return {
    id,
    title,
    html: `<div class="live-part" id="leaning" data-groups="${escapeHtml(groups.join("|"))}">
<h3 id="${id}">${title}${permalink(id, title)}</h3>
<p>Which filters the network leans on before every date: none, a constant, or filters that forget with the half-life named, in rows. The beta of a coin is made of two series, the mean of the coins and the coin less that mean.</p>
<p class="live-missing">This needs scripts.</p>
<form class="choices" hidden>
${choiceHtml("marketSet", "Markets", sets)}
${choiceHtml("coin", "Coin", series)}
</form>
<div class="leaning-beta"></div>
<div class="leaning-coin"></div>
<div class="leaning-mean"></div>
</div>`,
  };
}

/** `halfLife69` is "half-life 69", `noBeta` "no beta". */
const groupName = (key: string): string =>
  key
    .replace(/^constantBeta$/, "constant")
    .replace(/^halfLife(\d+)$/, "half-life $1")
    .replace(/^noBeta$/, "no beta");
