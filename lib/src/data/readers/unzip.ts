/** The one file in a zip. */

import { crc32 } from "node:zlib";
import { unzipSync } from "fflate";
import { DataError } from "../../types.js";

/**
 * Content of the only file in a zip, whatever its name: publishers have changed that between .CSV and .csv.
 *
 * @throws DataError if the archive is cut off, damaged or a workbook, or holds no or several files
 */
export function onlyMember(
  path: string,
  archive: Buffer,
): { readonly file: string; readonly content: Buffer } {
  let members: Record<string, Uint8Array>;
  try {
    members = unzipSync(archive);
  } catch (error) {
    throw new DataError(
      `${path}: is a zip that is cut off or damaged (${(error as Error).message}); download the file again`,
    );
  }
  const names = Object.keys(members).filter(
    // Folders, and what macOS adds to them.
    (name) => !name.endsWith("/") && !name.startsWith("__MACOSX/"),
  );
  if (names.includes("[Content_Types].xml"))
    throw new DataError(
      `${path}: is an Excel workbook, not a table of text; save the sheet as CSV`,
    );
  if (names.length !== 1)
    throw new DataError(
      `${path}: must hold one file, but holds ${names.length} (${names.slice(0, 5).join(", ")}); unpack it and name the file`,
    );
  const content = Buffer.from(members[names[0]!]!);
  if (crc32(content) !== checksum(archive, names[0]!))
    throw new DataError(
      `${path}: is a zip that is damaged (the checksum of ${names[0]} does not fit); download the file again`,
    );
  return { file: `${path}/${names[0]}`, content };
}

/** CRC-32 of a member as the archive's directory states it: fflate does not compare it. */
function checksum(archive: Buffer, name: string): number {
  const entry = Buffer.from("PK\x01\x02");
  let at = archive.indexOf(entry);
  while (at >= 0) {
    const length = archive.readUInt16LE(at + 28);
    const found = archive.toString("utf8", at + 46, at + 46 + length);
    if (found === name) return archive.readUInt32LE(at + 16);
    at = archive.indexOf(entry, at + 4);
  }
  return Number.NaN;
}
