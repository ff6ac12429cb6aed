/**
 * Rolling regressions of 1,000 series on three factors over 2,500 days, with classical standard errors. The peer is RollingOLS of
 * Python's statsmodels in a loop over series. It takes minutes for all of them, so it gets the first fifty, the same numbers, and
 * times are per series. That both agree is checked on the way.
 */

import { rollingOls, stream } from "neural-beta";
import { median, openPeer, RUNS, spread, timed } from "./measure.mjs";

const [T, N, K] = [2500, 1000, 3];
const PEER_SERIES = 50;
/** Relative to the number, or to a thousandth of its standard error where it happens to be near zero. */
const AGREES = 1e-8;

const { uniform } = stream("rolling");
const x = Float64Array.from({ length: T * K }, () => uniform() - 0.5);
const y = Float64Array.from({ length: T * N }, (_, at) => {
  const t = Math.floor(at / N);
  return x[t * K] + 0.3 * x[t * K + 1] + 2 * (uniform() - 0.5);
});
const rows = (values, width, used) =>
  Array.from({ length: T }, (_, t) => [...values.subarray(t * width, t * width + used)]);
const statsmodels = openPeer("rolling_ols.py", "statsmodels");
const series = { x: rows(x, K, K), y: rows(y, N, PEER_SERIES) };

for (const lookback of [60, 252]) {
  const [ours, theirs] = [[], []];
  // The first run warms both up and is not counted.
  for (let run = 0; run <= RUNS; run++) {
    let result;
    const ms = await timed(() => {
      result = rollingOls(x, y, {
        lookback,
        intercept: false,
        dependents: N,
        covariance: "classical",
      });
    });
    ours.push(ms / N);
    if (!statsmodels) continue;
    const reply = await statsmodels.ask({ ...series, lookback });
    theirs.push(reply.ms / PEER_SERIES);
    compare(result, reply);
  }
  const parts = [`window ${lookback}, ms per series: ${spread(ours.slice(1))}`];
  if (statsmodels)
    parts.push(
      `statsmodels ${spread(theirs.slice(1))}`,
      `ratio ${(median(ours.slice(1)) / median(theirs.slice(1))).toPrecision(2)}`,
    );
  console.log(parts.join("; "));
}
statsmodels?.close();

/** Against [series][T][K], null where statsmodels has NaN. */
function compare({ coefficients, standardErrors }, { params, bse }) {
  for (let i = 0; i < PEER_SERIES; i++)
    for (let t = 0; t < T; t++)
      for (let j = 0; j < K; j++) {
        const at = (t * N + i) * K + j;
        const error = bse[i][t][j];
        for (const [a, b] of [
          [coefficients[at], params[i][t][j]],
          [standardErrors[at], error],
        ]) {
          const same =
            b === null ? Number.isNaN(a) : Math.abs(a - b) <= AGREES * (Math.abs(b) + 1e-3 * error);
          if (!same)
            throw new Error(`rollingOls has ${a}, statsmodels ${b}: series ${i}, row ${t}`);
        }
      }
}
