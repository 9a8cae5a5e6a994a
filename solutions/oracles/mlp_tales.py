"""JAX in f64 on the f32 weights: the loss by jax.nn.log_softmax, its gradient by jax.grad; Adam and
the cosine from their definitions in NumPy; what is written by NumPy's searchsorted on SciPy's
softmax of the logits over the temperature.
"""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions
from scipy.special import softmax

ARRAYS = ("e", "W1", "b1", "W2", "b2")


def model(of, case):
    return {name: jnp.asarray(of[f"{name}, {case}"]) for name in ARRAYS}


def logits(m, x):
    flat = jnp.reshape(m["e"][x], (x.shape[0], m["W1"].shape[0]))
    return jnp.tanh(flat @ m["W1"] + m["b1"]) @ m["W2"] + m["b2"]


def loss(m, x, y):
    log_p = jax.nn.log_softmax(logits(m, x), axis=1)
    return -jnp.take_along_axis(log_p, y[:, None], axis=1).mean()


loss_and_gradient = jax.jit(jax.value_and_grad(loss))


def whole(array):
    return np.asarray(array).astype(int)


def context(m):
    return m["W1"].shape[0] // m["e"].shape[1]


def windows(ids, starts, ctx):
    at = whole(starts)[:, None] + np.arange(ctx)
    return ids[at], ids[whole(starts) + ctx]


def nats(m, ids):
    if len(ids) <= 8:
        return np.nan
    ctx = context(m)
    x, y = windows(ids, np.arange(8 - ctx, len(ids) - ctx), ctx)
    return float(loss(m, jnp.asarray(x), jnp.asarray(y)))


def train(m, text, val, starts, lr, eval_every):
    steps = len(starts)
    mean = {name: np.zeros_like(m[name]) for name in ARRAYS}
    square = {name: np.zeros_like(m[name]) for name in ARRAYS}
    losses, evaluations, kept = [], [(0, nats(m, val))], m
    for t in range(steps):
        x, y = windows(text, starts[t], context(m))
        value, g = loss_and_gradient(m, jnp.asarray(x), jnp.asarray(y))
        losses.append(float(value))
        rate = 0.5 * lr * (1 + np.cos(np.pi * t / steps))
        moved = {}
        for name in ARRAYS:
            mean[name] = 0.9 * mean[name] + 0.1 * np.asarray(g[name])
            square[name] = 0.99 * square[name] + 0.01 * np.asarray(g[name]) ** 2
            m_hat = mean[name] / (1 - 0.9 ** (t + 1))
            v_hat = square[name] / (1 - 0.99 ** (t + 1))
            moved[name] = m[name] - rate * m_hat / (np.sqrt(v_hat) + 1e-8)
        m = moved
        if t + 1 == steps or (eval_every and (t + 1) % eval_every == 0):
            loss_now = nats(m, val)
            if loss_now < min(loss for _, loss in evaluations):
                kept = m
            evaluations.append((t + 1, loss_now))
    return losses, evaluations, kept


def generate(m, prompt, us, t):
    text = list(prompt)
    for u in us:
        newest = np.array([text[len(text) - context(m) :]])
        z = np.asarray(logits(m, newest))[0]
        p = softmax(z / t) if t else np.eye(len(z))[np.argmax(z)]
        text.append(int(np.searchsorted(np.cumsum(p), u, side="right")))
    return np.array(text[len(prompt) :], dtype=np.int64)


given = inputs()
checks = {check: {} for check in given}

for check, of in given.items():
    for name in of:
        what, _, case = name.partition(", ")
        if what == "y":
            x, y = jnp.asarray(whole(of[f"x, {case}"])), jnp.asarray(whole(of[name]))
            value, g = loss_and_gradient(model(of, case), x, y)
            if case == "two places":
                checks[check][f"de, {case}"] = np.asarray(g["e"])
                continue
            checks[check][f"L, {case}"] = float(value)
            for array in ARRAYS:
                checks[check][f"d{array}, {case}"] = np.asarray(g[array])
        elif what == "ids" and case:
            checks[check][f"nats, {case}"] = nats(model(of, case), whole(of[name]))
        elif what == "starts":
            losses, evaluations, kept = train(
                model(of, case),
                whole(of[f"text, {case}"]),
                whole(of[f"val, {case}"]),
                whole(of[name]),
                float(of[f"lr, {case}"]),
                int(of[f"eval_every, {case}"]),
            )
            checks[check][f"losses of the steps, {case}"] = np.array(losses)
            checks[check][f"steps of val, {case}"] = np.array([at for at, _ in evaluations])
            checks[check][f"losses of val, {case}"] = np.array([x for _, x in evaluations])
            checks[check][f"b2 kept, {case}"] = np.asarray(kept["b2"])

check = "what is written is context for what follows"
of = given[check]
writer = model(of, "writer")
for name in of:
    what, _, case = name.partition(": ")
    if what == "prompt":
        t = float(of[f"t: {case}"])
        checks[check][f"written: {case}"] = generate(writer, whole(of[name]), of["us"], t)
checks[check]["without us"] = np.zeros(0, dtype=np.int64)

answer(
    "mlp_tales",
    1,
    checks,
    versions("jax", "numpy", "scipy"),
    {
        "atol": 1e-5,
        "rtol": 1e-5,
        "why": "f32 against f64: sums of at most 20 terms of about 1 in three layers, each rounded by "
        "2^-24; Adam divides a gradient by its size, so that six steps multiply its relative error",
    },
)
