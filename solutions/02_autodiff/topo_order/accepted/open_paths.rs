//! Depth-first with the open path as it is: each entry keeps what it has still to go down into.

/// What `root` depends on, each node before all that it reads.
pub fn backward_order<I>(reads: impl Fn(usize) -> I, nodes: usize, root: usize) -> Vec<usize>
where
    I: IntoIterator<Item = usize>,
{
    let mut met = vec![false; nodes];
    let mut path = vec![(root, reads(root).into_iter())];
    met[root] = true;
    let mut finished = Vec::new();
    while let Some((node, rest)) = path.last_mut() {
        match rest.find(|&below| !met[below]) {
            Some(below) => {
                met[below] = true;
                path.push((below, reads(below).into_iter()));
            }
            None => {
                finished.push(*node);
                path.pop();
            }
        }
    }
    finished.into_iter().rev().collect()
}
