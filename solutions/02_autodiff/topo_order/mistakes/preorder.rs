//! A node was listed before one of its readers: it was written down on the way *down*, as soon as
//! it was found. At that time another reader may still wait in the other arm. On the way *up*,
//! when everything below is ready, it is safe; then reverse the list.

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
            let below: Vec<usize> = reads(node).into_iter().collect();
            stack.extend(below.into_iter().rev());
        }
    }
    order
}
