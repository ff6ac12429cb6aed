/** Files from their publishers: the only place that touches the network. */

import { rmSync } from "node:fs";
import { join } from "node:path";
import { FILE_LIMITS } from "../limits.js";
import { DataError } from "../types.js";
import { addressFault, shownAddress } from "./address.js";
import { type Body, beginning, type Failed, type Unreachable } from "./ask.js";
import { type Insistence, insist, PATIENCE, type Refused } from "./insist.js";
import { readBytes } from "./read-file.js";
import { sha256 } from "./sha256.js";
import { writeFiles } from "./write-file.js";

/** One file to download, and what it must be. */
export interface DownloadRequest {
  readonly url: string;
  /** Where the copy is kept, below the folder of the cache. */
  readonly file: string;
  /** What the request calls itself; neural-beta by default. */
  readonly userAgent?: string;
  /** SHA-256 that the file must have. */
  readonly sha256?: string;
  /** Reads the file as its user will; throws DataError if it cannot be used. */
  readonly check: (path: string) => Promise<void>;
}

/** Where downloads are kept, and how patient to be. */
export interface DownloadOptions {
  /** Folder of the cache. */
  readonly folder: string;
  /** Longest time for one whole answer; 15 seconds by default. */
  readonly timeoutMs?: number;
  /** Longest time without a byte of it; 6 seconds by default. */
  readonly silenceMs?: number;
  /** How often a request is repeated after 408, 429, 5xx, silence or a broken connection; 4 by default. */
  readonly retries?: number;
  /** Wait before the first repetition, a second by default; it doubles each time. A Retry-After counts instead. */
  readonly backoffMs?: number;
  /** A Retry-After above this is not waited for; 10 seconds by default. */
  readonly longestWaitMs?: number;
  /** No repetition begins later than this after the first request for a file; 12 seconds by default. */
  readonly patienceMs?: number;
  /** Longest time for everything together; five minutes by default. */
  readonly deadlineMs?: number;
  readonly onProgress?: (file: string, done: number, total: number) => void;
}

/** One file in the cache, as its publisher has it. */
export interface Download {
  readonly file: string;
  readonly sha256: string;
  /** Day on which these bytes first came, by the publisher's clock; undefined if the answer had no date. */
  readonly retrieved: string | undefined;
  /** True if the publisher had nothing newer than the copy at hand. */
  readonly notModified: boolean;
}

/**
 * Brings the files of a cache up to date: hosts side by side, one request at a time to each.
 *
 * A copy is asked for again with its ETag and Last-Modified; it is replaced only by a body that its reader could read.
 * A copy whose SHA-256 is not the one on record is fetched anew.
 *
 * @returns one download per request, in the same order
 * @throws DataError with one line per file that could not be had, or one for all hosts that could not be reached; the
 *   copies of the other files are kept
 * @example
 * const [dollar] = await download(
 *   [{
 *     url: "https://fred.stlouisfed.org/graph/fredgraph.csv?id=DTWEXBGS",
 *     file: "fred/DTWEXBGS.csv",
 *     check: async (path) => void (await readPrices(path, { column: "DTWEXBGS" })),
 *   }],
 *   { folder },
 * );
 * dollar!.file; // "fred/DTWEXBGS.csv"
 */
export async function download(
  requests: readonly DownloadRequest[],
  options: DownloadOptions,
): Promise<Download[]> {
  const { onProgress = () => {} } = options;
  for (const { url } of requests) {
    const fault = addressFault(url);
    if (fault !== undefined) throw new DataError(`download: ${shownAddress(url)} ${fault}`);
  }
  const patience = { ...PATIENCE, ...options };
  const deadline = AbortSignal.timeout(patience.deadlineMs);
  const incoming = join(options.folder, `.incoming-${process.pid}`);
  const settings = { ...patience, incoming, deadline };
  const clear = () => rmSync(incoming, { recursive: true, force: true });
  const results = new Map<DownloadRequest, Result>();
  process.once("exit", clear);
  try {
    const hosts = new Set(requests.map(hostOf));
    await Promise.all(
      Array.from(hosts, async (host) => {
        for (const request of requests.filter((r) => hostOf(r) === host)) {
          onProgress(request.file, results.size, requests.length);
          const result = await fetched(request, settings);
          results.set(request, result);
          if (result.kind === "unreachable" || result.kind === "refused") return;
        }
      }),
    );
  } finally {
    clear();
    process.removeListener("exit", clear);
  }
  checkAll(requests, results);
  return requests.map((r) => (results.get(r) as Kept).download);
}

