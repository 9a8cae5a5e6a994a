"""Counts of n-grams by NumPy's unique over sliding windows, membership by NumPy's isin on the
same windows numbered together, and shares as exact fractions, rounded once at the end.
"""

import re
from fractions import Fraction

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from oracle import answer, inputs, versions

SEED = 1


def places(ids, n):
    ids = np.asarray(ids, dtype=np.int64)
    return sliding_window_view(ids, n) if len(ids) >= n else np.empty((0, n), dtype=np.int64)


def share(part, whole, empty):
    return float(Fraction(int(part), int(whole))) if whole else empty


def foretold(counts):
    counts = np.asarray(counts, dtype=np.int64)
    return share((counts == 1).sum(), counts.sum(), 1.0)


def new(train, test, n):
    cut = len(places(train, n))
    both = np.concatenate([places(train, n), places(test, n)])
    _, number = np.unique(both, axis=0, return_inverse=True)
    train, test = number.ravel()[:cut], number.ravel()[cut:]
    return share((~np.isin(test, train)).sum(), len(test), 0.0)


def counts_of(ids, n):
    return np.unique(places(ids, n), axis=0, return_counts=True)


def both(train, test, n):
    return [foretold(counts_of(train, n)[1]), new(train, test, n)]


def words(train, test):
    found = [re.findall("[a-z']+", text.lower()) for text in (train, test)]
    number = {word: i for i, word in enumerate(sorted(set(found[0] + found[1])))}
    return [[number[word] for word in text] for text in found]


def thousand(rates):
    return 1000 * np.array(rates)


given = inputs()
checks = {}

for check in (
    "what came once predicts what will be new",
    "before the first draw everything is new",
):
    checks[check] = {
        name.replace("counts", "new", 1): foretold(counts) for name, counts in given[check].items()
    }

check = "an n-gram counts wherever it begins"
checks[check] = {}
for name, ids in given[check].items():
    if name.startswith("ids of "):
        case = name.removeprefix("ids of ")
        grams, counts = counts_of(ids, int(given[check][f"n of {case}"]))
        listed = sorted(f"{gram.tolist()}: {count}" for gram, count in zip(grams, counts))
        checks[check][case] = np.array(listed, dtype=str)

for check in ("what the training text never had is unseen", "an empty test text has nothing new"):
    named = given[check]
    checks[check] = {
        f"unseen: {case}": new(named[f"train: {case}"], named[f"test: {case}"], int(n))
        for case, n in ((name[3:], n) for name, n in named.items() if name.startswith("n: "))
    }

check = "leaving out each place in turn gives the formula"
ids = given[check]["ids"]
alone = sum((np.delete(ids, i) != ids[i]).all() for i in range(len(ids)))
checks[check] = {
    "predicted": foretold(counts_of(ids, 1)[1]),
    "mean unseen rate of a place left out": share(alone, len(ids), 0.0),
}

check = "longer n-grams are new at least as often"
train, test = given[check]["train"], given[check]["test"]
checks[check] = {
    "unseen rate for n = 1 to 8": np.array([new(train, test, n) for n in range(1, 9)])
}

check = "shuffled text is as new as predicted"
named = given[check]
split = lambda name: (named[f"train, {name}"], named[f"test, {name}"])
checks[check] = {
    "new words, foretold and measured": np.array(both(*split("word by word"), 1)),
    "new pairs and triples, foretold and measured": np.array(
        [both(*split("in blocks of 100 words"), n) for n in (2, 3)]
    ),
}

check = "held-out tales are newer than predicted, a held-out theme newer still"
named = given[check]
tales = named["tales"]
cuts = [i * len(tales) // 10 for i in range(11)]
folds = [
    words("\n".join(tales[:start] + tales[end:]), "\n".join(tales[start:end]))
    for start, end in zip(cuts, cuts[1:])
]
checks[check] = {
    "new words of the last tenth, foretold": thousand(both(*folds[9], 1)[0]),
    "new words of each tenth": thousand([new(*fold, 1) for fold in folds]),
}
for name in [name.removeprefix("train, ") for name in named if name.startswith("train, ")]:
    train, test = named[f"train, {name}"][0], named[f"test, {name}"][0]
    checks[check][f"new words of {name}, foretold and measured"] = thousand(
        both(*words(train, test), 1)
    )

answer(
    "missing_mass",
    SEED,
    checks,
    versions("numpy"),
    {
        "atol": 1e-14,
        "rtol": 4.5e-16,
        "why": "one division of integers and one product, 2^-53 each, on either side; the mean "
        "over 40 places left out adds 40 roundings",
    },
)
