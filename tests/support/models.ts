/** Three models of one's own, as docs/your-own-network.md has them. */

import type { ModelBuilder } from "../../lib/src/models/tfjs/model-family.js";

export const DROPOUT: ModelBuilder = ({ layers }, { inputs, markets }) =>
  layers.sequential({
    layers: [
      layers.layers.dense({ units: 8, activation: "tanh", inputShape: [inputs] }),
      layers.layers.dropout({ rate: 0.2 }),
      layers.layers.dense({ units: markets }),
    ],
  });

export const GRU: ModelBuilder = ({ layers }, { lookback, series, markets }) =>
  layers.sequential({
    layers: [
      layers.layers.gru({ units: 4, inputShape: [lookback, series] }),
      layers.layers.dense({ units: markets }),
    ],
  });

export const CONVOLUTION: ModelBuilder = ({ layers }, { lookback, series, markets }) =>
  layers.sequential({
    layers: [
      layers.layers.conv1d({ filters: 3, kernelSize: 3, inputShape: [lookback, series] }),
      layers.layers.flatten(),
      layers.layers.dense({ units: markets }),
    ],
  });
