"""Diebold-Mariano and Clark-West statistics from statsmodels: means by OLS on a constant, HAC or autocovariances."""

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from statsmodels.tsa.stattools import acovf

from fixture import write

# Printed in JuliaStats/HypothesisTests.jl, test/diebold_mariano.jl (MIT licence): 20 errors each of ETS and ARIMA on
# R's WWWusage, with the p-values that R's forecast::dm.test gives for them.
ETS = [
    0.002241270, -0.000661906, -1.200002613, -4.000218178, 3.799373533, 3.401005111, -1.199692125, -0.800490048,
    -1.200048999, 3.399847229, 7.000708948, 2.200989241, -4.800165569, -1.201043375, 3.400167556, 3.000709085,
    0.400267950, -6.800169207, -2.401259050, 1.200112198,
]  # fmt: skip
ARIMA = [
    0.1209998, 8.0622269, -0.9189429, -1.7952436, 5.3431277, 2.0459823, -0.6073261, 0.5516816, -0.7633238, 4.1229472,
    5.8785333, 1.2828331, -3.4854233, 1.1971370, 3.1709314, 2.3408457, 0.4962286, -5.9841362, 0.1537114, 0.4207951,
]  # fmt: skip
PUBLISHED = [
    {"loss": "squared", "horizon": 1, "pValue": 0.8871},
    {"loss": "squared", "horizon": 10, "pValue": 0.9362},
    {"loss": "absolute", "horizon": 1, "pValue": 0.7818},
]


def mean_test(values, lags, correction):
    fit = sm.OLS(values, np.ones(len(values))).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": correction}
    )
    return fit.params[0], fit.bse[0]


def diebold_mariano(d, h, variance):
    n = len(d)
    if variance == "acf":
        g = acovf(d, adjusted=False, nlag=h - 1, fft=False)
        error = np.sqrt((g[0] + 2 * g[1:].sum()) / n)
    else:
        error = mean_test(d, h - 1, False)[1]
    statistic = d.mean() / error * np.sqrt((n + 1 - 2 * h + h / n * (h - 1)) / n)
    return {
        "horizon": h,
        "variance": variance,
        "statistic": statistic,
        "pValue": 2 * stats.t.sf(abs(statistic), n - 1),
    }


def clark_west(f, lags):
    mean, error = mean_test(f, lags, True)
    return {
        "lags": lags,
        "mean": mean,
        "standardError": error,
        "statistic": mean / error,
        "pValue": stats.norm.sf(mean / error),
    }


rng = np.random.default_rng(20180131)
n = 47
target = np.round(0.2 * rng.standard_normal(n), 6)
small = np.round(0.02 * rng.standard_normal(n), 6)
large = np.round(0.4 * target + 0.1 * rng.standard_normal(n), 6)
e1, e2 = target - small, target - large
d = e1**2 - e2**2
f = e1**2 - (e2**2 - (small - large) ** 2)

write(
    "diebold-mariano",
    "statsmodels and scipy; the published p-values: R forecast::dm.test, as tested in JuliaStats/HypothesisTests.jl, test/diebold_mariano.jl",
    [np, scipy, statsmodels],
    published={"ets": ETS, "arima": ARIMA, "tests": PUBLISHED},
    seeded={
        "target": target.tolist(),
        "smallForecast": small.tolist(),
        "largeForecast": large.tolist(),
        "adjusted": f.tolist(),
        "dieboldMariano": [
            diebold_mariano(d, h, variance)
            for h in (1, 2, 4, 12)
            for variance in ("acf", "bartlett")
        ],
        "clarkWest": [clark_west(f, lags) for lags in (0, 1, 3)],
    },
)
