"""Gradients of broadcast sums and products by jax.vjp in f64. For the many pairs of shapes
NumPy adds every share to the place that it was copied from, by index.
"""

import jax

jax.config.update("jax_enable_x64", True)

from itertools import product

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions
from projections import large

given = inputs()
checks = {}


def shape_of(numbers):
    return tuple(int(n) for n in numbers)


def back(g, shape):
    _, pull = jax.vjp(lambda x: jnp.broadcast_to(x, g.shape), jnp.zeros(shape))
    return np.asarray(pull(jnp.asarray(g))[0])


for check in (
    "where the shapes agree nothing is summed",
    "an axis that was missing is summed over",
    "an axis of length 1 is summed over, and stays",
    "a single number gathers everything",
    "several axes of both kinds are summed",
    "a sum over nothing is 0",
):
    named = given[check]
    names = [name.removeprefix("g, ") for name in named if name.startswith("g, ")]
    checks[check] = {
        name: back(named[f"g, {name}"], shape_of(named[f"shape, {name}"])) for name in names
    }

check = "both operands of a sum get g, in their own shapes"
checks[check] = {}
for name in ("a column and a row", "a table and a number"):
    shapes = [shape_of(given[check][f"shape of {x}, {name}"]) for x in "ab"]
    _, pull = jax.vjp(jnp.add, *(jnp.zeros(shape) for shape in shapes))
    da, db = pull(jnp.asarray(given[check][f"g of {name}"]))
    checks[check] |= {f"da of {name}": da, f"db of {name}": db}


def product_vjp(g, a, b):
    _, pull = jax.vjp(jnp.multiply, jnp.asarray(a), jnp.asarray(b))
    return pull(jnp.asarray(g))


check = "a factor gets g times the other one, place by place"
checks[check] = {}
for name in ("a column and a row", "a number and a row", "two rows"):
    g, a, b = (given[check][f"{x} of {name}"] for x in "gab")
    da, db = product_vjp(g, a, b)
    checks[check] |= {f"da of {name}": da, f"db of {name}": db}

check = "summing is the adjoint of copying"
checks[check] = {
    f"back to {name}": back(given[check][f"g for {name}"], given[check][name].shape)
    for name in ("x of 3, 1", "x of 4", "x of 1, 5, 1")
}

check = "the gradient is the derivative"
da, db = product_vjp(*(given[check][x] for x in "gab"))
checks[check] = {"da": da, "db": db}

check = "all shapes of up to three axes come out right"


def scrambled(shape, by):
    return (np.arange(1, np.prod(shape, dtype=int) + 1) * by % 11 - 5.0).reshape(shape)


def gather(shares, shape):
    """Every share is added to the place in `shape` that it was copied from."""
    places = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    sums = np.zeros(places.size)
    np.add.at(sums, np.broadcast_to(places, shares.shape).ravel(), shares.ravel())
    return sums


shapes = [shape for axes in range(4) for shape in product(range(4), repeat=axes)]
pairs, everything = 0, []
for a in shapes:
    for b in shapes:
        try:
            wide = np.broadcast_shapes(a, b)
        except ValueError:
            continue
        pairs += 1
        g, x, y = scrambled(wide, 5), scrambled(a, 7), scrambled(b, 3)
        everything += [gather(g * y, a), gather(g * x, b)]
checks[check] = {"pairs of shapes": pairs} | large(
    "all gradients, one after the other", np.concatenate(everything), 1, check, 0
)

answer(
    "unbroadcast",
    1,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 1e-14,
        "rtol": 1e-14,
        "why": "sums of at most 24 numbers near 1; sums of whole numbers are exact",
    },
)
