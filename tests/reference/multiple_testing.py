"""Adjusted p-values of statsmodels."""

import numpy as np
import statsmodels
from statsmodels.stats.multitest import multipletests

from fixture import write

rng = np.random.default_rng(20180131)
cases = [
    np.round(rng.uniform(0, 1, 12) ** 3, 6),
    np.array([0.02, 0.02, 0.02, 0.5, 0.5, 0.01]),
    np.array([0.0, 1.0, 1.0, 0.049]),
    np.array([0.2]),
    np.round(rng.uniform(0, 0.1, 40), 5),
]
write(
    "multiple-testing",
    "statsmodels.stats.multitest.multipletests",
    [np, statsmodels],
    cases=[
        {
            "pValues": p.tolist(),
            "holm": multipletests(p, method="holm")[1].tolist(),
            "benjaminiHochberg": multipletests(p, method="fdr_bh")[1].tolist(),
            "benjaminiYekutieli": multipletests(p, method="fdr_by")[1].tolist(),
        }
        for p in cases
    ],
)
