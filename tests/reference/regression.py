"""Regressions by statsmodels with classical, White and Newey-West covariances.

Inputs are statsmodels' macrodata (FRED and BLS, public domain), prepared as in its own tests of HAC covariances, and seeded
series. sandwich.R reads the same inputs.
"""

import numpy as np
import statsmodels
import statsmodels.api as sm

from fixture import write


def macro():
    data = sm.datasets.macrodata.load_pandas().data
    growth = lambda name: 400 * np.diff(np.log(data[name].to_numpy()))
    return growth("realinv"), np.column_stack([growth("realgdp"), data["realint"].to_numpy()[:-1]])


def seeded(seed, n, k, persistence):
    """Errors whose size follows the first regressor, and which are autocorrelated, as the regressors are."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, k))
    e = rng.standard_normal(n) * (0.5 + np.abs(x[:, 0]))
    for t in range(1, n):
        x[t] += 0.6 * x[t - 1]
        e[t] += persistence * e[t - 1]
    return 0.3 + x @ np.arange(1, k + 1) / k + e, x


CASES = {
    "macro": (*macro(), True),
    "month60": (*seeded(1, 60, 2, 0.5), True),
    "single48": (*seeded(2, 48, 1, 0.3), False),
    "pair36": (*seeded(3, 36, 2, -0.4), False),
    "factors83": (*seeded(4, 83, 5, 0.7), True),
}
LAGS = [0, 1, 4, 10]


def flat(matrix):
    return np.asarray(matrix).ravel().tolist()


def results(y, x, intercept):
    X = np.column_stack([np.ones(len(y)), x]) if intercept else x
    fit = sm.OLS(y, X).fit()
    covariances = {"classical": flat(fit.cov_params())}
    for kind in ["HC0", "HC1", "HC2", "HC3"]:
        covariances[kind] = flat(fit.get_robustcov_results(kind).cov_params())
    for lags in LAGS:
        for adjust in [False, True]:
            hac = fit.get_robustcov_results("HAC", maxlags=lags, use_correction=adjust, use_t=True)
            covariances[f"HAC {lags}{' adjusted' if adjust else ''}"] = flat(hac.cov_params())
    hac = fit.get_robustcov_results("HAC", maxlags=4, use_correction=True, use_t=True)
    interval = hac.conf_int(0.05)
    return {
        "coefficients": flat(fit.params),
        "sigma": float(np.sqrt(fit.scale)),
        "r2Centred": float(1 - fit.ssr / np.sum((y - y.mean()) ** 2)),
        "r2Uncentred": float(1 - fit.ssr / np.sum(y**2)),
        "statsmodelsR2": float(fit.rsquared),
        "covariances": covariances,
        "inferenceHac4": {
            "standardErrors": flat(hac.bse),
            "tStats": flat(hac.tvalues),
            "pValues": flat(hac.pvalues),
            "lower": flat(interval[:, 0]),
            "upper": flat(interval[:, 1]),
        },
    }


cases = [
    {"name": name, "intercept": intercept, "y": flat(y), "x": flat(x), "statsmodels": results(y, x, intercept)}
    for name, (y, x, intercept) in CASES.items()
]
write(
    "regression",
    "statsmodels OLS and get_robustcov_results; macrodata: FRED and BLS, public domain, as shipped with statsmodels",
    [np, statsmodels],
    cases=cases,
)
