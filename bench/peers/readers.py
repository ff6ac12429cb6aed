"""Reads daily prices and makes monthly log returns with pandas or Polars.

Reads requests {module, folder, layout, lazy}, one line of JSON each; writes {ms, n, sum}, number and sum of the returns.
"""

import json
import sys
import time
from pathlib import Path


def with_pandas(files, wide, layout, lazy):
    import numpy as np
    import pandas as pd

    dates = {"parse_dates": ["Date"], "index_col": "Date"}
    if layout == "wide":
        monthly = pd.read_csv(wide, **dates).sort_index().resample("ME").last()
    else:
        monthly = pd.DataFrame(
            {
                file.stem: pd.read_csv(file, usecols=["Date", "Close"], **dates)["Close"].sort_index().resample("ME").last()
                for file in files
            }
        )
    returns = np.log(monthly).diff().iloc[1:]
    return returns.size, float(returns.to_numpy().sum())


def with_polars(files, wide, layout, lazy):
    import polars as pl

    types = {"Date": pl.Date, "Close": pl.Float64}

    def returns(frame, columns):
        monthly = frame.sort("Date").group_by_dynamic("Date", every="1mo").agg(columns.last())
        return monthly.select(columns.log().diff().slice(1))

    if layout == "wide":
        joined = returns(pl.read_csv(wide, schema_overrides={"Date": pl.Date}), pl.exclude("Date"))
    else:
        close = pl.col("Close")
        if lazy:
            scans = (pl.scan_csv(file, schema_overrides=types).select("Date", "Close") for file in files)
            frames = pl.collect_all([returns(scan, close) for scan in scans])
        else:
            reads = (pl.read_csv(file, columns=["Date", "Close"], schema_overrides=types) for file in files)
            frames = [returns(read, close) for read in reads]
        named = [frame.rename({"Close": file.stem}) for frame, file in zip(frames, files)]
        joined = pl.concat(named, how="horizontal_extend")
    return joined.height * joined.width, joined.sum().sum_horizontal().item()


READ = {"pandas": with_pandas, "polars": with_polars}

for line in sys.stdin:
    r = json.loads(line)
    folder = Path(r["folder"])
    files = sorted(folder.glob("*.csv"))
    began = time.perf_counter()
    n, total = READ[r["module"]](files, folder / "wide" / "prices.csv", r["layout"], r.get("lazy", False))
    print(json.dumps({"ms": (time.perf_counter() - began) * 1000, "n": n, "sum": total}), flush=True)
