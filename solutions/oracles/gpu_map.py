"""GELU in the tanh form by JAX in f64: jax.nn.gelu(a + b, approximate=True). The number of
cubes is a closed form, -(-n // block). A kernel that is right does nothing to be caught at.
"""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions

checks = {}
for check, given in inputs().items():
    if "block" in given:
        checks[check] = {"cubes": -(-given["n"] // given["block"])}
        continue
    if check == "each element is loaded once and stored once":
        checks[check] = {"n = 1000": "nothing"}
        continue
    checks[check] = {}
    for name, a in given.items():
        if name.startswith("a of "):
            n = name.removeprefix("a of ")
            checks[check][f"n = {n}"] = "nothing"
            total = jnp.asarray(a) + jnp.asarray(given[f"b of {n}"])
            checks[check][f"out of {n}"] = np.asarray(jax.nn.gelu(total, approximate=True))

answer(
    "gpu_map",
    1,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 1e-6,
        "rtol": 1e-6,
        "why": "half a dozen roundings of 2^-24 each; where 1 + tanh cancels, the one of tanh, "
        "times x / 2 < 4, remains",
    },
)
