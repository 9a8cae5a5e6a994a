"""Smoothed rows by exact rational arithmetic (fractions), rounded once at the end; wherever
every parameter is positive they must agree with the mean of SciPy's Dirichlet distribution.
Surprises of tables with k = 0 by NumPy, of the others as a cross-entropy of SciPy:
H(val) + KL(val | model), from scipy.stats.entropy, row by row.
"""

from fractions import Fraction

import numpy as np
from oracle import answer, inputs, versions
from scipy.stats import dirichlet, entropy

SEED = 1


def exact(cells, k):
    total = sum(map(int, cells)) + k * len(cells)
    law = [(int(n) + k) / total if total else Fraction(1, len(cells)) for n in cells]
    return [float(p) for p in law]


def add_k(counts, k):
    p = np.array([exact(cells, Fraction(float(k))) for cells in counts]).reshape(counts.shape)
    for cells, row in zip(counts, p):
        if k > 0:
            np.testing.assert_allclose(row, dirichlet.mean(cells + k), rtol=1e-13)
    return p


def surprise(val, train, k):
    """Mean over the steps of val, row by row, of val's entropy and its divergence."""
    total = val.sum()
    nats = 0.0
    for n, cells in zip(val, train):
        if n.sum():
            p = np.array(exact(cells, Fraction(float(k))))
            nats += n.sum() / total * (entropy(n) + entropy(n, p))
    return nats


def surprise_of_many(val, train, k):
    """The same for many rows, k > 0, with the Dirichlet mean written as it is defined."""
    p = (train + k) / (train + k).sum(axis=1, keepdims=True)
    rows = entropy(val, axis=1) + entropy(val, p, axis=1)
    return (val.sum(axis=1) * rows).sum() / val.sum()


def best(train, val, grid):
    rated = [(surprise(val, train, k), i) for i, k in enumerate(grid)]
    nats, i = min(rated)
    return float(grid[i]), float(nats)


def tables(train, val, order, v):
    val = val[8 - order :]
    windows = lambda ids: np.lib.stride_tricks.sliding_window_view(ids, order + 1)
    weights = v ** np.arange(order)
    keys = lambda ids: windows(ids)[:, :order] @ weights
    contexts = np.unique(keys(val))
    result = []
    for ids in (train, val):
        key, next_ = keys(ids), windows(ids)[:, order]
        row = np.searchsorted(contexts, key)
        row[row == len(contexts)] = 0
        known = contexts[row] == key
        counts = np.zeros((len(contexts), v))
        np.add.at(counts, (row[known], next_[known]), 1)
        result.append(counts)
    return result


given = inputs()
checks = {}

check = "k more in each cell is kV more in the row"
checks[check] = {
    f"P of {name}, k = {k:g}": add_k(counts, k)
    for name, counts in given[check].items()
    for k in ((1, 0.5) if name == "counts" else (1,))
}

check = "a row without counts is uniform for every k"
checks[check] = {
    f"P of {name}, k = {k:g}": add_k(counts, k)
    for name, counts in given[check].items()
    for k in (0, 0.25)
}

check = "the counts' own row weighs more the more it was seen"
weight = lambda n, k, v: float(Fraction(n) / (Fraction(n) + Fraction(k) * Fraction(v))) if n else 0
checks[check] = {"lambda": np.array([weight(*case) for case in given[check]["total, k and V"]])}

check = "smoothing mixes the counts' own row with the uniform one"
checks[check] = {"P": add_k(given[check]["counts"], given[check]["k"])}

for check in (
    "k is chosen by text that was not counted",
    "the surprise is a mean over steps",
    "k = 0 is a candidate like any other",
    "of equally good k the first is taken",
    "no other k of the grid does better",
):
    k, nats = best(given[check]["train"], given[check]["val"], given[check]["grid"])
    checks[check] = {"best k": k, "its surprise in nats": nats}

check = "the longer the context, the more a wrong k costs"
text = given[check]["text"][0]
cut = int(given[check]["characters of train"])
vocab = sorted(set(text))
place = {symbol: i for i, symbol in enumerate(vocab)}
ids = np.array([place[symbol] for symbol in text])
train, val, v = ids[:cut], ids[cut:], len(vocab)
checks[check] = {}
for order in (1, 2, 3, 4):
    counted, met = tables(train, val, order, v)
    nats = [surprise_of_many(met, counted, k) for k in given[check]["grid"]]
    checks[check][f"nats of each k, order {order}"] = np.array(nats)

answer(
    "add_k_smoothing",
    SEED,
    checks,
    versions("numpy", "scipy"),
    {
        "atol": 1e-15,
        "rtol": 1.7e-12,
        "why": "three roundings a cell; means over the 14660 cells that the unseen tales use, of "
        "one sign: at most 14660 * 2^-53",
    },
)
