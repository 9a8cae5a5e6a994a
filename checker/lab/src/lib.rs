//! What kernel exercises are written with: CubeCL, and a GPU that everybody has.
//!
//! A learner writes a kernel and its launch geometry, with `use lab::prelude::*`. Buffers and
//! launches belong to the checks, which run the kernel on a simulated device
//! ([`Lab`]): it counts what the kernel does, and catches what it does wrong.
//!
//! ```no_run
//! use kit::prelude::*;
//! use lab::{CubeCount, CubeDim, Lab};
//!
//! # mod answer {
//! use lab::prelude::*;
//!
//! #[cube(launch)]
//! pub fn double(x: &[f32], y: &mut [f32]) {
//!     if ABSOLUTE_POS < y.len() {
//!         y[ABSOLUTE_POS] = x[ABSOLUTE_POS] + x[ABSOLUTE_POS];
//!     }
//! }
//! # }
//! # use answer::double;
//!
//! fn doubled(c: &mut Check) {
//!     let lab = Lab::new();
//!     let (x, y) = (lab.upload("x", &[1.0f32, 2.0, 3.0]), lab.allocate::<f32>("y", 3));
//!     let (grid, cube) = (CubeCount::Static(1, 1, 1), CubeDim::new_1d(4));
//!     double::launch(&lab.client(), grid, cube, lab.argument(&x), lab.argument(&y));
//!     // What was caught is evidence; then there is nothing more to see.
//!     let Some(run) = lab.run(c, "n = 3") else { return };
//!     c.observe("y", &lab.read(&y), t32(1));
//!     c.at_most("loads", run.loads("x"), 3.0);
//! }
//! ```

mod caught;
mod geometry;
mod run;

pub use geometry::{cubes_along, units_along};
pub use gpu::cubecl;
pub use gpu::cubecl::prelude::{CubeCount, CubeDim};
pub use run::{Buffer, Lab, Run};

/// What a kernel imports: all that CubeCL offers to kernels, and the lab.
pub mod prelude {
    pub use crate::{Buffer, Lab};
    pub use gpu::cubecl::{self, prelude::*};
}
