"""What the oracle scripts share: reading inputs, printing answers.

    llmlings dev inputs NAME --seed 1 | python NAME.py > values/NAME.json
"""

import json
import sys
from importlib.metadata import version

import numpy as np


def inputs():
    """The inputs of each check: check name -> input name -> array (a list, for texts)."""
    asked = json.load(sys.stdin)
    return {
        check: {name: _value(given) for name, given in named.items()}
        for check, named in asked["checks"].items()
    }


def versions(*names):
    """The installed versions of libraries, by name."""
    return {name: version(name) for name in names}


def answer(name, seed, checks, libraries, tolerance):
    """Prints the observations: check name -> observation name -> array, number or text."""
    printed = {
        "exercise": name,
        "seed": seed,
        "libraries": libraries,
        "tolerance": tolerance,
        "checks": {
            check: {what: _printable(value) for what, value in observed.items()}
            for check, observed in checks.items()
        },
    }
    print(json.dumps(printed, indent=1, ensure_ascii=False))


def _value(given):
    shape, values = given["shape"], given["values"]
    if given.get("text"):
        return values
    return np.array([float(x) for x in values]).reshape([int(n) for n in shape])


def _printable(value):
    array = np.asarray(value)
    if array.dtype.kind in "US":
        return {"shape": list(array.shape), "values": [str(x) for x in array.ravel()]}
    numbers = array.astype(np.float64).ravel().tolist()
    exact = [int(x) if np.isfinite(x) and x == int(x) and abs(x) < 2**53 else x for x in numbers]
    return {
        "shape": list(array.shape),
        "values": [x if np.isfinite(x) else str(x).replace("nan", "NaN") for x in exact],
    }
