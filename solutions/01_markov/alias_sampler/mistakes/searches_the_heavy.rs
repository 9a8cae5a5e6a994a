//! Right, and with some V² comparisons: for each light symbol a heavy one was searched from the
//! beginning. A pile of the heavy ones has the next giver on top, and tells at once when none is
//! left.

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
    let one = R::of(1.0);
    let mut weight = p.mapv(|p| p * R::of(v as f64));
    let mut filled = vec![false; v];
    let mut table = Alias {
        keep: Array1::from_elem(v, one),
        alias: (0..v).collect(),
    };
    loop {
        let needy = (0..v).find(|&i| !filled[i] && weight[i] < one);
        let giver = (0..v).find(|&i| !filled[i] && weight[i] > one);
        let (Some(needy), Some(giver)) = (needy, giver) else {
            return table;
        };
        filled[needy] = true;
        table.keep[needy] = weight[needy];
        table.alias[needy] = giver;
        let gift = one - weight[needy];
        weight[giver] -= gift;
    }
}
