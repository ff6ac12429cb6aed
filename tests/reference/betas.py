"""Writes fixtures/reference/betas.json: walk-forward betas of a seeded panel, date by date, by statsmodels and numpy.

Row t of every result uses rows before t. Ridge and Vasicek are solved by other formulas than the library's: normal equations,
and precisions that add. Run with statsmodels 0.15.0, numpy 2.4.6, scipy 1.17.1.
"""

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from fixture import write
from scipy import stats
from statsmodels.sandbox.regression.gmm import IV2SLS

rng = np.random.default_rng(20180131)
T, N, K = 48, 3, 2
f = 0.05 * rng.standard_normal((T, K))
f[:, 1] = 0.6 * f[:, 0] + 0.5 * f[:, 1]
noise = 0.1 * rng.standard_normal((T, N)) * (0.5 + 10 * np.abs(f[:, :1]))
r = f @ np.array([[1.5, 0.5, -0.5], [0.2, 1.0, 0.8]]) + noise
r[1:] += 0.4 * f[:-1, :1]
r[:5, 1] = np.nan
r[[20, 33], 2] = np.nan
f[27, 1] = np.nan

LOOKBACK, MIN_OBS, HALF_LIFE, LAGS = 12, 8, 6.0, 2
NAN = np.full(K, np.nan)


def complete(rows, i, x=f):
    rows = np.asarray(list(rows), dtype=int)
    ok = np.isfinite(r[rows, i]) & np.isfinite(x[rows]).all(axis=1) if len(rows) else np.array([], bool)
    return rows[ok]


def with_interval(fit, df, R):
    """Coefficients R b with HC3 errors and t intervals."""
    hc3 = R @ fit.get_robustcov_results("HC3").cov_params() @ R.T
    b, se = R @ fit.params, np.sqrt(np.diag(hc3))
    width = stats.t.ppf(0.975, df) * se
    return b, se, b - width, b + width


def ols(rows, i, minimum, x=f, R=np.eye(K), weights=None):
    rows = complete(rows, i, x)
    # With as many rows as coefficients there are no residuals, hence no errors.
    if len(rows) < minimum or len(rows) <= x.shape[1]:
        return (NAN,) * 4
    if weights is None:
        return with_interval(sm.OLS(r[rows, i], x[rows]).fit(), len(rows) - x.shape[1], R)
    w = weights[rows]
    effective = w.sum() ** 2 / (w**2).sum()
    return with_interval(sm.WLS(r[rows, i], x[rows], weights=w).fit(), effective - x.shape[1], R)


def rolling(t, i):
    return ols(range(max(0, t - LOOKBACK), t), i, MIN_OBS)


def historical(t, i):
    return ols(range(t), i, K + 1)


def ewma(t, i):
    age = t - 1 - np.arange(T)
    return ols(range(t), i, MIN_OBS, weights=0.5 ** (age / HALF_LIFE))


def dimson(t, i):
    lagged = np.full((T, K * (1 + LAGS)), np.nan)
    for lag in range(LAGS + 1):
        lagged[lag:, lag * K : (lag + 1) * K] = f[: T - lag]
    sums = np.hstack([np.eye(K)] * (1 + LAGS))
    return ols(range(t), i, K * (1 + LAGS) + 1, x=lagged, R=sums)


def scholes_williams(t, i):
    around = np.full((T, K), np.nan)
    around[1:-1] = f[:-2] + f[1:-1] + f[2:]
    rows = complete(range(t - 1), i, np.hstack([f, around])) if t > 1 else []
    if len(rows) < K:
        return (NAN,)
    return (IV2SLS(r[rows, i], f[rows], instrument=around[rows]).fit().params,)


def pooled(t):
    pairs = [(s, i) for i in range(N) for s in complete(range(t), i)]
    x = np.array([f[s] for s, _ in pairs])
    if len(pairs) < K or np.linalg.matrix_rank(x) < K:
        return NAN
    return sm.OLS([r[s, i] for s, i in pairs], x).fit().params


