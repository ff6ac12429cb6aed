/** One configuration of a search, made up. */

import type { SearchRow } from "../../lib/src/models/search.js";

export const SEARCH_ROW: SearchRow = {
  marketSet: "GOLD",
  lookback: 12,
  hidden: 4,
  learningRate: 0.01,
  activation: "tanh",
  start: "glorot",
  seeds: 2,
  trainRmse: 0.2,
  valRmse: 0.3,
  valRmseSd: 0.01,
  valRmseTrained: 0.31,
  valRmseLast: 0.32,
  bestEpoch: 3,
  bestEpochFirst: 0.25,
  bestEpochLast: 0.5,
  parameters: 100,
  rows: 144,
};
