/** Names for what results depend on: the content itself, and the code that makes results of it. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageFile } from "../../package-file.js";

/** Hash of plain data: numbers, texts and typed arrays by their bits, lists and objects with the names of their keys. */
export function contentHash(content: unknown): string {
  const arrays: ArrayBufferView[] = [];
  const text = JSON.stringify(content, (_, value: unknown) => {
    if (ArrayBuffer.isView(value))
      return `${value.constructor.name} ${value.byteLength} ${arrays.push(value)}`;
    return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
  });
  const hash = createHash("sha256").update(text);
  for (const array of arrays) hash.update(bytesOf(array));
  return hash.digest("hex").slice(0, 32);
}

export const bytesOf = (values: ArrayBufferView): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** What a path of betas is computed by, packages included: no change of these can leave an old path in use. */
const ROOMS = ["betas", "models", "panel", "stats"];
const FILES = ["check.js", "random.js", "types.js", "../package.json"];
const DIST = fileURLToPath(packageFile("dist/"));

const hashes = new Map<string, string>();

/**
 * Hash of the built code that estimates betas.
 *
 * @param more rooms beside those: what makes results of betas
 */
export function codeHash(more: readonly string[] = []): string {
  const rooms = [...ROOMS, ...more];
  const known = hashes.get(rooms.join());
  if (known !== undefined) return known;
  const hash = contentHash(
    [...rooms.flatMap(filesIn), ...FILES].map((file) => [file, readFileSync(join(DIST, file))]),
  );
  hashes.set(rooms.join(), hash);
  return hash;
}

const filesIn = (room: string): string[] =>
  (readdirSync(join(DIST, room), { recursive: true }) as string[])
    .filter((file) => /\.(js|wasm)$/.test(file))
    .sort()
    .map((file) => join(room, file));
