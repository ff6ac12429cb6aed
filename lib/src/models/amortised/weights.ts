/** The shipped weights of the amortised network, and the card that says where they come from. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { packageFile } from "../../package-file.js";
import { DataError } from "../../types.js";
import { layerWidths, weightCount } from "./network.js";
import type { Score } from "./score.js";
import type { TrainingPlan } from "./training.js";

/** What `npm run amortise` writes beside the weights. */
export interface AmortisedCard {
  readonly plan: TrainingPlan;
  /** Weights in use, without the padding of the inputs. */
  readonly parameters: number;
  readonly steps: number;
  /** Rows simulated, and how often rows were visited. */
  readonly rows: number;
  readonly visits: number;
  /** SHA-256 of the first rows of the prior, and of the weights. */
  readonly prior: string;
  readonly sha256: string;
  /** After every round, on series that are never trained on. */
  readonly curve: readonly Score[];
  /** On series of the prior that neither trained nor chose anything. */
  readonly test: {
    readonly series: number;
    readonly share: number;
    /** Share of the exponentially weighted bank, and the paired t statistic of the network against it. */
    readonly bankShare: number;
    readonly tStat: number;
    readonly coverage: number;
  };
}

const FOLDER = packageFile("weights/");
/** Path of the weights: 32-bit floats, little-endian, layer by layer without padding. */
export const WEIGHTS_FILE: string = fileURLToPath(new URL("amortised.bin", FOLDER));
/** Path of the card that says what the weights were trained on and what they score. */
export const CARD_FILE: string = fileURLToPath(new URL("amortised.json", FOLDER));

/**
 * The card of the shipped weights.
 *
 * @example
 * amortisedCard().plan.hidden; // [64, 64]
 */
export function amortisedCard(): AmortisedCard {
  return JSON.parse(readFileSync(CARD_FILE, "utf8")) as AmortisedCard;
}

/** Rows of the first matrix that are padding, and always zero. */
const padding = (widths: readonly number[], features: number): [from: number, to: number] => [
  features * widths[1]!,
  widths[0]! * widths[1]!,
];

/** Weights without the padding of the inputs. */
export function packedWeights(
  weights: Float32Array,
  widths: readonly number[],
  features: number,
): Float32Array {
  const [from, to] = padding(widths, features);
  const packed = new Float32Array(weights.length - (to - from));
  packed.set(weights.subarray(0, from));
  packed.set(weights.subarray(to), from);
  return packed;
}

/**
 * The shipped weights, with padding.
 *
 * @throws DataError if the file is not what its card says
 */
export function shippedWeights(features: number): { weights: Float32Array; widths: number[] } {
  const bytes = readFileSync(WEIGHTS_FILE);
  const { plan, sha256 } = amortisedCard();
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256)
    throw new DataError(
      `shippedWeights: ${WEIGHTS_FILE} must have the SHA-256 of its card, ${sha256}, but has ${found}; run npm run amortise, or take both files from one version`,
    );
  const widths = layerWidths(plan.hidden);
  const [from, to] = padding(widths, features);
  const weights = new Float32Array(weightCount(widths));
  const packed = new Float32Array(Uint8Array.from(bytes).buffer);
  weights.set(packed.subarray(0, from));
  weights.set(packed.subarray(from), to);
  return { weights, widths };
}
