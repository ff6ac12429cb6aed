/** The network as numbers: its parameters, its starts and its outputs. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ACTIVATIONS,
  type Activation,
  type NetworkShape,
  networkOutputs,
  parameterCount,
  STARTS,
  startingWeights,
  weightParts,
} from "../lib/src/models/network.js";
import { stream } from "../lib/src/random.js";
import { rootMeanSquare } from "../lib/src/stats/moments.js";
import { RUNS } from "./support/helpers.js";

const ROUNDING = 1e-12;
/** Weights are float32: relative rounding of one of them. */
const FLOAT32 = 1e-7;

const shape = (
  inputs: number,
  hidden: number,
  markets: number,
  activation: Activation = "tanh",
): NetworkShape => ({ inputs, hidden, markets, activation });

const sizes = fc.integer({ min: 1, max: 6 });

describe("parameterCount", () => {
  it("is D H + H + H K + K", () => {
    // Twelve months of a coin and FIAT into 4 units; of a coin and four markets into 16.
    expect(parameterCount(shape(24, 4, 1))).toBe(105);
    expect(parameterCount(shape(60, 16, 4))).toBe(1044);
  });
});

describe("weightParts", () => {
  it("are hidden weights, hidden biases, output weights and output biases, in this order", () => {
    const weights = Float32Array.from({ length: 6 + 3 + 6 + 2 }, (_, i) => i);
    const parts = weightParts(shape(2, 3, 2), weights);
    expect(parts.map((part) => [part.at(0), part.length])).toEqual([
      [0, 6],
      [6, 3],
      [9, 6],
      [15, 2],
    ]);
  });

  it("are views: they cover every weight once", () => {
    fc.assert(
      fc.property(sizes, sizes, sizes, (D, H, K) => {
        const weights = new Float32Array(parameterCount(shape(D, H, K)));
        for (const part of weightParts(shape(D, H, K), weights))
          part.forEach((_, i) => {
            part[i]! += 1;
          });
        expect(weights).toEqual(new Float32Array(weights.length).fill(1));
      }),
      RUNS,
    );
  });

  it("refuse another number of weights", () => {
    expect(() => weightParts(shape(24, 4, 1), new Float32Array(104))).toThrow(
      new RangeError("weightParts: a 24-4-1 network has 105 parameters, got 104"),
    );
  });
});

describe("startingWeights", () => {
  const large = shape(60, 16, 4);
  const start = (
    name: (typeof STARTS)[number],
    key: string,
    network = large,
    pooled = [0.5, -1, 2, 0.25],
  ) => weightParts(network, startingWeights(network, { start: name, stream: stream(key), pooled }));

  it("are uniform within Glorot's limits, biases zero, for the report's start", () => {
    const [w1, b1, w2, b2] = start("glorot", "a");
    for (const [part, limit] of [
      [w1, Math.sqrt(6 / (60 + 16))],
      [w2, Math.sqrt(6 / (16 + 4))],
    ] as const) {
      const [low, high] = [Math.min(...part), Math.max(...part)];
      for (const extreme of [-low, high]) {
        expect(extreme).toBeLessThanOrEqual(limit * (1 + FLOAT32));
        expect(extreme).toBeGreaterThan(0.8 * limit);
      }
      // A uniform number on +-limit has the root mean square limit / sqrt(3); 64 draws know it within a fifth.
      const ratio = (rootMeanSquare(part) * Math.sqrt(3)) / limit;
      expect(Math.abs(ratio - 1)).toBeLessThan(0.2);
    }
    expect(b1).toEqual(new Float32Array(16));
    expect(b2).toEqual(new Float32Array(4));
  });

  it("put the pooled beta into the output bias for the ols start, and zeros before it", () => {
    const [, b1, w2, b2] = start("ols", "a");
    expect(b1).toEqual(new Float32Array(16));
    expect(w2).toEqual(new Float32Array(64));
    expect([...b2]).toEqual([0.5, -1, 2, 0.25]);
  });

  it("give the pooled beta as output for every input, at the ols start", () => {
    for (const activation of ACTIVATIONS) {
      const network = shape(2, 3, 1, activation);
      const weights = startingWeights(network, {
        start: "ols",
        stream: stream("b"),
        pooled: [1.75],
      });
      const outputs = networkOutputs(network, weights, Float32Array.of(0, 0, 5, -7, 100, 1));
      expect([...outputs]).toEqual([1.75, 1.75, 1.75]);
    }
  });

  it("share the hidden weights between both starts", () => {
    expect(start("ols", "a")[0]).toEqual(start("glorot", "a")[0]);
  });

  it("are the same for the same stream, and others for another", () => {
    for (const name of STARTS) {
      expect(start(name, "a")).toEqual(start(name, "a"));
      expect(start(name, "a")[0]).not.toEqual(start(name, "b")[0]);
    }
  });

  it("refuse a network without hidden units", () => {
    expect(() =>
      startingWeights(shape(2, 0, 1), { start: "glorot", stream: stream("a"), pooled: [0] }),
    ).toThrow(new RangeError("startingWeights: hidden must be an integer of at least 1, got 0"));
  });
});

