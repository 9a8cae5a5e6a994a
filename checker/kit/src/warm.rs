//! Instances of this crate's generic functions that most checks use, compiled once here
//! instead of in every check program.

use crate::{Check, T64, Tolerance};
use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2};

/// Never called: it only has to be compiled.
#[allow(dead_code)]
pub fn instances(c: &mut Check, x: &ArrayRef1<f64>, z: &ArrayRef2<f64>, n: &ArrayRef2<u64>) {
    let _: (Array1<f64>, Array2<f64>) = (c.normal(3), c.normal((3, 5)));
    let _: (Array1<f64>, Array2<f64>) = (c.uniform(3), c.uniform((3, 5)));
    c.given("x", x);
    c.given("z", z);
    c.given("i", &vec![0usize]);
    c.given("t", &String::new());
    c.observe("x", x, T64);
    c.observe("z", z, T64);
    c.observe("n", n, Tolerance::Exact);
    c.observe("i", &vec![0usize], Tolerance::Exact);
    c.observe("j", &vec![0u32], Tolerance::Exact);
    c.observe("k", &vec![0i32], Tolerance::Exact);
    c.observe("c", &vec!['a'], Tolerance::Exact);
    c.observe("f", &vec![0f32], Tolerance::Exact);
    c.observe_large("x", x, T64);
    c.observe_large("z", z, T64);
    c.derivative(x, x, &|x| x.sum(), "");
    c.derivative(z, z, &|z| z.sum(), "");
}
