"""Portfolios sorted by beta in pandas, and Newey-West tests of their mean returns by statsmodels, on seeded returns and betas."""

import numpy as np
import pandas as pd
import statsmodels
import statsmodels.api as sm

from fixture import write

COST = 0.003


def weights(betas, quantiles):
    """Equal weights of every portfolio by date, and rank weights of betting against beta."""
    ranks = betas.rank(axis=1, method="first")
    n = betas.notna().sum(axis=1)
    portfolio = np.floor((ranks - 1).mul(quantiles).div(n, axis=0)) + 1
    sizes = {q: portfolio.eq(q).sum(axis=1) for q in range(1, quantiles + 1)}
    out = {str(q): portfolio.eq(q).div(sizes[q], axis=0) for q in sizes}
    out["long-short"] = out[str(quantiles)] - out["1"]
    z = ranks.sub(ranks.mean(axis=1), axis=0)
    k = 2 / z.abs().sum(axis=1)
    low, high = (z.mul(sign).clip(lower=0).mul(k, axis=0).fillna(0) for sign in (-1, 1))
    beta = lambda leg: (leg * betas.fillna(0)).sum(axis=1)
    out["bab"] = low.div(beta(low), axis=0) - high.div(beta(high), axis=0)
    return out


def performance(weight, simple, riskfree):
    excess = (weight * simple.sub(riskfree, axis=0)).sum(axis=1)
    growth = 1 + riskfree + excess
    drifted = (weight * (1 + simple)).div(growth, axis=0).shift(1).fillna(0)
    turnover = (weight - drifted).abs().sum(axis=1)
    wealth = pd.concat([pd.Series([1.0]), growth.cumprod()])
    n = len(excess)
    lags = int(4 * (n / 100) ** (2 / 9))
    fit = sm.OLS(excess.to_numpy(), np.ones(n)).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True)
    lower, upper = fit.conf_int(0.05)[0]
    return {
        "excessReturns": excess.tolist(),
        "turnover": turnover.tolist(),
        "netMean": float((excess - COST * turnover).mean()),
        "mean": float(excess.mean()),
        "sd": float(excess.std()),
        "standardError": float(fit.bse[0]),
        "tStat": float(fit.tvalues[0]),
        "pValue": float(fit.pvalues[0]),
        "lower": float(lower),
        "upper": float(upper),
        "lags": lags,
        "maxDrawdown": float((1 - wealth / wealth.cummax()).max()),
    }


cases = []
for seed, months, coins, quantiles in [(1, 60, 4, 2), (2, 47, 7, 3), (3, 83, 12, 5)]:
    rng = np.random.default_rng(seed)
    betas = np.round(rng.uniform(0.2, 2, (months, coins)), 3)
    if seed == 3:
        betas[rng.uniform(size=betas.shape) < 0.1] = np.nan
    logs = np.round(0.1 * rng.standard_normal((months, coins)) + 0.05 * rng.standard_normal((months, 1)), 5)
    riskfree = np.round(rng.uniform(0, 0.004, months), 4)
    simple = pd.DataFrame(np.exp(logs) - 1)
    held = weights(pd.DataFrame(betas), quantiles)
    cases.append(
        {
            "months": months,
            "coins": coins,
            "quantiles": quantiles,
            "betas": [None if np.isnan(b) else b for b in betas.ravel()],
            "logReturns": logs.ravel().tolist(),
            "riskFree": riskfree.tolist(),
            "portfolios": {name: performance(w, simple, pd.Series(riskfree)) for name, w in held.items()},
        }
    )
write("portfolios", f"pandas; t by statsmodels OLS, HAC; cost {COST}", [np, pd, statsmodels], cost=COST, cases=cases)
