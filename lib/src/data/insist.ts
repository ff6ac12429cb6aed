/** A request to a publisher that is repeated until there is an answer, or patience ends. */

import { setTimeout as wait } from "node:timers/promises";
import { type Answer, ask } from "./ask.js";

/** The patience that downloads have where nothing else is said. */
export const PATIENCE = {
  timeoutMs: 15_000,
  silenceMs: 6_000,
  retries: 4,
  backoffMs: 1_000,
  longestWaitMs: 10_000,
  patienceMs: 12_000,
  deadlineMs: 300_000,
};

/** How patient, and for how long; see DownloadOptions. */
export type Insistence = typeof PATIENCE;

/** The host gave no answer of use, however often it was asked: it is left alone. */
export interface Refused {
  readonly kind: "refused";
  readonly why: string;
}

/** What a copy at hand is asked for again with. */
interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** Asks until there is an answer, with waits that double; no jitter, since one user asks one host one thing at a time. */
export async function insist(
  { url, userAgent = "neural-beta" }: { readonly url: string; readonly userAgent?: string },
  copy: Validators | undefined,
  settings: Insistence & { readonly deadline: AbortSignal },
): Promise<Answer | Refused> {
  const { retries, longestWaitMs, patienceMs, deadline } = settings;
  const headers = {
    "user-agent": userAgent,
    ...(copy?.etag ? { "if-none-match": copy.etag } : {}),
    ...(copy?.lastModified ? { "if-modified-since": copy.lastModified } : {}),
  };
  const patience = AbortSignal.timeout(patienceMs);
  let { backoffMs } = settings;
  for (let tries = 1; ; tries++) {
    const answer = await ask(url, headers, settings);
    if (deadline.aborted)
      return refused(
        `was not had within ${settings.deadlineMs / 1000} s for all files; try again later`,
      );
    if (answer.kind !== "busy") return answer;
    const { why, waitMs = backoffMs } = answer;
    if (waitMs > longestWaitMs && answer.waitMs !== undefined)
      return refused(
        `${why}, and asks to wait ${Math.ceil(waitMs / 1000)} s; try again after that`,
      );
    if (tries <= retries) {
      const signal = AbortSignal.any([deadline, patience]);
      await wait(waitMs, undefined, { signal }).catch(() => {});
    }
    if (tries > retries || (patience.aborted && !deadline.aborted))
      return refused(`${why}, in ${tries} ${tries === 1 ? "try" : "tries"}; try again later`);
    backoffMs *= 2;
  }
}

const refused = (why: string): Refused => ({ kind: "refused", why });
