"""Attention by jax.nn.softmax of QKᵀ/√d, masked with −∞, and its gradients by jax.vjp in f64."""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions

CAUSAL = (
    "a causal query sees the keys up to its own",
    "the first causal query has nothing to choose",
    "nothing comes back to keys of the future",
    "the gradients are the derivatives",
)


def attention(q, k, v, causal):
    scores = q @ k.T / jnp.sqrt(q.shape[1])
    if causal:
        scores = jnp.where(jnp.tril(jnp.ones(scores.shape, bool)), scores, -jnp.inf)
    return jax.nn.softmax(scores, axis=-1) @ v


def gradients(q, k, v, dout, causal):
    q, k, v, dout = (jnp.asarray(a) for a in (q, k, v, dout))
    _, pull_back = jax.vjp(lambda *qkv: attention(*qkv, causal), q, k, v)
    return {name: np.asarray(d) for name, d in zip(("dq", "dk", "dv"), pull_back(dout))}


checks = {}
for check, of in inputs().items():
    if not of:
        continue
    checks[check] = gradients(of["q"], of["k"], of["v"], of["dout"], check in CAUSAL)

for check, kept in (
    ("one vector more on every key changes nothing", "dq"),
    ("the gradients are the derivatives", "dk"),
):
    checks[check] = {kept: checks[check][kept]}

answer(
    "attention_backward",
    1,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 1e-14,
        "rtol": 1e-13,
        "why": "some thirty roundings of numbers up to 10, of which differences are taken",
    },
)