describe("networkOutputs", () => {
  // Two inputs, two units, two markets: hidden sums are 3, 0.5 for the first row and -1, 2 for the second.
  const weights = Float32Array.of(...[1, -1, 2, 0.5], ...[0, 1], ...[1, 10, 2, 20], ...[100, 1000]);
  const rows = Float32Array.of(1, 1, -1, 0);

  it.each<[Activation, number[]]>([
    ["linear", [3, 0.5, -1, 2]],
    ["relu", [3, 0.5, 0, 2]],
    ["tanh", [0.99505475368673, 0.46211715726001, -0.76159415595576, 0.96402758007582]],
    ["sigmoid", [0.95257412682243, 0.62245933120185, 0.26894142136999, 0.88079707797788]],
  ])("combine %s units linearly", (activation, units) => {
    const [a, b, c, d] = units as [number, number, number, number];
    const outputs = networkOutputs(shape(2, 2, 2, activation), weights, rows);
    [100 + a + 2 * b, 1000 + 10 * a + 20 * b, 100 + c + 2 * d, 1000 + 10 * c + 20 * d].forEach(
      (expected, at) => {
        expect(outputs[at]).toBeCloseTo(expected, 10);
      },
    );
  });

  const networks = fc
    .tuple(sizes, sizes, sizes, fc.constantFrom(...ACTIVATIONS), fc.nat())
    .map(([D, H, K, activation, seed]) => {
      const network = shape(D, H, K, activation);
      const draw = stream(seed, "network");
      const uniform = () => 2 * draw.uniform() - 1;
      return {
        network,
        weights: Float32Array.from({ length: parameterCount(network) }, uniform),
        inputs: Float32Array.from({ length: 3 * D }, uniform),
      };
    });

  it("treat each row alone", () => {
    fc.assert(
      fc.property(networks, ({ network, weights, inputs }) => {
        const D = network.inputs;
        const alone = [0, 1, 2].flatMap((row) => [
          ...networkOutputs(network, weights, inputs.slice(row * D, (row + 1) * D)),
        ]);
        expect([...networkOutputs(network, weights, inputs)]).toEqual(alone);
      }),
      RUNS,
    );
  });

  it("do not depend on the order of the hidden units", () => {
    fc.assert(
      fc.property(networks, ({ network, weights, inputs }) => {
        const { hidden: H, markets: K } = network;
        const [w1, b1, w2] = weightParts(network, weights);
        const turned = weights.slice();
        const [v1, c1, v2] = weightParts(network, turned);
        w1.forEach((w, at) => {
          v1[at - (at % H) + H - 1 - (at % H)] = w;
        });
        b1.forEach((b, h) => {
          c1[H - 1 - h] = b;
        });
        w2.forEach((w, at) => {
          v2[(H - 1 - Math.floor(at / K)) * K + (at % K)] = w;
        });
        const outputs = networkOutputs(network, weights, inputs);
        networkOutputs(network, turned, inputs).forEach((output, at) => {
          expect(Math.abs(output - outputs[at]!)).toBeLessThanOrEqual(ROUNDING);
        });
      }),
      RUNS,
    );
  });

  it("stay finite where a sigmoid saturates", () => {
    const network = shape(1, 1, 1, "sigmoid");
    const outputs = networkOutputs(
      network,
      Float32Array.of(1, 0, 1, 0),
      Float32Array.of(-1e4, 1e4),
    );
    expect([...outputs]).toEqual([0, 1]);
  });

  it("leave weights and inputs unchanged", () => {
    const before = [weights.slice(), rows.slice()];
    networkOutputs(shape(2, 2, 2), weights, rows);
    expect([weights, rows]).toEqual(before);
  });
});
