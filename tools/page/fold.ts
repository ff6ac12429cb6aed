/** Cells that a study has no use for: the page leaves them out with the text above them, and says so once. */

import type { IOutput } from "@jupyterlab/nbformat";
import type { Notebook, NotebookCell } from "../kernel/notebook.js";

/** What of a chapter stays on the page, and titles of what does not, by reason. */
export interface Folded {
  readonly cells: readonly NotebookCell[];
  readonly leftOut: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Text and the cells below it. */
interface Group {
  readonly section: number;
  readonly title: string;
  readonly cells: readonly NotebookCell[];
}

/**
 * The chapter without groups of cells, each begun by text, that show nothing but why they were left out. A head stays where a later
 * group of its section does; the first group, which has the chapter's title, always stays.
 */
export function foldedChapter({ cells }: Notebook): Folded {
  const groups = groupsOf(cells);
  const stays = groups.map((group, i) => i === 0 || reasons(group).length === 0 || shows(group));
  const leftOut = new Map<string, Set<string>>();
  for (const [i, group] of groups.entries()) {
    if (stays[i]) continue;
    const [reason] = reasons(group) as [string];
    leftOut.set(reason, (leftOut.get(reason) ?? new Set()).add(group.title));
  }
  const kept = groups.flatMap((group, i) => {
    if (stays[i]) return group.cells.map(withoutReasons);
    const others = groups.some(
      ({ section }, other) => other > i && section === group.section && stays[other],
    );
    return others ? headsOf(group) : [];
  });
  return { cells: kept, leftOut };
}

function groupsOf(cells: readonly NotebookCell[]): Group[] {
  const groups: { section: number; title: string; cells: NotebookCell[] }[] = [];
  let afterCode = true;
  for (const cell of cells) {
    const head = cell.cell_type === "markdown" ? HEAD.exec(cell.source)?.[1] : undefined;
    if (cell.cell_type === "markdown" && afterCode) {
      const { section = 0, title = "" } = groups.at(-1) ?? {};
      groups.push({
        section: head === undefined ? section : section + 1,
        title: head ?? title,
        cells: [],
      });
    }
    if (groups.length === 0) groups.push({ section: 0, title: "", cells: [] });
    groups.at(-1)!.cells.push(cell);
    afterCode = cell.cell_type === "code";
  }
  return groups;
}

const HEAD = /^#+ (.*)$/m;

const outputsOf = ({ cells }: Group) =>
  cells.flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []));

/** Why an output is none; undefined where it is one. */
export const reasonOf = ({ metadata }: IOutput): string | undefined =>
  (metadata as { "neural-beta"?: { leftOut?: string } } | undefined)?.["neural-beta"]?.leftOut;

const reasons = (group: Group): string[] =>
  outputsOf(group).flatMap((output) => reasonOf(output) ?? []);
const shows = (group: Group): boolean =>
  outputsOf(group).some((output) => reasonOf(output) === undefined);

const withoutReasons = (cell: NotebookCell): NotebookCell =>
  cell.cell_type === "code"
    ? { ...cell, outputs: cell.outputs.filter((output) => reasonOf(output) === undefined) }
    : cell;

/** The heads of a group without the text below them. */
const headsOf = ({ cells }: Group): NotebookCell[] =>
  cells.flatMap((cell) => {
    const heads = cell.source.match(/^#+ .*$/gm);
    return cell.cell_type === "markdown" && heads ? [{ ...cell, source: heads.join("\n\n") }] : [];
  });
