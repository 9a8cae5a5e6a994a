//! Two lists each, and the program read by index.

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
    let n = x.len();
    let mut gradient = Array1::from_elem(n, R::of(0.0));
    for input in 0..n {
        let mut values: Vec<R> = x.iter().copied().collect();
        let mut moves = vec![R::of(0.0); n];
        moves[input] = R::of(1.0);
        for op in program {
            let (value, moved) = match *op {
                Op::Add(a, b) => (values[a] + values[b], moves[a] + moves[b]),
                Op::Mul(a, b) => (
                    values[a] * values[b],
                    moves[a] * values[b] + values[a] * moves[b],
                ),
            };
            values.push(value);
            moves.push(moved);
        }
        gradient[input] = moves[moves.len() - 1];
    }
    gradient
}

/// The same gradient by one sweep back, without a product where a slope is 1.
pub fn gradient_reverse<R: Real>(program: &[Op], x: &ArrayRef1<R>) -> Array1<R> {
    let n = x.len();
    let mut values: Vec<R> = x.iter().copied().collect();
    for op in program {
        let value = match *op {
            Op::Add(a, b) => values[a] + values[b],
            Op::Mul(a, b) => values[a] * values[b],
        };
        values.push(value);
    }
    let mut adjoints = vec![R::of(0.0); values.len()];
    if values.is_empty() {
        return Array1::from(adjoints);
    }
    adjoints[values.len() - 1] = R::of(1.0);
    let mut at = program.len();
    while at > 0 {
        at -= 1;
        let above = adjoints[n + at];
        let (a, b, to_a, to_b) = match program[at] {
            Op::Add(a, b) => (a, b, above, above),
            Op::Mul(a, b) => (a, b, values[b] * above, values[a] * above),
        };
        adjoints[a] = adjoints[a] + to_a;
        adjoints[b] = adjoints[b] + to_b;
    }
    Array1::from_iter(adjoints.into_iter().take(n))
}

/// How many times the operations of `gradient_reverse` those of `gradient_forward` are, on a
/// program of n inputs, `muls` products and `adds` sums (not both 0).
pub fn predict_ratio(n: u64, muls: u64, adds: u64) -> f64 {
    let (n, muls, adds) = (n as f64, muls as f64, adds as f64);
    n * (4.0 * muls + 2.0 * adds) / (5.0 * muls + 3.0 * adds)
}
