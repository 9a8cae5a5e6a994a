//! Every function by one helper that is the chain rule; powers by repeated multiplication;
//! quotients by the power −1; the slope of tanh from cosh.

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
    Dual { v, d: v - v }
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
        d: b.v * a.d + b.d * a.v,
    }
}

/// a/b, for a value of b that is not 0.
pub fn div<R: Real>(a: Dual<R>, b: Dual<R>) -> Dual<R> {
    mul(a, powi(b, -1))
}

/// eᵃ.
pub fn exp<R: Real>(a: Dual<R>) -> Dual<R> {
    chain(a, a.v.exp(), a.v.exp())
}

/// The natural logarithm of a, whose value is positive.
pub fn ln<R: Real>(a: Dual<R>) -> Dual<R> {
    chain(a, a.v.ln(), R::of(1.0) / a.v)
}

/// The hyperbolic tangent of a.
pub fn tanh<R: Real>(a: Dual<R>) -> Dual<R> {
    let cosh = (a.v.exp() + (-a.v).exp()) / R::of(2.0);
    chain(a, a.v.tanh(), R::of(1.0) / (cosh * cosh))
}

/// aⁿ for a whole n, which may be 0 or negative; a⁰ is 1 for every a, 0 included.
pub fn powi<R: Real>(a: Dual<R>, n: i32) -> Dual<R> {
    match n {
        0 => constant(R::of(1.0)),
        1.. => mul(a, powi(a, n - 1)),
        _ => {
            let one_over = R::of(1.0) / a.v;
            powi(chain(a, one_over, -one_over * one_over), -n)
        }
    }
}

/// f(x), and how fast f moves as x moves by `dir`, Σᵢ ∂f/∂xᵢ·dirᵢ: x, dir `[n]` → two numbers,
/// by one evaluation of f.
pub fn jvp<R: Real>(
    f: impl Fn(&[Dual<R>]) -> Dual<R>,
    x: &ArrayRef1<R>,
    dir: &ArrayRef1<R>,
) -> (R, R) {
    assert_eq!(x.len(), dir.len());
    let inputs = (0..x.len())
        .map(|i| {
            add(
                constant(x[i]),
                Dual {
                    v: R::of(0.0),
                    d: dir[i],
                },
            )
        })
        .collect::<Vec<Dual<R>>>();
    let Dual { v, d } = f(inputs.as_slice());
    (v, d)
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

/// A function of `a` with this value and this derivative at it.
fn chain<R: Real>(a: Dual<R>, value: R, slope: R) -> Dual<R> {
    Dual {
        v: value,
        d: slope * a.d,
    }
}
