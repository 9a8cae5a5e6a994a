"""Loss and slopes of the bigram model by JAX in f64: jax.nn.log_softmax and jax.grad; descent
by the same.
"""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions

given = inputs()
checks = {}


def loss(w, counts):
    total = counts.sum()
    return -(counts * jax.nn.log_softmax(w, axis=1)).sum() / total if total else 0.0 * w.sum()


def train(counts, lr, steps):
    """W, and the loss before each step."""
    w, losses = jnp.zeros(counts.shape), []
    step = jax.jit(jax.value_and_grad(lambda w: loss(w, counts)))
    for _ in range(steps):
        value, slopes = step(w)
        losses.append(float(value))
        w = w - lr * slopes
    return w, np.array(losses)


check = "without knowledge the loss is ln V"
counts = given[check]["counts"]
start = loss(jnp.zeros(counts.shape), counts)
checks[check] = {
    "loss at W = 0": start,
    "loss before the first step": np.array([start]),
}

for check, names in {
    "a pair that was seen pulls its weight up": ("two symbols", "two symbols, as a view"),
    "a row that was never seen adds nothing": ("second row unseen", "nothing seen"),
    "a shift of a whole row changes nothing, however large": ("far apart",),
    "the slope is the predicted share less the observed one": ("four symbols",),
}.items():
    checks[check] = {}
    for name in names:
        w, counts = jnp.asarray(given[check][f"W, {name}"]), given[check][f"counts, {name}"]
        value, slopes = jax.value_and_grad(loss)(w, counts)
        checks[check] |= {f"loss, {name}": value, f"slopes, {name}": slopes}

check = "the first steps go downhill"
counts = given[check]["counts"]
w, losses = train(counts, float(given[check]["lr"]), 5)
checks[check] = {
    "losses": losses,
    "W after five steps": w,
    "losses of no steps": np.zeros(0),
    "W after no steps": np.zeros(counts.shape),
}

check = "descent approaches what counting finds"
_, losses = train(given[check]["counts"], 50.0, 200)
checks[check] = {
    "loss before step 0, 1, 2, 5, 10, 50, 100, 199": losses[[0, 1, 2, 5, 10, 50, 100, 199]]
}

answer(
    "autodiff_bigram",
    1,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 1e-12,
        "rtol": 1e-12,
        "why": "sums of 4,000 terms near 1/1000, 2^-53 each, and weights near 1000 in one case: "
        "differences of these are off by 1000 * 2^-53",
    },
)
