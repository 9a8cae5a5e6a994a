"""Sums by NumPy in f64, of numbers that are whole or few enough to be exact there. A kernel that
is right does nothing to be caught at.
"""

import numpy as np
from oracle import answer, inputs, versions

given = inputs()
checks = {}

for check, blocks in (
    ("a cube sums its block", {4: 2, 8: 4, 16: 16}),
    ("what is missing at the end counts as zero", {5: 4, 3: 8, 1: 2, 70: 32}),
):
    checks[check] = {}
    for n, block in blocks.items():
        x = given[check][f"x of {n}"]
        padded = np.concatenate([x, np.zeros(-n % block)])
        checks[check][f"n = {n}, B = {block}"] = "nothing"
        checks[check][f"partial of {n}"] = padded.reshape(-1, block).sum(axis=1)

check = "sums of sums come down to one number"
checks[check] = {}
for n in (16, 4, 1, 100):
    checks[check][f"n = {n}"] = "nothing"
    checks[check][f"sum of {n}"] = given[check][f"x of {n}"].sum(keepdims=True)

checks["each number is loaded once, and nobody adds alone"] = {"n = 1000, B = 64": "nothing"}

tenth = np.full(1 << 15, np.float32(0.1), dtype=np.float64)
checks["a tree keeps the digits that a loop loses"] = {
    "n = 32768, B = 256": "nothing",
    "sum of 32768 times 0.1": tenth.sum(keepdims=True),
}

answer(
    "gpu_reduce",
    1,
    checks,
    versions("numpy"),
    {
        "atol": 1e-4,
        "rtol": 1e-6,
        "why": "whole numbers are exact; 15 roundings of 2^-24 of a sum of 3277 are 3e-3 at most, "
        "but equal numbers are doubled, which is exact, so that only the decimal is rounded",
    },
)
