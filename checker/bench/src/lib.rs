//! Times the course's kernels on real devices.
//!
//! Everything that judges runs on the simulator, which counts and cannot be in a hurry. This
//! crate judges nobody: it times an answer's kernel beside a naive one, beside a library's where
//! there is one, and beside what the device can do at all, in one run on one machine, so that
//! their ratios mean something where the times do not.
//!
//! An exercise says what is timed in a `bench.rs` beside its `checks.rs`:
//!
//! ```no_run
//! use bench::prelude::*;
//!
//! # mod answer {
//! # use lab::prelude::*;
//! # #[cube(launch)]
//! # pub fn double(x: &[f32], y: &mut [f32]) {
//! #     if ABSOLUTE_POS < y.len() { y[ABSOLUTE_POS] = x[ABSOLUTE_POS] * 2.0; }
//! # }
//! # }
//! # use answer::double;
//! pub fn bench(b: &mut Bench) {
//!     let n = b.size(Sizes { gpu: 1 << 23, software: 1 << 20, simulator: 1 << 12 });
//!     let x = b.random("x", n);
//!     let y = b.lab().allocate::<f32>("y", n);
//!     b.case(&format!("n = {n}"), Work { bytes: 8.0 * n as f64, flops: n as f64 });
//!     b.answer(move |lab| {
//!         let (grid, cube) = (CubeCount::Static(n.div_ceil(256) as u32, 1, 1), CubeDim::new_1d(256));
//!         double::launch(&lab.client(), grid, cube, lab.argument(&x), lab.argument(&y));
//!         y.clone()
//!     });
//! }
//! ```
//!
//! The program `bench NAME` writes a [`Report`] as JSON; `llmlings bench` draws it.

mod case;
mod device;
mod measure;
mod peaks;
mod report;
mod simulate;

pub use case::{Bench, Part, Sizes, Work};
pub use device::{Kind, Opened, Unavailable, open};
pub use measure::measure;
pub use report::{Contender, Counted, Machine, Peaks, Predicted, Report, Role, Timed};

/// What a `bench.rs` imports.
pub mod prelude {
    pub use crate::{Bench, Sizes, Work};
    pub use lab::prelude::*;
}

/// Whose kernels, and the `bench.rs` that launches them.
pub type Launches = (Part, fn(&mut Bench));

/// Times, or counts on the simulator, what `parts` of an exercise say, in this order.
pub fn report(name: &str, device: &Opened, parts: &[Launches], runs: usize) -> Report {
    let mut case = Bench::new(device);
    for (part, bench) in parts {
        case.begin(*part);
        bench(&mut case);
    }
    let (contenders, peaks) = match device {
        Opened::Simulator => (simulate::count(&case), None),
        Opened::Real { .. } => measure(&case, runs),
    };
    Report {
        exercise: name.into(),
        device: device.machine(),
        case: case.words().into(),
        bytes: case.work().bytes,
        flops: case.work().flops,
        peaks,
        contenders,
        library: case.library_words().into(),
    }
}
