"""Prefix sums by numpy.cumsum in f64, of whole numbers, which are exact. A kernel that is right
does nothing to be caught at.
"""

import numpy as np
from oracle import answer, inputs, versions

given = inputs()
checks = {}


def scan(x, block):
    return np.concatenate([np.cumsum(x[i : i + block]) for i in range(0, len(x), block)])


for check, blocks in (
    ("of two numbers the second gets the sum", {2: 2}),
    ("a sum is read before its owner adds to it", {4: 4, 8: 8, 16: 16}),
    ("each block begins anew", {12: 4}),
    ("units without a number come to every barrier", {5: 4, 3: 8, 1: 2, 13: 8}),
):
    checks[check] = {}
    for n, block in blocks.items():
        checks[check][f"n = {n}, B = {block}"] = "nothing"
        checks[check][f"out of {n}"] = scan(given[check][f"x of {n}"], block)

check = "the last of a block is its sum"
out = scan(given[check]["x"], 64)
checks[check] = {"n = 150, B = 64": "nothing", "last of each block": out[[63, 127, 149]]}

check = "nobody adds alone, and two barriers a step are enough"
checks[check] = {"n = 500, B = 64": "nothing"}

answer(
    "gpu_race_fix",
    1,
    checks,
    versions("numpy"),
    {"atol": 0, "rtol": 0, "why": "sums of small whole numbers are exact, in f32 and in f64"},
)
