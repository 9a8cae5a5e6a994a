"""Which nodes are listed, by networkx. The order itself is not unique: networkx shows, by
one of its own, that none of the arrows has to be broken.
"""

import networkx
import numpy as np
from oracle import answer, inputs, versions

given = inputs()
checks = {}

for check, named in given.items():
    names = [name.removeprefix("root of ") for name in named if name.startswith("root of ")]
    for name in names:
        root = int(named[f"root of {name}"])
        graph = networkx.MultiDiGraph()
        graph.add_node(root)
        graph.add_edges_from(named[f"reader and read, {name}"].astype(int).reshape(-1, 2).tolist())
        below = graph.subgraph(networkx.descendants(graph, root) | {root})
        order = list(networkx.topological_sort(below))
        broken = [[a, b] for a, b in below.edges() if order.index(a) > order.index(b)]
        checks.setdefault(check, {}).update(
            {
                f"nodes listed, sorted, {name}": np.array(sorted(order)),
                f"read before its reader, {name}": np.array(broken).reshape(-1, 2),
            }
        )

answer(
    "topo_order",
    1,
    checks,
    versions("networkx", "numpy"),
    {"atol": 0, "rtol": 0, "why": "whole numbers"},
)
