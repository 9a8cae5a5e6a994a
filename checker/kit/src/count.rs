//! Counting arithmetic: numbers that know how often they were used.
//!
//! An exercise whose operations are judged is generic over [`Real`]. The learner's own
//! code then runs once on [`Counted`] numbers, and the count is a fact, not an estimate.

use ndarray::{LinalgScalar, ScalarOperand};
use num_traits::{One, Zero};
use std::cell::Cell;
use std::cmp::Ordering;
use std::fmt::Debug;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

/// A real number: `f64`, `f32`, or a number that counts its uses.
///
/// Arrays of it have `dot`, `sum`, and the arithmetic of ndarray.
///
/// ```
/// use kit::Real;
/// fn halve<R: Real>(x: R) -> R {
///     x * R::of(0.5)
/// }
/// assert_eq!(halve(3.0), 1.5);
/// ```
pub trait Real:
    LinalgScalar
    + ScalarOperand
    + PartialOrd
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
    + Sum
    + Debug
{
    /// The constant `x`.
    fn of(x: f64) -> Self;
    /// The value as `f64`.
    fn value(self) -> f64;
    /// eˣ.
    fn exp(self) -> Self;
    /// The natural logarithm.
    fn ln(self) -> Self;
    /// The square root.
    fn sqrt(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// The power with a whole exponent, which may be negative; x⁰ is 1 for every x.
    fn powi(self, n: i32) -> Self;
    /// The larger of two.
    fn max(self, other: Self) -> Self {
        if self < other { other } else { self }
    }
}

macro_rules! real {
    ($t:ty) => {
        impl Real for $t {
            fn of(x: f64) -> Self {
                x as $t
            }
            fn value(self) -> f64 {
                f64::from(self)
            }
            fn exp(self) -> Self {
                <$t>::exp(self)
            }
            fn ln(self) -> Self {
                <$t>::ln(self)
            }
            fn sqrt(self) -> Self {
                <$t>::sqrt(self)
            }
            fn tanh(self) -> Self {
                <$t>::tanh(self)
            }
            fn powi(self, n: i32) -> Self {
                <$t>::powi(self, n)
            }
        }
    };
}

real!(f64);
real!(f32);

/// How many operations of each kind were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Operations {
    /// Additions, subtractions and changes of sign.
    pub adds: u64,
    /// Multiplications.
    pub muls: u64,
    /// Divisions.
    pub divs: u64,
    /// Exponentials, logarithms, roots, hyperbolic tangents and powers.
    pub functions: u64,
    /// Questions which of two numbers is smaller; whether they are equal is not counted.
    pub comparisons: u64,
}

impl Operations {
    /// Floating-point operations: each counts one, but comparisons are none.
    pub fn flops(&self) -> u64 {
        self.adds + self.muls + self.divs + self.functions
    }
}

thread_local! {
    static MADE: Cell<Operations> = const {
        Cell::new(Operations { adds: 0, muls: 0, divs: 0, functions: 0, comparisons: 0 })
    };
}

fn made(change: impl FnOnce(&mut Operations)) {
    MADE.with(|made| {
        let mut so_far = made.get();
        change(&mut so_far);
        made.set(so_far);
    });
}

/// Runs `f` and counts the operations on [`Counted`] numbers in it, on this thread.
///
/// ```
/// use kit::count::{Counted, operations};
/// use ndarray::Array1;
/// let x: Array1<Counted> = (1..=5).map(|i| Counted(f64::from(i))).collect();
/// let (sum, cost) = operations(|| x.iter().copied().fold(Counted(0.0), |s, x| s + x * x));
/// assert_eq!((sum.0, cost.muls, cost.adds), (55.0, 5, 5));
/// ```
pub fn operations<R>(f: impl FnOnce() -> R) -> (R, Operations) {
    let before = MADE.replace(Operations::default());
    let result = f();
    (result, MADE.replace(before))
}

/// A number that counts what is done with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted(pub f64);

