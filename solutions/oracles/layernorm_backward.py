"""Layer normalisation written from its definition, and its gradients by jax.vjp, in f64. Where
a check hands in x̂ and r, x is x̂/r, whose mean is 0 and whose variance is 1/r², and ε is 0.
"""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions


def normalised(x, eps):
    rstd = jax.lax.rsqrt(jnp.var(x, axis=-1, keepdims=True) + eps)
    return (x - jnp.mean(x, axis=-1, keepdims=True)) * rstd, rstd[..., 0]


def layernorm(x, gamma, beta, eps):
    return normalised(x, eps)[0] * gamma + beta


def forward(x, gamma, beta, eps):
    xhat, rstd = normalised(jnp.asarray(x), eps)
    y = layernorm(jnp.asarray(x), gamma, beta, eps)
    return {"y": np.asarray(y), "xhat": np.asarray(xhat), "rstd": np.asarray(rstd)}


def backward(x, gamma, beta, eps, dy):
    x, gamma, beta, dy = (jnp.asarray(a) for a in (x, gamma, beta, dy))
    _, pull_back = jax.vjp(lambda *a: layernorm(*a, eps), x, gamma, beta)
    names = ("dx", "dgamma", "dbeta")
    return {name: np.asarray(d) for name, d in zip(names, pull_back(dy))}


given = inputs()
checks = {}

check = "a normalised row has mean 0 and mean square 1"
of = given[check]
checks[check] = forward(of["x"], np.ones(4), np.zeros(4), of["epsilon"])

for check in ("epsilon stands under the root", "a constant row becomes beta"):
    of = given[check]
    checks[check] = forward(of["x"], of["gamma"], of["beta"], of["epsilon"])

for check in (
    "what comes back is set right along 1 and along x-hat",
    "gamma weighs before the means are taken",
):
    of = given[check]
    x = of["xhat"] / of["rstd"][:, None]
    checks[check] = backward(x, of["gamma"], np.zeros(4), 0.0, of["dy"])

check = "dx is orthogonal to 1, and to x-hat but for epsilon"
of = given[check]
at = (of["x"], of["gamma"], of["beta"], of["epsilon"])
checks[check] = {"dx": backward(*at, of["dy"])["dx"]}

check = "with epsilon 0 the Jacobian projects to D - 2 dimensions"
row = jnp.asarray(given[check]["row"])
checks[check] = {"J": np.asarray(jax.jacrev(lambda x: normalised(x, 0.0)[0])(row))}

check = "a row ten times as large gets a tenth of the gradient"
of = given[check]
at = (10 * of["x"], of["gamma"], of["beta"], 0.0)
checks[check] = {"dx of 10x": backward(*at, of["dy"])["dx"]}

check = "the gradients are the derivatives"
of = given[check]
at = (of["x"], of["gamma"], of["beta"], of["epsilon"])
checks[check] = {"dgamma": backward(*at, of["dy"])["dgamma"]}

check = "in one or two dimensions nothing comes through"
of = given[check]
checks[check] = {}
for case in ("one", "two", "constant", "no rows"):
    at = tuple(of[f"{name}, {case}"] for name in ("x", "gamma", "beta", "epsilon"))
    found = forward(*at) | backward(*at, of[f"dy, {case}"])
    checks[check] |= {f"{name}, {case}": found[name] for name in ("y", "dx", "dgamma")}

answer(
    "layernorm_backward",
    1,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 2e-14,
        "rtol": 1e-13,
        "why": "some thirty roundings of numbers up to 30, of which differences are taken: a row "
        "of four is divided by a deviation that may be a third of its elements",
    },
)
