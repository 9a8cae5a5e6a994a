//! A node was listed before one of its readers: the list goes by distance from the root, nearest
//! first. A node can be near by one arm and far by another, and all its readers have to come
//! before it, those on the long arm too. Write a node down when everything below it is ready, not
//! when it is found.

/// What `root` depends on, each node before all that it reads.
pub fn backward_order<I>(reads: impl Fn(usize) -> I, nodes: usize, root: usize) -> Vec<usize>
where
    I: IntoIterator<Item = usize>,
{
    let mut found = vec![false; nodes];
    found[root] = true;
    let mut order = vec![root];
    let mut next = 0;
    while next < order.len() {
        for below in reads(order[next]) {
            if !found[below] {
                found[below] = true;
                order.push(below);
            }
        }
        next += 1;
    }
    order
}
