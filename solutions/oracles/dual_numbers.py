"""Values and derivatives by JAX's forward mode, jax.jvp, in f64."""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions

given = inputs()
checks = {}


def dual(f, *numbers):
    """f of dual numbers, each as [v, d]."""
    values = tuple(jnp.asarray(a[0]) for a in numbers)
    return np.array(jax.jvp(f, values, tuple(jnp.asarray(a[1]) for a in numbers)))


def along(f, x, direction):
    if not x.size:
        return np.array([f(x), 0.0])
    return np.array(jax.jvp(f, (jnp.asarray(x),), (jnp.asarray(direction),)))


def named(check, name):
    """The observations' names that have an input called `name`."""
    head, tail = f"{name} of ", ", as v and d"
    names = (n for n in given[check] if n.startswith(head))
    return [n.removeprefix(head).removesuffix(tail) for n in names]


def of_one(check, f):
    checks[check] = {
        name: dual(f, given[check][f"a of {name}, as v and d"]) for name in named(check, "a")
    }


def of_two(check, f):
    checks[check] = {
        name: dual(f, *(given[check][f"{side} of {name}, as v and d"] for side in "ab"))
        for name in named(check, "a")
    }


check = "a constant does not move"
checks[check] = {
    f"constant {name.removeprefix('v = ')}": dual(
        lambda x, v=v: jnp.full_like(x, v), np.array([9.0, 1.0])
    )
    for name, v in given[check].items()
}

of_two("a sum moves as fast as its terms together", jnp.add)
of_two("in a product, the term with ε² is dropped", jnp.multiply)
of_two("a quotient times its denominator is the numerator", jnp.divide)
of_one("exp multiplies the derivative that comes in by itself", jnp.exp)
of_one("ln undoes exp, and its derivative too", jnp.log)
of_one("tanh slows down as it nears ±1", jnp.tanh)

check = "the derivative of a power has one exponent less; x⁰ is constant"
checks[check] = {
    name: dual(
        lambda x, n=int(given[check][f"n of {name}"]): jax.lax.integer_pow(x, n),
        given[check][f"a of {name}, as v and d"],
    )
    for name in named(check, "a")
}

check = "dual numbers obey the laws of algebra"
a, b, c = (given[check][f"{name}, as v and d"] for name in "abc")
checks[check] = {
    "(a·b)·c": dual(lambda a, b, c: a * b * c, a, b, c),
    "a·(b + c)": dual(lambda a, b, c: a * (b + c), a, b, c),
}


def f(x):
    return x[0] * x[1] + 3 * x[1] if x.size else 4.0


def g(x):
    below = jnp.exp(x[3]) + 2
    return jnp.tanh(x[0] * x[1] + x[2]) / below + jnp.log(x[4] ** 2 + 1) * x[0]


for check, function in (
    ("each input moves as fast as the direction says", f),
    ("the derivative is linear in the direction", g),
):
    checks[check] = {
        f"value and slope of {name}": along(
            function, given[check][f"x of {name}"], given[check][f"dir of {name}"]
        )
        for name in named(check, "x")
    }

check = "the gradient is the derivative"
checks[check] = {"gradient of g": np.asarray(jax.grad(g)(jnp.asarray(given[check]["x"])))}

answer(
    "dual_numbers",
    1,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 1e-14,
        "rtol": 1e-14,
        "why": "about ten roundings, 2^-53 each, of numbers up to 36",
    },
)
