//! Each node fetches its shares from its readers, instead of being handed them.

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

/// One sweep from `root` down.
pub fn backward(g: &mut Graph, root: usize) {
    let order = backward_order(
        |node| {
            g.reads[node]
                .iter()
                .map(|arrow| arrow.0)
                .collect::<Vec<_>>()
        },
        g.reads.len(),
        root,
    );
    // Who reads each node, among those below the root; once for each arrow.
    let mut readers = vec![Vec::new(); g.reads.len()];
    for &reader in order.iter() {
        for &(node, slope) in &g.reads[reader] {
            readers[node].push((reader, slope));
        }
    }
    for node in order {
        let seed = if node == root { 1.0 } else { 0.0 };
        let shares = readers[node]
            .iter()
            .map(|&(reader, slope)| g.grads[reader] * slope);
        let adjoint = shares.fold(seed, |sum, share| sum + share);
        let kept = if g.reads[node].is_empty() {
            g.grads[node]
        } else {
            0.0
        };
        g.grads[node] = kept + adjoint;
    }
}

/// Sets the gradients of all nodes to 0.
pub fn zero_grad(g: &mut Graph) {
    for grad in g.grads.iter_mut() {
        *grad = 0.0;
    }
}
