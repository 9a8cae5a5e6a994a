"""Adjoints of every node by JAX's reverse mode, jax.grad, in f64: each node gets a number
added to it that is 0, and out is differentiated by these numbers.
"""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions

given = inputs()
checks = {}


def value_and_adjoints(leaves, steps, out):
    """Steps are functions of the list of all numbers before; `out` counts from 0."""

    def value(nudges):
        numbers = [x + nudge for x, nudge in zip(leaves, nudges)]
        for step, nudge in zip(steps, nudges[len(leaves) :]):
            numbers.append(step(numbers) + nudge)
        return numbers[out]

    nudges = jnp.zeros(len(leaves) + len(steps))
    return np.asarray(value(nudges)), np.asarray(jax.grad(value)(nudges))


def add(i, j):
    return lambda v: v[i] + v[j]


def mul(i, j):
    return lambda v: v[i] * v[j]


def div(i, j):
    return lambda v: v[i] / v[j]


def exp(i):
    return lambda v: jnp.exp(v[i])


def ln(i):
    return lambda v: jnp.log(v[i])


def relu(i):
    return lambda v: jax.nn.relu(v[i])


WITH_VALUE = {"a + b", "a·b", "a/b", "exp a", "ln a", "relu 2", "relu(−3)"}
WITH_VALUE |= {"ln 0", "a/0", "ln(relu(−1))"}


def cases(check, named):
    """For each name the steps, and the number of out where it is not the last."""
    checks[check] = {}
    for name, (steps, *out) in named.items():
        leaves = given[check][f"leaves of {name}"]
        out = out[0] if out else len(leaves) + len(steps) - 1
        value, adjoints = value_and_adjoints(leaves, steps, out)
        checks[check][f"adjoints for {name}"] = adjoints
        if name in WITH_VALUE:
            checks[check][f"value of {name}"] = value


cases("a leaf depends on itself alone", {"b": ([],), "a, with b after it": ([], 0)})
cases(
    "a sum passes on what it gets, to both",
    {"a + b": ([add(0, 1)],), "a + a": ([add(0, 0)],)},
)
cases(
    "the slope along one factor is the other",
    {"a·b": ([mul(0, 1)],), "a·a": ([mul(0, 0)],)},
)
cases(
    "a larger denominator makes a smaller quotient",
    {"a/b": ([div(0, 1)],), "a/a": ([div(0, 0)],)},
)
cases(
    "exp is its own slope",
    {"exp a": ([exp(0)],), "exp(a·b)": ([mul(0, 1), exp(2)],)},
)
cases(
    "ln is steeper nearer to 0",
    {"ln a": ([ln(0)],), "ln a near 0": ([ln(0)],)},
)
cases(
    "relu passes on all or nothing",
    {
        "relu 2": ([relu(0)],),
        "relu(−3)": ([relu(0)],),
        "relu 0 + relu(−3)": ([relu(0), relu(1), add(2, 3)],),
        "relu(a·b)": ([mul(0, 1), relu(2)],),
    },
)
cases(
    "contributions from all readers add up",
    {
        "(a + b)·a": ([add(0, 1), mul(2, 0)],),
        "a·b + b/a": ([mul(0, 1), div(1, 0), add(2, 3)],),
    },
)
cases(
    "a reader's adjoint is complete before it is used",
    {"s·(s·a), s = a + b": ([add(0, 1), mul(2, 0), mul(2, 3)],)},
)

check = "what out does not depend on has the adjoint 0"
cases(
    check,
    {
        "a·b, with more after it": ([mul(0, 1), add(2, 1), mul(3, 3)], 2),
        "a + b, beside logarithms of 0": ([ln(0), add(0, 1), ln(0)], 3),
    },
)
a_and_b = given[check]["a and b of f and g"]
for name, step in (("a·b", mul(0, 1)), ("b/a", div(1, 0))):
    _, adjoints = value_and_adjoints(a_and_b, [step], 2)
    checks[check][f"adjoints for {name} of f and g"] = adjoints[:2]

cases(
    "an infinite slope is no error",
    {
        "ln 0": ([ln(0)],),
        "a/0": ([div(0, 1)],),
        "ln(relu(−1))": ([relu(0), ln(1)],),
    },
)

check = "the sweep back agrees with the pass forwards"
operations = (add, mul, div, *(lambda i, _, f=f: f(i) for f in (exp, ln, relu)))
checks[check] = {}
for name in "1234":
    leaves = given[check][f"leaves of program {name}"]
    steps = given[check][f"operation and nodes read, program {name}"].astype(int)
    steps = [operations[op](i, j) for op, i, j in steps]
    value, adjoints = value_and_adjoints(leaves, steps, len(leaves) + len(steps) - 1)
    checks[check][f"value of program {name}"] = value
    checks[check][f"gradient of program {name}"] = adjoints[: len(leaves)]

check = "a long tape does not overflow the stack"
signs = int(given[check]["signs"])
total = jax.grad(lambda x: jax.lax.fori_loop(0, signs, lambda _, sum: sum + x, x))
checks[check] = {"∂sum/∂x": np.asarray(total(float(given[check]["x"])))}

answer(
    "scalar_tape",
    1,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 1e-13,
        "rtol": 1e-12,
        "why": "some hundred roundings, 2^-53 each, of numbers up to 100 that may cancel",
    },
)
