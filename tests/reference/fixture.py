"""Writes fixtures/reference/NAME.json: where the numbers come from, with which versions, inputs and results."""

import json
import platform
import re
from pathlib import Path


def write(name, source, packages, **content):
    versions = {"python": platform.python_version()} | {p.__name__: p.__version__ for p in packages}
    text = json.dumps({"source": source, "versions": versions, **content}, indent=1)
    # A series to a line.
    text = re.sub(r"\[[^][{}]*\]", lambda numbers: json.dumps(json.loads(numbers.group())), text)
    path = Path(__file__).parent.parent / "fixtures" / "reference" / f"{name}.json"
    path.write_text(text + "\n")
