"""JAX builds each network, differentiates its loss by all weights, and its own program of the
forward pass and of the gradient is searched for products of matrices (dot_general): two
operations for each term, by the shapes that it works on. Weights are the sizes of the arrays.
Tables are whole numbers of Python, and seconds exact fractions.
"""

from fractions import Fraction
from math import prod

import jax
import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions


def logits(m, x):
    flat = jnp.reshape(m["e"][x], (x.shape[0], -1))
    return jnp.tanh(flat @ m["w1"] + m["b1"]) @ m["w2"] + m["b2"]


def loss(m, x, y):
    log_p = jax.nn.log_softmax(logits(m, x), axis=1)
    return -log_p[jnp.arange(len(y)), y].mean()


def operations(jaxpr):
    total = 0
    for equation in jaxpr.eqns:
        for inner in jax.core.jaxprs_in_params(equation.params):
            total += operations(inner)
        if equation.primitive.name == "dot_general":
            (summed, _), _ = equation.params["dimension_numbers"]
            terms = prod(equation.invars[0].aval.shape[axis] for axis in summed)
            total += 2 * terms * prod(equation.outvars[0].aval.shape)
    return total


def network(sizes):
    v, d, c, h = (int(n) for n in sizes)
    shapes = {"e": (v, d), "w1": (c * d, h), "b1": (h,), "w2": (h, v), "b2": (v,)}
    return {name: jax.ShapeDtypeStruct(shape, np.float32) for name, shape in shapes.items()}, c


def weights(sizes):
    return sum(prod(array.shape) for array in network(sizes)[0].values())


def forward(sizes, batch):
    m, c = network(sizes)
    x = jax.ShapeDtypeStruct((int(batch), c), np.int32)
    return operations(jax.make_jaxpr(logits)(m, x).jaxpr) if batch else 0


def train(sizes, batch):
    m, c = network(sizes)
    x = jax.ShapeDtypeStruct((int(batch), c), np.int32)
    y = jax.ShapeDtypeStruct((int(batch),), np.int32)
    return operations(jax.make_jaxpr(jax.value_and_grad(loss))(m, x, y).jaxpr) if batch else 0


SIZES = "V, D, C, H of "
given = inputs()
checks = {}

check = "all numbers of the five arrays are learned"
checks[check] = {
    f"weights, {name.removeprefix(SIZES)}": weights(sizes) for name, sizes in given[check].items()
}

for check, of in [
    ("a term is a multiplication and an addition", forward),
    ("each product forwards is two on the way back", train),
]:
    checks[check] = {}
    for what, batch in given[check].items():
        if what.startswith("B = "):
            b, name = what.split(" of ", 1)
            found = of(given[check][SIZES + name], batch)
            checks[check][f"operations, {name}, {b}"] = found

check = "a table has a row for each context"
checks[check] = {}
for v, order in given[check].values():
    v, order = int(v), int(order)
    checks[check][f"bytes for contexts of {order} out of {v}"] = str(4 * v ** (order + 1))

check = "time is work over rate"
checks[check] = {}
for what, flops in given[check].items():
    if what.startswith("operations, "):
        name = what.removeprefix("operations, ")
        rate = Fraction(float(given[check][f"gflops, {name}"])) * 10**9
        checks[check][f"seconds, {name}"] = float(Fraction(float(flops)) / rate)

check = "a network of any size costs what was foretold"
checks[check] = {}
for what, sizes in given[check].items():
    if what.startswith(SIZES):
        name = what.removeprefix(SIZES)
        batch = given[check][f"B of {name}"]
        found = [weights(sizes), forward(sizes, batch), train(sizes, batch)]
        key = f"weights, operations forwards and of training, {name}"
        checks[check][key] = np.array(found)

check = "the context is a factor in a network, an exponent in a table"
sizes = given[check][SIZES + "this stage's network"]
batch, steps = int(given[check]["B"]), int(given[check]["steps"])
found = [weights(sizes), train(sizes, batch) * steps]
checks[check] = {"weights, and operations of all steps": np.array(found)}

answer(
    "mlp_cost_model",
    1,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 0.0,
        "rtol": 3e-16,
        "why": "whole numbers are exact; a time is two roundings of 2^-53 from the fraction",
    },
)
