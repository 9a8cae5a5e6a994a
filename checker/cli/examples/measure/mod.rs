//! What benchmarks share: a copy of the course, and times.

use llmlings::course::init;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{fs, io};

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A learner's folder, made anew below the repository's `target/`. What an earlier one built
/// is kept: CubeCL takes minutes.
pub fn new_course(repository: &Path, name: &str) -> Result<PathBuf> {
    let folder = repository.join("target").join(name);
    let (course, kept) = (folder.join("course"), folder.join("built"));
    let built = course.join("target");
    if built.exists() {
        let _ = fs::remove_dir_all(&kept);
        fs::rename(&built, &kept)?;
    }
    match fs::remove_dir_all(&course) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e.into()),
        _ => init::init(&course)?,
    };
    if kept.exists() {
        fs::rename(&kept, &built)?;
    }
    Ok(fs::canonicalize(course)?)
}

/// Whether a command can be started.
pub fn installed(command: &mut Command) -> bool {
    let asked = command.arg("--version").stderr(Stdio::null()).output();
    asked.is_ok_and(|output| output.status.success())
}

/// In milliseconds, to a tenth.
pub fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e4).round() / 10.0
}

/// The one in the middle; of an even number, the later one.
pub fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// The median with the shortest and the longest, for people.
pub fn spread(times: &[Duration]) -> String {
    let all = || times.iter().copied().map(milliseconds);
    let (least, most) = (
        all().fold(f64::INFINITY, f64::min),
        all().fold(0.0, f64::max),
    );
    format!(
        "{:8.1} ms   ({least:.1} to {most:.1})",
        milliseconds(median(times))
    )
}
