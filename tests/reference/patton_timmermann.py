"""Monotonic relation test written in numpy from the formulas of Patton and Timmermann (2010), on rows drawn by arch."""

import arch
import numpy as np
from arch.bootstrap import StationaryBootstrap

from fixture import write


def monotonic(returns, rows, sign):
    """returns [T, Q], rows [B, T]"""
    difference = sign * np.diff(returns.mean(axis=0))
    recentred = sign * np.diff(returns[rows].mean(axis=1), axis=1) - difference
    error = np.sqrt((recentred**2).mean(axis=0))
    j = (difference / error).min()
    return {
        "statistic": j,
        "pValue": float(((recentred / error).min(axis=1) > j).mean()),
        "differences": (sign * difference).tolist(),
        "standardErrors": error.tolist(),
    }


rng = np.random.default_rng(20180131)
cases = []
for means in [(0, 0, 0.002), (0, 0.01, 0.015, 0.03, 0.04), (0.02, 0.01, 0.012), (0.03, 0.015, 0.0, -0.03)]:
    scale = np.linspace(1, 2, len(means))
    x = np.round(np.array(means) + 0.02 * scale * rng.standard_normal((60, len(means))), 5)
    index = StationaryBootstrap(3, np.arange(60), seed=7)
    rows = np.array([data[0][0] for data in index.bootstrap(60)])
    cases.append(
        {
            "returns": x.T.tolist(),
            "draws": len(rows),
            "indices": rows.ravel().tolist(),
            "increasing": monotonic(x, rows, 1),
            "decreasing": monotonic(x, rows, -1),
        }
    )
write(
    "patton-timmermann",
    "numpy; rows by arch.bootstrap.StationaryBootstrap",
    [np, arch],
    cases=cases,
)
