/** The amortised beta's training: the same bytes for any number of threads. */

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CYCLE_ROWS, simulatedRows } from "../../lib/src/models/amortised/rows.js";
import { rowsSource } from "../../lib/src/models/amortised/rows-source.js";
import { TRAINING_PLAN, trainAmortised } from "../../lib/src/models/amortised/training.js";
import { amortisedCard } from "../../lib/src/models/amortised/weights.js";

describe("training", () => {
  const SHORT = { ...TRAINING_PLAN, hidden: [16], rounds: 2, cycles: 1, passes: 1, batch: 29 };
  const sha256 = (values: Float32Array | Buffer) =>
    createHash("sha256").update(values).digest("hex");

  it("gives these bytes, for any number of threads", { timeout: 300_000 }, async () => {
    for (const threads of [1, 3]) {
      const { weights, priorHash, curve } = await trainAmortised(SHORT, { threads });
      expect(sha256(weights).slice(0, 16)).toBe("50d0bdb6ffe2b662");
      expect(priorHash).toBe(amortisedCard().prior);
      expect(curve).toHaveLength(2);
      expect(curve[1]!.share).toBeGreaterThan(0.2);
    }
  });

  it("takes its rows in order, whatever thread simulates them", async () => {
    const source = rowsSource("order", 3, 3, 2);
    const taken = [await source.next(), await source.next(), await source.next()];
    await source.close();
    taken.forEach((rows, chunk) => {
      expect(sha256(rows.features)).toBe(sha256(simulatedRows("order", chunk).features));
    });
  });

  it("ends at once when it is aborted, and has said how many steps there would be", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    const steps: number[][] = [];
    const onProgress = (...step: number[]) => steps.push(step);
    const plan = { ...SHORT, passes: 3 };
    await expect(trainAmortised(plan, { threads: 1, signal, onProgress })).rejects.toThrow(
      "enough",
    );
    // Two rounds of three passes over the blocks of a cycle, 29 of them a step.
    expect(steps).toEqual([[0, 2 * 3 * Math.floor(CYCLE_ROWS / 64 / 29)]]);
  });
});
