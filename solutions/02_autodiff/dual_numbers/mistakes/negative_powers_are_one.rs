//! Negative exponents give 1, as if there were no factor at all. a⁻ⁿ is 1/aⁿ, and its derivative
//! follows from the rule for all whole exponents.

use kit::Real;
use ndarray::ArrayRef1;
use std::ops::{Add, Div, Mul};

/// v + dε, with ε² = 0: a value, and how fast it moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual<R = f64> {
    /// The value.
    pub v: R,
    /// Its derivative along the direction of this pass.
    pub d: R,
}

/// The number v, which no input moves.
pub fn constant<R: Real>(v: R) -> Dual<R> {
    Dual { v, d: R::of(0.0) }
}

/// a + b.
pub fn add<R: Real>(a: Dual<R>, b: Dual<R>) -> Dual<R> {
    Dual {
        v: a.v + b.v,
        d: a.d + b.d,
    }
}

/// a·b.
pub fn mul<R: Real>(a: Dual<R>, b: Dual<R>) -> Dual<R> {
    Dual {
        v: a.v * b.v,
        d: a.v * b.d + a.d * b.v,
    }
}

/// a/b, for a value of b that is not 0.
pub fn div<R: Real>(a: Dual<R>, b: Dual<R>) -> Dual<R> {
    Dual {
        v: a.v / b.v,
        d: (a.d * b.v - a.v * b.d) / (b.v * b.v),
    }
}

/// eᵃ.
pub fn exp<R: Real>(a: Dual<R>) -> Dual<R> {
    Dual {
        v: a.v.exp(),
        d: a.v.exp() * a.d,
    }
}

/// The natural logarithm of a, whose value is positive.
pub fn ln<R: Real>(a: Dual<R>) -> Dual<R> {
    Dual {
        v: a.v.ln(),
        d: a.d / a.v,
    }
}

/// The hyperbolic tangent of a.
pub fn tanh<R: Real>(a: Dual<R>) -> Dual<R> {
    let v = a.v.tanh();
    Dual {
        v,
        d: (R::of(1.0) - v * v) * a.d,
    }
}

/// aⁿ for a whole n, which may be 0 or negative; a⁰ is 1 for every a, 0 included.
pub fn powi<R: Real>(a: Dual<R>, n: i32) -> Dual<R> {
    let mut power = constant(R::of(1.0));
    for _ in 0..n {
        power = mul(power, a);
    }
    power
}

/// f(x), and how fast f moves as x moves by `dir`, Σᵢ ∂f/∂xᵢ·dirᵢ: x, dir `[n]` → two numbers,
/// by one evaluation of f.
pub fn jvp<R: Real>(
    f: impl Fn(&[Dual<R>]) -> Dual<R>,
    x: &ArrayRef1<R>,
    dir: &ArrayRef1<R>,
) -> (R, R) {
    let mut inputs = Vec::new();
    for i in 0..x.len() {
        inputs.push(Dual { v: x[i], d: dir[i] });
    }
    let y = f(&inputs);
    (y.v, y.d)
}

impl<R: Real> Add for Dual<R> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        add(self, other)
    }
}

impl<R: Real> Mul for Dual<R> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        mul(self, other)
    }
}

impl<R: Real> Div for Dual<R> {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        div(self, other)
    }
}
