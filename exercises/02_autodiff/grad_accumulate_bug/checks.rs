use grad_accumulate_bug::{Graph, backward, zero_grad};
use kit::prelude::*;

pub fn main() {
    checks(&[
        ("where nothing is read twice, slopes multiply", a_tree),
        ("what is read twice gathers twice", shared),
        ("a shared node has its turn once", shared_twice),
        (
            "the numbers of nodes say nothing about their order",
            renumbered,
        ),
        (
            "each sweep adds as much again to the leaves",
            several_sweeps,
        ),
        ("two sums over shared nodes add up in the leaves", two_roots),
        ("a root that is a leaf adds up, too", leaf_as_root),
        ("after zero_grad everything is as at the start", zeroed),
        ("k sweeps give k times the gradient", random_graphs),
    ])
}

/// For each node, what it reads, with the slope along it.
type Reads = Vec<Vec<(usize, f64)>>;

/// Names the graph and the root.
fn graph(c: &mut Check, name: &str, reads: Reads, root: usize) -> Graph {
    let arrows: Vec<[f64; 3]> = (0..reads.len())
        .flat_map(|reader| {
            let arrow = move |&(read, slope)| [reader as f64, read as f64, slope];
            reads[reader].iter().map(arrow)
        })
        .collect();
    c.given(&format!("reader, read, slope: {name}"), &arrows);
    c.given(&format!("root: {name}"), &root);
    Graph::new(reads)
}

/// Sweeps once from the root, and observes all gradients.
fn one_sweep(c: &mut Check, name: &str, reads: Reads, root: usize) {
    let mut g = graph(c, name, reads, root);
    backward(&mut g, root);
    c.observe(&format!("gradients: {name}"), &g.grads, EXACT);
}

/// Sweeps three times from the root, and observes all gradients after each.
fn three_sweeps(c: &mut Check, name: &str, reads: Reads, root: usize) {
    let mut g = graph(c, name, reads, root);
    for times in ["one sweep", "two sweeps", "three sweeps"] {
        backward(&mut g, root);
        c.observe(&format!("gradients after {times}: {name}"), &g.grads, EXACT);
    }
}

/// x, s = 3x, and y = s + s.
fn twice_three_x() -> Reads {
    vec![vec![], vec![(0, 3.0)], vec![(1, 1.0), (1, 1.0)]]
}

fn a_tree(c: &mut Check) {
    // y = 5·(2a + 3b): [10 15 5 1].
    let reads = vec![vec![], vec![], vec![(0, 2.0), (1, 3.0)], vec![(2, 5.0)]];
    one_sweep(c, "5·(2a + 3b)", reads, 3);
}

fn shared(c: &mut Check) {
    one_sweep(c, "x + x", vec![vec![], vec![(0, 1.0), (0, 1.0)]], 1); // [2 1]
    // a = 2x, b = 3x, y = 5a + 7b: [2·5 + 3·7, 5, 7, 1].
    let reads = vec![
        vec![],
        vec![(0, 2.0)],
        vec![(0, 3.0)],
        vec![(1, 5.0), (2, 7.0)],
    ];
    one_sweep(c, "a diamond", reads, 3);
}

fn shared_twice(c: &mut Check) {
    one_sweep(c, "s + s, s = 3x", twice_three_x(), 2); // [6 2 1]
    // s = x, p = 2s, q = p + 3s, y = q + p: p has 2, s has 3 + 2·2.
    let reads = vec![
        vec![],
        vec![(0, 1.0)],
        vec![(1, 2.0)],
        vec![(2, 1.0), (1, 3.0)],
        vec![(3, 1.0), (2, 1.0)],
    ];
    one_sweep(c, "q + p, q = p + 3s, p = 2s", reads, 4); // [7 7 2 1 1]
}

fn renumbered(c: &mut Check) {
    // The same as s + s, s = 3x; but y is 0, x is 1 and s is 2.
    let reads = vec![vec![(2, 1.0), (2, 1.0)], vec![], vec![(1, 3.0)]];
    one_sweep(c, "node 0 = s + s, s = 3x", reads, 0); // [1 6 2]
}

