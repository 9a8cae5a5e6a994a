"""Tempered laws by SciPy's softmax of ln p / T, with the two limits written from their
definition; draws by NumPy's cumulative sums and its binary search from the right; the
bigrams of the text by NumPy's unbuffered np.add.at.
"""

import numpy as np
from oracle import answer, inputs, versions
from scipy.special import softmax
from scipy.stats import entropy

SEED = 1


def temper(p, t):
    if t == 0:
        likeliest = p == p.max()
        return likeliest / likeliest.sum()
    if np.isinf(t):
        return (p > 0) / (p > 0).sum()
    with np.errstate(divide="ignore"):
        return softmax(np.log(p) / t)


def sample(p, u):
    place = np.searchsorted(np.cumsum(p), u, side="right")
    # Above a sum that was rounded down lies the rest of the last possible symbol.
    return np.where(place < len(p), place, np.flatnonzero(p)[-1])


def babble(text, t, us):
    vocab = np.array(sorted(set(text)))
    ids = np.searchsorted(vocab, list(text))
    counts = np.zeros((len(vocab), len(vocab)))
    np.add.at(counts, (ids[:-1], ids[1:]), 1)
    totals = counts.sum(axis=1, keepdims=True)
    p = np.where(totals > 0, counts / np.maximum(totals, 1), 1 / len(vocab))
    at, symbols = ids[0], []
    for u in us:
        at = int(sample(temper(p[at], t), u))
        symbols.append(vocab[at])
    return "".join(symbols)


given = inputs()
checks = {}
for check, named in given.items():
    laws = {name[3:]: p for name, p in named.items() if name.startswith("p, ")}
    checks[check] = {}
    for name, p in laws.items():
        if f"t, {name}" in named:
            checks[check][f"q, {name}"] = temper(p, float(named[f"t, {name}"]))
        else:
            checks[check][f"drawn, {name}"] = sample(p, named[f"u, {name}"])

check = "evenly spaced u draw each symbol by its probability"
p, n = given[check]["p"], int(given[check]["n"])
drawn = sample(p, (np.arange(n) + 0.5) / n)
checks[check] = {"times drawn": np.bincount(drawn, minlength=len(p))}

check = "entropy rises with temperature by Var(ln p) / T³"
p, ts = given[check]["p"], given[check]["t"]
checks[check] = {"entropy at each t, nats": np.array([entropy(temper(p, t)) for t in ts])}

check = "a chain tempered and sampled writes a text"
named = given[check]
text, us = named["text"][0], named["u"]
ts = {name[3:]: float(t) for name, t in named.items() if name.startswith("t, ")}
checks[check] = {f"text at {name}": babble(text, t, us) for name, t in ts.items()}

answer(
    "temperature_sampling",
    SEED,
    checks,
    versions("numpy", "scipy"),
    {
        "atol": 1e-15,
        "rtol": 2e-12,
        "why": "ln p and its rounding (2^-53 * 2.5) are divided by T = 1/400 and exponentiated: "
        "400 * 2.5 * 2^-53 = 1.1e-13, on either side, and again in the sum",
    },
)
