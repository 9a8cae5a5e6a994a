//! The alias method: any law is a fair choice among cells of at most two symbols each.

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
    let place = u * R::of(table.keep.len() as f64);
    let cell = place.value() as usize; // rounded down: which cell
    let coin = place - R::of(cell as f64); // what is left is uniform, too: where in it
    if coin < table.keep[cell] {
        cell
    } else {
        table.alias[cell]
    }
}

/// The table of the law p `[V]`.
pub fn build<R: Real>(p: &ArrayRef1<R>) -> Alias<R> {
    let (v, full) = (p.len(), R::of(1.0));
    let mut weight = p.mapv(|p| p * R::of(v as f64));
    let (mut light, mut heavy): (Vec<usize>, Vec<usize>) = (0..v).partition(|&i| weight[i] < full);

    // Whoever is left over fills its own cell: it weighs 1, up to rounding.
    let mut table = Alias {
        keep: Array1::from_elem(v, full),
        alias: (0..v).collect(),
    };
    while let (Some(&giver), Some(needy)) = (heavy.last(), light.pop()) {
        table.keep[needy] = weight[needy];
        table.alias[needy] = giver;
        let gift = full - weight[needy];
        weight[giver] -= gift;
        if weight[giver] < full {
            light.extend(heavy.pop());
        }
    }
    table
}

// Look back: V products and V comparisons to sort into piles, then two sums and a comparison for
// each cell that is filled, fewer than V; 16 bytes a symbol. The table is not unique: any light
// symbol may be served by any heavy one. Bisection of running sums takes V sums to prepare, 8
// bytes a symbol and log₂ V comparisons a draw, so the table pays after some V / log₂ V draws
// from one law. A language model has another law at each step: there one pass of running sums,
// which stops at the symbol drawn, is the cheapest.
