"""Writes fixtures/reference/robust.json: medians, robust scales, ranks and their correlation, and the audit's bounds, by scipy.

Run with scipy 1.17.1 and numpy.
"""

import numpy as np
import scipy
from fixture import write
from scipy import stats

rng = np.random.default_rng(20180131)
samples = [
    [3.0],
    [1.0, 2.0],
    [-1.0, 0.0, 1.0, 1000.0],
    np.round(rng.standard_t(3, 25), 1).tolist(),
    rng.standard_t(4, 40).tolist(),
]
pairs = [
    (np.round(rng.standard_t(3, n), d).tolist(), np.round(rng.standard_t(3, n), d).tolist()) for n, d in [(5, 1), (24, 0), (83, 6)]
]
t4 = stats.t(4)
robust_scale = t4.ppf(0.75) / stats.norm.ppf(0.75)
write(
    "robust",
    "scipy.stats: median_abs_deviation, rankdata, spearmanr, t.isf; numpy.median",
    [np, scipy],
    samples=[
        {
            "values": x,
            "median": float(np.median(x)),
            "robustScale": float(stats.median_abs_deviation(x, scale="normal")),
            "ranks": stats.rankdata(x).tolist(),
        }
        for x in samples
    ],
    pairs=[{"x": x, "y": y, "spearman": float(stats.spearmanr(x, y).statistic)} for x, y in pairs],
    outlierBound=[
        {"n": n, "falseAlarms": a, "bound": float(t4.isf(a / (2 * n)) / robust_scale)}
        for n in (1, 5, 83, 5000)
        for a in (0.05, 0.01, 0.0001)
    ],
)
