//! Topological order, by depth-first search without recursion.

/// What `root` depends on, each node once, `root` first, and everyone before all that they
/// read. `reads(i)` are the nodes that node i < `nodes` reads.
pub fn backward_order<I>(reads: impl Fn(usize) -> I, nodes: usize, root: usize) -> Vec<usize>
where
    I: IntoIterator<Item = usize>,
{
    let mut entered = vec![false; nodes];
    let mut ready = Vec::new(); // in an order in which they could be computed
    let mut stack = vec![(root, false)]; // a node, and whether all below it is ready
    while let Some((node, below_is_ready)) = stack.pop() {
        if below_is_ready {
            ready.push(node);
        } else if !entered[node] {
            entered[node] = true;
            stack.push((node, true)); // comes up again after all that is pushed now
            stack.extend(reads(node).into_iter().map(|below| (below, false)));
        }
    }
    ready.reverse();
    ready
}

// Look back. One look at each node and one stack entry for each arrow: V + E steps. A node
// that was entered and is not ready lies on the path to the current one, so meeting it again
// would be a cycle; there is none, and the code does not look. Alternative: Kahn's, which
// counts the readers of each node and lists a node when its last reader is listed; it looks
// twice at each node, and notices a cycle by what is left over.
