/** What the tests of comparisons share: a made-up panel, and few draws. */

import type { Draws } from "../../lib/src/types.js";
import { seededPanel } from "./helpers.js";

export const DRAWS: Draws = { draws: 199, seed: 3, level: 0.9 };

/** Eight years from 2018-01. */
export const PANEL = seededPanel(96, ["A", "B", "C"], ["X", "Y"]);
