"""Percentiles of the limit of ENC-NEW under the null, by simulation: Clark and McCracken (2001), theorem 3.1, recursive scheme.

The statistic of k2 needless regressors, P / R = pi, goes to the integral over [1 / (1 + pi), 1] of s^-1 W(s)' dW(s), W a k2-dimensional Brownian motion.
"""

import numpy as np

from fixture import write

STEPS, DRAWS, BATCH = 1000, 40_000, 2000
PIS = [0.2, 0.4, 1.0, 2.0]
rng = np.random.default_rng(20010101)


def draws(k2):
    found = {pi: [] for pi in PIS}
    for _ in range(DRAWS // BATCH):
        total = {pi: np.zeros(BATCH) for pi in PIS}
        for _ in range(k2):
            dW = rng.standard_normal((BATCH, STEPS)) / np.sqrt(STEPS)
            W = np.cumsum(dW, axis=1)
            terms = W[:, :-1] * dW[:, 1:] / (np.arange(1, STEPS) / STEPS)
            for pi in PIS:
                total[pi] += terms[:, round(STEPS / (1 + pi)) - 1 :].sum(axis=1)
        for pi in PIS:
            found[pi].append(total[pi])
    return {pi: np.concatenate(values) for pi, values in found.items()}


limits = []
for k2 in [1, 3]:
    for pi, values in draws(k2).items():
        p90, p95, p99 = np.quantile(values, [0.9, 0.95, 0.99])
        limits.append({"k2": k2, "pi": pi, "p90": round(p90, 3), "p95": round(p95, 3), "p99": round(p99, 3)})

write("enc-new", f"numpy: the limit of Clark and McCracken (2001), {DRAWS} draws of {STEPS} steps", [np], limits=limits)
