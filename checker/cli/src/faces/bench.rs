//! What a kernel's times, or its counts, look like beside those of others.

use super::columns::fit_right;
use super::number::significant;
use colored::Colorize as _;
use serde::Deserialize;
use std::io::{self, Write};
use textwrap::wrap;

/// One exercise on one device, as the program that times it tells. Seconds, bytes and
/// floating-point operations; none where JSON has no number, which is an infinite one.
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    exercise: String,
    device: Machine,
    case: String,
    bytes: f64,
    flops: f64,
    peaks: Option<Peaks>,
    contenders: Vec<Contender>,
    library: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Machine {
    name: String,
    software: bool,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Peaks {
    bandwidth: f64,
    flops: f64,
}

#[derive(Clone, Debug, Deserialize)]
struct Contender {
    label: String,
    difference: Option<f64>,
    timed: Option<Timed>,
    counted: Option<Counted>,
    failure: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Timed {
    seconds: Vec<f64>,
    median: f64,
    speed: Option<f64>,
    of_peak: Option<f64>,
}

#[derive(Clone, Debug, Deserialize)]
struct Counted {
    bytes: u64,
    moved: u64,
    flops: u64,
    launches: usize,
    predicted: Vec<Predicted>,
    chart: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Predicted {
    device: String,
    seconds: f64,
    bound: String,
}

impl Report {
    /// Whether the first kernel, the answer's, had no output.
    pub fn failed(&self) -> bool {
        let first = self.contenders.first();
        first.is_none_or(|contender| contender.failure.is_some())
    }
}

/// Outputs in f32 that were summed in another order differ by less of their largest number.
const SAME: f64 = 1e-3;

/// Columns of the three numbers of a line.
const NUMBERS: [usize; 3] = [9, 8, 9];

/// Draws a report.
///
/// # Errors
/// Those of `out`.
pub fn draw(report: &Report, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let title = format!("{} on {}", report.exercise, report.device.name);
    for line in wrap(&title, width) {
        writeln!(out, "{}", line.bold())?;
    }
    let needed = format!(
        "{}: at least {} to move and {} to do.",
        report.case,
        unit(report.bytes, "B"),
        unit(report.flops, "FLOP")
    );
    paragraph(&needed, width, out)?;
    writeln!(out)?;
    match &report.peaks {
        Some(peaks) => times(report, *peaks, width, out),
        None => counts(report, width, out),
    }
}

fn times(report: &Report, peaks: Peaks, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let room = width.saturating_sub(NUMBERS.iter().sum()).max(8);
    let row = |label: &str, numbers: [String; 3], out: &mut dyn Write| {
        let mut lines = wrap(label, room.saturating_sub(1)).into_iter();
        let [a, b, c] = numbers;
        let first = lines.next().unwrap_or_default();
        let numbers = [a, b, c].into_iter().zip(NUMBERS);
        let numbers: String = numbers.map(|(n, width)| fit_right(&n, width)).collect();
        writeln!(out, "{first:room$}{numbers}")?;
        lines.try_for_each(|line| writeln!(out, "  {line}"))
    };
    row("", ["median", "speed", "of peak"].map(String::from), out)?;
    let mut runs = 0;
    for contender in &report.contenders {
        let Some(timed) = &contender.timed else {
            continue;
        };
        runs = timed.seconds.len();
        let speed = timed.speed.map_or("-".into(), |x| format!("{x:.2} x"));
        let share = timed
            .of_peak
            .map_or("-".into(), |x| format!("{:.1} %", 100.0 * x));
        row(
            &contender.label,
            [unit(timed.median, "s"), speed, share],
            out,
        )?;
    }
    warnings(report, width, out)?;
    let (moving, computing) = (report.bytes / peaks.bandwidth, report.flops / peaks.flops);
    let decides = match moving > computing {
        true => "the memory decides",
        false => "the arithmetic decides",
    };
    writeln!(out)?;
    let peaks = format!(
        "The device's peaks, measured in the same run: a copy {}/s, multiply-adds {}/s. By them \
         the work takes {}; {decides}. Times are medians of {runs}, speed is against the first line.",
        unit(peaks.bandwidth, "B"),
        unit(peaks.flops, "FLOP"),
        unit(moving.max(computing), "s"),
    );
    paragraph(&peaks, width, out)?;
    if report.device.software {
        let words =
            "The device is a program on this machine's processor: a GPU may turn the order round.";
        paragraph(words, width, out)?;
    }
    Ok(())
}

fn counts(report: &Report, width: usize, out: &mut dyn Write) -> io::Result<()> {
    for contender in &report.contenders {
        let Some(counted) = &contender.counted else {
            continue;
        };
        writeln!(out, "{}", contender.label)?;
        let launches = match counted.launches {
            1 => "1 launch".into(),
            n => format!("{n} launches"),
        };
        let mut lines = vec![format!(
            "asks for {}, moves {}, does {} in {launches}",
            unit(counted.bytes as f64, "B"),
            unit(counted.moved as f64, "B"),
            unit(counted.flops as f64, "FLOP"),
        )];
        lines.extend(counted.predicted.iter().map(|predicted| {
            let Predicted {
                device,
                seconds,
                bound,
            } = predicted;
            format!(
                "{device}: at least {}, bound by {bound}",
                unit(*seconds, "s")
            )
        }));
        for line in lines {
            let indented = textwrap::Options::new(width)
                .initial_indent("  ")
                .subsequent_indent("    ");
            wrap(&line, indented)
                .iter()
                .try_for_each(|line| writeln!(out, "{line}"))?;
        }
    }
    warnings(report, width, out)?;
    let chart = report.contenders.iter().find_map(|c| c.counted.as_ref());
    if let Some(Counted { chart, .. }) = chart
        && chart.lines().all(|line| line.chars().count() <= width)
    {
        writeln!(out, "\n{chart}")?;
    }
    writeln!(out)?;
    let words = "The simulator counts and has no times: these are what data sheets and the \
                 roofline promise. `--device wgpu` times a real device.";
    paragraph(words, width, out)
}

/// What is wrong with a contender, and why there is no library's.
fn warnings(report: &Report, width: usize, out: &mut dyn Write) -> io::Result<()> {
    for Contender {
        label,
        difference,
        failure,
        ..
    } in &report.contenders
    {
        let words = match (failure, difference) {
            (Some(why), _) if why.starts_with("not yet implemented") => {
                format!("{label} is not finished: it meets a todo!().")
            }
            (Some(why), _) => format!("{label} has no output: {why}"),
            (None, Some(apart)) if *apart <= SAME => continue,
            (None, Some(apart)) => format!(
                "{label} computes something else than the first line: {} of its largest number apart",
                significant(*apart, 2)
            ),
            // JSON has no infinity.
            (None, None) => {
                format!("{label} computes NaN, or fewer or more numbers than the first line")
            }
        };
        paragraph(&format!("✗ {words}"), width, out)?;
    }
    match report.library.is_empty() {
        true => Ok(()),
        false => paragraph(
            &format!("No library beside it: {}.", report.library),
            width,
            out,
        ),
    }
}

fn paragraph(words: &str, width: usize, out: &mut dyn Write) -> io::Result<()> {
    wrap(words, width)
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}

/// A number with a prefix that leaves one to three digits before the point.
fn unit(x: f64, unit: &str) -> String {
    const PREFIXES: [(f64, &str); 8] = [
        (1e12, "T"),
        (1e9, "G"),
        (1e6, "M"),
        (1e3, "k"),
        (1.0, ""),
        (1e-3, "m"),
        (1e-6, "µ"),
        (1e-9, "n"),
    ];
    let fits = |(size, _): &&(f64, &str)| x >= *size;
    let (size, prefix) = PREFIXES.iter().find(fits).unwrap_or(&(1.0, ""));
    format!("{} {prefix}{unit}", significant(x / size, 3))
}

#[cfg(test)]
mod tests;
