use kit::prelude::*;
use std::cell::Cell;
use topo_order::backward_order;

pub fn main() {
    checks(&[
        ("a root that reads nothing is listed alone", alone),
        ("a reader comes before what it reads", readers_first),
        (
            "the numbers of nodes say nothing about their order",
            renumbered,
        ),
        ("what the root does not depend on is not listed", bystanders),
        ("a node is listed once, however many read it", shared),
        ("a node comes after all its readers, near and far", arms),
        ("every graph without cycles has an order", random_graphs),
        (
            "a node is looked at a few times, not once for each path",
            looks,
        ),
        ("a deep graph does not overflow the stack", depth),
    ])
}

/// For each node, what it reads.
type Graph = Vec<Vec<usize>>;

/// Names the graph, then observes what the answer lists from `root`: the nodes, sorted, as the
/// order is not unique; and the arrows that are not respected.
fn observe_order(c: &mut Check, name: &str, graph: &Graph, root: usize) {
    let arrows: Vec<[usize; 2]> = (0..graph.len())
        .flat_map(|reader| graph[reader].iter().map(move |&read| [reader, read]))
        .collect();
    c.given(&format!("root of {name}"), &root);
    c.given(&format!("reader and read, {name}"), &arrows);
    let order = backward_order(|node| graph[node].iter().copied(), graph.len(), root);
    let mut sorted = order.clone();
    sorted.sort_unstable();
    c.observe(&format!("nodes listed, sorted, {name}"), &sorted, EXACT);
    let first = |node| order.iter().position(|&listed| listed == node);
    let last = |node| order.iter().rposition(|&listed| listed == node);
    let broken = |&[reader, read]: &[usize; 2]| {
        first(reader).is_some() && last(read).is_some() && first(reader) > last(read)
    };
    let broken: Vec<[usize; 2]> = arrows.into_iter().filter(broken).collect();
    c.observe(&format!("read before its reader, {name}"), &broken, EXACT);
    c.holds(
        order.first() == Some(&root),
        "nobody of these reads the root, so it comes first",
    );
}

fn alone(c: &mut Check) {
    observe_order(c, "a leaf", &vec![vec![]], 0); // 0
}

fn readers_first(c: &mut Check) {
    observe_order(c, "a chain", &vec![vec![], vec![0], vec![1]], 2); // 2 1 0
    observe_order(c, "a sum", &vec![vec![], vec![], vec![0, 1]], 2); // 2 0 1 or 2 1 0
}

fn renumbered(c: &mut Check) {
    observe_order(c, "a chain", &vec![vec![3], vec![], vec![0], vec![1]], 2); // 2 0 3 1
    observe_order(c, "root 0", &vec![vec![1], vec![2], vec![]], 0); // 0 1 2
}

fn bystanders(c: &mut Check) {
    // 4 reads the root; 1 and 5 are read by nobody; 0 is read by the root and by a bystander.
    let graph = vec![vec![], vec![0], vec![], vec![0, 2], vec![3, 0], vec![]];
    observe_order(c, "a graph with others in it", &graph, 3); // 3 0 2 or 3 2 0
    observe_order(c, "a leaf of it", &graph, 2); // 2
}

fn shared(c: &mut Check) {
    observe_order(c, "x·x", &vec![vec![], vec![0, 0]], 1); // 1 0
    let diamond = vec![vec![], vec![0], vec![0], vec![1, 2]];
    observe_order(c, "a diamond", &diamond, 3); // 3 1 2 0 or 3 2 1 0
}

fn arms(c: &mut Check) {
    // The root reads some node directly that it also reaches by a detour.
    observe_order(
        c,
        "3 over 2 and 0",
        &vec![vec![], vec![], vec![0, 1], vec![0, 2]],
        3,
    );
    observe_order(
        c,
        "3 over 0 and 2",
        &vec![vec![], vec![], vec![0, 1], vec![2, 0]],
        3,
    );
    let long = |first, second| vec![vec![], vec![0], vec![1], vec![2], vec![first, second]];
    observe_order(c, "the long arm on the left", &long(3, 1), 4);
    observe_order(c, "the long arm on the right", &long(1, 3), 4);
    // Of the root's four arms, two meet at 0 and two at 4, one step and two steps later.
    let (none, root) = (vec![], vec![0, 1, 2, 3]);
    let deep = vec![
        none.clone(),
        vec![0],
        vec![4],
        vec![5],
        none,
        vec![4],
        vec![],
        root,
    ];
    observe_order(c, "arms that meet at 0 and at 4", &deep, 7);
}

fn random_graphs(c: &mut Check) {
    for name in ["graph 1", "graph 2", "graph 3"] {
        let nodes = 10;
        let mut names: Vec<usize> = (0..nodes).collect();
        for i in (1..nodes).rev() {
            let other = c.rng().below(i + 1);
            names.swap(i, other);
        }
        let mut graph = vec![vec![]; nodes];
        for reader in 1..nodes {
            for _ in 0..1 + c.rng().below(3) {
                let read = c.rng().below(reader);
                graph[names[reader]].push(names[read]);
            }
        }
        observe_order(c, name, &graph, names[nodes - 1]);
    }
}

/// Diamonds in a row: 3k is the last of k, and reads two nodes that both read 3(k − 1).
fn diamonds(k: usize) -> Graph {
    let mut graph = vec![vec![]];
    for top in (0..k).map(|i| 3 * i) {
        graph.extend([vec![top], vec![top], vec![top + 1, top + 2]]);
    }
    graph
}

fn looks(c: &mut Check) {
    let looks_at = |graph: &Graph| {
        let looks = Cell::new(0u32);
        let reads = |node: usize| {
            looks.set(looks.get() + 1);
            graph[node].iter().copied()
        };
        backward_order(reads, graph.len(), graph.len() - 1);
        f64::from(looks.get())
    };
    let graph = diamonds(12);
    c.given("diamonds in a row", &12);
    let nodes = graph.len() as f64;
    c.at_most("looks at 37 nodes", looks_at(&graph), 3.0 * nodes);
    c.tell("12 diamonds, nodes", nodes, "");
    c.tell("12 diamonds, looks", looks_at(&graph), "");
    c.tell("12 diamonds, paths from end to end", 2f64.powi(12), "");
}

fn depth(c: &mut Check) {
    // Each call that is still running keeps its variables on the call stack; where the newest
    // ones lie tells how deep it is.
    let nodes = 2_000;
    c.given("nodes of the chain", &nodes);
    let (lowest, highest) = (Cell::new(usize::MAX), Cell::new(0));
    let reads = |node: usize| {
        let here = 0u8;
        let place = std::ptr::from_ref(&here).addr();
        lowest.set(lowest.get().min(place));
        highest.set(highest.get().max(place));
        node.checked_sub(1)
    };
    let order = backward_order(reads, nodes, nodes - 1);
    let listed = order.into_iter().eq((0..nodes).rev());
    c.holds(
        listed,
        "a chain has one order, from its end to its beginning",
    );
    let depth = highest.get().saturating_sub(lowest.get());
    c.at_most("bytes of call stack", depth as f64, 10_000.0);
}
