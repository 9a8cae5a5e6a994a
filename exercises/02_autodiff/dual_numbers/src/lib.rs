//! # Numbers that carry their derivative
//!
//! ## Understand
//! A *dual number* is v + dε, where ε² = 0 and ε ≠ 0: a value v, and beside ε how fast it
//! moves. Add, multiply and divide such numbers by the rules of algebra, drop ε², and the
//! derivative comes out beside ε, without a difference and without a step. By hand:
//! (2 + 3ε)(5 + 7ε) = 10 + (2·7 + 3·5)ε = 10 + 29ε.
//! Shapes: x and dir `[n]`, n ≥ 0; a `Dual` is two numbers.
//!
//! ## Plan
//! For any differentiable f, f(v + dε) = f(v) + f′(v)·d·ε: Taylor's series, with all after the
//! linear term gone. It is the chain rule, if d is what came from inside (notes, "Dual
//! numbers"; Clifford 1873; Griewank & Walther, *Evaluating Derivatives*, 2008, chapter 3).
//! tanh′ is 1 − tanh². To differentiate a program along a direction, start every input with
//! the speed that the direction gives it, run the program once, and read d.
//!
//! ## Carry out
//! Nine gaps, of 1 to 6 lines each. Budget: 2 operations an addition, 4 a multiplication, one
//! call of f in `jvp`. Operations are judged by running your code on numbers that count,
//! hence `R: Real` (R is f64 where none is named). `Real` offers + − × ÷ and, as methods,
//! `exp`, `ln`, `sqrt`, `tanh`, `powi`. It has no literals: write `R::of(1.0)`, and
//! `R::of(n as f64)` for a whole n. `dir` is any vector of n numbers; it is not
//! normalised: twice as long means twice as fast. `a + b`, `a * b`, `a / b` on dual numbers call
//! your `add`, `mul`, `div`: that wiring stands at the end of the file, and is finished.
//!
//! ## Look back
//! How many passes does a gradient of n inputs take? Why does a pass cost at most four times
//! the program, if the program is made of sums and products? What would ε³ = 0 carry along?
//! Reverse mode, later in this stage, needs one pass however large n is.

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
    todo!() // ≈ 1 line
}

/// a + b.
pub fn add<R: Real>(a: Dual<R>, b: Dual<R>) -> Dual<R> {
    todo!() // ≈ 4 lines
}

/// a·b.
pub fn mul<R: Real>(a: Dual<R>, b: Dual<R>) -> Dual<R> {
    todo!() // ≈ 4 lines
}

/// a/b, for a value of b that is not 0.
pub fn div<R: Real>(a: Dual<R>, b: Dual<R>) -> Dual<R> {
    todo!() // ≈ 5 lines
}

/// eᵃ.
pub fn exp<R: Real>(a: Dual<R>) -> Dual<R> {
    todo!() // ≈ 2 lines
}

/// The natural logarithm of a, whose value is positive.
pub fn ln<R: Real>(a: Dual<R>) -> Dual<R> {
    todo!() // ≈ 4 lines
}

/// The hyperbolic tangent of a.
pub fn tanh<R: Real>(a: Dual<R>) -> Dual<R> {
    todo!() // ≈ 5 lines
}

/// aⁿ for a whole n, which may be 0 or negative; a⁰ is 1 for every a, 0 included.
pub fn powi<R: Real>(a: Dual<R>, n: i32) -> Dual<R> {
    todo!() // ≈ 6 lines
}

/// f(x), and how fast f moves as x moves by `dir`, Σᵢ ∂f/∂xᵢ·dirᵢ: x, dir `[n]` → two numbers,
/// by one evaluation of f.
pub fn jvp<R: Real>(
    f: impl Fn(&[Dual<R>]) -> Dual<R>,
    x: &ArrayRef1<R>,
    dir: &ArrayRef1<R>,
) -> (R, R) {
    todo!() // ≈ 5 lines
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
