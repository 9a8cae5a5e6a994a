"""The gradients of a linear layer by jax.vjp in f64, and where a sine follows it by jax.grad
of the whole.
"""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions


def linear(x, w, b):
    return jnp.dot(x, w) + b


def gradients(x, w, dy):
    x, w, dy = (jnp.asarray(a) for a in (x, w, dy))
    _, pull_back = jax.vjp(linear, x, w, jnp.zeros(w.shape[1]))
    return pull_back(dy)


def named(found, suffix=""):
    return {f"{name}{suffix}": np.asarray(d) for name, d in zip(("dx", "dw", "db"), found)}


given = inputs()
checks = {}

for check in (
    "one row: dw is the outer product of x and dy",
    "what a batch shares gets the sum over its rows",
    "x, W and y share out the same total",
):
    of = given[check]
    checks[check] = named(gradients(of["x"], of["w"], of["dy"]))

check = "the gradients are the derivatives"
of = given[check]
loss = lambda x, w, b: jnp.sum(of["a"] * jnp.sin(linear(x, w, b)))
checks[check] = named(jax.grad(loss, (0, 1, 2))(of["x"], of["w"], of["b"]))

check = "no rows, no gradient"
of = given[check]
outputs = of["w"].shape[1]
checks[check] = named(
    gradients(np.zeros((0, of["w"].shape[0])), of["w"], np.zeros((0, outputs))), ", no rows"
) | named(
    gradients(of["x, one number"], of["w, one number"], of["dy, one number"]), ", one number"
)

answer(
    "linear_backward",
    1,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 1e-14,
        "rtol": 1e-14,
        "why": "sums of at most five products of numbers up to 4: some ten roundings of 2^-53",
    },
)
