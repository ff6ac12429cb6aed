/** Model Confidence Sets, resampling included: 20 models, 500 periods, 1,000 stationary draws. The peer is Python's arch. */

import { modelConfidenceSet, stationaryResamples, stream } from "neural-beta";
import { median, openPeer, RUNS, spread, timed } from "./measure.mjs";

const [models, periods, draws, blockLength] = [20, 500, 1000, 10];
const { uniform } = stream("mcs");
const losses = Array.from({ length: models }, (_, model) =>
  Float64Array.from({ length: periods }, () => uniform() ** 2 * (1 + 0.02 * model)),
);
const arch = openPeer("mcs.py", "arch");
const rows = losses.map((series) => [...series]);

for (const statistic of ["max", "range"]) {
  const [ours, theirs] = [[], []];
  // The first run warms both up and is not counted.
  for (let seed = 0; seed <= RUNS; seed++) {
    ours.push(
      await timed(() =>
        modelConfidenceSet(losses, stationaryResamples(periods, { blockLength, draws, seed }), {
          statistic,
        }),
      ),
    );
    if (arch)
      theirs.push((await arch.ask({ losses: rows, statistic, draws, blockLength, seed })).ms);
  }
  const parts = [`${statistic}, ms: ${spread(ours.slice(1))}`];
  if (arch)
    parts.push(
      `arch ${spread(theirs.slice(1))}`,
      `ratio ${(median(ours.slice(1)) / median(theirs.slice(1))).toPrecision(2)}`,
    );
  console.log(parts.join("; "));
}
arch?.close();
