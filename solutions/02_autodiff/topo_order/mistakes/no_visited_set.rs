//! Every path from the root is walked by itself. Where two arms meet, everything below is gone
//! through twice, and listed twice unless something keeps that out. Paths multiply: forty diamonds
//! in a row have a million million of them. Mark the nodes that were entered, and turn back at a
//! mark.

/// What `root` depends on, each node before all that it reads.
pub fn backward_order<I>(reads: impl Fn(usize) -> I, nodes: usize, root: usize) -> Vec<usize>
where
    I: IntoIterator<Item = usize>,
{
    let mut order = Vec::new();
    let mut stack = vec![(root, false)];
    while let Some((node, ready)) = stack.pop() {
        if ready {
            order.push(node);
        } else {
            stack.push((node, true));
            stack.extend(reads(node).into_iter().map(|below| (below, false)));
        }
    }
    order.reverse();
    order
}
