"""GARCH(1,1) and DCC(1,1) on seeded series: likelihoods by arch and in the textbook form, optima by scipy."""

import arch
import numpy as np
import scipy
from arch import arch_model
from scipy.optimize import minimize

from fixture import write


def densities(p, y):
    mu, omega, alpha, beta = p
    e = y - mu
    h = square = np.mean(e**2)
    out = []
    for v in e:
        h, square = omega + alpha * square + beta * h, v**2
        out.append(-0.5 * (np.log(2 * np.pi) + np.log(h) + square / h))
    return np.array(out)


def garch(y):
    loss = lambda p: -densities(p, y).sum()
    bounds = [(None, None), (1e-8, None), (0, 1), (0, 1)]
    best = minimize(loss, [y.mean(), 0.1 * y.var(), 0.1, 0.8], bounds=bounds, method="L-BFGS-B", options={"ftol": 1e-14})
    best = minimize(loss, best.x, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 5000})
    p, step = best.x, 1e-4
    n = len(p)
    hessian = np.empty((n, n))
    for i in range(n):
        for j in range(n):
            at = lambda a, b: loss(p + a * step * np.eye(n)[i] * scale[i] + b * step * np.eye(n)[j] * scale[j])
            scale = np.array([1, 1, 1, 1]) * np.maximum(np.abs(p), 1e-2)
            hessian[i, j] = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * step**2 * scale[i] * scale[j])
    scores = np.array([(densities(p + 1e-6 * d, y) - densities(p - 1e-6 * d, y)) / 2e-6 for d in np.eye(n)]).T
    bread, meat = np.linalg.inv(hessian), scores.T @ scores
    errors = lambda c: np.sqrt(np.diag(c)).tolist()
    return {
        "parameters": p.tolist(),
        "logLikelihood": float(-best.fun),
        "standardErrors": {"hessian": errors(bread), "opg": errors(np.linalg.inv(meat)), "qml": errors(bread @ meat @ bread)},
    }


def correlations(p, z, recursion):
    a, b = p
    n, m = z.shape
    x = z.copy()
    if recursion == "cdcc":
        q = np.ones(m)
        for t in range(n):
            x[t] = z[t] * np.sqrt(q)
            q = 1 - a - b + a * x[t] ** 2 + b * q
    unit = lambda c: c / np.sqrt(np.outer(np.diag(c), np.diag(c)))
    target = unit(x.T @ x / n)
    Q, out = target, []
    for t in range(n):
        out.append(unit(Q))
        Q = (1 - a - b) * target + a * np.outer(x[t], x[t]) + b * Q
    return out + [unit(Q)]


def second_step(p, z, recursion):
    if min(p) < 0 or sum(p) >= 1:
        return np.inf
    R = correlations(p, z, recursion)[:-1]
    each = [z.shape[1] * np.log(2 * np.pi) + np.linalg.slogdet(r)[1] + v @ np.linalg.solve(r, v) for r, v in zip(R, z)]
    return 0.5 * sum(each)


rng = np.random.default_rng(20180131)
series = []
for n, omega, alpha, beta in [(600, 0.05, 0.1, 0.85), (400, 0.2, 0.3, 0.5)]:
    y, h, e = np.empty(n), omega / (1 - alpha - beta), 0.0
    for t in range(n):
        h = omega + alpha * e**2 + beta * h
        e = np.sqrt(h) * rng.standard_t(6) * np.sqrt(4 / 6)
        y[t] = 0.02 + e
    y = np.round(y, 6)
    given = [0.01, 0.08, 0.12, 0.8]
    residual = y - given[0]
    model = arch_model(residual, mean="Zero", vol="GARCH", rescale=False)
    parameters = np.array(given[1:])
    sigma2 = np.empty(n)
    bounds = np.tile([1e-12, 1e12], (n, 1))
    model.volatility.compute_variance(parameters, residual, sigma2, np.mean(residual**2), bounds)
    likelihood = float(-0.5 * np.sum(np.log(2 * np.pi) + np.log(sigma2) + residual**2 / sigma2))
    series.append({"y": y.tolist(), "given": given, "givenLikelihood": likelihood, "lastVariance": float(sigma2[-1]), **garch(y)})

blocks = []
for n, m, a, b in [(500, 2, 0.05, 0.9), (400, 3, 0.1, 0.7)]:
    S = np.full((m, m), 0.4) + 0.6 * np.eye(m)
    Q, z = S, np.empty((n, m))
    for t in range(n):
        R = Q / np.sqrt(np.outer(np.diag(Q), np.diag(Q)))
        z[t] = np.linalg.cholesky(R) @ rng.standard_normal(m)
        Q = (1 - a - b) * S + a * np.outer(z[t], z[t]) + b * Q
    z = np.round(z, 6)
    for recursion in ["dcc", "cdcc"]:
        best = minimize(second_step, [a, b], args=(z, recursion), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-10})
        blocks.append({
            "recursion": recursion, "series": m, "z": z.ravel().tolist(),
            "parameters": best.x.tolist(), "logLikelihood": float(-best.fun),
            "given": [0.04, 0.9], "givenLikelihood": float(-second_step([0.04, 0.9], z, recursion)),
            "lastCorrelation": float(correlations([0.04, 0.9], z, recursion)[-1][0, 1]),
        })

write("garch", "variances by arch with backcast mean(e^2); optima and errors in the textbook form, by scipy and differences",
      [np, scipy, arch], series=series, blocks=blocks)
