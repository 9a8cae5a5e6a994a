//! Where a kernel would stand on a real device: the roofline model.
//!
//! A kernel that performs `I` floating-point operations for each byte it moves cannot run
//! faster than `I` times the device's bandwidth, nor faster than the device computes
//! (Williams, Waterman and Patterson, 2009). The simulator knows `I`; it does not know time.

use std::fmt;

use crate::counts::Counts;

/// The peaks of a real device, from its data sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peaks {
    pub name: &'static str,
    /// Single-precision operations per second outside the tensor cores, in FLOP/s.
    pub flops: f64,
    /// Bandwidth of the global memory, in B/s.
    pub bandwidth: f64,
}

impl Peaks {
    /// NVIDIA H100 SXM: 66.9 TFLOP/s, 3.35 TB/s.
    pub const H100: Peaks = Peaks { name: "H100 SXM", flops: 66.9e12, bandwidth: 3.35e12 };
    /// NVIDIA GeForce RTX 4060 for laptops at its highest clock: 14.6 TFLOP/s, 256 GB/s.
    pub const LAPTOP: Peaks = Peaks { name: "RTX 4060 Laptop", flops: 14.6e12, bandwidth: 256e9 };

    /// The intensity in FLOP/B at which a kernel stops being bound by memory.
    pub fn ridge(&self) -> f64 {
        self.flops / self.bandwidth
    }

    /// The most that a kernel of this intensity, in FLOP/B, can reach, in FLOP/s.
    pub fn attainable(&self, intensity: f64) -> f64 {
        (intensity * self.bandwidth).min(self.flops)
    }
}

/// What keeps a kernel from being faster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Memory,
    Compute,
}

/// A kernel on a device's roofline. Its `Display` draws it.
///
/// ```
/// use gpu::{Bound, Counts, Peaks, Roofline};
///
/// let mut counts = Counts { float_ops: 1_000_000, ..Counts::default() };
/// counts.buffers.push(Default::default());
/// counts.buffers[0].load.bytes = 4_000_000;
/// counts.buffers[0].load.sectors = 125_000;
///
/// let roofline = Roofline::new(&counts, Peaks::H100);
/// assert_eq!(roofline.intensity, 0.25);
/// assert_eq!(roofline.bound(), Bound::Memory);
/// println!("{roofline}");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Roofline {
    pub peaks: Peaks,
    /// Floating-point operations for each byte that the kernel asks for, in FLOP/B.
    pub intensity: f64,
    /// The same for each byte of the sectors that its accesses touch: what is left of the
    /// intensity where accesses are not coalesced. Atomics count as asked for.
    pub moved_intensity: f64,
}

impl Roofline {
    pub fn new(counts: &Counts, peaks: Peaks) -> Self {
        let sectors = counts.load().sectors + counts.store().sectors;
        let asked = counts.load().bytes + counts.store().bytes;
        let moved = sectors * 32 + (counts.global_bytes() - asked);
        let ops = counts.float_ops as f64;
        Self {
            peaks,
            intensity: ops / counts.global_bytes() as f64,
            moved_intensity: ops / moved as f64,
        }
    }

    /// The most that the kernel can reach on the device, in FLOP/s.
    pub fn attainable(&self) -> f64 {
        self.peaks.attainable(self.moved_intensity)
    }

    /// What bounds it.
    pub fn bound(&self) -> Bound {
        if self.moved_intensity < self.peaks.ridge() { Bound::Memory } else { Bound::Compute }
    }
}

/// Intensities from 2^-4 to 2^10 FLOP/B, four columns a doubling.
const LOWEST: f64 = -4.0;
const COLUMNS: usize = 56;
const COLUMNS_PER_DOUBLING: f64 = 4.0;
const ROWS: usize = 12;

impl Roofline {
    fn column(intensity: f64) -> usize {
        let column = (intensity.log2() - LOWEST) * COLUMNS_PER_DOUBLING;
        column.round().clamp(0.0, (COLUMNS - 1) as f64) as usize
    }

