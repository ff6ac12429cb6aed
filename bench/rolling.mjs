/**
 * Rolling regressions of 1,000 series on three factors over 2,500 days, with classical standard errors: rollingOls against
 * RollingOLS of statsmodels in a loop over series, on the same numbers and in the same run. Part of npm run bench.
 *
 * statsmodels (bench/peers) is used where NEURAL_BETA_PYTHON, or python3, has it. It takes minutes for all series, so it gets
 * the first fifty; both are compared per series. Nothing is asserted but that the two agree.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rollingOls, stream } from "neural-beta";
import { median, spread } from "./summary.mjs";

const [T, N, K] = [2500, 1000, 3];
const PEER_SERIES = 50;
const RUNS = 5;
/** Largest difference, relative to the number or to a thousandth of its standard error. */
const AGREES = 1e-8;

const python = process.env.NEURAL_BETA_PYTHON ?? "python3";
const peer = fileURLToPath(new URL("peers/rolling_ols.py", import.meta.url));
const hasPeer =
  spawnSync(python, ["-c", "import statsmodels"], { stdio: "ignore" })
    .status === 0;

const draw = stream("bench", "rolling");
const x = Float64Array.from({ length: T * K }, () => draw.uniform() - 0.5);
const y = Float64Array.from({ length: T * N }, (_, at) => {
  const t = Math.floor(at / N);
  return x[t * K] + 0.3 * x[t * K + 1] + 2 * (draw.uniform() - 0.5);
});
const folder = mkdtempSync(join(tmpdir(), "rolling-"));
writeFileSync(join(folder, "x"), x);
writeFileSync(join(folder, "y"), y);

console.log(
  `\nRolling OLS, ${T} days, ${K} factors, ms per series: ${N} series here${hasPeer ? `, ${PEER_SERIES} in statsmodels` : ""}; medians of ${RUNS} runs (lowest to highest)`,
);
if (!hasPeer)
  console.log(
    `statsmodels is left out: ${python} has no module statsmodels; name another in NEURAL_BETA_PYTHON`,
  );
try {
  for (const lookback of [60, 252]) {
    const options = {
      lookback,
      intercept: false,
      dependents: N,
      covariance: "classical",
    };
    const [ours, theirs] = [[], []];
    // Interleaved, so that a slow minute of the machine falls on both.
    for (let run = 0; run < RUNS; run++) {
      const began = performance.now();
      const result = rollingOls(x, y, options);
      ours.push((performance.now() - began) / N);
      if (!hasPeer) continue;
      theirs.push(peerTime(lookback));
      compare(result);
    }
    const parts = [`window ${lookback}: ${spread(ours)}`];
    if (hasPeer)
      parts.push(
        spread(theirs),
        `${(median(theirs) / median(ours)).toFixed(0)} times as fast`,
      );
    console.log(parts.join("  "));
  }
} finally {
  rmSync(folder, { recursive: true });
}

function peerTime(lookback) {
  const args = [peer, folder, T, N, K, PEER_SERIES, lookback].map(String);
  const { status, stdout, stderr } = spawnSync(python, args, {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${peer} failed: ${stderr}`);
  return JSON.parse(stdout).milliseconds;
}

/** Against what the peer has written: coefficients and standard errors [series x T x K]. */
function compare({ coefficients, standardErrors }) {
  const [params, bse] = ["params", "bse"].map((name) => {
    const { buffer, byteOffset, length } = readFileSync(join(folder, name));
    return new Float64Array(buffer, byteOffset, length / 8);
  });
  for (let i = 0; i < PEER_SERIES; i++)
    for (let at = 0; at < T * K; at++) {
      const there = i * T * K + at;
      const here = (Math.floor(at / K) * N + i) * K + (at % K);
      const floor = 1e-3 * bse[there];
      for (const [a, b] of [
        [coefficients[here], params[there]],
        [standardErrors[here], bse[there]],
      ]) {
        const same =
          (Number.isNaN(a) && Number.isNaN(b)) ||
          Math.abs(a - b) <= AGREES * (Math.abs(b) + floor);
        if (!same)
          throw new Error(`rollingOls has ${a}, statsmodels ${b}, series ${i}`);
      }
    }
}
