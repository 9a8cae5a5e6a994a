//! # An order in which every reader comes first
//!
//! ## Understand
//! The nodes of a graph are numbered in any manner. `reads(i)` lists the nodes that node i
//! reads, each perhaps more than once; no node reads itself, not even through others. Wanted
//! is the order for a sweep from `root` down: everything that `root` depends on, `root` itself
//! included, each node once, and *before* all the nodes that it reads. By hand: 3 reads 0 and
//! 2, and 2 reads 0 and 1. From 3, the orders 3 2 0 1 and 3 2 1 0 are right. 3 0 2 1 is
//! wrong: 2 would hand something to 0 after 0 has had its turn.
//! Shapes: `reads(i)` any number of nodes; the result one number for each node listed.
//!
//! ## Plan
//! Look from the other end: in which order could all of them be *computed*? A node is ready
//! when all that it reads is ready. So go down into what it reads, everything below first,
//! and write the node down on the way back. That list, backwards, is the one that is wanted
//! (notes, "An order for any graph"; Tarjan 1976; another way is Kahn's, 1962).
//!
//! ## Carry out
//! One gap of about 12 lines. Any right order passes. Budget: three calls of `reads` for each
//! node listed, however many paths lead there, and no recursion: the call stack is small, and
//! graphs are deep. A stack of your own is a `Vec`; it can hold, beside a node, whether all
//! below it is done. `nodes` is how many nodes there are, so a list of marks has that length.
//! `for below in reads(node)` walks over what a node reads.
//!
//! ## Look back
//! Where does your code use that there is no cycle, and what would it do with one? Why is the
//! distance from the root no good as an order? A tape needed no sorting: what did it know?

/// What `root` depends on, each node once, `root` first, and everyone before all that they
/// read. `reads(i)` are the nodes that node i < `nodes` reads.
pub fn backward_order<I>(reads: impl Fn(usize) -> I, nodes: usize, root: usize) -> Vec<usize>
where
    I: IntoIterator<Item = usize>,
{
    let mut entered = vec![false; nodes];
    let mut order = Vec::new();
    let mut stack = vec![(root, false)];
    while let Some((node, below_done)) = stack.pop() {
        if below_done {
            order.push(node);
        } else if !entered[node] {
            entered[node] = true;
            stack.push((node, true));
            for below in reads(node) {
                stack.push((below, false));
            }
        }
    }
    order.reverse();
    order
}
