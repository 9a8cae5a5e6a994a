//! The list starts with the leaves and ends with the root: that is the order for computing values.
//! A sweep goes the other way. Reverse it.

/// What `root` depends on, each node before all that it reads.
pub fn backward_order<I>(reads: impl Fn(usize) -> I, nodes: usize, root: usize) -> Vec<usize>
where
    I: IntoIterator<Item = usize>,
{
    let mut entered = vec![false; nodes];
    let mut order = Vec::new();
    let mut stack = vec![(root, false)];
    while let Some((node, ready)) = stack.pop() {
        if ready {
            order.push(node);
        } else if !entered[node] {
            entered[node] = true;
            stack.push((node, true));
            stack.extend(reads(node).into_iter().map(|below| (below, false)));
        }
    }
    order
}
