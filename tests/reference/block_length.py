"""Automatic block lengths of arch."""

import arch
import numpy as np
from arch.bootstrap import optimal_block_length

from fixture import write


def ar1(rng, n, phi):
    x = np.zeros(n + 50)
    for t in range(1, n + 50):
        x[t] = phi * x[t - 1] + rng.standard_normal()
    return np.round(x[50:], 4)


rng = np.random.default_rng(20180131)
cases = []
for n in (10, 12, 24, 47, 83, 150):
    for phi in (-0.4, 0.0, 0.3, 0.7, 0.95):
        x = ar1(rng, n, phi)
        found = optimal_block_length(x).iloc[0]
        cases.append({"values": x.tolist(), "stationary": found.iloc[0], "circular": found.iloc[1]})

write(
    "block-length",
    "arch.bootstrap.optimal_block_length",
    [np, arch],
    cases=cases,
)
