/** npm run jobs: one shard's part of what a study trains, for the tasks of a cluster; or what all costs, and whether all is there. */

import { resolve } from "node:path";
import {
  type Asked,
  CACHE,
  inShard,
  mergeCaches,
  type Shard,
  type StudyTrainingOptions,
  shardTrainer,
  trainStudy,
} from "neural-beta";
import { namedShard, shardThreads } from "./jobs/environment.js";
import {
  fingerprint,
  needsOf,
  planOf,
  secondsPerWork,
  shardName,
  sharedCache,
  trainingOptions,
} from "./jobs/plan.js";
import { type Inputs, readInputs } from "./report/inputs.js";
import { command, counted, options, print, shortPath, timeText } from "./terminal.js";

const USAGE =
  "npm run jobs -- [--study FILE] [--shard 3/16] [--threads N] [--forecast | --check | --merge DIR,DIR]";

command(async () => {
  const given = options(USAGE, {
    study: { type: "string" },
    shard: { type: "string" },
    threads: { type: "string" },
    forecast: { type: "boolean" },
    check: { type: "boolean" },
    merge: { type: "string" },
  });
  const { forecast, check, merge } = given;
  if ([forecast, check, merge].filter((mode) => mode !== undefined).length > 1)
    throw new Error("jobs: --forecast, --check and --merge exclude each other; give one of them");
  if (merge !== undefined) {
    const added = mergeCaches(
      CACHE,
      merge.split(",").map((folder) => resolve(folder)),
    );
    print(`${shortPath(CACHE)}: ${counted(added, "result")} added`);
    return;
  }
  const shard = namedShard(given.shard, process.env);
  const threads = shardThreads(given.threads, process.env);
  const inputs = await readInputs(given.study, ["split", "walkForward"]);
  const training = await trainingOptions(inputs);
  if (forecast) await tellForecast(inputs, training);
  else if (check) await checkComplete(inputs, training);
  else await trainShard(inputs, training, { shard, threads });
});

const grouped = (n: number): string => n.toLocaleString("en-US");

async function tellForecast(inputs: Inputs, training: StudyTrainingOptions): Promise<void> {
  const plan = await planOf(inputs, training, () => true);
  const { networks, missingNetworks, walks, missingWalks, work } = needsOf(plan, training);
  print(
    `${grouped(networks)} networks and ${grouped(walks)} walks, of which ${grouped(missingNetworks)} and ${grouped(missingWalks)} are missing`,
  );
  const hours = (work * (await secondsPerWork(inputs))) / 3600;
  print(
    `about ${hours.toPrecision(2)} core-hours of training, at the speed of this machine; walks of classical estimators and simulated panels not counted`,
  );
}

/** @throws Error unless the cache has everything */
async function checkComplete(inputs: Inputs, training: StudyTrainingOptions): Promise<void> {
  const plan = await planOf(inputs, training, () => true);
  const missing = [...plan.values()].filter(({ body }) => !body);
  if (missing.length > 0)
    throw new Error(
      `jobs: ${shortPath(CACHE)} must hold all that the study trains, but ${counted(missing.length, "result")} or more are missing; run the shards again, they train what is missing only`,
    );
  print(`complete: ${counted(plan.size, "result")}, fingerprint ${fingerprint(plan)}`);
}

/** Trains a shard's part, and says how far it is ten times. */
async function trainShard(
  inputs: Inputs,
  training: StudyTrainingOptions,
  { shard, threads }: { readonly shard: Shard; readonly threads: number | undefined },
): Promise<void> {
  const own = inShard(shard);
  const plan = await planOf(inputs, training, own);
  const mine = new Map([...plan].filter(([, asked]) => asked.own));
  const left = [...mine.values()].filter(({ body }) => !body);
  print(
    `${shardName(shard)}: ${grouped(mine.size)} results are its own, ${grouped(left.length)} missing`,
  );
  const began = performance.now();
  const total = left.reduce((sum, asked) => sum + weight(asked), 0);
  let [done, tenths] = [0, 0];
  const made = { scores: 0, network: 0, walk: 0, rows: 0 };
  const trainer = shardTrainer(sharedCache(threads), {
    own,
    onDone(asked) {
      made[asked.kind]++;
      done += weight(asked);
      const now = Math.floor((10 * done) / total);
      if (now <= tenths) return;
      tenths = now;
      const seconds = (performance.now() - began) / 1000;
      const time = timeText((seconds / done) * Math.max(0, total - done));
      print(
        `${shardName(shard)}: ${grouped(Math.min(done, total))} of ${grouped(total)} networks, ${time} left`,
      );
    },
  });
  await trainStudy(inputs.panel, trainer, training);
  const waiting = left.filter(({ kind }) => kind === "walk").length - made.walk;
  print(
    `${shardName(shard)}: ${counted(made.scores + made.network, "network")} trained, ${counted(made.walk, "walk")} and ${counted(made.rows, "set")} of simulated panels made`,
  );
  if (waiting > 0)
    print(
      `${counted(waiting, "walk")} of this shard must wait for networks of others: run it again when they are done`,
    );
}

/** What a result counts in the progress: its networks, or one for a walk without any. */
const weight = ({ networks }: Asked): number => Math.max(1, networks);