const hostOf = ({ url }: DownloadRequest): string => new URL(url).host;

interface Kept {
  readonly kind: "kept";
  readonly download: Download;
}

type Result = Kept | Failed | Refused | Unreachable;

/** What is on record of a copy, in a file beside it. */
interface Copy {
  readonly url: string;
  readonly sha256: string;
  readonly retrieved?: string | undefined;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** Where files lie, where they are put before they are read, and when all must be had. */
interface Surroundings {
  readonly folder: string;
  readonly incoming: string;
  readonly deadline: AbortSignal;
}

/** One file: asked for, read, and only then put into its place. */
async function fetched(
  request: DownloadRequest,
  { folder, incoming, ...settings }: Insistence & Surroundings,
): Promise<Result> {
  const { url, file } = request;
  const path = join(folder, file);
  const old = copyOnRecord(path, url);
  const answer = await insist(request, old, settings);
  if (answer.kind !== "body" && answer.kind !== "notModified") return answer;
  if (answer.kind === "notModified" && !old)
    return { kind: "failed", why: "answered 304 though there is no copy; try again later" };
  const copy = answer.kind === "body" ? recordOf(url, answer, old) : old!;
  if (request.sha256 !== undefined && request.sha256 !== copy.sha256)
    return {
      kind: "failed",
      why: `has SHA-256 ${copy.sha256}, not the expected ${request.sha256}; the publisher has another file now: look at what changed, then correct or delete the expected one`,
    };
  if (answer.kind === "body") {
    const candidate = join(incoming, file);
    writeFiles({ [candidate]: answer.body });
    try {
      await request.check(candidate);
    } catch (error) {
      const reason = (error as Error).message.replace(candidate, file);
      return {
        kind: "failed",
        why: `answered 200 with a file that cannot be used (${beginning(answer.body)}): ${reason}`,
      };
    }
    writeFiles({
      [path]: answer.body,
      [recordPath(path)]: `${JSON.stringify(copy, null, 2)}\n`,
    });
  }
  const { sha256, retrieved } = copy;
  const notModified = sha256 === old?.sha256;
  return { kind: "kept", download: { file, sha256, retrieved, notModified } };
}

const recordPath = (path: string): string => `${path}.origin.json`;

/** The record of a copy; undefined if there is no copy of this address, or not with the bytes on record. */
function copyOnRecord(path: string, url: string): Copy | undefined {
  try {
    const copy = JSON.parse(readBytes(recordPath(path), FILE_LIMITS.json).toString("utf8")) as Copy;
    return copy.url === url && sha256(readBytes(path, FILE_LIMITS.data)) === copy.sha256
      ? copy
      : undefined;
  } catch {
    return undefined;
  }
}

function recordOf(url: string, { body, headers }: Body, old?: Copy): Copy {
  const hash = sha256(body);
  const time = Date.parse(headers.get("date") ?? headers.get("last-modified") ?? "");
  return {
    url,
    sha256: hash,
    retrieved:
      hash === old?.sha256
        ? old.retrieved
        : Number.isNaN(time)
          ? undefined
          : new Date(time).toISOString().slice(0, 10),
    etag: headers.get("etag") ?? undefined,
    lastModified: headers.get("last-modified") ?? undefined,
  };
}

/** Throws, with everything that is wrong, unless every file is there. */
function checkAll(
  requests: readonly DownloadRequest[],
  results: ReadonlyMap<DownloadRequest, Result>,
): void {
  const hosts = new Map<string, string>();
  const lines: string[] = [];
  for (const request of requests) {
    const result = results.get(request);
    if (result?.kind === "unreachable") hosts.set(hostOf(request), result.code);
    if (result?.kind === "failed") lines.push(`${shownAddress(request.url)}: ${result.why}`);
    if (result?.kind === "refused") {
      const left = requests.filter((r) => !results.has(r) && hostOf(r) === hostOf(request)).length;
      lines.push(
        `${shownAddress(request.url)}: ${result.why}${left > 0 ? ` (files of this host not asked for: ${left})` : ""}`,
      );
    }
  }
  if (hosts.size > 0)
    lines.unshift(
      `cannot reach ${[...hosts.keys()].join(", ")} (${[...new Set(hosts.values())].join(", ")})`,
    );
  if (lines.length > 0) throw new DataError(lines.join("\n"));
}
