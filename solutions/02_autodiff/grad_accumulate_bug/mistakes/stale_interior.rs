//! The second sweep makes 3 of 1, not 2: the nodes between still had the gradient of the first,
//! the second was added to it, and the sum was handed down. 1 + 2 = 3. A node that is no leaf
//! begins every sweep with 0.

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
    g.grads[root] = 1.0;
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
