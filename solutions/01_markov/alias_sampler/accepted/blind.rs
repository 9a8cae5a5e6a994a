//! # One comparison a draw: the alias method
//!
//! ## Understand
//! To draw from a law p `[V]` by its running sums takes up to V steps, for each draw anew. If
//! many draws come from the *same* law, a table made once lets each of them take one step. It
//! has V cells, all equally likely, and a cell belongs to two symbols at most: symbol i has the
//! share `keep[i]` of cell i, and the rest of the cell is symbol `alias[i]`'s.
//!
//! By hand: p = [¾, ¼]. Each cell holds ½. Cell 1 is half symbol 1's, and the other half is
//! given by symbol 0, whose own cell is full: keep = [1, ½], alias = [0, 0]. With u = 0.7, twice
//! u is 1.4: cell 1, and 0.4 of the way through it, before ½: symbol 1. With u = 0.8 symbol 0.
//!
//! What should hold:
//! - Symbol i gets exactly pᵢ: its share of its own cell and what it has in others, over V.
//! - What is impossible is never drawn, not by u = 0 either. `draw` compares once, for any V.
//! - `build` takes about 2V comparisons and 3V flops: it neither sorts nor searches. Budgets:
//!   5V and 6V. (Your code runs on numbers that count, hence `R: Real`: they have +, −, × and
//!   <, `R::of(1.0)` makes a literal, and `.value()` the `f64`, which `as usize` rounds down.)
//!
//! ## Plan
//! Weigh the symbols by V·p: 1 on average, so that a weight of 1 just fills a cell. Who weighs
//! less is *light*, and leaves room for a gift from a *heavy* one. What does the heavy one weigh
//! after that, and which of the two piles does it belong to then? And if one pile is empty while
//! the other is not: how much must those left over weigh, but for rounding?
//! Walker 1977; in linear time Vose 1991; notes, "One comparison a draw".
//!
//! ## Carry out
//! Two gaps, of about 4 and 16 lines. V is at least 1, p sums to 1 up to rounding, and `alias`
//! may be anything in a cell that is full.
//!
//! ## Look back
//! Is the table unique? How many draws pay for it, if running sums and bisection are the
//! alternative? And why is it no help to a model whose law is another at each step?

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// V cells of equal probability, each of at most two symbols.
pub struct Alias<R> {
    /// Which share of cell i is symbol i's: `[V]`, from 0 to 1.
    pub keep: Array1<R>,
    /// Whose the rest of cell i is: `[V]`.
    pub alias: Array1<usize>,
}

/// The symbol, below V, that the table gives for `u`, 0 ≤ u < 1.
pub fn draw<R: Real>(table: &Alias<R>, u: R) -> usize {
    let place = R::of(table.keep.len() as f64) * u;
    let cell = place.value() as usize;
    let fraction = place - R::of(cell as f64);
    if fraction < table.keep[cell] {
        cell
    } else {
        table.alias[cell]
    }
}

/// The table of the law p `[V]`.
pub fn build<R: Real>(p: &ArrayRef1<R>) -> Alias<R> {
    let v = p.len();
    let one = R::of(1.0);
    let mut weight = p.mapv(|p| p * R::of(v as f64));
    let mut keep = Array1::from_elem(v, one);
    let mut alias: Array1<usize> = (0..v).collect();
    let (mut light, mut heavy): (Vec<usize>, Vec<usize>) = (0..v).partition(|&i| weight[i] < one);
    while let (Some(&l), Some(&h)) = (light.last(), heavy.last()) {
        light.pop();
        keep[l] = weight[l];
        alias[l] = h;
        weight[h] = weight[h] - (one - weight[l]);
        if weight[h] < one {
            heavy.pop();
            light.push(h);
        }
    }
    // What is left over weighs 1 but for rounding, and keeps its whole cell.
    Alias { keep, alias }
}
