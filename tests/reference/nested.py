"""Spanning by Huberman and Kandel as a likelihood ratio of two regressions, and ENC-NEW by its formula, on seeded inputs."""

import numpy as np
import scipy
from scipy import stats

from fixture import write


def spanning(assets, benchmarks):
    T, N = assets.shape
    K = benchmarks.shape[1]
    X = np.column_stack([np.ones(T), benchmarks])
    b, *_ = np.linalg.lstsq(X, assets, rcond=None)
    e = assets - X @ b
    # alpha = 0 and slopes that sum to one: everything over the first benchmark, without intercept.
    first = benchmarks[:, :1]
    y0 = assets - first
    if K > 1:
        x0 = benchmarks[:, 1:] - first
        b0, *_ = np.linalg.lstsq(x0, y0, rcond=None)
        y0 = y0 - x0 @ b0
    u = np.linalg.det(e.T @ e) / np.linalg.det(y0.T @ y0)
    if N == 1:
        f, df = (1 / u - 1) * (T - K - 1) / 2, (2, T - K - 1)
    else:
        f, df = (1 / np.sqrt(u) - 1) * (T - K - N) / N, (2 * N, 2 * (T - K - N))
    return {
        "statistic": float(f),
        "pValue": float(stats.f.sf(f, *df)),
        "degreesOfFreedom": list(df),
        "alphas": b[0].tolist(),
        "deltas": (1 - b[1:].sum(axis=0)).tolist(),
    }


rng = np.random.default_rng(20180131)
spanned = []
for T, N, K, alpha in [(83, 2, 5, 0.0), (47, 4, 1, 0.05), (120, 3, 3, 0.01), (40, 1, 2, 0.1)]:
    x = 0.005 + 0.04 * rng.standard_normal((T, K))
    y = alpha * rng.random(N) + x @ rng.random((K, N)) + 0.1 * rng.standard_normal((T, N))
    spanned.append({"N": N, "x": x.ravel().tolist(), "y": y.ravel().tolist(), **spanning(y, x)})

encompassing = []
for coins, n in [(1, 30), (4, 47)]:
    e1 = 0.2 * rng.standard_normal((coins, n))
    e2 = e1 - 0.05 * rng.standard_normal((coins, n))
    # Losses are means over coins, by date; a factor that both sums share drops out.
    statistic = n * np.sum(e1**2 - e1 * e2) / np.sum(e2**2)
    encompassing.append({"small": e1.tolist(), "large": e2.tolist(), "statistic": float(statistic)})

write(
    "nested",
    "numpy: likelihood ratio of restricted and free regressions, p by scipy; ENC-NEW of Clark and McCracken (2001), equation 4",
    [np, scipy],
    spanning=spanned,
    encompassing=encompassing,
)
