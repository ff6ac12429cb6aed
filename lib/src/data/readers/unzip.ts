/** The one file in a zip. */

import { crc32 } from "node:zlib";
import { unzipSync } from "fflate";
import { printable } from "../../check.js";
import { FILE_LIMITS } from "../../limits.js";
import { DataError } from "../../types.js";
import { checkSize } from "../read-file.js";

/**
 * Content of the only file in a zip, whatever its name: publishers have changed that between .CSV and .csv.
 *
 * @throws DataError if the archive is cut off, damaged, encrypted or a workbook, holds no or several files, or unpacks to more
 *   than a file may have
 */
export function onlyMember(
  path: string,
  archive: Buffer,
): { readonly file: string; readonly content: Buffer } {
  const members = listedMembers(path, archive);
  if (members.some(({ name }) => name === "[Content_Types].xml"))
    throw new DataError(
      `${path}: is an Excel workbook, not a table of text; save the sheet as CSV`,
    );
  const [member] = members;
  if (member === undefined || members.length > 1)
    throw new DataError(
      `${path}: must hold one file, but holds ${members.length} (${members
        .slice(0, 5)
        .map(({ name }) => printable(name))
        .join(", ")}); unpack it and name the file`,
    );
  const file = `${path}/${printable(member.name)}`;
  checkSize(file, member.originalSize, FILE_LIMITS.data);
  const entry = entryOf(archive, member.name);
  if (entry?.encrypted)
    throw new DataError(`${file}: is encrypted; unpack it with its password and name the file`);
  // Packed, a file is hardly larger than itself: one that is would be unpacked for nothing.
  const fits = member.size <= 1.01 * member.originalSize + 1000;
  const content = fits
    ? Buffer.from(unpacked(path, archive, ({ name }) => name === member.name))
    : Buffer.alloc(0);
  if (!fits || content.length !== member.originalSize || crc32(content) !== entry?.checksum)
    throw new DataError(
      `${path}: is a zip that is damaged (the checksum of ${printable(member.name)} does not fit); download the file again`,
    );
  return { file, content };
}

interface Member {
  readonly name: string;
  /** Bytes as packed, and when unpacked, as the archive says. */
  readonly size: number;
  readonly originalSize: number;
}

/** The files of an archive, none of them unpacked. */
function listedMembers(path: string, archive: Buffer): Member[] {
  const members: Member[] = [];
  unpacked(path, archive, (member) => {
    // Folders, and what macOS adds to them.
    if (!member.name.endsWith("/") && !member.name.startsWith("__MACOSX/")) members.push(member);
    return false;
  });
  return members;
}

/** The bytes of the member that is chosen; none if there is none. */
function unpacked(path: string, archive: Buffer, choose: (member: Member) => boolean): Uint8Array {
  try {
    let name = "";
    const files = unzipSync(archive, {
      filter: (member) => {
        const chosen = choose(member);
        if (chosen) name = member.name;
        return chosen;
      },
    });
    return files[name] ?? new Uint8Array();
  } catch (error) {
    throw new DataError(
      `${path}: is a zip that is cut off or damaged (${(error as Error).message}); download the file again`,
    );
  }
}

/** What the archive's directory says of a member, and fflate does not tell. */
function entryOf(
  archive: Buffer,
  name: string,
): { readonly checksum: number; readonly encrypted: boolean } | undefined {
  const entry = Buffer.from("PK\x01\x02");
  let at = archive.indexOf(entry);
  while (at >= 0 && at + 46 <= archive.length) {
    const length = archive.readUInt16LE(at + 28);
    const found = archive.toString("utf8", at + 46, at + 46 + length);
    if (found === name)
      return {
        checksum: archive.readUInt32LE(at + 16),
        encrypted: (archive.readUInt16LE(at + 8) & 1) === 1,
      };
    at = archive.indexOf(entry, at + 4);
  }
  return undefined;
}
