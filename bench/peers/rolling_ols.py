"""Rolls regressions with statsmodels' RollingOLS, series by series.

Reads requests {x: [T][K], y: [T][N], lookback}, one line of JSON each; writes {ms, params, bse}: [N][T][K], null for NaN.
"""

import json
import sys
import time

import numpy as np
from statsmodels.regression.rolling import RollingOLS


def listed(a):
    return np.where(np.isnan(a), None, a).tolist()


for line in sys.stdin:
    r = json.loads(line)
    x, y = np.array(r["x"]), np.ascontiguousarray(np.array(r["y"]).T)
    fits = []
    began = time.perf_counter()
    for series in y:
        fit = RollingOLS(series, x, window=r["lookback"]).fit()
        fits.append((fit.params, fit.bse))
    ms = (time.perf_counter() - began) * 1000
    params, bse = (listed(np.stack(part)) for part in zip(*fits))
    print(json.dumps({"ms": ms, "params": params, "bse": bse}), flush=True)