/// `<`, `>`, `<=`, `>=` and sorting all come through here.
impl PartialOrd for Counted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        made(|so_far| so_far.comparisons += 1);
        self.0.partial_cmp(&other.0)
    }
}

macro_rules! operator {
    ($op:ident $method:ident $assign:ident $assign_method:ident $count:ident $sign:tt) => {
        impl $op for Counted {
            type Output = Self;
            // Counting beside computing is the point.
            #[allow(clippy::suspicious_arithmetic_impl)]
            fn $method(self, other: Self) -> Self {
                made(|so_far| so_far.$count += 1);
                Self(self.0 $sign other.0)
            }
        }
        impl $assign for Counted {
            #[allow(clippy::suspicious_op_assign_impl)]
            fn $assign_method(&mut self, other: Self) {
                *self = *self $sign other;
            }
        }
    };
}

operator!(Add add AddAssign add_assign adds +);
operator!(Sub sub SubAssign sub_assign adds -);
operator!(Mul mul MulAssign mul_assign muls *);
operator!(Div div DivAssign div_assign divs /);

impl Neg for Counted {
    type Output = Self;
    fn neg(self) -> Self {
        made(|so_far| so_far.adds += 1);
        Self(-self.0)
    }
}

impl Sum for Counted {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self(0.0), |sum, x| sum + x)
    }
}

impl Zero for Counted {
    fn zero() -> Self {
        Self(0.0)
    }
    fn is_zero(&self) -> bool {
        self.0 == 0.0
    }
}

impl One for Counted {
    fn one() -> Self {
        Self(1.0)
    }
}

impl ScalarOperand for Counted {}

impl Real for Counted {
    fn of(x: f64) -> Self {
        Self(x)
    }
    fn value(self) -> f64 {
        self.0
    }
    fn exp(self) -> Self {
        made(|so_far| so_far.functions += 1);
        Self(self.0.exp())
    }
    fn ln(self) -> Self {
        made(|so_far| so_far.functions += 1);
        Self(self.0.ln())
    }
    fn sqrt(self) -> Self {
        made(|so_far| so_far.functions += 1);
        Self(self.0.sqrt())
    }
    fn tanh(self) -> Self {
        made(|so_far| so_far.functions += 1);
        Self(self.0.tanh())
    }
    fn powi(self, n: i32) -> Self {
        made(|so_far| so_far.functions += 1);
        Self(self.0.powi(n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    /// ndarray computes αAB + βC: two products an element beside the two flops a term.
    #[test]
    fn a_matrix_product_costs_two_flops_a_term() {
        let a = Array2::from_elem((3, 4), Counted(1.0));
        let b = Array2::from_elem((4, 5), Counted(2.0));
        let (c, cost) = operations(|| a.dot(&b));
        assert_eq!(c[[2, 4]].0, 8.0);
        assert_eq!(cost.muls, 3 * 4 * 5 + 2 * 3 * 5);
        assert!(cost.adds >= 3 * 4 * 5 && cost.adds <= 3 * 5 * (4 + 8));
    }

    #[test]
    fn a_comparison_counts_and_is_no_floating_point_operation() {
        let (larger, cost) = operations(|| Real::max(Counted(1.0), Counted(2.0)));
        assert_eq!((larger.0, cost.comparisons, cost.flops()), (2.0, 1, 0));
        let mut numbers = [3.0, 1.0, 2.0].map(Counted);
        let ((), cost) = operations(|| numbers.sort_by(|a, b| a.partial_cmp(b).unwrap()));
        assert!((2..=3).contains(&cost.comparisons), "{cost:?}");
    }

    #[test]
    fn counting_nests() {
        let (inner, outer) = operations(|| {
            let _ = Counted(1.0) + Counted(2.0);
            operations(|| Counted(1.0).exp()).1
        });
        assert_eq!((inner.functions, inner.adds), (1, 0));
        assert_eq!((outer.functions, outer.adds), (0, 1));
    }
}
