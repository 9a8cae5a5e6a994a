//! How long `check` takes for a whole course, beside cargo-nextest over the exercises' own
//! test targets.
//!
//! `llmlings dev bench-check` starts it: `bench_check PROGRAM REPOSITORY RUNS human|json`.
//! Both work in one learner's folder in which every exercise is solved, and take turns.
//! *Cold*: the libraries are built, no exercise is. *Warm*: one answer was changed since.

mod measure;

use llmlings::course::{Layout, Manifest};
use measure::{Result, installed, median, milliseconds, new_course, spread};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use std::{env, fs};

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [program, repository, runs, format] = arguments.as_slice() else {
        return Err("start it by `llmlings dev bench-check`".into());
    };
    if !installed(Command::new("cargo").arg("nextest")) {
        return Err("cargo-nextest is not installed: https://nexte.st".into());
    }
    let bench = Bench::open(Path::new(program), Path::new(repository))?;
    let times = bench.measure(runs.parse()?)?;
    match format.as_str() {
        "json" => println!("{:#}", times.json(bench.answers.len())),
        _ => times.print(bench.answers.len()),
    }
    Ok(())
}

/// A solved course, and the two that judge it.
struct Bench {
    program: PathBuf,
    course: PathBuf,
    /// Ids and answer files.
    answers: Vec<(String, PathBuf)>,
}

/// Who judges.
#[derive(Clone, Copy, PartialEq)]
enum Judge {
    Check,
    Nextest,
}

impl Bench {
    fn open(program: &Path, repository: &Path) -> Result<Self> {
        let course = new_course(repository, "bench-check")?;
        let layout = Layout::at(&course)?;
        let manifest = Manifest::read(&layout.manifest())?;
        let mut answers = Vec::new();
        for entry in manifest.exercises() {
            let files = layout.exercise(entry);
            fs::copy(files.solution(), files.answer())?;
            answers.push((entry.exercise.id.clone(), files.answer()));
        }
        let bench = Self {
            program: program.to_path_buf(),
            course,
            answers,
        };
        eprintln!("Building what exercises are linked with, for both …");
        bench.judge(Judge::Check)?;
        bench.judge(Judge::Nextest)?;
        Ok(bench)
    }

    fn measure(&self, runs: usize) -> Result<Times> {
        let mut times = Times::default();
        for run in 0..runs {
            let mut order = [Judge::Check, Judge::Nextest];
            // Who comes second finds the files in the machine's caches: so both do in turn.
            order.rotate_left(run % 2);
            for judge in order {
                self.forget(judge)?;
                times.cold(judge).push(self.judge(judge)?);
            }
            let (_, answer) = &self.answers[run % self.answers.len()];
            let text = fs::read_to_string(answer)?;
            fs::write(answer, format!("{text}\n// Change {run}.\n"))?;
            for judge in order {
                times.warm(judge).push(self.judge(judge)?);
            }
        }
        Ok(times)
    }

    /// Judges all exercises.
    fn judge(&self, judge: Judge) -> Result<Duration> {
        let mut command = match judge {
            Judge::Check => Command::new(&self.program),
            Judge::Nextest => Command::new("cargo"),
        };
        match judge {
            Judge::Check => command.arg("check"),
            Judge::Nextest => command.args(["nextest", "run"]).args(self.packages()),
        };
        let start = Instant::now();
        let output = command.current_dir(&self.course).output()?;
        let time = start.elapsed();
        succeeded(&command, &output)?;
        Ok(time)
    }

    /// Removes what was built of the exercises, and leaves the libraries.
    fn forget(&self, judge: Judge) -> Result<()> {
        if judge == Judge::Check {
            for (id, _) in &self.answers {
                fs::remove_dir_all(self.course.join("target/llmlings").join(id))?;
            }
            return Ok(());
        }
        let mut cargo = Command::new("cargo");
        cargo.arg("clean").args(self.packages());
        let output = cargo.current_dir(&self.course).output()?;
        succeeded(&cargo, &output)
    }

    fn packages(&self) -> impl Iterator<Item = &str> {
        self.answers.iter().flat_map(|(id, _)| ["-p", id.as_str()])
    }
}

fn succeeded(command: &Command, output: &Output) -> Result<()> {
    if output.status.success() {
        return Ok(());
    }
    let [out, err] = [&output.stdout, &output.stderr].map(|s| String::from_utf8_lossy(s));
    Err(format!("{command:?}: {}\n{out}{err}", output.status).into())
}

/// Cold and warm, of each judge.
#[derive(Default)]
struct Times {
    check: [Vec<Duration>; 2],
    nextest: [Vec<Duration>; 2],
}

impl Times {
    fn of(&mut self, judge: Judge) -> &mut [Vec<Duration>; 2] {
        match judge {
            Judge::Check => &mut self.check,
            Judge::Nextest => &mut self.nextest,
        }
    }

    fn cold(&mut self, judge: Judge) -> &mut Vec<Duration> {
        &mut self.of(judge)[0]
    }

    fn warm(&mut self, judge: Judge) -> &mut Vec<Duration> {
        &mut self.of(judge)[1]
    }

    fn ratio(&self, state: usize) -> f64 {
        let [ours, theirs] = [&self.check, &self.nextest].map(|times| median(&times[state]));
        milliseconds(ours) / milliseconds(theirs)
    }

    fn print(&self, exercises: usize) {
        let runs = self.check[0].len();
        println!("{exercises} exercises, median of {runs} in turn:");
        for (state, name) in ["cold", "warm"].into_iter().enumerate() {
            println!("  {name}  check    {}", spread(&self.check[state]));
            println!("        nextest  {}", spread(&self.nextest[state]));
            println!("        ratio    {:8.2}", self.ratio(state));
        }
    }

    fn json(&self, exercises: usize) -> Value {
        let all = |times: &[Duration]| times.iter().copied().map(milliseconds).collect::<Vec<_>>();
        let [cold, warm] = [0, 1].map(|state| {
            json!({
                "check_ms": all(&self.check[state]),
                "nextest_ms": all(&self.nextest[state]),
            })
        });
        json!({
            "exercises": exercises,
            "ratios": { "cold": self.ratio(0), "warm": self.ratio(1) },
            "cold": cold,
            "warm": warm,
        })
    }
}
