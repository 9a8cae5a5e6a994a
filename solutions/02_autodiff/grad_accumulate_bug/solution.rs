//! Reverse mode with gradients in the nodes: leaves accumulate, all others begin anew.

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
    for &node in &order {
        if !g.reads[node].is_empty() {
            g.grads[node] = 0.0; // what is left there is of another sweep
        }
    }
    g.grads[root] += 1.0; // added: the root itself may be a leaf
    for node in order {
        for &(read, slope) in &g.reads[node] {
            g.grads[read] += slope * g.grads[node];
        }
    }
}

/// Sets the gradients of all nodes to 0.
pub fn zero_grad(g: &mut Graph) {
    g.grads.fill(0.0);
}

// Look back. Of the bugs, the overwritten share shows at once, wherever a number is used twice.
// The stale gradients show in the second sweep only, and grow: the leaves get 1, 3, 6, … times
// theirs if one node lies between. Both pass a test that makes one sweep over a chain. A tape
// whose sweep returns its adjoints in a new list has neither; what it cannot do is to sum
// several sweeps in place, which saves one list of all weights' gradients a batch.
