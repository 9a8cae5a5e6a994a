"""Vocabularies by Python's sorted(set(...)), counts by NumPy's unbuffered np.add.at, and rows
by exact rational arithmetic (fractions), rounded once at the end.
"""

from fractions import Fraction

import numpy as np
from oracle import answer, inputs, versions
from projections import large

SEED = 1


def vocabulary(text):
    return sorted(set(text))


def encode(text, vocab):
    place = {symbol: i for i, symbol in enumerate(vocab)}
    ids = [place.get(symbol) for symbol in text]
    return "None" if None in ids else np.array(ids, dtype=np.int64)


def counts_of(ids, v):
    counts = np.zeros((v, v), dtype=np.int64)
    ids = np.asarray(ids, dtype=np.int64)
    np.add.at(counts, (ids[:-1], ids[1:]), 1)
    return counts


def rows_of(counts):
    v = counts.shape[1]
    row = lambda cells, total: [
        float(Fraction(int(n), int(total)) if total else Fraction(1, v)) for n in cells
    ]
    return np.array([row(cells, sum(map(int, cells))) for cells in counts]).reshape(counts.shape)


given = inputs()
checks = {}

check = "the vocabulary is every character once, in order"
checks[check] = {
    f"vocabulary of {name}": vocabulary(text[0]) for name, text in given[check].items()
}

check = "a symbol's number is its place in the vocabulary"
checks[check] = {
    f"ids of {name}": encode(text[0], given[check][f"vocab for {name}"])
    for name, text in given[check].items()
    if not name.startswith("vocab for ")
}

for check in (
    "the row is the symbol before, the column the symbol after",
    "n symbols make n - 1 transitions, an empty text none",
):
    checks[check] = {
        f"counts of {name.removeprefix('ids of ')}": counts_of(
            ids, int(given[check][name.replace("ids", "v", 1)])
        )
        for name, ids in given[check].items()
        if name.startswith("ids of ")
    }

for check in ("a row of counts over its total sums to one", "a row without data is uniform"):
    checks[check] = {f"P from {name}": rows_of(counts) for name, counts in given[check].items()}

check = "any text comes back from its numbers"
text = given[check]["text"][0]
checks[check] = {"vocab": vocabulary(text), "ids": encode(text, vocabulary(text))}

check = "renaming the symbols renames rows and columns alike"
counts = counts_of(given[check]["ids"], int(given[check]["v"]))
checks[check] = {"counts": counts, "P": rows_of(counts)}

check = "one pass over the text counts every transition"
text = given[check]["text"][0]
train = text[: int(given[check]["characters of train"])]
vocab = vocabulary(text)
counts = counts_of(encode(train, vocab), len(vocab))
checks[check] = {
    "symbols": len(vocab),
    "transitions": len(train) - 1,
    **large("C", counts, SEED, check, words_drawn=0),
    **large("P", rows_of(counts), SEED, check, words_drawn=0),
}

answer(
    "char_bigrams",
    SEED,
    checks,
    versions("numpy"),
    {
        "atol": 4e-13,
        "rtol": 2.3e-16,
        "why": "one rounding a cell (2^-53); sums of 58 over 3364 cells: sqrt(3364) * 58 * 2^-53",
    },
)
