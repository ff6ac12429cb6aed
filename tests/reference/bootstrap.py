"""Bootstrap intervals in numpy on given rows, and how often intervals by arch cover the mean of AR(1) series."""

import arch
import numpy as np
from arch.bootstrap import CircularBlockBootstrap

from fixture import write

N, PHI, BLOCK, DRAWS, SAMPLES, LEVEL = 47, 0.3, 3, 399, 20_000, 0.95

rng = np.random.default_rng(20180131)


def rmse_change(a, b, rows, level):
    def interval(estimate, draws):
        lower, upper = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
        return {"estimate": estimate, "lower": lower, "upper": upper, "standardError": draws.std(ddof=1)}

    def rmse(loss):
        return np.sqrt(loss[rows].mean(axis=1))

    change = rmse(a) - rmse(b)
    sides = [(1 + np.sum(change <= 0)) / (len(rows) + 1), (1 + np.sum(change >= 0)) / (len(rows) + 1)]
    own = np.sqrt(a.mean()), np.sqrt(b.mean())
    return {
        "change": interval(own[0] - own[1], change),
        "ratio": interval(own[0] / own[1], rmse(a) / rmse(b)),
        "pValue": min(1.0, 2 * min(sides)),
    }


def studentized(x, rows, level):
    """Mean, with the standard error of independent rows."""

    def error(sample):
        return sample.std(axis=-1, ddof=1) / np.sqrt(len(x))

    draws = x[rows]
    t = (draws.mean(axis=1) - x.mean()) / error(draws)
    high, low = np.quantile(t, [(1 + level) / 2, (1 - level) / 2])
    return {"lower": x.mean() - high * error(x), "upper": x.mean() - low * error(x)}


a, b = np.round(rng.uniform(0, 0.1, (2, 40)) ** 2 * [[1.2], [1]], 7)
rows = np.array([data[0][0] for data in CircularBlockBootstrap(3, np.arange(40), seed=7).bootstrap(99)])

covered = 0
for _ in range(SAMPLES):
    e = rng.standard_normal(N)
    x = np.empty(N)
    x[0] = e[0] / np.sqrt(1 - PHI**2)
    for t in range(1, N):
        x[t] = PHI * x[t - 1] + e[t]
    index = CircularBlockBootstrap(BLOCK, x, seed=rng)
    means = np.array([data[0][0].mean() for data in index.bootstrap(DRAWS)])
    lower, upper = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    covered += lower <= 0 <= upper

write(
    "bootstrap",
    "numpy; rows and covering intervals by arch.bootstrap.CircularBlockBootstrap",
    [np, arch],
    lossA=a.tolist(),
    lossB=b.tolist(),
    draws=len(rows),
    indices=rows.ravel().tolist(),
    rmseChange=rmse_change(a, b, rows, 0.9),
    studentizedMeanOfLossA=studentized(a, rows, 0.9),
    coverage={
        "n": N,
        "phi": PHI,
        "blockLength": BLOCK,
        "draws": DRAWS,
        "samples": SAMPLES,
        "level": LEVEL,
        "percentile": covered / SAMPLES,
    },
)
