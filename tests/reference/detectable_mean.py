"""Smallest effects that a two-sided one-sample t test finds, by scipy's noncentral t distribution."""

import scipy
from scipy.optimize import brentq
from scipy.stats import nct, t

from fixture import write


def power_of(effect, n, size):
    critical, shift = t.ppf(1 - size / 2, n - 1), effect * n**0.5
    # The other tail is below 1e-4 for these powers.
    return nct.sf(critical, n - 1, shift)


cases = [
    {
        "n": n,
        "size": size,
        "power": power,
        "effect": float(brentq(lambda effect: power_of(effect, n, size) - power, 0.01, 1.5)),
    }
    for n in (12, 24, 47, 204)
    for size in (0.05, 0.01)
    for power in (0.5, 0.8, 0.9)
]

write(
    "detectable-mean",
    "scipy.stats.nct: mean over the standard deviation (n - 1) that a t test rejects with a power",
    [scipy],
    cases=cases,
)
