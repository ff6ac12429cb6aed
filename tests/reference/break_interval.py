"""p-values by date of the likelihood ratio test that a break lies there, by a wild bootstrap, on the inputs of breaks.json."""

import json
from pathlib import Path

import numpy as np

from fixture import write

DRAWS = 4999
rng = np.random.default_rng(20200331)


cases = []
for case in json.loads((Path(__file__).parent.parent / "fixtures/reference/breaks.json").read_text())["cases"]:
    y = np.array(case["y"])
    n = len(y)
    X = np.array(case["x"]).reshape(n, -1)
    if case["intercept"]:
        X = np.column_stack([np.ones(n), X])
    first = int(0.15 * n)
    breaks = range(first, n - first + 1)
    sides = [[np.linalg.qr(part)[0].T for part in (X[:rows], X[rows:])] for rows in breaks]

    def squares(Y):
        """By date of the break: what an orthonormal basis of each side's regressors leaves of Y."""
        total = (Y**2).sum(axis=0)
        return np.array(
            [total - ((a @ Y[:rows]) ** 2).sum(axis=0) - ((b @ Y[rows:]) ** 2).sum(axis=0) for rows, (a, b) in zip(breaks, sides)]
        )

    own = squares(y)
    pValues = []
    for i, (rows, (a, b)) in enumerate(zip(breaks, sides)):
        fitted = np.concatenate([a.T @ (a @ y[:rows]), b.T @ (b @ y[rows:])])
        drawn = fitted[:, None] + (y - fitted)[:, None] * rng.standard_normal((n, DRAWS))
        ratios = squares(drawn)
        larger = np.sum(ratios[i] / ratios.min(axis=0) >= own[i] / own.min())
        pValues.append(round(float((1 + larger) / (DRAWS + 1)), 4))
    cases.append({"name": case["name"], "first": first, "pValues": pValues})

write("break-interval", "numpy: sums of squares of both parts by QR, wild bootstrap with the break in place", [np], cases=cases)
