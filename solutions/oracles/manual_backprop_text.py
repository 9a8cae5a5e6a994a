"""The model written from its definition with JAX, and its loss and gradient by
jax.value_and_grad in f64. The first losses of the training run are computed with steps of our
own on JAX's gradients.
"""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions
from projections import large

SEED = 1
NAMES = ("e", "w1", "b1", "w2", "b2")
RATE = 0.5


def loss(parameters, ctx, y):
    e, w1, b1, w2, b2 = parameters
    x = e[ctx].reshape(ctx.shape[0], -1)
    z = jnp.tanh(x @ w1 + b1) @ w2 + b2
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(z), y[:, None], axis=1))


value_and_gradient = jax.jit(jax.value_and_grad(loss))


def model(given):
    return tuple(jnp.asarray(given[name]) for name in NAMES)


def computed(parameters, given, suffix=""):
    ctx = jnp.asarray(given[f"ctx{suffix}"].astype(int))
    y = jnp.asarray(given[f"y{suffix}"].astype(int))
    value, gradient = value_and_gradient(parameters, ctx, y)
    return float(value), gradient


def named(parameters, given):
    value, gradient = computed(parameters, given)
    found = {f"d{name}": np.asarray(d) for name, d in zip(NAMES, gradient)}
    return {"loss": value} | found


given = inputs()
checks = {}

check = "with all weights 0 the loss is ln V, and b2 learns the frequencies"
nothing = tuple(jnp.zeros(shape) for shape in ((4, 1), (1, 1), (1,), (1, 4), (4,)))
checks[check] = named(nothing, given[check])

check = "one character after one, by hand"
checks[check] = named(model(given[check]), given[check])

for check, kept in (
    ("a character that stands twice gets both parts", ("loss", "de")),
    ("each place of the context keeps its own weights", ("loss", "de", "dw1")),
    ("the gradient is the derivative", ("loss",)),
):
    found = named(model(given[check]), given[check])
    checks[check] = {name: found[name] for name in kept}

check = "characters that do not occur get no gradient"
of = given[check]
found = named(model(of), of)
normals = sum(of[name].size for name in NAMES)
drawn = 12 * normals + len(of["y"])  # twelve uniforms a normal, then a place for each context
checks[check] = {"loss": found["loss"], "db1": found["db1"]}
checks[check] |= large("de", found["de"], SEED, check, drawn)

check = "downhill the model learns to spell"
of = given[check]
parameters, losses = model(of), []
for step in range(6):
    value, gradient = computed(parameters, of, f" {step}")
    losses.append(value)
    parameters = tuple(p - RATE * d for p, d in zip(parameters, gradient))
checks[check] = {"the first six losses": np.array(losses)}

answer(
    "manual_backprop_text",
    SEED,
    checks,
    versions("jax", "numpy"),
    {
        "atol": 1e-13,
        "rtol": 1e-12,
        "why": "sums of at most 58 terms of numbers up to 10, and six steps of training, each of "
        "which passes on the roundings of the one before",
    },
)
