"""Lookups by NumPy's np.take, their gradients by jax.vjp of jnp.take in f64; the counts of a
text by collections.Counter.
"""

from collections import Counter

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions


def embed(e, ids):
    return np.take(e, ids.astype(int), axis=0)


def embed_backward(ids, g, vocab):
    table = jnp.zeros((int(vocab), g.shape[2]))
    _, pull_back = jax.vjp(lambda e: jnp.take(e, jnp.asarray(ids.astype(int)), axis=0), table)
    return np.asarray(pull_back(jnp.asarray(g))[0])


given = inputs()
checks = {}

for check, of in given.items():
    cases = [name.removeprefix("ids, ") for name in of if name.startswith("ids, ")]
    checks[check] = {
        f"x, {case}": embed(of[f"e, {case}"], of[f"ids, {case}"])
        for case in cases
        if f"e, {case}" in of
    } | {
        f"dE, {case}": embed_backward(of[f"ids, {case}"], of[f"g, {case}"], of[f"vocab, {case}"])
        for case in cases
        if f"g, {case}" in of
    }

checks["an id without a row is refused"] = {
    "lookup of id 2 among 2 rows": "refused",
    "gradient for id 2 among 2 rows": "refused",
}

check = "the way back is the adjoint of the way forth"
of = given[check]
checks[check] = {
    "x": embed(of["e"], of["ids"]),
    "dE": embed_backward(of["ids"], of["g"], len(of["e"])),
}

check = "a gradient of ones counts the symbols of a text"
counts = Counter(given[check]["text"][0])
checks[check] = {"dE": np.array([[counts[symbol]] for symbol in sorted(counts)])}

answer(
    "embedding_scatter",
    1,
    {check: observed for check, observed in checks.items() if observed},
    versions("jax", "numpy"),
    {"atol": 1e-14, "rtol": 0, "why": "sums of at most 15 numbers of about 1, in another order"},
)
