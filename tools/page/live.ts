/** The panel in which a reader trains the networks of Step 1: its controls, its data, and what the notebooks have to compare with. */

import { createHash, type Hash } from "node:crypto";
import { kernelCode, type NeuralOptions, type Panel, type Study } from "neural-beta";
import { csvRows } from "../csv.js";
import { codeHash } from "../report/made-once.js";
import { ROOT } from "../terminal.js";
import { bundle } from "./bundle.js";
import { choiceHtml } from "./choice.js";
import { packedScript, permalink } from "./html.js";
import { keptOnce } from "./kept.js";
import { BETA_DECIMALS } from "./live-decimals.js";
import type { Part } from "./markdown.js";

/** What every network of the study has in common. */
export type LiveStudy = Pick<
  Study,
  "lookback" | "split" | "scaling" | "coinIdentity" | "epochs" | "seed" | "batchSize"
>;

/** What the reader chooses. */
export type LiveChoice = Pick<
  NeuralOptions,
  "hidden" | "learningRate" | "activation" | "start" | "replicates"
> & { readonly marketSet: string };

export interface LiveInput {
  readonly study: Study;
  readonly panel: Panel;
  /** Text of a table's CSV; undefined where the report has none of this id. */
  readonly csv: (id: string) => string | undefined;
}

/** A part of the page that stands at the end of a chapter. */
export interface AddedPart extends Part {
  readonly html: string;
}

/** Columns of the search that a retrained configuration must give again. */
const COMPARED = ["trainRmse", "valRmse", "bestEpoch", "valRmseLast"];

/** @param chapter anchor of the chapter that the panel closes */
export function livePanel({ study, panel, csv }: LiveInput, chapter: string): AddedPart {
  const { lookback, split, scaling, coinIdentity, epochs, seed, batchSize } = study;
  const { baseline, grid } = study;
  const common: LiveStudy = {
    ...{ lookback, split, scaling, coinIdentity, epochs, seed },
    ...(batchSize === undefined ? {} : { batchSize }),
  };
  const data = {
    study: common,
    panel: {
      ...panel,
      coinLogReturns: [...panel.coinLogReturns],
      marketLogReturns: [...panel.marketLogReturns],
    },
    code: [...kernelCode()],
    search: byConfiguration(csv("search"), (value) =>
      ["seeds", ...COMPARED].map((key) => Number(value(key))),
    ),
    compared: COMPARED,
    decimals: BETA_DECIMALS,
    betas: betaDigests(csv("betas"), csv("search-best")),
  };
  const [id, title] = [`${chapter}.train`, "Train the networks here"];
  const seeds = [...new Set([1, 5, baseline.replicates, grid.replicates])].sort((a, b) => a - b);
  return {
    id,
    title,
    html: `<div class="live-part" id="live">
<h3 id="${id}">${title}${permalink(id, title)}</h3>
<p>Your browser trains these networks anew, with the kernel, the seeds and the returns of the notebooks: nothing is asked of any network. Every configuration of notebook 02 can be chosen; where it trained the same seeds, the results are compared with its table bit by bit. Above, TensorFlow.js trains the first ${baseline.replicates} of these seeds, with roundings of its own.</p>
<p class="live-missing">This needs scripts.</p>
<form class="choices" hidden>
${choiceHtml("marketSet", "Markets", study.marketSets, baseline.marketSet)}
${choiceHtml("hidden", "Hidden units", grid.hidden, baseline.hidden)}
${choiceHtml("learningRate", "Learning rate", grid.learningRates, baseline.learningRate)}
${choiceHtml("activation", "Activation", grid.activations, baseline.activation)}
${choiceHtml("start", "Start", study.starts)}
${choiceHtml("replicates", "Seeds", seeds, grid.replicates)}
${choiceHtml("coin", "Betas of", panel.coins, panel.coins[0]!)}
<div class="tools"><button type="submit">Train</button><button type="button" class="stop" disabled>Stop</button></div>
<progress value="0" max="1" aria-label="Networks trained"></progress>
</form>
<p class="live-verdict" role="status"></p>
<div class="live-curves"></div>
<div class="live-betas"></div>
${packedScript(data, ' class="live-data"')}
${packedWorker()}
</div>`,
  };
}

/** The worker as the page holds it. */
const packedWorker = (): string =>
  keptOnce("worker", codeHash(["lib/dist/", "tools/dist/page/"]), () =>
    packedScript(workerScript(), ' class="live-worker"'),
  );

/** The worker with the library's own modules, as one script. */
export const workerScript = (): string => {
  const mine = (name: string) => new URL(`tools/dist/page/${name}.js`, ROOT);
  return bundle(mine("live-worker"), {
    instead: {
      "node:crypto": mine("live-crypto"),
      "neural-beta": new URL("lib/dist/index.js", ROOT),
      "ml-matrix": new URL("node_modules/ml-matrix/src/index.js", ROOT),
    },
    indices: ["neural-beta", "ml-matrix"],
  });
};

/** What a table has by configuration of the networks, from the value of a row's column. */
function byConfiguration<Value>(
  csv: string | undefined,
  read: (value: (key: string) => string) => Value,
): Record<string, Value> {
  const [head = [], ...rows] = csvRows(csv ?? "");
  return Object.fromEntries(
    rows.map((row) => {
      const value = (key: string) => row[head.indexOf(key)]!;
      const name = ["marketSet", "hidden", "learningRate", "activation", "start"].map(value);
      return [name.join(" "), read(value)];
    }),
  );
}

/** SHA-256 of the fitted betas of every chosen configuration. */
function betaDigests(
  betas: string | undefined,
  best: string | undefined,
): Record<string, string | undefined> {
  const [head = [], ...rows] = csvRows(betas ?? "");
  const at = (key: string) => head.indexOf(key);
  const hashes = new Map<string, Hash>();
  for (const row of rows) {
    if (row[at("kind")] !== "fitted") continue;
    const key = `${row[at("marketSet")]} ${row[at("estimator")]}`;
    const hash = hashes.get(key);
    hashes.set(
      key,
      (hash?.update("\n") ?? createHash("sha256")).update(
        Number(row[at("beta")]).toFixed(BETA_DECIMALS),
      ),
    );
  }
  const digests = new Map([...hashes].map(([key, hash]) => [key, hash.digest("hex")]));
  return byConfiguration(best, (value) =>
    digests.get(`${value("marketSet")} neural-${value("start")}`),
  );
}
