//! Times kernels on a real device, in turns, so that whatever else the machine does befalls all
//! of them alike.

use crate::case::{Bench, Entered};
use crate::peaks;
use crate::report::{Contender, Peaks, Timed};
use lab::Lab;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// A sample is made of so many launches that it takes at least this long: the clock and the
/// waiting for the device are then small beside it.
const SAMPLE: Duration = Duration::from_millis(20);

/// And of no more than these.
const MOST: u32 = 200;

/// Times everything that was entered `runs` times, and then the device's peaks.
pub fn measure(case: &Bench, runs: usize) -> (Vec<Contender>, Option<Peaks>) {
    let lab = case.lab();
    let mut first = None;
    let mut contenders: Vec<Contender> = case
        .entered
        .iter()
        .map(|entered| begin(lab, entered, &mut first))
        .collect();
    let sound = |c: &Contender| c.failure.is_none();
    let batches: Vec<u32> = case
        .entered
        .iter()
        .zip(&contenders)
        .map(|(entered, c)| match sound(c) {
            true => batch(&mut || drop((entered.launch)(lab)), lab),
            false => 0,
        })
        .collect();
    let mut samples = vec![Vec::new(); contenders.len()];
    for _ in 0..runs {
        for (i, entered) in case.entered.iter().enumerate() {
            if batches[i] > 0 {
                let launch = &mut || drop((entered.launch)(lab));
                samples[i].push(sample(launch, lab, batches[i]));
            }
        }
    }
    let peaks = peaks::measure(lab, runs);
    let least = (case.work().bytes / peaks.bandwidth).max(case.work().flops / peaks.flops);
    let reference = samples.first().map_or(f64::NAN, |of| median(of));
    for (contender, seconds) in contenders.iter_mut().zip(samples) {
        if sound(contender) {
            let median = median(&seconds);
            contender.timed = Some(Timed {
                seconds,
                median,
                speed: reference / median,
                of_peak: least / median,
            });
        }
    }
    (contenders, Some(peaks))
}

/// Launches a kernel once, which compiles it, and compares its output with the first one's.
fn begin(lab: &Lab, entered: &Entered, first: &mut Option<Vec<f32>>) -> Contender {
    let launched = catch_unwind(AssertUnwindSafe(|| lab.read(&(entered.launch)(lab))));
    match launched {
        Ok(output) => entered.ran(output, first),
        Err(panic) => entered.failed(words(panic.as_ref())),
    }
}

impl Entered {
    /// The contender that it is, with this output.
    pub(crate) fn ran(&self, output: Vec<f32>, first: &mut Option<Vec<f32>>) -> Contender {
        let first = first.get_or_insert_with(|| output.clone());
        Contender {
            role: self.role,
            label: self.label.clone(),
            difference: largest_difference(&output, first),
            timed: None,
            counted: None,
            failure: None,
        }
    }

    /// The contender that it is, without any output.
    pub(crate) fn failed(&self, why: String) -> Contender {
        Contender {
            role: self.role,
            label: self.label.clone(),
            difference: f64::NAN,
            timed: None,
            counted: None,
            failure: Some(why),
        }
    }
}

/// As a share of the largest number; infinite where a number is missing or is none.
fn largest_difference(output: &[f32], first: &[f32]) -> f64 {
    if output.len() != first.len() {
        return f64::INFINITY;
    }
    let apart = |(a, b): (&f32, &f32)| match (a - b).abs() {
        apart if apart.is_nan() => f64::INFINITY,
        apart => f64::from(apart),
    };
    let apart = output.iter().zip(first).map(apart).fold(0.0, f64::max);
    let largest = first.iter().map(|x| f64::from(x.abs())).fold(0.0, f64::max);
    apart / largest.max(f64::MIN_POSITIVE)
}

/// What a panic says.
pub(crate) fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_string());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "it panicked".into())
}

/// How many launches make a sample.
pub(crate) fn batch(launch: &mut dyn FnMut(), lab: &Lab) -> u32 {
    let once = sample(launch, lab, 1).max(1e-9);
    ((SAMPLE.as_secs_f64() / once).ceil() as u32).clamp(1, MOST)
}

/// Seconds that a launch takes, over `launches` of them in a row.
pub(crate) fn sample(launch: &mut dyn FnMut(), lab: &Lab, launches: u32) -> f64 {
    wait(lab);
    let begin = Instant::now();
    for _ in 0..launches {
        launch();
    }
    wait(lab);
    begin.elapsed().as_secs_f64() / f64::from(launches)
}

/// Waits until everything launched has run.
fn wait(lab: &Lab) {
    // A real device has nothing to tell of its launches.
    let _ = lab.launched();
}

/// The middle one, or the mean of the two.
pub(crate) fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        n => (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn an_output_that_is_none_is_infinitely_far_away() {
        assert_eq!(largest_difference(&[1.0, 2.5], &[1.0, 2.0]), 0.25);
        assert_eq!(largest_difference(&[f32::NAN], &[1.0]), f64::INFINITY);
        assert_eq!(largest_difference(&[1.0], &[]), f64::INFINITY);
    }
}
