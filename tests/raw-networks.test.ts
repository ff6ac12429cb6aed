/** The networks in raw units: how many, on which market, and of what size. */

import { expect, it } from "vitest";
import { rawNetworkCounts, rawNetworks } from "../lib/src/models/raw-networks.js";
import { seededPanel } from "./support/helpers.js";
import { stub } from "./support/kept-networks.js";

const year = (at: number) => ({ from: `${at}-01`, through: `${at}-12` });
const split = { inSample: year(2019), validation: year(2020), outOfSample: year(2021) };

it("are 200 of a hundred epochs; with a budget as many as the grid's seeds, and no more epochs", () => {
  const counts = (epochs: number, budget?: number) =>
    rawNetworkCounts({
      grid: { replicates: 7 },
      epochs,
      ...(budget === undefined ? {} : { budget }),
    });
  expect(counts(40)).toEqual({ replicates: 200, epochs: 100 });
  expect(counts(40, 3)).toEqual({ replicates: 7, epochs: 40 });
  expect(counts(200, 3)).toEqual({ replicates: 7, epochs: 100 });
});

it("are of four tanh units on the first market of the set, at a rate of 0.001", async () => {
  const panel = seededPanel(48, ["A", "B"], ["X", "Y"]);
  const { trainer, trained } = stub();
  const options = { baseline: { marketSet: "Y+X" }, lookback: 6, split, seed: 1, budget: 1 };
  const { epochs, ...raw } = await rawNetworks(panel, trainer, {
    ...{ ...options, grid: { replicates: 2 }, epochs: 5 },
  });
  expect([epochs, raw.panel.markets]).toEqual([5, ["Y"]]);
  expect(trained).toEqual(
    [0, 1].map((i) => `Y, 4 tanh units, rate 0.001, start glorot, replicate ${i}`),
  );
  expect(raw.fit.networks).toHaveLength(2);
});
