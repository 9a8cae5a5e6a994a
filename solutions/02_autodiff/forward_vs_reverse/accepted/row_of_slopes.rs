//! Forwards all inputs at once, a row of slopes with each number, so that the values come once;
//! backwards each number is met from the end, and only its adjoint popped.

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

/// The gradient of the last number of the program: x `[n]` → `[n]`.
pub fn gradient_forward<R: Real>(program: &[Op], x: &ArrayRef1<R>) -> Array1<R> {
    let (zero, one) = (R::of(0.0), R::of(1.0));
    let mut numbers: Vec<(R, Vec<R>)> = Vec::new();
    for (i, &value) in x.iter().enumerate() {
        let mut slopes = vec![zero; x.len()];
        slopes[i] = one;
        numbers.push((value, slopes));
    }
    for op in program {
        let number = match *op {
            Op::Add(a, b) => {
                let ((x, dx), (y, dy)) = (&numbers[a], &numbers[b]);
                let slopes = dx.iter().zip(dy).map(|(&dx, &dy)| dx + dy);
                (*x + *y, slopes.collect())
            }
            Op::Mul(a, b) => {
                let ((x, dx), (y, dy)) = (&numbers[a], &numbers[b]);
                let slopes = dx.iter().zip(dy).map(|(&dx, &dy)| dx * *y + dy * *x);
                (*x * *y, slopes.collect())
            }
        };
        numbers.push(number);
    }
    match numbers.pop() {
        Some((_, slopes)) => Array1::from(slopes),
        None => Array1::from(Vec::new()),
    }
}

/// The same gradient by one sweep back.
pub fn gradient_reverse<R: Real>(program: &[Op], x: &ArrayRef1<R>) -> Array1<R> {
    let run = |mut values: Vec<R>, op: &Op| {
        let value = match *op {
            Op::Add(a, b) => values[a] + values[b],
            Op::Mul(a, b) => values[a] * values[b],
        };
        values.push(value);
        values
    };
    let values = program.iter().fold(x.to_vec(), run);
    let mut adjoints: Vec<R> = values.iter().map(|_| R::of(0.0)).collect();
    adjoints
        .pop()
        .into_iter()
        .for_each(|_| adjoints.push(R::of(1.0)));
    for op in program.iter().rev() {
        let Some(own) = adjoints.pop() else { break };
        let shares = match *op {
            Op::Add(a, b) => [(a, own), (b, own)],
            Op::Mul(a, b) => [(a, own * values[b]), (b, own * values[a])],
        };
        for (read, share) in shares {
            adjoints[read] += share;
        }
    }
    Array1::from(adjoints)
}

/// How many times the operations of `gradient_reverse` those of `gradient_forward` are.
pub fn predict_ratio(n: u64, muls: u64, adds: u64) -> f64 {
    let of = |a_product: f64, a_sum: f64| a_product * muls as f64 + a_sum * adds as f64;
    n as f64 * of(4.0, 2.0) / of(5.0, 3.0)
}
