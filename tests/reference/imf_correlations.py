"""Writes fixtures/reference/imf-correlations.json: correlations of the IMF's note of 11 January 2022 by four conventions, from published prices.

Takes the folder of the published files that data/sources.json names under "note". Joined days: a return runs from one day on which all four
series have a price to the next; own days: from the day before on which the series itself has one. Run with numpy 2.4.6.
"""

import csv
import json
import math
import sys
from pathlib import Path

import numpy as np
from fixture import write

FOLDER = Path(sys.argv[1])
SOURCES = json.loads((Path(__file__).parents[2] / "data" / "sources.json").read_text())["note"]


def prices(source):
    rows = csv.reader(open(FOLDER / source["file"]))
    head = next(rows)
    at = head.index(source["column"])
    found = {}
    for row in rows:
        try:
            value = float(row[at])
        except ValueError:
            continue
        if value > 0:
            found[row[0][:10]] = value
    return found


series = {source["name"]: prices(source) for source in SOURCES["series"]}
joined = set.intersection(*(set(values) for values in series.values()))


def returns(name, days, simple):
    values, ordered = series[name], sorted(days)
    relatives = {b: values[b] / values[a] for a, b in zip(ordered, ordered[1:])}
    return {day: r - 1 if simple else math.log(r) for day, r in relatives.items()}


def correlation(a, b, years, own, simple):
    x, y = (returns(name, series[name] if own else joined, simple) for name in (a, b))
    days = sorted(d for d in joined if years[0] <= d[:4] <= years[1] and d in x and d in y)
    days = [d for d in days if d > "2017-01-02"]
    return float(np.corrcoef([x[d] for d in days], [y[d] for d in days])[0, 1])


EARLY, LATE = ("2017", "2019"), ("2020", "2021")
rows = [
    {
        "own": own,
        "simple": simple,
        "early": correlation("BTC", "EQUITY", EARLY, own, simple),
        "late": correlation("BTC", "EQUITY", LATE, own, simple),
        "gold": correlation("GOLD", "EQUITY", LATE, own, simple),
        "dollar": correlation("DOLLAR", "EQUITY", LATE, own, simple),
    }
    for own in (False, True)
    for simple in (False, True)
]
write("imf-correlations", "numpy.corrcoef on returns of published prices", [np], rows=rows)
