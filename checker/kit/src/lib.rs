//! What the checks of an exercise are written with.
//!
//! A `checks.rs` lists checks, each with a name that is a true sentence. A check makes
//! seeded inputs, calls the answer's functions, [observes](Check::observe) what they
//! return, and states [properties](Check::holds) that teach.
//!
//! ```no_run
//! use kit::prelude::*;
//! # fn softmax(z: &ArrayRef1<f64>) -> Array1<f64> { z.to_owned() }
//!
//! pub fn main() {
//!     checks(&[("a softmax sums to one", |c| {
//!         let z = c.normal(5);
//!         c.given("z", &z);
//!         let s = softmax(&z);
//!         c.observe("s", &s, T64);
//!         c.close(s.sum(), 1.0, T64, "probabilities sum to 1");
//!     })])
//! }
//! ```
//!
//! The same program judges in several modes (see [`checks`]): a learner's answer against
//! the recorded snapshot at once, or a submitted transcript on seeds that its author had
//! not seen. It speaks to llmlings by one JSON event a line in a file of its own, which a
//! learner's `println!` cannot disturb, and to a person in plain text.
//!
//! The kit stays lean, since every check program links it: no argument parser, no regular
//! expressions, no serialisation framework.

pub mod alloc;
mod check;
pub mod corpus;
pub mod count;
mod event;
mod evidence;
mod options;
mod panics;
mod plain;
mod plot;
mod program;
mod rng;
mod special;
#[doc(hidden)] // public, or the compiler finds it unused and compiles nothing
pub mod warm;
pub mod yardstick;

pub use check::{Check, Mismatch};
pub use count::Real;
pub use evidence::{Element, Evidence};
pub use panics::resume_panic_of_another_thread;
pub use plot::{Heat, Line, Plot, Series};
pub use program::{CheckFn, checks};
pub use rng::Rng;
pub use special::erf;
pub use transcript::{EXACT, G64, T64, Tolerance, t32};

/// What a `checks.rs` imports: the kit, and ndarray.
pub mod prelude {
    pub use crate::corpus::{self, Corpus};
    pub use crate::yardstick;
    pub use crate::{
        Check, EXACT, G64, Heat, Line, Plot, Real, Rng, Series, T64, Tolerance, checks, t32,
    };
    pub use ndarray::{
        Array, Array1, Array2, Array3, ArrayRef, ArrayRef1, ArrayRef2, ArrayRef3, Axis, Zip, array,
        s,
    };
}
