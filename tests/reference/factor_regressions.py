"""Regressions of excess returns on factors by statsmodels: HAC standard errors and joint F tests, on seeded log returns."""

import numpy as np
import statsmodels
import statsmodels.api as sm

from fixture import write

COINS, FACTORS = ["A", "B"], ["Mkt-RF", "SMB", "HML"]
months = 83
rng = np.random.default_rng(20180131)
factors = np.round(0.04 * rng.standard_normal((months, 3)), 4)
riskfree = np.round(rng.uniform(0, 0.004, months), 4)
noise = 0.1 * rng.standard_normal((months, 2)) * (1 + 10 * np.abs(factors[:, :1]))
noise[1:] += 0.4 * noise[:-1]
logs = np.round(factors @ np.array([[1.5, 0.8], [0.4, 0.0], [-0.6, 0.2]]) + noise, 5)

rows = []
lags = int(4 * (months / 100) ** (2 / 9))
for i, coin in enumerate(COINS):
    y = np.exp(logs[:, i]) - 1 - riskfree
    fit = sm.OLS(y, sm.add_constant(factors)).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
    )
    joint = fit.f_test(np.eye(4)[1:])
    for j, factor in enumerate(["alpha", *FACTORS]):
        lower, upper = fit.conf_int(0.05)[j]
        single = fit.f_test(np.eye(4)[j])
        rows.append(
            {
                "coin": coin,
                "factor": factor,
                "coefficient": fit.params[j],
                "standardError": fit.bse[j],
                "tStat": fit.tvalues[j],
                "pValue": fit.pvalues[j],
                "lower": lower,
                "upper": upper,
                "lags": lags,
                "n": months,
                "r2": fit.rsquared,
                "adjustedR2": fit.rsquared_adj,
                "slopesF": float(joint.fvalue),
                "slopesPValue": float(joint.pvalue),
                "singleF": float(single.fvalue),
            }
        )
write(
    "factor-regressions",
    "statsmodels OLS, HAC with n / (n - k), f_test",
    [np, statsmodels],
    coins=COINS,
    factors=FACTORS,
    logReturns=logs.ravel().tolist(),
    factorReturns=factors.ravel().tolist(),
    riskFree=riskfree.tolist(),
    rows=rows,
)
