//! Executes the bytecode of a kernel, deterministically.
//!
//! Cubes run one after another. Inside a cube every plane runs until a barrier or its end, its
//! 32 lanes in lock step. No result depends on this order unless the kernel has a race, and
//! races are found whatever the order.

mod access;
mod account;
mod address;
mod arithmetic;
mod atomics;
mod builtins;
mod casts;
mod cells;
mod compute;
mod control;
mod cube;
mod functions;
mod lanes;
mod launch;
mod memory;
mod minifloat;
mod parallel;
mod plane;
mod planewide;
mod print;
mod shadow;
mod track;
mod traffic;

pub use lanes::LANES;
pub use launch::{Outcome, Task, execute};
pub use memory::Binding;
