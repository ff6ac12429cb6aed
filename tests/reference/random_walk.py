"""Writes fixtures/reference/random-walk.json: regressions with random-walk coefficients by statsmodels' state space models.

The Nile's flow (Durbin and Koopman) is the local level, a regressor of one. statsmodels' exact diffuse log-likelihood counts
log 2 pi for the rows of the start too: k / 2 log 2 pi is added here. Run with statsmodels 0.15.0, numpy 2.4.6, scipy 1.17.1.
"""

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from fixture import write
from scipy.optimize import minimize
from statsmodels.tsa.statespace.mlemodel import MLEModel


class RandomWalk(MLEModel):
    """y_t = x_t'b_t + e_t, b_t+1 = b_t + u_t; parameters are the variances of e and of each u."""

    def __init__(self, y, x):
        k = x.shape[1]
        super().__init__(y, k_states=k, k_posdef=k, initialization="diffuse")
        self.ssm.initialize_diffuse()
        self["design"] = x.T[None, :, :]
        self["transition"] = np.eye(k)
        self["selection"] = np.eye(k)
        self.k = k

    @property
    def start_params(self):
        return np.ones(1 + self.k)

    def update(self, params, **kwargs):
        params = super().update(params, **kwargs)
        self["obs_cov", 0, 0] = params[0]
        self["state_cov"] = np.diag(params[1:])


def log_likelihood(model, params):
    return model.loglike(params) + model.k / 2 * np.log(2 * np.pi)


def filtered(model, params):
    result = model.filter(params)
    variances = np.array([np.diag(p) for p in result.predicted_state_cov.transpose(2, 0, 1)])
    return {
        "logLikelihood": log_likelihood(model, params),
        "coefficients": flat(result.predicted_state.T),
        "variances": flat(variances),
    }


def estimated(model):
    """Best of several searches, without gradients: the likelihood has flat directions."""
    best = None
    for start in [-5.0, -3.0, -1.0]:
        x0 = np.full(1 + model.k, start)
        x0[0] = np.log(np.nanvar(model.endog))
        x0[1:] += x0[0]
        for _ in range(4):
            found = minimize(
                lambda logs: -model.loglike(np.exp(logs)), x0, method="Nelder-Mead",
                options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 20000, "maxfev": 20000},
            )
            x0 = found.x
        if best is None or found.fun < best.fun:
            best = found
    params = np.exp(best.x)
    return {"variances": flat(params), "logLikelihood": log_likelihood(model, params)}


def flat(a):
    return [None if np.isnan(v) else float(v) for v in np.asarray(a, float).ravel()]


def simulated(seed, n, states, observation, gaps=()):
    rng = np.random.default_rng(seed)
    k = len(states)
    x = rng.standard_normal((n, k)) @ (np.eye(k) + 0.4)
    b = 1 + np.cumsum(np.sqrt(states) * rng.standard_normal((n, k)), axis=0)
    y = (x * b).sum(axis=1) + np.sqrt(observation) * rng.standard_normal(n)
    y[list(gaps)] = np.nan
    return y, x


nile = sm.datasets.nile.load_pandas().data["volume"].to_numpy()
CASES = {
    "nile": (nile, np.ones((len(nile), 1)), [15099.0, 1469.1]),
    "single": (*simulated(1, 80, [0.05], 1.0), [0.8, 0.03]),
    "pair": (*simulated(2, 60, [0.02, 0.2], 1.0), [1.1, 0.05, 0.1]),
    "gaps": (*simulated(3, 90, [0.1, 0.1], 0.5, gaps=[0, 5, 6, 40, 88]), [0.6, 0.2, 0.01]),
    "four": (*simulated(4, 120, [0.05, 0.1, 0.02, 0.2], 0.3), [0.3, 0.05, 0.1, 0.02, 0.2]),
}

cases = []
for name, (y, x, params) in CASES.items():
    model = RandomWalk(y, x)
    recursive = {}
    if name == "pair":
        recursive = {"recursive": flat(sm.RecursiveLS(y, x).fit().recursive_coefficients.filtered.T)}
    cases.append(
        {
            "name": name,
            "k": x.shape[1],
            "y": flat(y),
            "x": flat(x),
            "given": flat(params),
            "filtered": filtered(model, np.array(params)),
            "estimated": estimated(model),
            **recursive,
        }
    )
write(
    "random-walk",
    "statsmodels' MLEModel and RecursiveLS. nile: annual flow of the Nile at Aswan, 1871-1970, in Durbin and Koopman (2012), as "
    "shipped with statsmodels, public domain; others seeded",
    [statsmodels, np, scipy],
    cases=cases,
)
