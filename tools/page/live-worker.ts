/** What runs in the reader's browser: networks of one configuration, trained one after the other by the library's own kernel. */

import {
  type BetaPath,
  ensembleBetas,
  kernelTraining,
  learningCurves,
  marketNames,
  networkOutputs,
  type Panel,
  preparePanel,
  type SearchRow,
  searchNetworks,
  selectMarkets,
  type TrainedNetwork,
  trainingJobs,
} from "neural-beta";
import type { LiveChoice, LiveStudy } from "./live.js";
import { sha256Hex } from "./live-crypto.js";
import { BETA_DECIMALS } from "./live-decimals.js";

/** What the page asks for. */
export interface LiveRequest {
  readonly code: Uint8Array;
  readonly panel: Panel;
  readonly study: LiveStudy;
  readonly choice: LiveChoice;
}

/** What it is told, network by network, and at the end. */
export type LiveReply =
  | {
      readonly trained: number;
      readonly inSample: Float64Array;
      readonly validation: Float64Array;
      /** Mean betas of the networks so far, with the range over them. */
      readonly betas: readonly BetaPath[];
      /** Validation RMSE of no hedge, and of the pooled constant. */
      readonly nulls: readonly [zero: number, pooled: number];
    }
  | {
      readonly row: SearchRow;
      /** Of the fitted betas. */
      readonly betasDigest: string;
    }
  | { readonly failed: string };

// This file knows a worker's own scope under the name that a window's has.
const reply = (message: LiveReply): void => postMessage(message);

addEventListener("message", ({ data }: MessageEvent<LiveRequest>) => {
  train(data).catch((error: unknown) => reply({ failed: String(error) }));
});

async function train({ code, panel: all, study, choice }: LiveRequest): Promise<void> {
  const options = { ...study, ...choice };
  const panel = selectMarkets(all, marketNames(choice.marketSet));
  const prepared = preparePanel(panel, options);
  const jobs = trainingJobs(prepared, options);
  const { shape } = jobs[0]!;
  const { scale, blocks, data } = prepared;
  const outputs = (weights: Float32Array, inputs: Float32Array) =>
    networkOutputs(shape, weights, inputs);
  const fitOf = (networks: readonly TrainedNetwork[]) => ({
    ...{ options, shape, scale, blocks, networks, outputs },
  });
  const pathsOf = (networks: readonly TrainedNetwork[]) => {
    const { fitted, walkForward } = ensembleBetas(panel, fitOf(networks));
    return [fitted, walkForward];
  };
  const { coinReturns, marketReturns } = data.validation;
  const lossOf = (beta: readonly number[]) =>
    coinReturns.reduce((sum, r, row) => {
      const hedge = beta.reduce((h, b, k) => h + b * marketReturns[row * beta.length + k]!, 0);
      return sum + (r - hedge) ** 2 / coinReturns.length;
    }, 0);
  const rmse = (beta: readonly number[]) => Math.sqrt(lossOf(beta)) * scale.coinRms;
  const nulls = [rmse(prepared.pooled.map(() => 0)), rmse(prepared.pooled)] as const;
  const networks: TrainedNetwork[] = [];
  await kernelTraining(code)(data, jobs, {
    onTrained: (_, network) => {
      networks.push(network);
      const { inSample, validation } = learningCurves(fitOf([network]));
      const [trained, betas] = [networks.length, pathsOf(networks)];
      reply({ trained, inSample: inSample[0]!, validation: validation[0]!, betas, nulls });
    },
  });
  const betasDigest = sha256Hex(betaLines(pathsOf(networks)[0]!).join("\n"));
  reply({ row: await searchRow(panel, networks, options), betasDigest });
}

/** The row that the search's table would have of these networks. */
async function searchRow(
  panel: Panel,
  networks: readonly TrainedNetwork[],
  options: LiveStudy & LiveChoice,
): Promise<SearchRow> {
  const { marketSet, hidden, learningRate, activation, start, replicates } = options;
  const [row] = await searchNetworks(
    panel,
    { id: "trained already", train: async () => [...networks] },
    {
      ...options,
      marketSets: [marketSet],
      starts: [start],
      grid: {
        ...{ hidden: [hidden], learningRates: [learningRate], activations: [activation] },
        replicates,
      },
    },
  );
  return row!;
}

/** Betas in the order of the table of betas: by market, coin and date. */
function betaLines({ markets, coins, dates, values }: BetaPath): string[] {
  return markets.flatMap((_m, k) =>
    coins.flatMap((_c, i) =>
      dates.flatMap((_d, t) => {
        const beta = values[(t * coins.length + i) * markets.length + k]!;
        return Number.isNaN(beta) ? [] : [beta.toFixed(BETA_DECIMALS)];
      }),
    ),
  );
}
