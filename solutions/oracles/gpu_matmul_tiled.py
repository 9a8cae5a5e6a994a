"""Products by NumPy in f64, of whole numbers, which are exact. Grids and counts are closed forms.
A kernel that is right does nothing to be caught at.
"""

import numpy as np
from oracle import answer, inputs, versions
from projections import large

SEED = 1

given = inputs()
checks = {}

check = "every element of c has a unit, and no cube is idle"
m, n, tile = (given[check][name] for name in ("m", "n", "T"))
ones = np.ones_like(m)
checks[check] = {
    "cubes": np.stack([-(-n // tile), -(-m // tile), ones], axis=1),
    "units of a cube": np.stack([tile, tile, ones], axis=1),
}

for check, cases in (
    ("one cube multiplies two tiles", ((2, 2, 2, 2), (4, 4, 4, 4))),
    ("a sum that is longer than a tile comes in pieces", ((2, 6, 2, 2),)),
    ("each cube computes its own corner of c", ((4, 2, 6, 2),)),
    (
        "beyond the edges there are zeros",
        ((3, 4, 5, 2), (5, 7, 3, 4), (1, 1, 1, 4), (2, 9, 6, 8)),
    ),
):
    checks[check] = {}
    for m, k, n, tile in cases:
        a, b = given[check][f"a, {m} rows"], given[check][f"b, {n} columns"]
        checks[check][f"{m} x {k} x {n}, T = {tile}"] = "nothing"
        checks[check][f"c, {m} x {n}"] = a @ b

check = "tiles of any size give the same product"
a, b = (given[check][name] for name in "ab")
checks[check] = {"19 x 21 x 13, T = 8": "nothing"}
checks[check] |= large("c", a @ b, SEED, check, 12 * (a.size + b.size))  # a normal is 12 uniforms

check = "what a cube fetches, it uses T times"
checks[check] = {f"37 x 53 x 29, T = {tile}": "nothing" for tile in (8, 16)}

answer(
    "gpu_matmul_tiled",
    SEED,
    checks,
    versions("numpy"),
    {"atol": 0, "rtol": 0, "why": "sums of a few dozen products of small whole numbers are exact"},
)
