//! Right, and a deep graph ends it: each node of a chain keeps a call of its own open, and the
//! call stack holds some tens of thousands of them. A loop of a million rounds makes a graph a
//! million deep. Keep a stack of your own, in a `Vec`, which can grow.

/// What `root` depends on, each node before all that it reads.
pub fn backward_order<I>(reads: impl Fn(usize) -> I, nodes: usize, root: usize) -> Vec<usize>
where
    I: IntoIterator<Item = usize>,
{
    let mut entered = vec![false; nodes];
    let mut order = Vec::new();
    visit(&reads, root, &mut entered, &mut order);
    order.reverse();
    order
}

fn visit<I>(reads: &impl Fn(usize) -> I, node: usize, entered: &mut [bool], order: &mut Vec<usize>)
where
    I: IntoIterator<Item = usize>,
{
    if !entered[node] {
        entered[node] = true;
        for below in reads(node) {
            visit(reads, below, entered, order);
        }
        order.push(node);
    }
}
