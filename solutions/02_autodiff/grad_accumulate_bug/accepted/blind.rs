//! # Gradients that must add up, and those that must not
//!
//! ## Understand
//! This engine keeps the gradient of a node in the node, as PyTorch does. Three rules:
//! - A *leaf* reads nothing; weights are leaves. Each sweep *adds* ∂root/∂leaf to what the leaf
//!   has. So the gradients of several small batches add up to that of a large one.
//! - Any other node belongs to one sweep: afterwards its gradient is ∂root/∂node, whatever
//!   was there before. Nodes that the root does not depend on keep what they have.
//! - `zero_grad` sets all gradients to 0, those of all nodes, and a new sum begins.
//!
//! By hand: y = s + s and s = 3x. After one sweep from y, s has 2 and x has 6. After two, s
//! has 2 and x has 12.
//!
//! ## Plan
//! The code compiles, and is right where no node is read twice, in the first sweep. Make the
//! second sweep by hand, on the graph above, and write down all numbers after each line. Then
//! ask of each number: of which sweep is it, and who still needs it? (Notes, "Gradients that
//! stay in their nodes"; Goyal et al. 2017 for batches that are summed.)
//!
//! ## Carry out
//! About 5 lines change, in `backward` and in `zero_grad`. `backward_order`, of the exercise
//! about orders, is right: the root first, and every reader before what it reads, however the
//! nodes are numbered. All slopes in the checks are whole numbers, so the results are exact.
//!
//! ## Look back
//! Which of the bugs would training have shown you, and how? PyTorch calls this bug's cure
//! `optimizer.zero_grad()`; what happens to a run that forgets it in every step?

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
            g.grads[node] = 0.0;
        }
    }
    g.grads[root] += 1.0;
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