def vasicek(t, i):
    fits = {}
    for coin in range(N):
        rows = complete(range(t), coin)
        if len(rows) >= MIN_OBS:
            fits[coin] = sm.OLS(r[rows, coin], f[rows]).fit()
    if i not in fits:
        return NAN, NAN
    b, V = fits[i].params, fits[i].cov_params()
    if len(fits) < K:
        # The spread of fewer estimates has no inverse.
        return NAN, NAN
    p = pooled(t)
    B = sum(np.outer(fit.params - p, fit.params - p) for fit in fits.values()) / (len(fits) - 1)
    posterior = np.linalg.inv(np.linalg.inv(B) + np.linalg.inv(V))
    return posterior @ (np.linalg.inv(B) @ p + np.linalg.inv(V) @ b), np.sqrt(np.diag(posterior))


def ridge(penalty, first, after, updated):
    """Coefficients from targets first ... after - 1; updated, through t - 1."""
    L = LOOKBACK
    inputs = {}
    for t in range(L, T):
        for i in range(N):
            inputs[t, i] = np.concatenate([r[t - L : t, i], *(f[t - L : t, k] for k in range(K))])
    whole = lambda t, i: np.isfinite([*inputs[t, i], r[t, i], *f[t]]).all()
    block = [key for key in inputs if first <= key[0] < after and whole(*key)]
    groups = np.array([inputs[key] for key in block]).reshape(len(block), 1 + K, L)
    centre, spread = groups.mean(axis=(0, 2)), groups.std(axis=(0, 2))
    s_r = np.sqrt(np.mean([r[t, i] ** 2 for t, i in block]))
    s_f = np.sqrt(np.mean([f[t] ** 2 for t, _ in block], axis=0))
    z = {key: ((v.reshape(1 + K, L) - centre[:, None]) / spread[:, None]).ravel() for key, v in inputs.items()}
    row = lambda key: np.concatenate([f[key[0]] / s_f, np.kron(f[key[0]] / s_f, z[key])])
    out = np.full((T, N, K), np.nan)
    for t in range(after, T):
        rows = [key for key in inputs if first <= key[0] < (t if updated else after) and whole(*key)]
        X = np.array([row(key) for key in rows])
        y = np.array([r[key] for key in rows]) / s_r
        D = np.diag([0.0] * K + [penalty * len(block)] * (K * len(z[L, 0])))
        b = np.linalg.solve(X.T @ X + D, X.T @ y)
        for i in range(N):
            for k in range(K):
                c = b[K + k * len(z[t, i]) : K + (k + 1) * len(z[t, i])]
                out[t, i, k] = (b[k] + c @ z[t, i]) * s_r / s_f[k]
    return out


def listed(a):
    return [None if np.isnan(v) else float(v) for v in np.asarray(a, float).ravel()]


def walked(estimate, names):
    parts = [[estimate(t, i) for i in range(N)] for t in range(T)]
    return {name: listed([[cell[j] for cell in row] for row in parts]) for j, name in enumerate(names)}


BOUNDS = ["values", "standardErrors", "lower", "upper"]
RIDGE = {"penalty": 0.2, "first": 18, "after": 36}
write(
    "betas",
    "statsmodels OLS, WLS and IV2SLS with HC3, date by date; normal equations and sums of precisions in numpy; seeded returns",
    [statsmodels, np, scipy],
    dates=T,
    coins=N,
    markets=K,
    coinLogReturns=listed(r),
    marketLogReturns=listed(f),
    options={"lookback": LOOKBACK, "minObs": MIN_OBS, "halfLife": HALF_LIFE, "lags": LAGS, "ridge": RIDGE},
    rolling=walked(rolling, BOUNDS),
    historical=walked(historical, BOUNDS),
    ewma=walked(ewma, BOUNDS),
    dimson=walked(dimson, BOUNDS),
    scholesWilliams=walked(scholes_williams, ["values"]),
    pooled={"values": listed([[pooled(t)] * N for t in range(T)])},
    vasicek=walked(vasicek, ["values", "standardErrors"]),
    ridgeFrozen={"values": listed(ridge(**RIDGE, updated=False))},
    ridgeUpdated={"values": listed(ridge(**RIDGE, updated=True))},
)
