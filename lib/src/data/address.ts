/** Addresses that a download may have. */

import { printable } from "../check.js";

/** Hosts that are this machine: what is asked there passes no network. */
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * What is wrong with an address, and what to do; undefined if nothing is.
 *
 * @example
 * addressFault("http://example.com/a.csv"); // "must begin with https://; correct it"
 */
export function addressFault(address: string): string | undefined {
  if (!URL.canParse(address)) return "must be an address that begins with https://; correct it";
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== "" || password !== "")
    return "must hold no user name and no password; take them out";
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname))
    ? undefined
    : "must begin with https://; correct it";
}

/** An address for a message: without a user's name and password. */
export const shownAddress = (address: string): string =>
  printable(address.replace(/^([^/]*:?\/\/)[^/?#]*@/, "$1…@"));
