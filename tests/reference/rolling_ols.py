"""RollingOLS of statsmodels over seeded series, with and without missing rows."""

import numpy as np
import statsmodels
from statsmodels.regression.rolling import RollingOLS

from fixture import write

rng = np.random.default_rng(20180131)
T, N, K = 60, 3, 2
x = 0.04 * rng.standard_normal((T, K))
x[:, 1] += 0.5 * x[:, 0]
y = x @ np.array([[1.2, 0.4, -0.3], [0.1, 0.8, 0.5]]) + 0.1 * rng.standard_normal((T, N))
gaps = y.copy()
gaps[:20, 1] = np.nan
gaps[[33, 34, 50], 2] = np.nan

CASES = {
    "plain": dict(y=y, window=24, min_nobs=None, intercept=False),
    "intercept": dict(y=y, window=36, min_nobs=None, intercept=True),
    "gaps": dict(y=gaps, window=24, min_nobs=12, intercept=True),
}


def listed(a):
    return [None if np.isnan(v) else float(v) for v in np.asarray(a).ravel()]


def results(y, window, min_nobs, intercept):
    X = np.column_stack([np.ones(T), x]) if intercept else x
    parts = {"coefficients": [], "classical": [], "HC0": []}
    for i in range(N):
        model = RollingOLS(y[:, i], X, window=window, min_nobs=min_nobs, missing="drop")
        fit = model.fit(method="pinv", reset=1)
        parts["coefficients"].append(fit.params)
        parts["classical"].append(fit.bse)
        parts["HC0"].append(model.fit(method="pinv", reset=1, cov_type="HC0").bse)
    return {name: listed(np.stack(each, axis=1)) for name, each in parts.items()}


cases = [
    {
        "name": name,
        "lookback": case["window"],
        "minObs": case["min_nobs"] or case["window"],
        "intercept": case["intercept"],
        "y": listed(case["y"]),
        **results(**case),
    }
    for name, case in CASES.items()
]
write(
    "rolling-ols",
    "statsmodels.regression.rolling.RollingOLS; null where it has NaN",
    [np, statsmodels],
    dependents=N,
    x=listed(x),
    cases=cases,
)
