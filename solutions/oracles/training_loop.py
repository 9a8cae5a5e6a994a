"""The loop in Python from its definition: which calls are due is a set of step numbers, the best
is np.nanargmin, which takes the first of equals; means by np.average with weights.
"""

import warnings

import numpy as np
from oracle import answer, inputs, versions

warnings.simplefilter("ignore")  # no examples: NaN


def run(every, train, val):
    steps = len(train)
    due = {0, steps} | (set(range(0, steps + 1, every)) if every else set())
    calls = ["eval after 0"]
    for t in range(steps):
        calls += [f"step {t}"] + [f"eval after {t + 1}"] * (t + 1 in due)
    due = sorted(due)
    seen = np.array([val[t] for t in due], dtype=float)
    found = seen[~np.isnan(seen)]
    # Nothing is better than ∞ but a number that is less.
    best = due[int(np.nanargmin(seen))] if len(found) and found.min() < np.inf else 0
    return calls, train, np.array(due), seen, best


given = inputs()
checks = {}
for check, of in given.items():
    observed = checks[check] = {}
    for case in [name.removeprefix("eval_every, ") for name in of if name.startswith("eval_every")]:
        calls, train, due, seen, best = run(
            int(of[f"eval_every, {case}"]),
            of[f"losses of the steps, {case}"],
            of[f"evaluation after 0, 1, … steps, {case}"],
        )
        everything = {
            f"calls, {case}": calls,
            f"train, {case}": train,
            f"steps of val, {case}": due,
            f"losses of val, {case}": seen,
            f"best step, {case}": best,
            f"steps of the model, {case}": best,
        }
        if check == "a model is judged before, in between, and at the end":
            observed[f"calls, {case}"] = calls
        elif check == "every loss is written down where it belongs":
            observed |= {"train": train, "steps of val": due, "losses of val": seen}
        elif check == "any losses, any numbers of steps":
            observed |= everything
        else:
            chosen = (f"best step, {case}", f"steps of the model, {case}")
            observed |= {name: everything[name] for name in chosen}

check = "a mean counts every example once"
of = given[check]
checks[check] = {}
for case in [name.removeprefix("losses, ") for name in of if name.startswith("losses, ")]:
    losses, sizes = of[f"losses, {case}"], of[f"sizes, {case}"]
    mean = np.average(losses, weights=sizes) if sizes.sum() else np.nan
    checks[check][f"mean, {case}"] = mean

checks["a model is copied only when it is better than ever"] = {}
checks["what is learned by heart helps only with what was read"] = {"evaluations": 31}

answer(
    "training_loop",
    1,
    {check: observed for check, observed in checks.items() if observed},
    versions("numpy"),
    {"atol": 0, "rtol": 0, "why": "counts, and numbers that are handed on"},
)
