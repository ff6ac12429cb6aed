/** One request to a publisher: its answer within limits of time and size, or why there is none. */

import { FILE_LIMITS } from "../limits.js";
import { addressFault, shownAddress } from "./address.js";
import { megabytes } from "./read-file.js";

/** A file, as it was sent. */
export interface Body {
  readonly kind: "body";
  readonly body: Uint8Array;
  readonly headers: Headers;
}

/** The file cannot be had, and the next one of the host may. */
export interface Failed {
  readonly kind: "failed";
  readonly why: string;
}

/** The host cannot be reached from here: asking again does not help. */
export interface Unreachable {
  readonly kind: "unreachable";
  readonly code: string;
}

/** No answer of use this time; the next may be one. */
export interface Busy {
  readonly kind: "busy";
  readonly why: string;
  /** How long the host asks to be left alone. */
  readonly waitMs?: number | undefined;
}

export type Answer = Body | { readonly kind: "notModified" } | Failed | Unreachable;

/** How patient a request is. */
export interface Patience {
  /** Longest time for one whole answer. */
  readonly timeoutMs: number;
  /** Longest time without a byte of it. */
  readonly silenceMs: number;
}

/** Codes of a machine without a network, or with one that does not lead to the host. */
const UNREACHABLE = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** A certificate that cannot be trusted is none in a second either, nor is what is no HTTP. */
const FINAL = /CERT|SSL|TLS|SIGNATURE|^HPE_|UND_ERR_INVALID/;

/** Places that an answer may send to, one after the other. */
const MOST_REDIRECTS = 5;

/**
 * Asks once, wherever the address leads.
 *
 * @param headers of the request
 */
export async function ask(
  url: string,
  headers: Readonly<Record<string, string>>,
  { timeoutMs, silenceMs, deadline }: Patience & { readonly deadline: AbortSignal },
): Promise<Answer | Busy> {
  const expired = AbortSignal.timeout(timeoutMs);
  const silent = new AbortController();
  const silence = setTimeout(() => silent.abort(), silenceMs);
  const signal = AbortSignal.any([expired, silent.signal, deadline]);
  try {
    let at = url;
    for (let redirects = 0; ; redirects++) {
      const response = await fetch(at, { headers, signal, redirect: "manual" });
      silence.refresh();
      const location = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || location === null)
        return await answerOf(response, silence);
      await response.body?.cancel();
      const next = URL.canParse(location, at) ? new URL(location, at).href : location;
      const fault = redirects < MOST_REDIRECTS ? addressFault(next) : "is one redirect too many";
      if (fault !== undefined)
        return failed(`is redirected to ${shownAddress(next)}: an address ${fault}`);
      at = next;
    }
  } catch (error) {
    if (silent.signal.aborted) return { kind: "busy", why: `was silent for ${silenceMs / 1000} s` };
    if (expired.aborted)
      return { kind: "busy", why: `gave no whole answer within ${timeoutMs / 1000} s` };
    return faultOf(error as Error);
  } finally {
    clearTimeout(silence);
  }
}

const failed = (why: string): Failed => ({ kind: "failed", why });

function faultOf(error: Error): Busy | Failed | Unreachable {
  const cause = (error.cause ?? error) as { code?: string; message?: string };
  const { code = "no code" } = cause;
  if (UNREACHABLE.has(code)) return { kind: "unreachable", code };
  if (cause.message === "bad port") return failed("has a port that no web server may have");
  return FINAL.test(code)
    ? failed(`cannot be trusted or understood (${code}); open the address in a browser`)
    : { kind: "busy", why: `broke the connection (${code})` };
}

async function answerOf(response: Response, silence: NodeJS.Timeout): Promise<Answer | Busy> {
  const { status, headers } = response;
  const body = await bodyOf(response, silence);
  if (body === undefined)
    return failed(
      `is larger than ${megabytes(FILE_LIMITS.data)}; name a file of fewer dates or series`,
    );
  if (status === 200) return { kind: "body", body, headers };
  if (status === 304) return { kind: "notModified" };
  const why = `answered ${status} (${beginning(body)})`;
  return status === 408 || status === 429 || status >= 500
    ? { kind: "busy", why, waitMs: retryAfterMs(headers) }
    : failed(
        `${why}; open the address in a browser, and correct it where the publisher has moved the file`,
      );
}

/** The body, unpacked; undefined, and no more is read, if it is larger than a file may be. */
async function bodyOf(
  { body, headers }: Response,
  silence: NodeJS.Timeout,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (Number(headers.get("content-length")) > FILE_LIMITS.data) {
    await body?.cancel();
    return undefined;
  }
  for await (const chunk of body ?? []) {
    silence.refresh();
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size > FILE_LIMITS.data) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Retry-After in seconds, or as a date against the date of the answer: our clock may be wrong. */
function retryAfterMs(headers: Headers): number | undefined {
  const text = headers.get("retry-after");
  if (text === null) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const ms = Date.parse(text) - Date.parse(headers.get("date") ?? "");
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The first characters of what came, for a message. */
export function beginning(body: Uint8Array): string {
  const text = new TextDecoder().decode(body.subarray(0, 200)).trim();
  return text === "" ? "an empty body" : `begins ${JSON.stringify(text.slice(0, 60))}`;
}
