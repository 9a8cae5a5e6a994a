"""LSE and log-softmax by scipy.special in f64, on the f32 inputs; the loss is the mean of
what np.take_along_axis picks.
"""

import warnings

import numpy as np
from oracle import answer, inputs, versions
from scipy.special import log_softmax as scipy_log_softmax
from scipy.special import logsumexp as scipy_logsumexp

warnings.simplefilter("ignore")  # −∞ − (−∞) is NaN, as it should be


def logsumexp(z):
    return scipy_logsumexp(z) if z.size else -np.inf


def log_softmax(z):
    return scipy_log_softmax(z, axis=1) if z.size else z


def nll(z, y):
    picked = np.take_along_axis(log_softmax(z), y.astype(int)[:, None], axis=1)
    return -picked.mean()


given = inputs()
checks = {}

for check in (
    "the log of a sum of exponentials is a little above the largest",
    "a number added to all logits is added to their LSE",
):
    checks[check] = {f"LSE of {name}": logsumexp(z) for name, z in given[check].items()}

for check in (
    "log p of logits ln [1, 2, 1] is ln [¼, ½, ¼]",
    "a number added to one row changes no log p, however large",
    "logits 120 apart have log p 120 apart",
    "each row is a law: its exp sums to one",
):
    names = {
        "z": "log p",
        "z as a view": "log p as a view",
        "z of one symbol": "log p of one symbol",
    }
    checks[check] = {
        names.get(name, f"log p of {name}"): log_softmax(z) for name, z in given[check].items()
    }

check = "a masked symbol has log p of −∞, and no part in the rest"
rows = {"z": "log p", "z of no rows": "log p of no rows"}
checks[check] = {
    rows.get(name, f"LSE of {name}"): log_softmax(z) if name in rows else logsumexp(z)
    for name, z in given[check].items()
}

check = "the loss is the mean surprise of the targets"
of = given[check]
checks[check] = {
    "loss": nll(of["z"], of["y"]),
    "loss of random z": nll(of["random z"], of["random y"]),
}

check = "what cannot come costs nothing until it comes"
of = given[check]
checks[check] = {f"loss of {name}": nll(of["z"], of[name]) for name in of if name != "z"}

check = "the loss grows as fast as the target's logit falls"
checks[check] = {"loss": nll(given[check]["z"], np.array([1]))}

answer(
    "log_softmax_bug",
    1,
    checks,
    versions("scipy", "numpy"),
    {
        "atol": 1e-6,
        "rtol": 2.4e-7,
        "why": "f32 against f64: sums of at most 11 terms of at most 1, each off by 2^-24 or "
        "less, and a last rounding of 2^-23 of the value",
    },
)
