//! A node was listed before one of its readers: it was marked when it was *pushed* on the stack,
//! and not when its turn came. A sibling that reads it, and is taken from the stack first, then
//! takes it for done. Mark a node when you go down into it.

/// What `root` depends on, each node before all that it reads.
pub fn backward_order<I>(reads: impl Fn(usize) -> I, nodes: usize, root: usize) -> Vec<usize>
where
    I: IntoIterator<Item = usize>,
{
    let mut found = vec![false; nodes];
    found[root] = true;
    let mut order = Vec::new();
    let mut stack = vec![(root, false)];
    while let Some((node, ready)) = stack.pop() {
        if ready {
            order.push(node);
            continue;
        }
        stack.push((node, true));
        for below in reads(node) {
            if !found[below] {
                found[below] = true;
                stack.push((below, false));
            }
        }
    }
    order.reverse();
    order
}
