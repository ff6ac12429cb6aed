"""Writes fixtures/reference/distributions.json: probabilities and quantiles by scipy, over grids that reach far into the tails.

Each case is [arguments, scipy's value], and where that is off by more than 1e-13 relative, the value with 60 digits (mpmath).
Run with scipy 1.17.1 and mpmath 1.3.0.
"""

import json
import math
from pathlib import Path

import mpmath as mp
import numpy as np
import scipy
from scipy import stats

mp.mp.dps = 60
half = mp.mpf(1) / 2


def incomplete_beta(a, b, x):
    return mp.betainc(a, b, 0, x, regularized=True)


def t_tail(t, df):
    """P(T > t) for t >= 0."""
    df, t = mp.mpf(df), mp.mpf(t)
    if t < 1:
        return half - incomplete_beta(half, df / 2, t * t / (df + t * t)) / 2
    return incomplete_beta(df / 2, half, df / (df + t * t)) / 2


def t_sf(t, df):
    return t_tail(t, df) if t >= 0 else 1 - t_tail(-t, df)


def normal_tail(x):
    return mp.erfc(mp.mpf(x) / mp.sqrt(2)) / 2


def quantile(tail, p):
    """Bisection on log x of the distribution's own tail; p is the double, taken as exact."""
    q = mp.mpf(p)
    if q == half:
        return mp.mpf(0)
    low, high = mp.mpf(-40), mp.mpf(1)
    wanted = min(q, 1 - q)
    while tail(mp.exp(high)) > wanted:
        high *= 2
    while high - low > mp.mpf(10) ** -22:
        middle = (low + high) / 2
        if tail(mp.exp(middle)) > wanted:
            low = middle
        else:
            high = middle
    return -mp.exp(low) if q < half else mp.exp(low)


def chi_square(x, df, upper):
    a, x = mp.mpf(df) / 2, mp.mpf(x) / 2
    return mp.gammainc(a, x, mp.inf, regularized=True) if upper else mp.gammainc(a, 0, x, regularized=True)


def f(x, df1, df2, upper):
    a, b, r = mp.mpf(df1) / 2, mp.mpf(df2) / 2, mp.mpf(df1) * mp.mpf(x)
    return incomplete_beta(b, a, df2 / (r + df2)) if upper else incomplete_beta(a, b, r / (r + df2))


def case(arguments, value, exact):
    value = float(value)
    with_digits = float(exact)
    arguments = [float(a) for a in arguments]
    if math.isfinite(value) and abs(value - with_digits) <= 1e-13 * abs(with_digits):
        return [arguments, value]
    return [arguments, value if math.isfinite(value) else None, with_digits]


DF = [0.5, 1, 2, 5, 7.3, 11, 30, 59, 195, 1000]
T = [1e-6, 0.01, 0.5, 1, 1.5, 2, 3, 5, 8, 15, 40, 200]
P = [1e-100, 1e-30, 1e-12, 1e-6, 0.001, 0.005, 0.025, 0.05, 0.1, 0.3, 0.4999999, 0.5, 0.6, 0.9, 0.975, 0.995, 1 - 2**-30]
X = [1e-8, 1e-4, 0.1, 1, 5, 20, 50, 100, 300, 1200]
F = [1e-6, 0.01, 0.3, 0.9, 1, 1.1, 2, 5, 20, 100, 1e4]
# Quantiles of half a degree of freedom leave the range of doubles.
Q = [1, 2, 5, 7.3, 11, 30, 195, 1000]

cases = {
    "normalCdf": [case([x], stats.norm.cdf(x), normal_tail(-x)) for x in [*np.arange(-37, 9, 1.25), 1e-8, -1e-8]],
    "normalQuantile": [case([p], stats.norm.ppf(p), quantile(normal_tail, p)) for p in P],
    "studentTCdf": [case([t, df], stats.t.cdf(t, df), t_sf(-t, df)) for df in DF for u in T for t in (-u, u)],
    "studentTSurvival": [case([t, df], stats.t.sf(t, df), t_sf(t, df)) for df in DF for u in T for t in (-u, u)],
    "twoSidedP": [case([t, df], 2 * stats.t.sf(t, df), 2 * t_tail(t, df)) for df in DF for t in T],
    "studentTQuantile": [case([p, df], stats.t.ppf(p, df), quantile(lambda t: t_tail(t, df), p)) for df in Q for p in P],
    "chiSquareCdf": [case([x, df], stats.chi2.cdf(x, df), chi_square(x, df, False)) for df in DF for x in X],
    "chiSquareSurvival": [case([x, df], stats.chi2.sf(x, df), chi_square(x, df, True)) for df in DF for x in X],
    "fCdf": [case([x, a, b], stats.f.cdf(x, a, b), f(x, a, b, False)) for a in [1, 1.5, 4, 25, 100] for b in [1, 3, 55.5, 171, 2000] for x in F],
    "fSurvival": [case([x, a, b], stats.f.sf(x, a, b), f(x, a, b, True)) for a in [1, 1.5, 4, 25, 100] for b in [1, 3, 55.5, 171, 2000] for x in F],
}
# One case to a line.
body = ",\n".join(
    f'"{name}": [\n' + ",\n".join(json.dumps(c) for c in rows) + "\n]" for name, rows in cases.items()
)
head = f'"versions": {json.dumps({"scipy": scipy.__version__, "numpy": np.__version__, "mpmath": mp.__version__})}'
out = Path(__file__).parent.parent / "fixtures" / "reference" / "distributions.json"
out.write_text("{\n" + head + ",\n" + body + "\n}\n")
