"""The recursion by its definition, in exact fractions: what followed a context is found by reading
the whole text again for each probability. On the tales the n-grams are numbered by NumPy's
unique over sliding windows, and counted by its bincount; nothing is hashed.
"""

from fractions import Fraction

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from oracle import answer, inputs, versions

SEED = 1


def follow(ids, context):
    k = len(context)
    return [ids[at] for at in range(k, len(ids)) if ids[at - k : at] == context]


def law(ids, v, alpha, context):
    shorter = law(ids, v, alpha, context[1:]) if context else [Fraction(1, v)] * v
    followed = follow(ids, context)
    return [
        (followed.count(w) + alpha * shorter[w]) / (len(followed) + alpha) for w in range(v)
    ]


def after(named, context, case=""):
    v, order, alpha = named[f"V, order and α{case}"]
    ids = [int(id) for id in named[f"ids{case}"]]
    context = [int(id) for id in context][-int(order) :] if order else []
    return np.array([float(p) for p in law(ids, int(v), Fraction(float(alpha)), context)])


def words(text):
    return [] if text == "no context" else [int(id) for id in text.split()]


given = inputs()
checks = {}

check = "without a context the counts are mixed with the uniform law"
checks[check] = {f"P{case}": after(given[check], [], case) for case in ("", ", four symbols")}

for check, contexts in {
    "the shorter context takes the uniform law's place": ("0", "1"),
    "the oldest symbol is forgotten first": ("0 1", "1 0", "2 0", "1 0 2 0 1"),
    "a short context uses fewer levels, an empty text gives 1/V": ("no context", "1"),
}.items():
    checks[check] = {f"P after {text}": after(given[check], words(text)) for text in contexts}
for case in (", nothing", ", one symbol"):
    checks[check][f"P after 0 1{case}"] = after(given[check], [0, 1], case)

check = "an unseen context knows what the shorter one knows"
rows = [after(given[check], context) for context in ([0, 0], [1, 1], [2, 2])]
checks[check] = {"P after 0 0, 1 1, 2 2": np.array(rows)}

check = "after every context the probabilities sum to 1"
checks[check] = {
    f"P after {name}": after(given[check], context)
    for name, context in given[check].items()
    if name.startswith("context ")
}

check = "a small α trusts the counts, a large one the uniform law"
checks[check] = {
    f"P, {name}": after(given[check], given[check]["context"], f", {name}")
    for name in ("weak", "strong")
}

check = "contexts that differ only in the oldest symbol are told apart"
ids = given[check]["ids"]
checks[check] = {
    f"P of 5 and 6 after {name}": after(given[check], context)[[5, 6]]
    for name, context in (("1 …", ids[:11]), ("17 …", ids[12:23]))
}


def numbered(train, val, n):
    """One number for each distinct n-gram of either text, at each place of each text."""
    both = np.concatenate([sliding_window_view(ids, n) for ids in (train, val)])
    packed = np.ascontiguousarray(both.astype(np.uint8)).view(f"V{n}").ravel()
    _, number = np.unique(packed, return_inverse=True)
    return np.split(number, [len(train) - n + 1])


check = "each symbol of context saves bits on the tales"
named = given[check]
text, alpha = named["text"][0], float(named["α"])
vocab = np.array(sorted(set(text)))
train, val = (np.searchsorted(vocab, np.array(list(named[part][0]))) for part in ("train", "val"))
p = np.full(len(val) - 8, 1 / len(vocab))
nats = []
for k in range(6):
    seen, asked = numbered(train, val, k + 1)
    counted = np.bincount(seen, minlength=asked.max() + 1)[asked[8 - k :]]
    if k:
        seen, asked = numbered(train, val, k)
        total = np.bincount(seen[:-1], minlength=asked.max() + 1)[asked[8 - k : -1]]
    else:
        total = len(train)
    p = (counted + alpha * p) / (total + alpha)
    nats.append(-np.log(p).mean())
checks[check] = {"nats after 0 to 5 symbols": np.array(nats)}

answer(
    "ngram_interpolation",
    SEED,
    checks,
    versions("numpy"),
    {
        "atol": 1e-15,
        "rtol": 1e-12,
        "why": "four roundings a level, of positive terms; a mean of 7992 terms of one sign: at "
        "most 7992 * 2^-53",
    },
)
