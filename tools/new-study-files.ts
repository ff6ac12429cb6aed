/** What npm run new puts into a folder: texts, with NAME for its name. */

import { notebookOf, notebookText, parsePercent } from "./kernel/notebook.js";

const STUDY = `{
  "coins": ["BTC", "ETH", "LTC", "BCH"],
  "markets": ["FIAT", "EQUITY", "GOLD", "ENERGY"],
  "marketSets": ["FIAT", "EQUITY", "FIAT+EQUITY"],
  "lookback": 9,
  "baseline": { "marketSet": "FIAT" },
  "grid": { "hidden": [4], "replicates": 5 }
}
`;

const SCRIPT = `/** NAME: which estimator hedges best with one market. */

import {
  classicalLadder,
  compareForecasts,
  readPanel,
  readStudy,
  selectMarkets,
  studySplits,
  walkedLadder,
} from "neural-beta";

const study = await readStudy(new URL("study.json", import.meta.url).pathname);
const panel = selectMarkets(await readPanel(study), [study.baseline.marketSet]);
const splits = studySplits(study, panel.dates);
const walked = await walkedLadder(panel, classicalLadder(1, study), { splits });
const sample = { name: "walk-forward", range: study.walkForward.test };
const rows = compareForecasts(walked, sample, { ...study.bootstrap, seed: study.seed });
const best = rows
  .filter(({ coin, benchmark }) => coin === "all" && benchmark === "pooled")
  .sort((a, b) => a.rmse - b.rmse);
for (const { estimator, update, rmse } of best.slice(0, 5))
  console.log(\`\${estimator}, \${update}: \${rmse.toFixed(4)}\`);
`;

const NOTEBOOK = `// %% [markdown]
/*
# NAME

**Question.** How far do the series swing, and what does a rolling beta say?
*/

// %%
import {
  dataLabel,
  figureReturns,
  meanBeta,
  readPanel,
  readStudy,
  rollingBeta,
  show,
  text,
} from "neural-beta";

const study = await readStudy("study.json");
const panel = await readPanel(study);

// %%
show(figureReturns(panel, \`Log returns; \${dataLabel(study)}.\`));

// %%
const rolling = rollingBeta(panel, { lookback: study.lookback });
show(text\`Mean rolling beta on \${panel.markets[0]!}: \${meanBeta(rolling, panel.markets[0]!)}.\`);
`;

const README = `# NAME

| file | what it is |
| --- | --- |
| \`study.json\` | the study: every key that it leaves out is the report's; \`npm start -- --study NAME/study.json --out NAME/report\` runs all notebooks with it |
| \`betas.ts\` | a script: \`npm run script -- NAME/betas.ts\` |
| \`notebook.nb.ts\`, \`notebook.ipynb\` | a notebook, as text and for Jupyter: \`npm run lab\`, then open \`NAME/notebook.ipynb\` |

Commands are typed at the root of the project. \`npm run script\` runs a \`.ts\` file on every Node that the project runs on. Without it: Node 22.18 or later and Node 24 run
\`node NAME/betas.ts\` as it is; Node 22.12 to 22.17 run \`node --experimental-strip-types NAME/betas.ts\`; Node 20 needs \`npm run script\`, or \`tsx\` if you have it.

Your own prices, markets and estimators: \`docs/first-hour.md\` and \`docs/add-an-estimator.md\`.
`;

/** The files of a new study, by name. */
export function newStudyFiles(name: string): Readonly<Record<string, string>> {
  const notebook = NOTEBOOK.replaceAll("NAME", name);
  return {
    "study.json": STUDY,
    "betas.ts": SCRIPT.replaceAll("NAME", name),
    "notebook.nb.ts": notebook,
    "notebook.ipynb": notebookText(notebookOf(parsePercent(notebook, "notebook.nb.ts"))),
    "README.md": README.replaceAll("NAME", name),
  };
}
