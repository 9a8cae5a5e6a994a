#![doc = include_str!("../README.md")]

mod counts;
mod device;
mod exec;
mod finding;
mod ir;
mod limits;
mod registry;
mod roofline;
mod runtime;
mod server;
mod trace;

pub use cubecl;

pub use counts::{BufferCounts, Counts, Launch, SharedCounts, SharedTraffic, Traffic};
pub use device::{Bounds, Gpu, Options, ReadError};
pub use finding::{Absence, Access, Fault, Finding, Memory, Place, Resource, Unit};
pub use limits::Limits;
pub use roofline::{Bound, Peaks, Roofline};
pub use runtime::{SimulatedDevice, Simulator};
pub use trace::{Mark, Panel, Touch, Trace};
