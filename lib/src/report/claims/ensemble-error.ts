/** Monte Carlo error of the ensembles behind the ledger: how far a result would move with other seeds. */

import { meanByDate } from "../../comparing/common-errors.js";
import { leftOut } from "../../comparing/left-out.js";
import { jackknifeError } from "../../stats/jackknife.js";
import { mean } from "../../stats/moments.js";
import type { ClaimInputs } from "./claim.js";
import { type ClaimContext, claimContext } from "./context.js";
import { datedLosses, type NetworkChoice } from "./networks.js";

/** One comparison of RMSEs with the Monte Carlo error of its networks. */
export interface EnsembleError {
  /** The claim that the comparison belongs to. */
  readonly id: string;
  /** Networks, alike but for their seed, whose betas are averaged. */
  readonly networks: number;
  /** Change of the RMSE, in percent. */
  readonly change: number;
  /** Its standard error over seeds, in percentage points. */
  readonly error: number;
  /** Networks that bring this error to a tenth of the change; Infinity for no change. */
  readonly needed: number;
}

/** What each claim compares; a null model has no seed. */
const COMPARISONS: readonly (readonly [
  id: string,
  NetworkChoice,
  NetworkChoice | "zero" | "pooled",
])[] = [
  ["generalizes", "all", "zero"],
  ["beats-constant", "all", "pooled"],
  ["nonlinear-constant", "curved", "pooled"],
  ["tuning", "all", "baseline"],
];

/**
 * Monte Carlo errors of the changes of RMSE that claims are about, all market sets, unseen dates: jackknife over the seeds, one
 * of m networks left out of every ensemble at a time, sqrt((m - 1) / m sum (change_(-s) - mean)^2). The chosen configurations
 * are kept: that another seed may choose another one comes on top.
 *
 * @example
 * (await ensembleErrors(inputs)).map(({ id }) => id);
 * // ["generalizes", "beats-constant", "nonlinear-constant", "tuning"]
 * @see Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 11
 */
export async function ensembleErrors(inputs: ClaimInputs): Promise<EnsembleError[]> {
  const context = claimContext(inputs);
  const rows: EnsembleError[] = [];
  for (const [id, ours, theirs] of COMPARISONS)
    rows.push({ id, ...(await ensembleError(context, ours, theirs)) });
  return rows;
}

/** One comparison; seeds of both ensembles vary, each by itself. */
export async function ensembleError(
  context: Pick<ClaimContext, "walked" | "losses" | "nullLosses" | "options">,
  ours: NetworkChoice,
  theirs: NetworkChoice | "zero" | "pooled",
): Promise<Omit<EnsembleError, "id">> {
  const walked = await context.walked();
  const own = await context.losses(ours);
  const isNull = theirs === "zero" || theirs === "pooled";
  const other = isNull ? await context.nullLosses(theirs) : await context.losses(theirs);
  const percent = (a: readonly number[], b: readonly number[]) =>
    100 * (Math.sqrt(mean(a) / mean(b)) - 1);
  const { test } = context.options.walkForward;
  const without = (choice: NetworkChoice) => {
    const sets = walked.map(({ panel, paths }) =>
      leftOut(paths[choice]).map((path) => datedLosses(panel, path, test)),
    );
    return sets[0]!.map((_, seed) => meanByDate(sets.map((losses) => losses[seed]!)));
  };
  const networks = walked[0]!.paths[ours].seeds?.length ?? 1;
  const errors = [
    jackknifeError(without(ours).map((losses) => percent(losses, other))),
    isNull ? 0 : jackknifeError(without(theirs).map((losses) => percent(own, losses))),
  ];
  const change = percent(own, other);
  const error = Math.sqrt(errors.reduce((sum, e) => sum + e ** 2, 0));
  return { networks, change, error, needed: networks * ((10 * error) / change) ** 2 };
}
