"""Kurtosis of normal samples, by numpy's generator and scipy's moments."""

import numpy as np
import scipy
from scipy.stats import kurtosis

from fixture import write

DRAWS = 1_000_000

rng = np.random.default_rng(20180131)
cases = []
for n in (5, 12, 24, 60):
    b2 = np.concatenate(
        [kurtosis(rng.standard_normal((DRAWS // 10, n)), axis=1, fisher=False, bias=True) for _ in range(10)]
    )
    cases.append(
        {
            "n": n,
            "above2": float(np.mean(b2 > 2)),
            "above3": float(np.mean(b2 > 3)),
            "quantiles": {str(p): float(np.quantile(b2, p)) for p in (0.05, 0.5, 0.95)},
        }
    )

write(
    "normal-kurtosis",
    f"scipy.stats.kurtosis(fisher=False) of {DRAWS} normal samples",
    [np, scipy],
    cases=cases,
)
