"""Skewness and kurtosis by scipy, on seeded samples and on two published series.

The series are from R's PerformanceAnalytics: portfolio_bacon.csv (Bacon, Practical portfolio performance measurement and
attribution, 2nd edition, 2008) and HAM1 of managers.csv. Their printed values are its documentation's: the notes of
kurtosis(), and table.Distributions(managers).
"""

import numpy as np
import scipy
from scipy import stats

from fixture import write

BACON = [0.3, 2.6, 1.1, -1.0, 1.5, 2.5, 1.6, 6.7, -1.4, 4.0, -0.5, 8.1, 4.0, -3.7, -6.1, 1.7, -4.9, -2.2, 7.0, 5.8, -6.5, 2.4, -0.5, -0.9]
HAM1 = [
    0.0074, 0.0193, 0.0155, -0.0091, 0.0076, -0.0039, -0.0231, 0.0395, 0.0147, 0.0288, 0.0156, 0.0176, 0.0212, 0.0022,
    0.0094, 0.0126, 0.0438, 0.0231, 0.0154, 0.0237, 0.0219, -0.0207, 0.025, 0.011, 0.0056, 0.0429, 0.0362, 0.0078,
    -0.0231, 0.0121, -0.0215, -0.0944, 0.0248, 0.0558, 0.0126, 0.0097, -0.0093, 0.0094, 0.0462, 0.051, 0.0162, 0.0326,
    0.0098, -0.0165, -0.0045, -0.0006, 0.0035, 0.0147, -0.0102, 0.0123, 0.0575, 0.0202, 0.0339, 0.0123, 0.0049,
    0.0387, 0.0013, -0.0077, 0.0104, -0.0068, 0.0079, 0.0082, -0.0105, 0.0345, 0.0579, 0.0021, 0.0207, 0.0161,
    -0.0312, 0.0011, 0.034, 0.0676, 0.0135, -0.0124, 0.0063, 0.0046, -0.0015, -0.0241, -0.0755, 0.0077, -0.0575,
    0.0297, 0.0661, -0.0323, -0.0412, -0.0251, 0.0364, 0.0651, 0.0337, 0.0308, 0.0176, 0.0003, 0.009, 0.0481, 0.0169,
    0.0275, 0.0053, -0.0001, 0.0087, -0.0043, 0.0082, 0.0259, 0, 0.0055, 0.0088, -0.0006, 0.0394, 0.044, 0.0001,
    0.0215, -0.0207, -0.0209, 0.0043, 0.0161, 0.0091, 0.0113, 0.0261, -0.0187, 0.0231, 0.0261, 0.0692, 0.0145, 0.0397,
    -0.0011, -0.0267, 0.0216, -0.0144, 0.0161, 0.0068, 0.0427, 0.0117, 0.0115,
]

rng = np.random.default_rng(20180131)
samples = {
    "bacon": BACON,
    "ham1": HAM1,
    "normal12": rng.normal(0.01, 0.2, 12).tolist(),
    "skewed83": (rng.exponential(0.1, 83) - 0.05).tolist(),
    "heavy500": (0.03 * rng.standard_t(3, 500)).tolist(),
    "four": [0.01, -0.02, 0.05, 0.04],
    # A mean a hundred million times the spread: a single pass over raw powers would have no digit left.
    "far": (1e6 + 0.01 * rng.standard_normal(40)).tolist(),
}


def moments(x):
    n = len(x)
    return {
        "n": n,
        "mean": float(np.mean(x)),
        "populationSd": float(np.std(x)),
        "sampleSd": float(np.std(x, ddof=1)),
        "g1": float(stats.skew(x)),
        "G1": float(stats.skew(x, bias=False)),
        "b2": float(stats.kurtosis(x, fisher=False)),
        "g2": float(stats.kurtosis(x)),
        "G2": float(stats.kurtosis(x, bias=False)),
        "min": min(x),
        "max": max(x),
    }


write(
    "moments",
    "scipy.stats.skew and kurtosis; printed values of R's PerformanceAnalytics",
    [np, scipy],
    samples=[{"name": name, "values": list(x), "scipy": moments(np.array(x))} for name, x in samples.items()],
    printed={
        "bacon": {"sampleKurtosis": 3.03, "G2": -0.41},
        "ham1": {"sampleSd": 0.0256, "g1": -0.6588, "b2": 5.3616, "g2": 2.3616, "G1": -0.6741, "G2": 2.5004},
    },
)
