"""Adjoints by JAX's reverse mode: each node gets a number added to it that is 0, and the root
is differentiated by these numbers. What sweeps add up to follows from the three rules.
"""

import jax

jax.config.update("jax_enable_x64", True)

from graphlib import TopologicalSorter

import jax.numpy as jnp
import numpy as np
from oracle import answer, inputs, versions

given = inputs()
checks = {}


def graph(named, name):
    """What each node reads, with slopes; and the root."""
    arrows = named[f"reader, read, slope: {name}"].reshape(-1, 3)
    root = int(named[f"root: {name}"])
    reads = {node: [] for node in range(int(max([root, *arrows[:, :2].ravel()])) + 1)}
    for reader, read, slope in arrows:
        reads[int(reader)].append((int(read), slope))
    return reads, root


def adjoints(reads, root):
    """And which nodes the root depends on."""
    order = list(TopologicalSorter({n: [r for r, _ in reads[n]] for n in reads}).static_order())

    def value(nudges):
        values = {}
        for node in order:
            values[node] = nudges[node] + sum(s * values[r] for r, s in reads[node])
        return values[root]

    below, waiting = set(), [root]
    while waiting:
        node = waiting.pop()
        below.add(node)
        waiting += [read for read, _ in reads[node]]
    return np.asarray(jax.grad(value)(jnp.zeros(len(reads)))), below


def sweep(gradients, reads, root):
    """The gradients after one more sweep."""
    slopes, below = adjoints(reads, root)
    return np.array(
        [
            old if node not in below else slope if reads[node] else old + slope
            for node, (old, slope) in enumerate(zip(gradients, slopes))
        ]
    )


def names(check):
    return [n.removeprefix("root: ") for n in given[check] if n.startswith("root: ")]


for check in (
    "where nothing is read twice, slopes multiply",
    "what is read twice gathers twice",
    "a shared node has its turn once",
    "the numbers of nodes say nothing about their order",
):
    checks[check] = {}
    for name in names(check):
        reads, root = graph(given[check], name)
        checks[check][f"gradients: {name}"] = sweep(np.zeros(len(reads)), reads, root)

for check in (
    "each sweep adds as much again to the leaves",
    "k sweeps give k times the gradient",
):
    checks[check] = {}
    for name in names(check):
        reads, root = graph(given[check], name)
        gradients = np.zeros(len(reads))
        for times in ("one sweep", "two sweeps", "three sweeps"):
            gradients = sweep(gradients, reads, root)
            checks[check][f"gradients after {times}: {name}"] = gradients

check = "a root that is a leaf adds up, too"
reads, root = graph(given[check], "y = 3x")
after_y = sweep(np.zeros(2), reads, root)
after_x = sweep(after_y, reads, 0)
checks[check] = {
    "gradients after sweeps from y": after_y,
    "gradients after sweeps from y, x": after_x,
    "gradients after sweeps from y, x, y": sweep(after_x, reads, root),
}

check = "two sums over shared nodes add up in the leaves"
f, g = names(check)
reads, root = graph(given[check], f)
after_f = sweep(np.zeros(len(reads)), reads, root)
after_g = sweep(after_f, *graph(given[check], g))
checks[check] = {
    "gradients after a sweep from f": after_f,
    "gradients after another from g": after_g,
}

check = "after zero_grad everything is as at the start"
reads, root = graph(given[check], names(check)[0])
nothing = np.zeros(len(reads))
checks[check] = {
    "gradients after two sweeps and zero_grad": nothing,
    "gradients after one more sweep": sweep(nothing, reads, root),
    "gradients after zero_grad, twice": nothing,
}

answer(
    "grad_accumulate_bug",
    1,
    checks,
    versions("jax", "numpy"),
    {"atol": 0, "rtol": 0, "why": "sums and products of small whole numbers"},
)
