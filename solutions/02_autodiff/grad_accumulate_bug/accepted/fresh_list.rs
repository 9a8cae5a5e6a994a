//! A list of its own for each sweep, from which the nodes then take theirs.

use course::topo_order::backward_order;

/// A graph in which each node keeps its gradient.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// For each node, the nodes that it reads, with its slope along each.
    pub reads: Vec<Vec<(usize, f64)>>,
    /// For each node, its gradient.
    pub grads: Vec<f64>,
}

impl Graph {
    /// A graph that has not been swept yet.
    pub fn new(reads: Vec<Vec<(usize, f64)>>) -> Self {
        let grads = vec![0.0; reads.len()];
        Self { reads, grads }
    }
}

/// One sweep from `root` down. A leaf gains ∂root/∂leaf; the gradient of any other node below
/// becomes ∂root/∂node.
pub fn backward(g: &mut Graph, root: usize) {
    let below = |node: usize| g.reads[node].iter().map(|&(read, _)| read);
    let order = backward_order(below, g.reads.len(), root);
    let mut adjoints = vec![0.0; g.reads.len()];
    adjoints[root] = 1.0;
    for &node in &order {
        for &(read, slope) in &g.reads[node] {
            adjoints[read] += slope * adjoints[node];
        }
    }
    for node in order {
        g.grads[node] = match g.reads[node].as_slice() {
            [] => g.grads[node] + adjoints[node],
            _ => adjoints[node],
        };
    }
}

/// Sets the gradients of all nodes to 0.
pub fn zero_grad(g: &mut Graph) {
    g.grads = vec![0.0; g.reads.len()];
}
