//! What a run tells: the writing side of a JSON object. Times are in seconds, rates in bytes and
//! floating-point operations a second.

use serde::Serialize;

/// One exercise on one device.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The exercise's id.
    pub exercise: String,
    /// What it ran on.
    pub device: Machine,
    /// With what it ran: sizes, in words.
    pub case: String,
    /// Bytes that have to move at least.
    pub bytes: f64,
    /// Floating-point operations that have to be done.
    pub flops: f64,
    /// What the device can do, measured in the same run; none of the simulator.
    pub peaks: Option<Peaks>,
    /// What ran, the answer first.
    pub contenders: Vec<Contender>,
    /// Why no library's kernel is among them, if none is.
    pub library: String,
}

/// A device.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    /// `sim`, `wgpu`, `cuda` or `cpu`.
    pub kind: String,
    /// What its driver calls it.
    pub name: String,
    /// Whether it is a program, not a GPU.
    pub software: bool,
}

/// What a device was measured to be able to do.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Peaks {
    /// Of a copy, in bytes a second, read and written ones together.
    pub bandwidth: f64,
    /// Of multiply-adds in registers, in floating-point operations a second.
    pub flops: f64,
}

/// Whose kernel it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The learner's.
    Answer,
    /// The reference's.
    Reference,
    /// What one would write first.
    Naive,
    /// A library's.
    Library,
}

/// One kernel, or a chain of them that does the same.
#[derive(Clone, Debug, Serialize)]
pub struct Contender {
    /// Whose it is.
    pub role: Role,
    /// What it does.
    pub label: String,
    /// The largest difference of its output from the first contender's, as a share of the
    /// largest number of that.
    pub difference: f64,
    /// On a real device.
    pub timed: Option<Timed>,
    /// On the simulator.
    pub counted: Option<Counted>,
    /// What ended it before it had an output.
    pub failure: Option<String>,
}

/// How long it took.
#[derive(Clone, Debug, Serialize)]
pub struct Timed {
    /// Of each run, in the order of running.
    pub seconds: Vec<f64>,
    /// Their median.
    pub median: f64,
    /// How many times as fast as the first contender, by the medians.
    pub speed: f64,
    /// The time that the peaks allow for the work, by the median: 1 is as fast as can be.
    pub of_peak: f64,
}

/// What the simulator counted, over all launches.
#[derive(Clone, Debug, Serialize)]
pub struct Counted {
    /// Bytes asked for.
    pub bytes: u64,
    /// Bytes of the 32-byte sectors that were touched.
    pub moved: u64,
    /// Floating-point operations.
    pub flops: u64,
    /// How many launches.
    pub launches: usize,
    /// What the roofline promises for devices known by their data sheets.
    pub predicted: Vec<Predicted>,
    /// The roofline of the first of them, drawn.
    pub chart: String,
}

/// The roofline's promise.
#[derive(Clone, Debug, Serialize)]
pub struct Predicted {
    /// For this device.
    pub device: String,
    /// It takes at least as long, in seconds.
    pub seconds: f64,
    /// `memory` or `arithmetic`.
    pub bound: String,
}