fn several_sweeps(c: &mut Check) {
    // Nothing between root and leaf; one node; three.
    three_sweeps(c, "3x", vec![vec![], vec![(0, 3.0)]], 1); // x: 3 6 9
    three_sweeps(c, "s + s, s = 3x", twice_three_x(), 2); // x: 6 12 18, s: 2 2 2
    let chain = vec![
        vec![],
        vec![(0, 2.0)],
        vec![(1, 1.0)],
        vec![(2, 3.0)],
        vec![(3, 1.0)],
    ];
    three_sweeps(c, "a chain of four", chain, 4); // x: 6 12 18
}

fn leaf_as_root(c: &mut Check) {
    // Nodes: x, y = 3x.
    let mut g = graph(c, "y = 3x", vec![vec![], vec![(0, 3.0)]], 1);
    for (root, swept) in [(1, "y"), (0, "y, x"), (1, "y, x, y")] {
        backward(&mut g, root);
        c.observe(
            &format!("gradients after sweeps from {swept}"),
            &g.grads,
            EXACT,
        );
    } // [3 1] [4 1] [7 1]
}

fn two_roots(c: &mut Check) {
    // s = 2x, f = 3s, g = 5s + 7w. Nodes: x w s f g.
    let reads = vec![
        vec![],
        vec![],
        vec![(0, 2.0)],
        vec![(2, 3.0)],
        vec![(2, 5.0), (1, 7.0)],
    ];
    let mut g = graph(c, "f = 3s, s = 2x", reads.clone(), 3);
    let _ = graph(c, "g = 5s + 7w", reads, 4);
    backward(&mut g, 3);
    c.observe("gradients after a sweep from f", &g.grads, EXACT); // [6 0 3 1 0]
    backward(&mut g, 4);
    c.observe("gradients after another from g", &g.grads, EXACT); // [16 7 5 1 1]
}

fn zeroed(c: &mut Check) {
    // The root is not the last node.
    let reads = vec![
        vec![],
        vec![(0, 3.0)],
        vec![(1, 1.0), (1, 1.0)],
        vec![(2, 9.0)],
    ];
    let mut g = graph(c, "s + s, s = 3x, with one after it", reads, 2);
    backward(&mut g, 2);
    backward(&mut g, 2);
    zero_grad(&mut g);
    c.observe("gradients after two sweeps and zero_grad", &g.grads, EXACT);
    backward(&mut g, 2);
    c.observe("gradients after one more sweep", &g.grads, EXACT); // [6 2 1 0]
    zero_grad(&mut g);
    zero_grad(&mut g);
    c.observe("gradients after zero_grad, twice", &g.grads, EXACT);
}

fn random_graphs(c: &mut Check) {
    for name in ["graph 1", "graph 2"] {
        let nodes = 8;
        let mut names: Vec<usize> = (0..nodes).collect();
        for i in (1..nodes).rev() {
            let other = c.rng().below(i + 1);
            names.swap(i, other);
        }
        let mut reads = vec![vec![]; nodes];
        for reader in 2..nodes {
            for _ in 0..2 {
                let (read, slope) = (c.rng().below(reader), c.rng().below(7) as f64 - 3.0);
                reads[names[reader]].push((names[read], slope));
            }
        }
        three_sweeps(c, name, reads, names[nodes - 1]);
    }
    look_back(c);
}

/// How a stale gradient would have grown, beside what is right: sweeps of a chain of d nodes
/// between root and leaf whose nodes are not cleared.
fn look_back(c: &mut Check) {
    let stale = |between: usize, sweeps: usize| {
        let mut chain = vec![0.0; between + 1];
        for _ in 0..sweeps {
            let mut share = 1.0;
            for grad in &mut chain {
                *grad += share;
                share = *grad;
            }
        }
        chain[between]
    };
    c.tell(
        "x after 5 sweeps of a chain, as it should be",
        5.0,
        "times its gradient",
    );
    c.tell("with one stale node between", stale(1, 5), "times");
    c.tell("with ten stale nodes between", stale(10, 5), "times");
}
