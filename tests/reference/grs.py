"""The GRS test in the textbook form, by means and covariances, on seeded returns."""

import numpy as np
import scipy
from scipy import stats

from fixture import write


def grs(y, x):
    T, N = y.shape
    K = x.shape[1]
    X = np.column_stack([np.ones(T), x])
    b, *_ = np.linalg.lstsq(X, y, rcond=None)
    e = y - X @ b
    mean = x.mean(axis=0)
    omega = (x - mean).T @ (x - mean) / T
    sigma = e.T @ e / T
    priced = 1 + mean @ np.linalg.solve(omega, mean)
    f = (T - N - K) / N * (b[0] @ np.linalg.solve(sigma, b[0])) / priced
    return {"statistic": float(f), "pValue": float(stats.f.sf(f, N, T - N - K)), "alphas": b[0].tolist()}


cases = []
rng = np.random.default_rng(20180131)
for T, N, K, alpha in [(83, 2, 5, 0.0), (47, 4, 1, 0.05), (120, 10, 3, 0.01), (20, 1, 2, 0.1)]:
    x = 0.005 + 0.04 * rng.standard_normal((T, K))
    mixing = np.eye(N) + 0.4
    y = alpha * rng.random(N) + x @ rng.random((K, N)) + 0.1 * rng.standard_normal((T, N)) @ mixing
    cases.append({"T": T, "N": N, "K": K, "x": x.ravel().tolist(), "y": y.ravel().tolist(), **grs(y, x)})
write("grs", "numpy: Campbell, Lo and MacKinlay (1997), equation 5.3.23; p by scipy", [np, scipy], cases=cases)
