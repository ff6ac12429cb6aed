/** Cells of one line: trimmed, without their quotation marks. */
export function cellsOf(line: string, separator: string): string[] {
  const bare = line.replace(/\r$/, "");
  if (!bare.includes('"')) return bare.split(separator).map((c) => c.trim());
  const cell =
    separator === ","
      ? /\s*("(?:[^"]|"")*"|[^,]*)\s*(?:,|$)/y
      : separator === ";"
        ? /\s*("(?:[^"]|"")*"|[^;]*)\s*(?:;|$)/y
        : / *("(?:[^"]|"")*"|[^\t]*) *(?:\t|$)/y;
  const cells: string[] = [];
  for (let ended = false; !ended; ) {
    const match = cell.exec(bare);
    if (!match) return [...cells, bare.slice(cell.lastIndex).trim()];
    const text = match[1]!.trim();
    cells.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"').trim() : text);
    ended = !match[0].endsWith(separator);
  }
  return cells;
}
