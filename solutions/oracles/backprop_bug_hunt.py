"""The model written from its definition with JAX, and its gradient by jax.value_and_grad in
f64. What the instrument must show follows from the slopes, which are known on paper: the error
of a claim c of a slope s is |s - c| / max(|s|, |c|).
"""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions

NAMES = ("w1", "b1", "gamma", "w2", "b2")


def error(slope, claim):
    if np.isnan(slope) or np.isnan(claim):
        return np.nan
    size = max(abs(slope), abs(claim))
    return abs(slope - claim) / size if size else 0.0


def worst(slopes, claims):
    return np.max([error(s, c) for s, c in zip(slopes, claims)])


def loss(parameters, x, y):
    w1, b1, gamma, w2, b2 = parameters
    h = jax.nn.relu(x @ w1 + b1)
    mean = jnp.mean(h, axis=1, keepdims=True)
    n = gamma * (h - mean) / jnp.sqrt(jnp.var(h, axis=1, keepdims=True) + 1e-5)
    z = n @ w2 + b2
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(z), y[:, None], axis=1))


def computed(given):
    parameters = tuple(jnp.asarray(given[name]) for name in NAMES)
    x, y = jnp.asarray(given["x"]), jnp.asarray(given["y"].astype(int))
    value, gradient = jax.value_and_grad(loss)(parameters, x, y)
    found = {f"d{name}": np.asarray(d) for name, d in zip(NAMES, gradient)}
    return {"loss": float(value)} | found


given = inputs()
checks = {}

times = (1, 2, 0, -1)
checks["twice the slope is off by a half, however small it is"] = {
    f"of g, 2g, 0 and -g{name}": np.array([error(5 * scale, 5 * scale * t) for t in times])
    for name, scale in (("", 1), (", a billion times smaller", 1e-9))
} | {"of g and 2g, far out": np.array([error(20_003, 20_003 * t) for t in (1, 2)])}

a = np.array([1.0, 2.0, 4.0])
first, second = (3.0, 3.0), (-1.0, 3.0)  # slope and claim along [1 1 0] and along [1 -1 0]
checks["a gradient is as good as its worst direction"] = {
    "with the first, second, third element wrong": np.array(
        [worst(a, a * (1 + 0.5 * np.eye(3)[i])) for i in range(3)]
    ),
    "along the first, both, the second": np.array(
        [error(*first), max(error(*first), error(*second)), error(*second)]
    ),
}

checks["where nothing changes, no change is right"] = {
    "of a claim of 0 and of 5": np.array([error(0, 0), error(0, 5)]),
    "along no direction": 0.0,
}

checks["a corner has no slope, a bend has one"] = {
    # Along x0 nothing is said; along x1 the slope is 2.
    "at the corner of a ReLU": np.array([error(2, 2), error(2, 2), error(2, 4)]),
    "at a bend, of g and 2g": np.array([error(2, 2), error(2, 4)]),
    "at the bottom of a bend, of 0 and of 4": np.array([error(0, 0), error(0, 4)]),
    "of 2g, at a flat corner and a steep bend": np.array([error(2e-3, 4e-3), error(2e3, 4e3)]),
}

checks["what is not a number is not right"] = {
    "of a NaN at the end, and at the start": np.array([worst([1, 1], [1, np.nan]), worst([1, 1], [np.nan, 2])]),
    "of an f that is NaN": error(np.nan, 0.5),
}

for check, kept in (
    (
        "what comes back to the second layer and to gamma is right",
        ("loss", "dw2", "db2", "dgamma"),
    ),
    ("with all units awake, each row of dw1 sums to zero", ("dw1",)),
    ("a unit that is asleep learns nothing, one below the mean does", ("dw1",)),
    ("every row of the batch moves the first bias", ("db1",)),
):
    found = computed(given[check])
    checks[check] = {name: found[name] for name in kept}

checks["your instrument finds nothing wrong with your gradient"] = {
    "errors of dw1, db1, dgamma, dw2, db2": np.zeros(5),
    "and if they are a tenth too large": np.full(5, error(1.0, 1.1)),
}

answer(
    "backprop_bug_hunt",
    1,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 1e-7,
        "rtol": 0.0,
        "why": "a central difference with step 1e-5 has an error of about 1e-10, against slopes "
        "of a hundredth and more; gradients agree far better",
    },
)
