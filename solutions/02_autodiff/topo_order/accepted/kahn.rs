//! Kahn: a node is listed when its last reader is.

/// What `root` depends on, each node before all that it reads.
pub fn backward_order<I>(reads: impl Fn(usize) -> I, nodes: usize, root: usize) -> Vec<usize>
where
    I: IntoIterator<Item = usize>,
{
    // How many of those listed read each node; `None` where the root does not lead.
    let mut readers: Vec<Option<usize>> = vec![None; nodes];
    readers[root] = Some(0);
    let mut found = vec![root];
    let mut next = 0;
    while next < found.len() {
        for below in reads(found[next]) {
            match &mut readers[below] {
                Some(count) => *count += 1,
                unknown => {
                    *unknown = Some(1);
                    found.push(below);
                }
            }
        }
        next += 1;
    }
    let mut order = Vec::with_capacity(found.len());
    let mut free = vec![root];
    while let Some(node) = free.pop() {
        order.push(node);
        for below in reads(node) {
            let left = readers[below].map(|count| count - 1);
            readers[below] = left;
            if left == Some(0) {
                free.push(below);
            }
        }
    }
    order
}
