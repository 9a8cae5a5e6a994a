//! In one row of indices: light symbols grow from the left, heavy ones from the right, and a giver
//! that became light is where the light ones end. The coin is compared the other way round.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

pub struct Alias<R> {
    pub keep: Array1<R>,
    pub alias: Array1<usize>,
}

pub fn draw<R: Real>(table: &Alias<R>, u: R) -> usize {
    let scaled = u * R::of(table.keep.len() as f64);
    let (cell, coin) = (scaled.value().trunc(), scaled.value().fract());
    let cell = cell as usize;
    if table.keep[cell] > R::of(coin) {
        return cell;
    }
    table.alias[cell]
}

pub fn build<R: Real>(p: &ArrayRef1<R>) -> Alias<R> {
    let v = p.len();
    let mut share: Vec<R> = p.iter().map(|&p| p * R::of(v as f64)).collect();
    let mut row = vec![0; v];
    let (mut lights, mut heavies) = (0, v);
    for i in 0..v {
        if share[i] < R::of(1.0) {
            row[lights] = i;
            lights += 1;
        } else {
            heavies -= 1;
            row[heavies] = i;
        }
    }
    // row[..done] have their cells; row[done..heavies] are light, row[heavies..] heavy.
    let mut alias = vec![0; v];
    let mut done = 0;
    while done < heavies && heavies < v {
        let (light, heavy) = (row[done], row[heavies]);
        alias[light] = heavy;
        share[heavy] = share[heavy] + share[light] - R::of(1.0);
        done += 1;
        if share[heavy] < R::of(1.0) {
            heavies += 1;
        }
    }
    for &i in &row[done..] {
        share[i] = R::of(1.0);
        alias[i] = i;
    }
    Alias {
        keep: Array1::from(share),
        alias: Array1::from(alias),
    }
}
