/** What a run will do and how long it may take: networks are counted, seconds are those of earlier runs on this machine. */

import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import {
  CACHE,
  cachedTrainer,
  type NetworkCount,
  networkCount,
  readBytes,
  simdTrainer,
  trainingCost,
  walkForwardSplits,
  writeFiles,
} from "neural-beta";
import {
  AT_ONCE,
  notebookTraining,
  sharesEarly,
  type Training,
  tasksOf,
} from "./kernel/execute.js";
import { scheduledSeconds } from "./kernel/side-by-side.js";
import type { Inputs } from "./report/inputs.js";
import { counted, inProject, timeText } from "./terminal.js";

/**
 * Seconds of a notebook before any run of a study on this machine: to start, and for every thousand returns of the panel, which are
 * walked, tested and drawn; and the share of the walk's training that a notebook which asks for it adds with networks of its own
 * (simulated panels, specifications, experiments).
 */
const FIRST = { notebook: 12, thousand: 0.15, own: 0.6, shares: 0.4 };

/** Seconds of notebooks by study, with everything in the cache or without, and which share of these passes before others may begin. */
type Seconds = Record<string, Record<string, { cold?: number; warm?: number; shares?: number }>>;
const FILE = inProject(".cache/seconds.json");

export interface Forecast {
  /** In words, for the first line of a run. */
  readonly line: string;
  /** Seconds that each notebook may take, by name. */
  readonly seconds: ReadonlyMap<string, number>;
  /** Seconds after which others may begin, of the notebooks that share results before their end. */
  readonly shares: ReadonlyMap<string, number>;
  /** Notes how long a notebook took, and after how long it shared its results. */
  readonly keep: (name: string, seconds: number, shares?: number) => void;
}

export async function forecast(names: readonly string[], inputs: Inputs): Promise<Forecast> {
  const { study, panel, origin } = inputs;
  const training = new Map(names.map((name) => [name, notebookTraining(name)]));
  const counts = await countsOf(inputs, new Set([...training.values()].flat()));
  const share = missingShare(counts);
  const before = readSeconds()[origin.study] ?? {};
  const threads = availableParallelism();
  const { search, walk, prepare } = trainingCost(study);
  const cost = { search, walk: walk + prepare };
  const left = (kind: Training) => {
    const { networks, kept } = counts[kind];
    return networks === 0 ? 0 : (cost[kind] * (1 - kept / networks)) / threads;
  };
  const returns = panel.dates.length * (panel.coins.length + panel.markets.length);
  const usual = FIRST.notebook + (FIRST.thousand * returns) / 1000;
  const begun = new Set<Training>();
  const seconds = new Map(
    names.map((name) => {
      // The first notebook that asks for networks trains them for all.
      const asked = training.get(name)!;
      const trains = asked.filter((kind) => !begun.has(kind) && begun.add(kind));
      const own = asked.includes("walk") ? FIRST.own * left("walk") : 0;
      const first = trains.reduce((sum, kind) => sum + left(kind), usual + own);
      return [name, secondsBetween(before[name], share) ?? first];
    }),
  );
  const shares = new Map(
    names
      .filter(sharesEarly)
      .map((name) => [name, seconds.get(name)! * (before[name]?.shares ?? FIRST.shares)]),
  );
  const total = scheduledSeconds(tasksOf(names, { seconds, shares }), AT_ONCE);
  return {
    line: `${counted(names.length, "notebook")}${networksText(counts)}; ${timeText(total)} on ${counted(threads, "thread")}`,
    ...{ seconds, shares },
    keep(name, took, shared) {
      if (share !== 0 && share !== 1) return;
      const warm = share === 0 ? "warm" : "cold";
      const all = readSeconds();
      const before = all[origin.study]?.[name];
      const early = shared === undefined ? {} : { shares: shared / took };
      const ours = { ...all[origin.study], [name]: { ...before, [warm]: took, ...early } };
      writeFiles({ [FILE]: `${JSON.stringify({ ...all, [origin.study]: ours })}\n` });
    },
  };
}

/** Share of the networks that the cache lacks; 0 where none is asked for. */
export function missingShare({ search, walk }: Counts): number {
  const networks = search.networks + walk.networks;
  return networks === 0 ? 0 : 1 - (search.kept + walk.kept) / networks;
}

/** What a notebook took with everything in the cache and with nothing, in the proportion of what the cache lacks. */
export function secondsBetween(
  { cold, warm }: { readonly cold?: number; readonly warm?: number } = {},
  share: number,
): number | undefined {
  if (cold !== undefined && warm !== undefined) return share * cold + (1 - share) * warm;
  return share === 0 ? warm : share === 1 ? cold : undefined;
}

type Counts = Readonly<Record<Training, NetworkCount>>;

async function countsOf({ study, panel }: Inputs, asked: ReadonlySet<Training>): Promise<Counts> {
  const none = { networks: 0, kept: 0 };
  if (asked.size === 0) return { search: none, walk: none };
  const trainer = cachedTrainer(simdTrainer(), CACHE);
  const search = await networkCount(panel, trainer, study);
  if (!asked.has("walk")) return { search, walk: none };
  const splits = walkForwardSplits(panel.dates, {
    ...study.walkForward,
    from: study.split.inSample.from,
    lookback: study.lookback,
  });
  const both = await networkCount(panel, trainer, { ...study, splits, finals: true });
  const { networks, kept } = search;
  return { search, walk: { networks: both.networks - networks, kept: both.kept - kept } };
}

function networksText({ search, walk }: Counts): string {
  const networks = search.networks + walk.networks;
  if (networks === 0) return "";
  const grouped = (n: number) => n.toLocaleString("en-US");
  const where = walk.networks > 0 ? "search and walk-forward ask" : "the search asks";
  return `: ${where} for ${grouped(networks)} networks, the cache has ${grouped(search.kept + walk.kept)} of them`;
}

/** What an earlier run noted; nothing where it cannot be read. */
function readSeconds(): Seconds {
  try {
    return existsSync(FILE) ? (JSON.parse(readBytes(FILE).toString("utf8")) as Seconds) : {};
  } catch {
    return {};
  }
}
