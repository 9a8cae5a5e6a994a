//! Instances of ndarray's generics that nearly every exercise uses.

use ndarray::*;

/// Never called: it only has to be compiled.
pub fn instances(z: &ArrayRef2<f64>, v: &ArrayRef1<f64>, n: &ArrayRef2<u64>) -> Array2<f64> {
    let mut s = z.to_owned();
    for mut row in s.rows_mut() {
        let m = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        row.mapv_inplace(|x| (x - m).exp());
        let sum = row.sum();
        row /= sum;
    }
    let column = v.to_owned().insert_axis(Axis(1));
    let row: Array2<f64> = v.to_owned().insert_axis(Axis(0));
    let outer = Array2::from_diag(&Array1::from_iter(v.iter().copied())) - column.dot(&row);
    let mut dz: Array2<f64> = Array2::zeros(s.raw_dim());
    Zip::from(dz.rows_mut())
        .and(s.rows())
        .and(z.rows())
        .for_each(|mut dz, s, g| {
            let dot = s.dot(&g);
            Zip::from(&mut dz)
                .and(&s)
                .and(&g)
                .for_each(|d, &s, &g| *d = s * (g - dot));
        });
    let skew = (&outer - &outer.t()).mapv(f64::abs).sum();
    let product = &s * &z.to_owned();
    let sum = &s * &s + &product - &s;
    let scaled = array![[1.0, 2.0]] * 3.0 + s.slice(s![.., ..2]).to_owned();
    let counts = n.sum() as f64 + n.sum_axis(Axis(1)).mapv(|x| x as f64).sum();
    let sums = sum.sum_axis(Axis(0)).sum() + z.to_owned().reversed_axes().sum();
    dz * (skew + counts + sums + scaled.sum() + v.dot(v) + s.dot(&s.t()).sum())
}
