"""Rolling regressions of many series by statsmodels' RollingOLS, in a loop over series, as rollingOls does them at once.

Reads x and y from a folder, writes params and bse there, all float64; prints one JSON line: milliseconds per series.
Arguments: folder rows series regressors used window
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
from statsmodels.regression.rolling import RollingOLS

folder = Path(sys.argv[1])
T, N, K, used, window = (int(a) for a in sys.argv[2:7])
x = np.fromfile(folder / "x").reshape(T, K)
y = np.ascontiguousarray(np.fromfile(folder / "y").reshape(T, N)[:, :used].T)
params, bse = np.empty((used, T, K)), np.empty((used, T, K))
RollingOLS(y[0], x, window=window).fit()
began = time.perf_counter()
for i in range(used):
    fit = RollingOLS(y[i], x, window=window).fit()
    params[i], bse[i] = fit.params, fit.bse
milliseconds = (time.perf_counter() - began) * 1000 / used
params.tofile(folder / "params")
bse.tofile(folder / "bse")
print(json.dumps({"milliseconds": milliseconds}))
