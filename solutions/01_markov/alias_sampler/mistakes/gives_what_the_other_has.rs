//! The heavy symbol's weight fell by what the light one had. It gives what the light one
//! *lacks*, 1 less its weight: the two together fill one cell, and the rest is all that the
//! heavy one has left.

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
        let light_weight = weight[needy];
        weight[giver] -= light_weight;
        if weight[giver] < full {
            light.extend(heavy.pop());
        }
    }
    table
}
