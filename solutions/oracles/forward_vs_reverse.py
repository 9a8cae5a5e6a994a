"""Gradients by JAX in f64, forwards by jax.jacfwd and backwards by jax.jacrev; ratios as
fractions.
"""

import jax

jax.config.update("jax_enable_x64", True)

from fractions import Fraction

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions

given = inputs()
checks = {}


def runs(program):
    def result(x):
        numbers = list(x)
        for multiplies, a, b in program.astype(int):
            numbers.append(numbers[a] * numbers[b] if multiplies else numbers[a] + numbers[b])
        return numbers[-1]

    return result


for check, named in given.items():
    names = [name.removeprefix("x of ") for name in named if name.startswith("x of ")]
    for name in names:
        f = runs(named[f"× or not, and what it reads: {name}"])
        x = jnp.asarray(named[f"x of {name}"])
        checks.setdefault(check, {}).update(
            {
                f"gradient forwards, {name}": np.asarray(jax.jacfwd(f)(x)),
                f"gradient backwards, {name}": np.asarray(jax.jacrev(f)(x)),
            }
        )

check = "the ratio follows from n, products and sums alone"
cases = given[check]["n, products, sums"].astype(int).tolist()
ratios = [Fraction(n * (4 * m + 2 * a), 5 * m + 3 * a) for n, m, a in cases]
checks[check] = {"ratios": np.array([float(ratio) for ratio in ratios])}

answer(
    "forward_vs_reverse",
    1,
    checks,
    versions("jax", "numpy"),
    {"atol": 1e-13, "rtol": 1e-12, "why": "some fifty roundings, 2^-53 each, that may cancel"},
)
