//! One heavy symbol filled all cells, its own as well, and has too much. What it gives it no
//! longer has: its weight falls by each gift, and once that is below 1 it is a light one itself,
//! whose cell another has to fill.

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
    let weight = p.mapv(|p| p * R::of(v as f64));
    let (mut light, heavy): (Vec<usize>, Vec<usize>) = (0..v).partition(|&i| weight[i] < full);

    // Whoever is left over fills its own cell: it weighs 1, up to rounding.
    let mut table = Alias {
        keep: Array1::from_elem(v, full),
        alias: (0..v).collect(),
    };
    while let (Some(&giver), Some(needy)) = (heavy.last(), light.pop()) {
        table.keep[needy] = weight[needy];
        table.alias[needy] = giver;
    }
    table
}
