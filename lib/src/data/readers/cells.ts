/** Cells of one line: trimmed, without their quotation marks. */
export function cellsOf(line: string, separator: string): string[] {
  const bare = line.endsWith("\r") ? line.slice(0, -1) : line;
  if (!bare.includes('"')) return bare.split(separator).map((c) => c.trim());
  const cells: string[] = [];
  for (let at = 0; at <= bare.length; ) {
    const quoted = quotedEnd(bare, at, separator);
    const end = quoted ?? separatorFrom(bare, at, separator);
    const text = bare.slice(at, end).trim();
    cells.push(quoted === undefined ? text : text.slice(1, -1).replaceAll('""', '"').trim());
    at = end + 1;
  }
  return cells;
}

function separatorFrom(line: string, from: number, separator: string): number {
  const at = line.indexOf(separator, from);
  return at < 0 ? line.length : at;
}

/** Where the cell ends that begins here, if it is between quotation marks and nothing stands beside them. */
function quotedEnd(line: string, from: number, separator: string): number | undefined {
  const cell = separator === "\t" ? QUOTED_BETWEEN_TABS : QUOTED;
  cell.lastIndex = from;
  if (!cell.test(line)) return undefined;
  const end = cell.lastIndex;
  return end === line.length || line[end] === separator ? end : undefined;
}

/** Text between quotation marks, in which two are one, with the blanks around it. */
const QUOTED = /[ \t]*"[^"]*(?:""[^"]*)*"(?!")[ \t]*/y;
const QUOTED_BETWEEN_TABS = / *"[^"]*(?:""[^"]*)*"(?!") */y;
