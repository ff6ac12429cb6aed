/** The kernel of statistics: large ridge regressions, filters of several coefficients, sums of resampled rows. */

export { filter } from "./filter";
export { sumDraws } from "./draws";
export { solve } from "./solve";
export { addGroups, addRow, beginGroup, endGroup } from "./sums";
