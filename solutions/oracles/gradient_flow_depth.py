"""The growth in a network by jax.vjp of the stack, in f64. The networks of the last check are
drawn anew here, from the course's generator; the formulas are evaluated with NumPy.
"""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions
from projections import bits

SEED = 1
NETWORKS, WIDTH, DEPTH = 60, 48, 24
ACTS = {"linear": lambda a: a, "ReLU": jax.nn.relu}


def ln_growth(act, w, x, v):
    def stack(x):
        for matrix in w:
            x = ACTS[act](matrix @ x)
        return x

    _, pull_back = jax.vjp(stack, jnp.asarray(x))
    (back,) = pull_back(jnp.asarray(v))
    return float(jnp.log(back @ back / (jnp.asarray(v) @ jnp.asarray(v))))


def normals(stream, skip, n):
    """`n` normals of the check's generator after `skip`: twelve uniforms less six each."""
    words = bits(SEED, stream, 12 * skip, 12 * n) >> np.uint64(11)
    return (words.astype(np.float64) / 2.0**53).reshape(n, 12).sum(axis=1) - 6.0


def network(check, number):
    size = DEPTH * WIDTH * WIDTH + 2 * WIDTH
    drawn = normals(check, number * size, size)
    w = drawn[: DEPTH * WIDTH * WIDTH].reshape(DEPTH, WIDTH, WIDTH) / np.sqrt(WIDTH)
    return w, drawn[-2 * WIDTH : -WIDTH], drawn[-WIDTH:]


given = inputs()
checks = {}

for check, awake in (
    ("a linear layer multiplies by the gain squared", 1.0),
    ("a ReLU lets half of it through", 0.5),
):
    of = given[check]
    growth = of["depth"] * np.log(awake * of["gain"] ** 2)
    checks[check] = {"ln of the mean growth": growth}

check = "networks stray by the root of depth over width"
of = given[check]
checks[check] = {
    f"standard deviation, {act}": np.sqrt(
        of[f"depth, {act}"] * (2 + extra) / of[f"width, {act}"]
    )
    for act, extra in (("linear", 0), ("ReLU", 3))
}

check = "two layers, by hand"
of = given[check]
checks[check] = {
    f"ln growth, {act}": ln_growth(act, [of["w1"], of["w2"]], of["x"], of["v"]) for act in ACTS
} | {"of no layers": 0.0}

check = "backwards, the layers come from the last to the first"
of = given[check]
w = [of[f"w{i}"] for i in range(3)]
checks[check] = {f"ln growth, {act}": ln_growth(act, w, of["x"], of["v"]) for act in ACTS}

check = "twice the gain is 2 ln 2 more a layer"
of = given[check]
w = [of[f"w{i}"] for i in range(4)]
doubled = [2 * matrix for matrix in w]
checks[check] = {
    "ln growth": np.array([ln_growth("ReLU", w, of["x"], of["v"]) for w in (w, doubled)])
}

check = "sixty networks do what was predicted"
found = {act: [] for act in ACTS}
for number in range(NETWORKS):
    w, x, v = network(check, number)
    for act in ACTS:
        found[act].append(ln_growth(act, w, x, v))
found["ReLU"] = np.array(found["ReLU"]) + DEPTH * np.log(2.0)
checks[check] = {
    f"mean and deviation, {act}": np.array([np.mean(of), np.std(of, ddof=1)])
    for act, of in found.items()
}

answer(
    "gradient_flow_depth",
    SEED,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 1e-12,
        "rtol": 1e-12,
        "why": "a product of 24 matrices of 48 by 48, each with a relative rounding of about "
        "48 * 2^-53, and logarithms of some tens",
    },
)
