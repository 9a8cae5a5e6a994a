//! Without piles: two fingers walk over the symbols, one to the next light one, one to the next
//! heavy one. A giver that became light before the first finger's place is served at once.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

pub struct Alias<R> {
    pub keep: Array1<R>,
    pub alias: Array1<usize>,
}

pub fn draw<R: Real>(table: &Alias<R>, u: R) -> usize {
    let v = table.keep.len();
    let cell = (u * R::of(v as f64)).value().floor();
    let own = (R::of(cell) + table.keep[cell as usize]) / R::of(v as f64);
    if u >= own {
        table.alias[cell as usize]
    } else {
        cell as usize
    }
}

pub fn build<R: Real>(p: &ArrayRef1<R>) -> Alias<R> {
    let v = p.len();
    let one = R::of(1.0);
    let mut keep: Array1<R> = p.iter().map(|&p| R::of(v as f64) * p).collect();
    let mut alias = Array1::from_elem(v, usize::MAX);
    let mut giver = 0;
    for cell in 0..v {
        // Who is light now, and after it every giver that it makes light and that was passed.
        let mut needy = cell;
        while alias[needy] == usize::MAX && keep[needy] < one {
            while giver < v && (alias[giver] != usize::MAX || keep[giver] < one || giver == needy) {
                giver += 1;
            }
            if giver == v {
                keep[needy] = one; // by rounding alone
                break;
            }
            alias[needy] = giver;
            keep[giver] = (keep[giver] + keep[needy]) - one;
            if giver > cell {
                break; // its turn will come
            }
            needy = giver;
        }
    }
    keep.mapv_inplace(|share| if one < share { one } else { share });
    Alias { keep, alias }
}
