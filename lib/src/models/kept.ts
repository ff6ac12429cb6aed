/** What a cache says it has, before anything is computed. */

import type { Estimator } from "../betas/estimator.js";
import type { BlockShape, TrainingData, TrainingJob } from "./trainer.js";

/** Questions to a cache that read, and compute nothing. */
export interface KeptResults<Shape extends BlockShape> {
  /** Scores of jobs, or their networks; in the order of the jobs. */
  readonly jobs: (
    kind: "scores" | "network",
    data: TrainingData,
    jobs: readonly TrainingJob<Shape>[],
  ) => Kept[];
  /** The betas of an estimator. */
  readonly path: (estimator: Estimator, ...asked: Parameters<Estimator["estimate"]>) => Kept;
}

/** What a cache knows of one result. */
export interface Kept {
  /** Hash of everything that the result depends on. */
  readonly key: string;
  /** The result's bytes; undefined while it has to be computed. */
  readonly body: Uint8Array | undefined;
}
