"""By definition: what followed a context is found by reading the whole text again for each
probability, and a text is written from such laws in exact fractions at temperature 1, by SciPy's
softmax of logarithms at others, and NumPy's searchsorted. On the tales the n-grams are numbered
by NumPy's unique over sliding windows, and counted by its bincount; nothing is hashed.
"""

from fractions import Fraction

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from oracle import answer, inputs, versions
from scipy.special import softmax

SEED = 1
STORED = "order, contexts, n-grams, bytes"


def law(ids, v, alpha, context):
    k = len(context)
    shorter = law(ids, v, alpha, context[1:]) if k else [Fraction(1, v)] * v
    followed = [ids[at] for at in range(k, len(ids)) if ids[at - k : at] == context]
    return [
        (followed.count(w) + alpha * shorter[w]) / (len(followed) + alpha) for w in range(v)
    ]


def grams(ids, n):
    return {tuple(ids[at : at + n]) for at in range(len(ids) - n + 1)}


def row(train, val, v, order, longest, alpha):
    sizes = [len(grams(train, k + 1)) for k in range(order + 1)]
    contexts = len({gram[:-1] for gram in grams(train, order + 1)})
    steps = range(order, len(train))
    follows = lambda at: [
        train[i] for i in range(order, len(train)) if train[i - order : i] == train[at - order : at]
    ]
    counted = [np.log2(len(follows(at)) / follows(at).count(train[at])) for at in steps]
    scored = range(longest, len(val))
    unseen = [-np.log2(float(law(train, v, alpha, val[at - order : at])[val[at]])) for at in scored]
    stored = [order, contexts, sizes[-1], 12 * sum(sizes)]
    return stored, np.mean(counted), np.mean(unseen)


def integers(array):
    return [int(x) for x in np.ravel(array)]


def written(ids, v, order, alpha, prompt, us, t):
    text = list(prompt)
    for u in us:
        p = np.array([float(p) for p in law(ids, v, alpha, text[len(text) - order :] if len(text) > order else text)])
        if t == 0:
            p = (p == p.max()) / (p == p.max()).sum()
        elif t != 1:
            p = softmax(np.log(p) / t)
        text.append(int(np.searchsorted(np.cumsum(p), u, side="right")))
    return np.array(text[len(prompt) :], dtype=np.int64)


given = inputs()
checks = {}

for check in (
    "an order is measured by what it stores and by its surprise",
    "all orders are scored on the same symbols",
    "nothing is learned from the text held out",
    "the rows are right for any text and any list of orders",
):
    named = given[check]
    train, val, orders = (integers(named[name]) for name in ("train", "val", "orders"))
    v, alpha = int(named["V"]), Fraction(float(named["α"]))
    rows = [row(train, val, v, order, max(orders), alpha) for order in orders]
    checks[check] = {
        STORED: np.array([stored for stored, _, _ in rows]),
        "bits of train": np.array([bits for _, bits, _ in rows]),
        "bits of val": np.array([bits for _, _, bits in rows]),
    }

check = "at temperature 0 the likeliest symbol is written"
ids, prompt = integers(given[check]["ids"]), integers(given[check]["prompt"])
checks[check] = {
    f"written, u = {u}": written(ids, 3, 3, Fraction(0.1), prompt, given[check][f"us, {u}"], 0)
    for u in ("0", "0.99")
}

check = "what was written is context for what follows"
named = given[check]
ids, us = integers(named["ids"]), named["us"]
checks[check] = {
    f"written: {case}": written(
        ids, 3, 2, Fraction(1), integers(named[f"prompt: {case}"]), us, float(named[f"t: {case}"])
    )
    for case in ("a prompt", "no prompt", "hot", "longer than the order")
}
checks[check]["written without us"] = written(ids, 3, 2, Fraction(1), [0], [], 1)


def numbered(train, val, n):
    """One number for each distinct n-gram of either text, at each place of each text."""
    both = np.concatenate([sliding_window_view(ids, n) for ids in (train, val)])
    packed = np.ascontiguousarray(both.astype(np.uint8)).view(f"V{n}").ravel()
    _, number = np.unique(packed, return_inverse=True)
    return np.split(number, [len(train) - n + 1])


check = "more context saves bits on unseen text, up to a point"
named = given[check]
text, alpha = named["text"][0], float(named["α"])
vocab = np.array(sorted(set(text)))
train, val = (np.searchsorted(vocab, np.array(list(named[part][0]))) for part in ("train", "val"))
p = np.full(len(val) - 8, 1 / len(vocab))
stored, counted, unseen, entries = [], [], [], 0
for k in range(9):
    seen, asked = numbered(train, val, k + 1)
    counts = np.bincount(seen, minlength=asked.max() + 1)
    with_, own = counts[asked[8 - k :]], counts[seen]
    if k:
        seen, asked = numbered(train, val, k)
        counts_of_contexts = np.bincount(seen[:-1], minlength=asked.max() + 1)
        total, all_ = counts_of_contexts[asked[8 - k : -1]], counts_of_contexts[seen[:-1]]
        contexts = (counts_of_contexts > 0).sum()
    else:
        total = all_ = len(train)
        contexts = 1
    p = (with_ + alpha * p) / (total + alpha)
    entries += (counts > 0).sum()
    if k:
        stored.append([k, contexts, (counts > 0).sum(), 12 * entries])
        counted.append(np.log2(all_ / own).mean())
        unseen.append(-np.log2(p).mean())
checks[check] = {
    STORED: np.array(stored),
    "bits of train": np.array(counted),
    "bits of val": np.array(unseen),
}

answer(
    "markov_tales",
    SEED,
    checks,
    versions("numpy", "scipy"),
    {
        "atol": 1e-14,
        "rtol": 1e-11,
        "why": "four roundings a level, of positive terms; means of terms of one sign: at most "
        "60000 * 2^-53",
    },
)
