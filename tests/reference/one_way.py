"""Analysis of variance in one direction, classical and Welch's, on seeded groups."""

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.oneway import anova_oneway

from fixture import write

cases = []
rng = np.random.default_rng(20180131)
for sizes, spread in [([20] * 36, 0.3), ([3, 5, 9], 2.0), ([2, 2], 1.0), ([12, 30, 7, 20], 0.0)]:
    groups = [spread * rng.standard_normal() + (0.2 + rng.random()) * rng.standard_normal(n) for n in sizes]
    f = stats.f_oneway(*groups)
    welch = anova_oneway(groups, use_var="unequal", welch_correction=True)
    cases.append({
        "name": f"{len(sizes)} groups of {min(sizes)} to {max(sizes)}",
        "groups": [g.tolist() for g in groups],
        "f": [float(f.statistic), float(f.pvalue)],
        "welch": [float(welch.statistic), float(welch.df_num), float(welch.df_denom), float(welch.pvalue)],
    })
write("one-way", "scipy f_oneway; statsmodels anova_oneway, use_var unequal", [np, scipy, statsmodels], cases=cases)
