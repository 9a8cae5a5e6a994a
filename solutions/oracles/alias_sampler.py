"""From the definitions: a draw looks up the cell in exact fractions; a table of a law is right if
its cells give the law back, so the law itself is what is expected of any table. For the sums over
large laws NumPy draws the same signs (SplitMix64) as the checks.
"""

from fractions import Fraction

import numpy as np
from oracle import answer, inputs, versions
from projections import large

SEED = 1
given = inputs()
checks = {}


def drawn(keep, alias, us):
    v = len(keep)
    symbols = []
    for u in us:
        place = v * Fraction(float(u))
        cell = place.numerator // place.denominator
        symbols.append(cell if place - cell < Fraction(float(keep[cell])) else int(alias[cell]))
    return np.array(symbols)


for check in (
    "a cell belongs to its own symbol and to one other",
    "where a symbol's share ends, the other's begins",
):
    named = given[check]
    cases = [name.removeprefix("keep, ") for name in named if name.startswith("keep, ")]
    checks[check] = {
        f"drawn, {case}": drawn(*(named[f"{what}, {case}"] for what in ("keep", "alias", "u")))
        for case in cases
    }

for check in (
    "a heavy symbol gives what a light one lacks",
    "a giver that is light afterwards gets a gift itself",
):
    checks[check] = {
        name.replace("p, ", "what symbols have, ", 1): p for name, p in given[check].items()
    }

check = "the cells of every law add up to it"
(laws,) = given[check].values()
words = sum(12 * v + 1 for v in range(6, 36))
checks[check] = large("what all symbols have", laws, SEED, check, words)

check = "evenly spaced u draw each symbol by its probability"
checks[check] = {"times drawn": np.rint(64 * given[check]["p"])}

check = "the words of the tales keep their frequencies"
checks[check] = large("what words have", given[check]["p"], SEED, check, 0)

answer(
    "alias_sampler",
    SEED,
    checks,
    versions("numpy"),
    {
        "atol": 1e-13,
        "rtol": 1e-12,
        "why": "a weight is changed by at most V gifts, each rounded: V^2 * 2^-53 of a "
        "probability, for V = 35; those of the tales' words are rounded far less often",
    },
)
