"""Model Confidence Sets of arch, with the rows that its bootstrap drew."""

import arch
import numpy as np
from arch.bootstrap import MCS

from fixture import write

rng = np.random.default_rng(20180131)


def losses(n, worse):
    common = rng.standard_normal((n, 1))
    own = rng.standard_normal((n, len(worse)))
    return np.round((0.2 * (common + own)) ** 2 * (1 + np.array(worse)), 5)


def case(x, method, bootstrap, block, draws):
    mcs = MCS(x, 0.05, draws, block, method, bootstrap, seed=7)
    mcs.compute()
    return {
        "losses": x.T.tolist(),
        "statistic": {"max": "max", "R": "range"}[method],
        "bootstrap": f"{bootstrap}, block {block}",
        "draws": draws,
        "indices": np.concatenate(mcs._bootstrap_indices).tolist(),
        "order": [int(i) for i in mcs.pvalues.index],
        "pValuesInOrder": mcs.pvalues.Pvalue.tolist(),
    }


monthly = losses(47, [0, 0.05, 0.2, 0.3, 0.6, 1.5])
weekly = losses(104, [0.4, 0, 0.3, 0.1])
write(
    "model-confidence-set",
    "arch.bootstrap.MCS",
    [np, arch],
    cases=[
        case(monthly, "max", "circular", 3, 80),
        case(monthly, "R", "circular", 3, 80),
        case(weekly, "max", "stationary", 6, 50),
        case(weekly, "R", "stationary", 6, 50),
    ],
)
