"""Values by jax.nn in f64, derivatives by jax.grad."""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions

ZOO = {
    "ReLU": jax.nn.relu,
    "GELU": lambda x: jax.nn.gelu(x, approximate=False),
    "GELU by tanh": lambda x: jax.nn.gelu(x, approximate=True),
    "SiLU": jax.nn.silu,
}

checks = {}
for check, of in inputs().items():
    checks[check] = {}
    for given, x in of.items():
        name = given.removeprefix("x of ")
        checks[check] |= {
            f"f(x) of {name}": np.asarray(ZOO[name](jnp.asarray(x))),
            f"f′(x) of {name}": np.asarray(jax.vmap(jax.grad(ZOO[name]))(jnp.asarray(x))),
        }

answer(
    "activation_zoo",
    1,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 2e-13,
        "rtol": 4e-15,
        "why": "1 - tanh^2 is off by 2^-53 where it is nearly 0, and is multiplied with up to 500 at "
        "|x| = 15; the error function is off by 2e-15",
    },
)
