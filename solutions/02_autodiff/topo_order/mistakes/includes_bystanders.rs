//! Nodes are listed that the root does not depend on. They have no adjoint to hand on, and
//! sorting all that ever was costs more than the sweep. Search from the root alone.

/// What `root` depends on, each node before all that it reads.
pub fn backward_order<I>(reads: impl Fn(usize) -> I, nodes: usize, root: usize) -> Vec<usize>
where
    I: IntoIterator<Item = usize>,
{
    let mut entered = vec![false; nodes];
    let mut order = Vec::new();
    for start in (0..nodes).filter(|&node| node != root).chain([root]) {
        let mut stack = vec![(start, false)];
        while let Some((node, ready)) = stack.pop() {
            if ready {
                order.push(node);
            } else if !entered[node] {
                entered[node] = true;
                stack.push((node, true));
                stack.extend(reads(node).into_iter().map(|below| (below, false)));
            }
        }
    }
    order.reverse();
    order
}
