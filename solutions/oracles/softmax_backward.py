"""Softmax, its Jacobian and its vector-Jacobian product by JAX in f64: jax.nn.softmax,
jax.jacrev and jax.vjp. Where the input is s, its logits are taken to be ln s.
"""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions
from projections import large

SEED = 1


def softmax(z):
    # Over no rows at all JAX has nothing to compile for.
    return np.asarray(jax.nn.softmax(jnp.asarray(z), axis=-1)) if z.size else z


def jacobian(s):
    return np.asarray(jax.jacrev(jax.nn.softmax)(jnp.log(jnp.asarray(s))))


def vjp_at(z, g):
    if not z.size:
        return z
    _, pull_back = jax.vjp(lambda z: jax.nn.softmax(z, axis=-1), jnp.asarray(z))
    return np.asarray(pull_back(jnp.asarray(g))[0])


def vjp(s, g):
    return vjp_at(np.asarray(jnp.log(jnp.asarray(s))), g)


given = inputs()
checks = {}

check = "each row of a softmax sums to one"
checks[check] = {f"s of {name}": softmax(z) for name, z in given[check].items()}

check = "a shift of a whole row changes nothing, however large"
checks[check] = {
    "s": softmax(given[check]["z"]),
    "s of z below zero": softmax(given[check]["z below zero"]),
}

check = "a masked logit has probability zero"
checks[check] = {
    "s": softmax(given[check]["z"]),
    "s of no rows": softmax(given[check]["z of no rows"]),
}

check = "raising one logit lowers the other probabilities"
checks[check] = {"J": jacobian(given[check]["s"])}

check = "J measures a variance: its eigenvalues lie between 0 and 1/2"
checks[check] = {
    "J": jacobian(given[check]["s"]),
    "J of sure choice": jacobian(given[check]["sure choice"]),
    "J of even choice": jacobian(given[check]["even choice"]),
}

for check in (
    "each row of the gradient sums to zero",
    "the short form equals J transposed times g",
):
    checks[check] = {"dz": vjp(given[check]["s"], given[check]["g"])}

check = "the gradient is the derivative"
checks[check] = {"dz": vjp_at(given[check]["z"], given[check]["g"])}

check = "nothing can be moved where s is zero or one"
cases = [name.removeprefix("s, ") for name in given[check] if name.startswith("s, ")]
checks[check] = {
    f"dz, {case}": vjp(given[check][f"s, {case}"], given[check][f"g, {case}"]) for case in cases
}

check = "no V x V matrix is built"
s, g = given[check]["s"], given[check]["g"]
drawn = s.size + 12 * g.size  # a uniform for each s, a normal for each g
checks[check] = large("dz", vjp(s, g), SEED, check, drawn)

answer(
    "softmax_backward",
    SEED,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 1e-14,
        "rtol": 1e-14,
        "why": "about ten roundings of numbers up to 7, each 7 * 2^-53; the sums over 2000 "
        "elements add numbers of 1/1000, which is no more",
    },
)
