"""Reads 1,000 daily price series and makes monthly log returns with pandas or Polars, as bench/readers.mjs does.

Prints one JSON line: seconds and processor seconds without imports, megabytes at peak, number and sum of the returns. Arguments: layout folder module [lazy]
"""

import json
import resource
import sys
import time
from pathlib import Path

layout, folder, module = sys.argv[1:4]
lazy = len(sys.argv) > 4
files = sorted(Path(folder, "files").iterdir())
wide = Path(folder, "wide.csv")


def with_pandas():
    if layout == "wide":
        prices = pd.read_csv(wide, parse_dates=["Date"], index_col="Date").sort_index()
        monthly = prices.resample("ME").last()
    else:
        monthly = pd.DataFrame(
            {
                file.stem: pd.read_csv(file, usecols=["Date", "Close"], parse_dates=["Date"], index_col="Date")["Close"]
                .sort_index()
                .resample("ME")
                .last()
                for file in files
            }
        )
    returns = np.log(monthly).diff().iloc[1:]
    return returns.size, float(returns.to_numpy().sum())


def with_polars():
    types = {"Date": pl.Date, "Close": pl.Float64}

    def returns(frame, columns):
        monthly = frame.sort("Date").group_by_dynamic("Date", every="1mo").agg(columns.last())
        return monthly.select(columns.log().diff().slice(1))

    if layout == "wide":
        frame = returns(pl.read_csv(wide, schema_overrides={"Date": pl.Date}), pl.exclude("Date"))
        return frame.height * frame.width, frame.sum().sum_horizontal().item()
    if lazy:
        queries = [returns(pl.scan_csv(file, schema_overrides=types).select("Date", "Close"), pl.col("Close")) for file in files]
        frames = pl.collect_all(queries)
    else:
        frames = [returns(pl.read_csv(file, columns=["Date", "Close"], schema_overrides=types), pl.col("Close")) for file in files]
    joined = pl.concat([frame.rename({"Close": file.stem}) for frame, file in zip(frames, files)], how="horizontal_extend")
    return joined.height * joined.width, joined.sum().sum_horizontal().item()


if module == "pandas":
    import numpy as np
    import pandas as pd

    run = with_pandas
else:
    import polars as pl

    run = with_polars
began, cpu = time.perf_counter(), time.process_time()
n, total = run()
seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "cpu": cpu, "megabytes": peak, "n": n, "sum": total}))
