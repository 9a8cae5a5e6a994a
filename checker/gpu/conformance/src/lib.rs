//! CubeCL's own runtime tests, run on the simulator.
//!
//! Every test gets a device of its own, and writes down at its end whether the device had
//! anything to do: a test that finds a feature missing returns at once and counts as skipped,
//! not as passed. `cargo run -p conformance` runs them all and prints the counts.

mod witness;

pub use witness::{WITNESS, Witnessed};

#[cfg(test)]
mod suite;
