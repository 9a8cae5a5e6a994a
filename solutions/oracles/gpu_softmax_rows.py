"""Softmax by scipy.special.softmax in f64. Grids and counts are closed forms. A kernel that is
right does nothing to be caught at.
"""

import numpy as np
from oracle import answer, inputs, versions
from projections import large
from scipy.special import softmax

SEED = 1

given = inputs()
checks = {}

check = "every row has a cube"
rows, block = given[check]["rows"], given[check]["block"]
ones = np.ones_like(rows)
checks[check] = {
    "cubes": np.stack([rows, ones, ones], axis=1),
    "units of a cube": np.stack([block, ones, ones], axis=1),
}

for check, cases in (
    ("a row becomes shares of 1", ((1, 4, 4),)),
    ("a higher number shrinks what was summed before it", ((2, 4, 2),)),
    ("units with different maxima are merged", ((1, 4, 4), (1, 8, 8))),
    ("each row is its own", ((3, 6, 4),)),
    ("a unit without a number changes nothing", ((2, 3, 8), (1, 1, 4), (1, 13, 4))),
    ("rows far from zero have a softmax, too", ((2, 5, 4),)),
    ("a number that is masked has no share", ((3, 6, 4),)),
):
    checks[check] = {}
    for rows, cols, block in cases:
        x = given[check][f"x, {rows} x {cols}"]
        checks[check][f"R = {rows}, C = {cols}, B = {block}"] = "nothing"
        checks[check][f"y, {rows} x {cols}"] = softmax(x, axis=1)

check = "two loads a number, by neighbours together"
x = given[check]["x"]
checks[check] = {"R = 3, C = 256, B = 64": "nothing"}
checks[check] |= large("y", softmax(x, axis=1), SEED, check, 12 * x.size)  # a normal is 12 uniforms

answer(
    "gpu_softmax_rows",
    SEED,
    checks,
    versions("scipy", "numpy"),
    {
        "atol": 2e-6,
        "rtol": 2e-6,
        "why": "a share is at most 1, and comes from a few dozen roundings of 2^-24 = 6e-8 each",
    },
)
