/** The ridge regression's kernel: sums of many groups of rows, and the coefficients that they give. */

export { addGroups } from "./sums";
export { solve } from "./solve";
