"""Surprises by SciPy's discrete distributions (rv_discrete.logpmf), one a row of the table;
conditional entropies by the chain rule H(next | prev) = H(prev, next) - H(prev), both terms
from scipy.stats.entropy; changes of unit by NumPy.
"""

import numpy as np
from oracle import answer, inputs, versions
from scipy.stats import entropy, rv_discrete

SEED = 1


def numbers(ids):
    return np.asarray(ids, dtype=np.int64)


def nats(ids, p):
    prev, next_ = numbers(ids)[:-1], numbers(ids)[1:]
    if len(numbers(ids)) < 2:
        return "None"
    total = 0.0
    for a in np.unique(prev):
        row = rv_discrete(values=(np.arange(p.shape[1]), p[a]))
        with np.errstate(divide="ignore"):
            total -= row.logpmf(next_[prev == a]).sum()
    return total / len(prev)


def conditional_entropy(counts):
    if not counts.sum():
        return 0.0
    return entropy(counts.ravel()) - entropy(counts.sum(axis=1))


def counts_of(ids, v):
    counts = np.zeros((v, v))
    np.add.at(counts, (numbers(ids)[:-1], numbers(ids)[1:]), 1)
    return counts


def rows_of(counts):
    total = counts.sum(axis=1, keepdims=True)
    return np.where(total > 0, counts / np.maximum(total, 1), 1 / counts.shape[1])


given = inputs()
checks = {}

check = "three symbols are two predictions"
ids = given[check].pop("ids")
checks[check] = {f"nats, {name}": nats(ids, p) for name, p in given[check].items()}

check = "without a step there is nothing to average"
p = given[check].pop("p")
checks[check] = {f"nats of {name}": nats(ids, p) for name, ids in given[check].items()}

check = "a fair coin is one bit and two choices"
x = given[check]["nats"]
checks[check] = {"bits": x * np.log2(np.e), "perplexity": np.exp(x)}

check = "the mean is infinite only if a step has probability 0"
p = given[check].pop("p")
checks[check] = {f"nats, {name}": nats(ids, p) for name, ids in given[check].items()}

check = "surprises add up where the product of probabilities is 0"
ids, p = given[check]["ids"], given[check]["p"]
checks[check] = {"nats": nats(ids, p), "nats of a uniform guess": np.log(p.shape[1])}

for check in (
    "each row's entropy is weighed by how often the row was seen",
    "a pair that never came adds no entropy",
    "a table without counts has the entropy 0",
):
    checks[check] = {f"H of {name}": conditional_entropy(n) for name, n in given[check].items()}

check = "on its own text the counted table is surprised by H, and every other by more"
ids, q = given[check]["ids"], given[check]["q"]
counts = counts_of(ids, q.shape[0])
checks[check] = {
    "H": conditional_entropy(counts),
    "nats of the counted table": nats(ids, rows_of(counts)),
    "nats of q": nats(ids, q),
}

check = "the tales leave about nine choices a character"
text = given[check]["text"][0]
cut = int(given[check]["characters of train"])
vocab = sorted(set(text))
place = {symbol: i for i, symbol in enumerate(vocab)}
ids = np.array([place[symbol] for symbol in text])
counts = counts_of(ids[:cut], len(vocab))
checks[check] = {
    "H of train": conditional_entropy(counts),
    "nats of train": nats(ids[:cut], rows_of(counts)),
    "nats of unseen tales": nats(ids[cut:], rows_of(counts)),
}

answer(
    "nll_perplexity",
    SEED,
    checks,
    versions("numpy", "scipy"),
    {
        "atol": 1e-15,
        "rtol": 4.7e-11,
        "why": "the bound for a sum of 422449 terms of one sign, added one after another: "
        "422449 * 2^-53",
    },
)
