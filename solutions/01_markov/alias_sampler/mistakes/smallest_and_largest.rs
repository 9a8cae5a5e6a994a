//! Right, and with V² comparisons: for each cell the smallest and the largest weight were
//! searched. Any light symbol may be served by any heavy one, so two piles will do, from which
//! one takes what lies on top.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

pub struct Alias<R> {
    pub keep: Array1<R>,
    pub alias: Array1<usize>,
}

pub fn draw<R: Real>(table: &Alias<R>, u: R) -> usize {
    let place = u * R::of(table.keep.len() as f64);
    let cell = place.value() as usize;
    let coin = place - R::of(cell as f64);
    if coin < table.keep[cell] {
        cell
    } else {
        table.alias[cell]
    }
}

pub fn build<R: Real>(p: &ArrayRef1<R>) -> Alias<R> {
    let v = p.len();
    let mut weight = p.mapv(|p| p * R::of(v as f64));
    let mut table = Alias {
        keep: Array1::from_elem(v, R::of(1.0)),
        alias: (0..v).collect(),
    };
    let mut open: Vec<usize> = (0..v).collect();
    while open.len() > 1 {
        let (mut least, mut most) = (0, 0);
        for (place, &i) in open.iter().enumerate() {
            if weight[i] < weight[open[least]] {
                least = place;
            }
            if weight[i] > weight[open[most]] {
                most = place;
            }
        }
        let (needy, giver) = (open[least], open[most]);
        if needy == giver {
            break; // all alike
        }
        open.swap_remove(least);
        table.keep[needy] = weight[needy];
        table.alias[needy] = giver;
        let gift = R::of(1.0) - weight[needy];
        weight[giver] -= gift;
    }
    table
}