    /// The row of a rate, counted from the roof down; one row a doubling.
    fn row(&self, rate: f64) -> usize {
        let row = (self.peaks.flops / rate).log2();
        row.round().clamp(0.0, (ROWS - 1) as f64) as usize
    }

    fn chart(&self) -> Vec<String> {
        let mut chart = vec![vec![' '; COLUMNS]; ROWS];
        let mut mark = |intensity: f64, column: usize, mark: char| {
            chart[self.row(self.peaks.attainable(intensity))][column] = mark;
        };
        for column in 0..COLUMNS {
            let intensity = (LOWEST + column as f64 / COLUMNS_PER_DOUBLING).exp2();
            let roof = if intensity < self.peaks.ridge() { '/' } else { '-' };
            mark(intensity, column, roof);
        }
        for (intensity, letter) in [(self.intensity, 'o'), (self.moved_intensity, '*')] {
            if intensity.is_finite() {
                mark(intensity, Self::column(intensity), letter);
            }
        }
        chart
            .into_iter()
            .map(|row| row.into_iter().collect::<String>().trim_end().to_string())
            .collect()
    }
}

impl fmt::Display for Roofline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tera = |rate: f64| rate / 1e12;
        writeln!(
            f,
            "{}: {:.1} TFLOP/s, {:.0} GB/s, ridge at {:.1} FLOP/B",
            self.peaks.name,
            tera(self.peaks.flops),
            self.peaks.bandwidth / 1e9,
            self.peaks.ridge(),
        )?;
        for row in self.chart() {
            writeln!(f, "  |{row}")?;
        }
        writeln!(f, "  +{}", "-".repeat(COLUMNS))?;
        writeln!(f, "   1/16    1/4     1       4       16      64      256   FLOP/B")?;
        let bound = match self.bound() {
            Bound::Memory => "bound by memory",
            Bound::Compute => "bound by arithmetic",
        };
        write!(
            f,
            "  * {:.2} FLOP/B as moved, o {:.2} FLOP/B as asked: at most {:.2} TFLOP/s, {bound}",
            self.moved_intensity,
            self.intensity,
            tera(self.attainable()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::{BufferCounts, Traffic};

    fn counts(float_ops: u64, bytes: u64, sectors: u64) -> Counts {
        let load = Traffic { bytes, sectors, ..Default::default() };
        Counts {
            float_ops,
            buffers: vec![BufferCounts { load, ..Default::default() }],
            ..Default::default()
        }
    }

    #[test]
    fn coalescing_decides_what_bounds_a_kernel() {
        let coalesced = Roofline::new(&counts(64_000, 3200, 100), Peaks::H100);
        assert_eq!((coalesced.intensity, coalesced.moved_intensity), (20.0, 20.0));
        assert_eq!(coalesced.bound(), Bound::Compute);
        assert_eq!(coalesced.attainable(), Peaks::H100.flops);
        let scattered = Roofline::new(&counts(64_000, 3200, 800), Peaks::H100);
        assert_eq!((scattered.intensity, scattered.moved_intensity), (20.0, 2.5));
        assert_eq!(scattered.bound(), Bound::Memory);
        assert_eq!(scattered.attainable(), 2.5 * Peaks::H100.bandwidth);
    }

    #[test]
    fn the_chart_marks_both_intensities() {
        let text = Roofline::new(&counts(64_000, 3200, 800), Peaks::LAPTOP).to_string();
        let chart: Vec<&str> = text.lines().filter(|line| line.starts_with("  |")).collect();
        assert_eq!(chart.len(), ROWS);
        assert_eq!(chart.iter().filter(|row| row.contains('*')).count(), 1);
        assert_eq!(chart.iter().filter(|row| row.contains('o')).count(), 1);
        assert!(text.lines().all(|line| line.len() <= 100), "{text}");
    }

    #[test]
    fn a_kernel_without_memory_is_bound_by_arithmetic() {
        let roofline = Roofline::new(&counts(64, 0, 0), Peaks::H100);
        assert_eq!(roofline.bound(), Bound::Compute);
        assert!(!roofline.to_string().contains("NaN"));
    }
}
