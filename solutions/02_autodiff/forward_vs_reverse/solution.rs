//! A gradient by forward mode and by reverse mode, and what each costs.

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
        // A number, and how fast it moves with this input.
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
    let mut values = x.to_vec();
    for &op in program {
        values.push(match op {
            Op::Add(a, b) => values[a] + values[b],
            Op::Mul(a, b) => values[a] * values[b],
        });
    }
    let mut adjoints = vec![R::of(0.0); values.len()];
    if let Some(out) = adjoints.last_mut() {
        *out = R::of(1.0);
    }
    for (i, &op) in program.iter().enumerate().rev() {
        let whole = adjoints[x.len() + i];
        match op {
            Op::Add(a, b) => {
                adjoints[a] += whole;
                adjoints[b] += whole;
            }
            Op::Mul(a, b) => {
                adjoints[a] += whole * values[b];
                adjoints[b] += whole * values[a];
            }
        }
    }
    adjoints.truncate(x.len());
    Array1::from(adjoints)
}

/// The operations of `gradient_forward` divided by those of `gradient_reverse`, on a program of
/// n inputs, `muls` products and `adds` sums (not both 0).
pub fn predict_ratio(n: u64, muls: u64, adds: u64) -> f64 {
    let forward = n * (4 * muls + 2 * adds); // a pass for each input
    let reverse = 5 * muls + 3 * adds; // the program once, and once back
    forward as f64 / reverse as f64
}

// Look back. One input: 4M + 2A against 5M + 3A, so forward mode wins, 4 to 5 for products. From
// two inputs on it is 2·4 to 5, then n times as much. The sweep costs at most 5 times the
// program, for any n (Baur and Strassen 1983), and pays by keeping all values: 8 bytes an
// operation. Forward mode may forget, and wins where inputs are few and results many.
