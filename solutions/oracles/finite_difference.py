"""Central differences by SciPy's own three-point formula on functions of NumPy. The best step
is where JAX's derivative of the error model vanishes, found by SciPy's root finder: nobody
solved the equation by hand.
"""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions
from scipy.optimize import brentq
from scipy.optimize._numdiff import approx_derivative  # what SciPy's solvers differentiate by

FUNCTIONS = {
    "x²": lambda x: x * x,
    "3x²−2x+1": lambda x: 3 * x**2 - 2 * x + 1,
    "x³": lambda x: x**3,
    "sin x": np.sin,
    "exp x": np.exp,
    "1/x": lambda x: 1 / x,
    "√x": np.sqrt,
}


def slope(f, x, h):
    return approx_derivative(f, x, method="3-point", abs_step=h).reshape(np.shape(x))


def named(case):
    """The function that a name such as `x³ at 2` or `sin x, h 1/64` begins with."""
    return FUNCTIONS[case.split(", h")[0].split(" at ")[0].split(" in ")[0]]


def best_step(f, f3, u):
    def error(log_h):
        h = jnp.exp(log_h)
        return h * h / 6 * abs(f3) + u * abs(f) / h

    # Over ln h the error is convex, so its derivative has one root.
    return np.exp(brentq(jax.grad(error), -40.0, 40.0, xtol=1e-14, rtol=1e-15))


given = inputs()
checks = {}

for check in (
    "on a parabola the central difference is exact, for every step",
    "on x³ it is off by exactly h²",
    "half the step leaves a quarter of the error",
):
    cases = [name.removeprefix("x of ") for name in given[check] if name.startswith("x of ")]
    checks[check] = {
        f"slope of {case}": slope(
            named(case), given[check][f"x of {case}"], given[check][f"h of {case}"]
        )
        for case in cases
    }

for check in (
    "at the best step the sum of both errors is least",
    "the best step depends on sizes and precision, not on signs",
):
    columns = zip(*(given[check][name] for name in ("f", "f‴", "u")), strict=True)
    checks[check] = {"best h": np.array([best_step(*row) for row in columns])}

check = "each coordinate moves alone, and comes back"
x, h = given[check]["x"], given[check]["h"]
checks[check] = {
    "gradient of x₀² + x₀x₁ + x₁x₂": slope(
        lambda x: x[0] ** 2 + x[0] * x[1] + x[1] * x[2], x, h
    )
}

check = "every coordinate has the same step, zero or not"
a, x, h = (given[check][name] for name in ("a", "x", "h"))
checks[check] = {
    "gradient of Σ aᵢxᵢ³ + x₀x₄": slope(lambda x: np.sum(a * x**3) + x[0] * x[4], x, h)
}

check = "the gradient of a linear form is its coefficients"
checks[check] = {}
for n in (0, 1, 4):
    a, x, h = (given[check][f"{name}, n = {n}"] for name in ("a", "x", "h"))
    gradient = slope(lambda x: a @ x, x, h) if n else x
    checks[check][f"gradient of ⟨a, x⟩, n = {n}"] = gradient

answer(
    "finite_difference",
    1,
    checks,
    versions("jax", "numpy", "scipy"),
    {
        "atol": 1e-13,
        "rtol": 1e-11,
        "why": "values up to 20 are rounded by 20 * 2^-53 and divided by a step of 1/128 at "
        "least; the root is found to 1e-14 in ln h, and its function is flat to 1e-13 of it",
    },
)
