"""Makes Model Confidence Sets with arch.

Reads requests {losses, statistic, draws, blockLength, seed}, one line of JSON each; writes {ms}, resampling included.
"""

import json
import sys
import time

import numpy as np
from arch.bootstrap import MCS

METHODS = {"max": "max", "range": "R"}

for line in sys.stdin:
    r = json.loads(line)
    losses = np.ascontiguousarray(np.array(r["losses"]).T)
    began = time.perf_counter()
    mcs = MCS(losses, 0.05, r["draws"], r["blockLength"], METHODS[r["statistic"]], "stationary", seed=r["seed"])
    mcs.compute()
    print(json.dumps({"ms": (time.perf_counter() - began) * 1000}), flush=True)
