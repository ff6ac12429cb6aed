/** The kernel of statistics: ridge regressions, filters of several coefficients, sums of resampled rows. */

export { filter } from "./filter";
export { sumDraws } from "./draws";
export { extendFactor, innerProducts, solve } from "./solve";
export { addGroups, addRow, beginGroup, endGroup } from "./sums";
