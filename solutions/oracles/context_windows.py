"""Windows by numpy.lib.stride_tricks.sliding_window_view, which has none where a text is too
short; the cut by Python's own floor.
"""

from math import floor

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from oracle import answer, inputs, versions


def all_windows(ids, ctx):
    if len(ids) <= ctx:
        return np.zeros((0, ctx + 1))
    return sliding_window_view(ids, ctx + 1)


def windows(ids, starts, ctx):
    chosen = all_windows(ids, ctx)[starts.astype(int)]
    return chosen[:, :ctx], chosen[:, ctx]


given = inputs()
checks = {}

check = "a text of n symbols has n − C windows, or none"
of = given[check]
checks[check] = {
    "windows of each n and ctx": np.array(
        [len(all_windows(np.arange(int(n)), int(ctx))) for n, ctx in zip(of["n"], of["ctx"])]
    )
}

for check, of in given.items():
    for case in [name.removeprefix("starts, ") for name in of if name.startswith("starts, ")]:
        x, y = windows(of[f"ids, {case}"], of[f"starts, {case}"], int(of[f"ctx, {case}"]))
        checks.setdefault(check, {}).update({f"x, {case}": x, f"y, {case}": y})

check = "a start without an answer is refused"
of = given[check]
checks[check] = {
    f"a window at {int(start)} of {int(ctx)}": (
        "accepted" if start < len(all_windows(of["ids"], int(ctx))) else "refused"
    )
    for start, ctx in zip(of["start"], of["ctx"])
}

check = "a text is cut once, between two symbols"
of = given[check]
checks[check] = {}
for case in [name.removeprefix("ids, ") for name in of if name.startswith("ids, ")]:
    ids = of[f"ids, {case}"]
    cut = floor(float(of[f"frac, {case}"]) * len(ids))
    checks[check] |= {f"first part, {case}": ids[:cut], f"second part, {case}": ids[cut:]}

check = "no window reaches across the cut"
text, ctx = given[check]["text"][0], int(given[check]["ctx"])
place = {symbol: i for i, symbol in enumerate(sorted(set(text)))}
ids = np.array([place[symbol] for symbol in text])
cut = floor(0.9 * len(ids))
last = all_windows(ids[:cut], ctx)[-1:]
checks[check] = {
    "symbols of the parts": np.array([cut, len(ids) - cut]),
    "windows of the parts": np.array([len(all_windows(p, ctx)) for p in (ids[:cut], ids[cut:])]),
    "x, the last of the first part": last[:, :ctx],
    "y, the last of the first part": last[:, ctx],
}

answer(
    "context_windows",
    1,
    checks,
    versions("numpy"),
    {"atol": 0, "rtol": 0, "why": "integers"},
)
