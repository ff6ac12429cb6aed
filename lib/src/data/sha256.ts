/** The hash that names the content of a file. */

import { createHash } from "node:crypto";

/**
 * SHA-256 of some content, in hexadecimal digits.
 *
 * @example
 * sha256("neural-beta").slice(0, 12); // "c087b5bc89ad"
 */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
