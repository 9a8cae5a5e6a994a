"""The network by JAX in f64 on the f32 weights; shares by collections.Counter and NumPy, the
loss by jax.nn.log_softmax.
"""

from collections import Counter

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions


def forward(e, w1, b1, w2, b2, x):
    vectors = jnp.take(e, x.astype(int), axis=0)
    flat = jnp.reshape(vectors, (x.shape[0], w1.shape[0]))
    return np.asarray(jnp.tanh(flat @ w1 + b1) @ w2 + b2)


def logits(of, case):
    names = ("e", "W1", "b1", "W2", "b2", "x")
    return forward(*(jnp.asarray(of[f"{name}, {case}"]) for name in names))


def unigram_bias(counts):
    counts = np.maximum(counts, 1)
    return np.log(counts / counts.sum())


given = inputs()
checks = {}

for check, of in given.items():
    cases = [name.removeprefix("e, ") for name in of if name.startswith("e, ")]
    checks[check] = {f"z, {case}": logits(of, case) for case in cases}
    counted = [name.removeprefix("counts, ") for name in of if name.startswith("counts, ")]
    checks[check] |= {f"b2, {case}": unigram_bias(of[f"counts, {case}"]) for case in counted}

checks["a row of a batch does not see the others"]["z of no contexts"] = np.zeros((0, 6))

check = "with W2 = 0 the model knows how often symbols come"
text = given[check]["text"][0]
shares = np.array([n for _, n in sorted(Counter(text).items())]) / len(text)
checks[check] = {"b2": np.log(shares), "loss": -(shares * np.log(shares)).sum()}

check = "untrained, it is as surprised as one who knows nothing"
of = given[check]
log_p = jax.nn.log_softmax(logits(of, "at the start"), axis=1)
picked = jnp.take_along_axis(log_p, of["y"].astype(int)[:, None], axis=1)
checks[check] = {"loss": -float(picked.mean())}

answer(
    "mlp_lm_forward",
    1,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 2e-6,
        "rtol": 5e-7,
        "why": "f32 against f64: two sums of at most 16 terms of about 1, each rounded by 2^-24, "
        "and a logarithm as large as 10",
    },
)
