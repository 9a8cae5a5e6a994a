//! How long `watch` takes from a save to its verdict, beside the least that it could take.
//!
//! `llmlings dev bench-watch` starts it: `bench_watch PROGRAM REPOSITORY EXERCISES RUNS
//! human|json`, with at most one exercise for each device, comma between. The real program
//! runs in a pseudo-terminal over a copy of the course. The floor is the compiler called with
//! the very arguments that the program uses, and then the check program, with nobody in
//! between. Both take turns, so that whatever else the machine does slows both.

mod measure;
#[path = "measure/rustlings.rs"]
mod rustlings;
#[path = "../tests/support/screen.rs"]
#[allow(dead_code)]
mod screen;

use llmlings::course::{Device, Layout};
use llmlings::runner::{Runner, Task};
use llmlings::workbook::Workbook;
use measure::{Result, median, milliseconds, new_course, spread};
use portable_pty::CommandBuilder;
use screen::Screen;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

/// As large a window as people have: drawing is a part of what is measured.
const SIZE: (u16, u16) = (40, 100);

/// Not measured: the first compilation has no earlier one to build on.
const WARMING: usize = 2;

/// What comes after a verdict is no part of it, and should disturb no other measurement.
const PAUSE: Duration = Duration::from_millis(400);

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [program, repository, exercises, runs, format] = arguments.as_slice() else {
        return Err("start it by `llmlings dev bench-watch`".into());
    };
    let (program, repository) = (Path::new(program), Path::new(repository));
    let course = new_course(repository, "bench-watch")?;
    let book = Workbook::open(&course)?;
    let mut devices = Devices::default();
    for exercise in exercises.split(',') {
        let device = book.entry(Some(exercise))?.exercise.device;
        let measured = Bench::open(repository, &book, exercise)
            .and_then(|bench| bench.measure(program, runs.parse()?));
        // What cannot be measured for one device hides nothing of the other.
        *devices.of(device) = measured
            .map(|times| (exercise.to_string(), times))
            .map_err(|e| e.to_string());
    }
    devices.rustlings = rustlings::measure(SIZE, PAUSE, runs.parse()?)?;
    match format.as_str() {
        "json" => println!("{:#}", devices.json()),
        _ => devices.print(),
    }
    match devices.each().iter().any(|(_, it)| it.is_ok()) {
        true => Ok(()),
        false => Err("nothing could be measured".into()),
    }
}

/// A learner's exercise, and two answers to save in turn.
struct Bench {
    course: PathBuf,
    answer: PathBuf,
    /// A right answer, and one that fails a check.
    contents: [String; 2],
    /// The task of the floor: an answer file and a scratch folder of its own.
    task: Task,
    runner: Runner,
}

impl Bench {
    fn open(repository: &Path, book: &Workbook, exercise: &str) -> Result<Self> {
        let course = book.layout.root().to_path_buf();
        let entry = book.entry(Some(exercise))?;
        let files = book.files(entry);
        // The course's own copy: what `solutions/` holds is the same in both.
        let origin = Layout::discover(repository)?.exercise(entry);
        let mistakes = origin.mistakes()?;
        let mistake = mistakes.first().ok_or("no mistake to save in turn")?;
        let contents = [
            fs::read_to_string(origin.solution())?,
            fs::read_to_string(mistake)?,
        ];
        let floor = course.join("target/llmlings/floor").join(exercise);
        fs::create_dir_all(&floor)?;
        let task = Task {
            scratch: floor.join("scratch"),
            ..book.task(entry, floor.join("lib.rs"), "floor")
        };
        eprintln!("Building what {exercise} is linked with …");
        let runner =
            Runner::prepare(&course, task.libraries, &mut |_| {}).map_err(|e| e.summary())?;
        Ok(Self {
            answer: files.answer(),
            course,
            contents,
            task,
            runner,
        })
    }

    fn measure(&self, program: &Path, runs: usize) -> Result<Times> {
        let arguments = ["watch", "--no-prebuild", &self.task.name];
        let mut screen = Screen::start(program, &self.course, &arguments, SIZE);
        screen.wait_for("q:quit");
        screen.wait_until("first verdict", |text| {
            !text.contains("Preparing") && !text.contains("Checking")
        });
        let mut times = Times::default();
        for run in 0..WARMING + runs {
            let text = format!("{}\n// Save {run}.\n", self.contents[run % 2]);
            // Who comes second finds the files in the machine's caches: so both do in turn.
            let first_floor = (run / 2 % 2 == 0).then(|| self.floor(&text)).transpose()?;
            let watch = self.watch(&screen, &text, run % 2 == 0)?;
            let floor = first_floor.map_or_else(|| self.floor(&text), Ok)?;
            if run >= WARMING {
                times.floor.push(floor);
                times.watch.push(watch);
            }
        }
        screen.press("q");
        screen.end();
        Ok(times)
    }

    /// The compiler, then the check program.
    fn floor(&self, text: &str) -> Result<Duration> {
        let [rustc, run] = self.runner.bare_calls(&self.task)?;
        std::thread::sleep(PAUSE);
        let start = Instant::now();
        fs::write(&self.task.answer, text)?;
        for command in [rustc, run] {
            // In a terminal as well: a scheduler may share its time out by terminals.
            let mut screen = Screen::open(in_terminal(&command), SIZE);
            // A failed check ends with 1, which is no trouble here.
            let status = screen.wait();
            if status > 1 {
                return Err(format!("{command:?}: {status} {}", screen.text()).into());
            }
        }
        Ok(start.elapsed())
    }

    /// From the save to the verdict on the screen.
    fn watch(&self, screen: &Screen, text: &str, passes: bool) -> Result<Duration> {
        std::thread::sleep(PAUSE);
        let start = Instant::now();
        fs::write(&self.answer, text)?;
        let wanted = if passes { "Look back" } else { "✗" };
        screen.wait_for(wanted);
        Ok(start.elapsed())
    }
}

/// The same command for a pseudo-terminal.
fn in_terminal(command: &Command) -> CommandBuilder {
    let mut same = CommandBuilder::new(command.get_program());
    same.args(command.get_args());
    same.cwd(command.get_current_dir().unwrap_or(Path::new(".")));
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => same.env(name, value),
            None => same.env_remove(name),
        }
    }
    same
}

#[derive(Default)]
struct Times {
    floor: Vec<Duration>,
    watch: Vec<Duration>,
}

impl Times {
    fn ratio(&self) -> f64 {
        milliseconds(median(&self.watch)) / milliseconds(median(&self.floor))
    }

    fn print(&self, exercise: &str) {
        println!(
            "From save to verdict, {exercise}, median of {} in turn:",
            self.watch.len()
        );
        for (what, times) in [("floor", &self.floor), ("watch", &self.watch)] {
            println!("  {what}  {}", spread(times));
        }
        println!("  ratio  {:8.2}", self.ratio());
    }

    fn json(&self, exercise: &str) -> Value {
        json!({
            "exercise": exercise,
            "floor_ms": milliseconds(median(&self.floor)),
            "watch_ms": milliseconds(median(&self.watch)),
            "floor_all_ms": all(&self.floor),
            "watch_all_ms": all(&self.watch),
        })
    }
}

fn all(times: &[Duration]) -> Vec<f64> {
    times.iter().copied().map(milliseconds).collect()
}

/// An exercise's id and times, or in one line why there are none.
type Measured = std::result::Result<(String, Times), String>;

/// What was measured for each device.
struct Devices {
    cpu: Measured,
    gpu: Measured,
    rustlings: Option<Vec<Duration>>,
}

impl Default for Devices {
    fn default() -> Self {
        let nothing = || Err("no exercise for it was asked for".to_string());
        let (cpu, gpu) = (nothing(), nothing());
        Self {
            cpu,
            gpu,
            rustlings: None,
        }
    }
}

impl Devices {
    fn of(&mut self, device: Device) -> &mut Measured {
        match device {
            Device::Cpu => &mut self.cpu,
            Device::Gpu => &mut self.gpu,
        }
    }

    fn each(&self) -> [(&'static str, &Measured); 2] {
        [("cpu", &self.cpu), ("gpu", &self.gpu)]
    }

    fn print(&self) {
        for (device, measured) in self.each() {
            match measured {
                Ok((exercise, times)) => times.print(exercise),
                Err(why) => println!("Not measured for the {device}: {why}"),
            }
        }
        if let Some(times) = &self.rustlings {
            println!("rustlings, its first exercise, which uses the standard library alone:");
            println!("  watch  {}", spread(times));
        }
    }

    fn json(&self) -> Value {
        let mut told = json!({ "ratios": {}, "not_measured": {} });
        for (device, measured) in self.each() {
            match measured {
                Ok((exercise, times)) => {
                    told["ratios"][device] = times.ratio().into();
                    told[device] = times.json(exercise);
                }
                Err(why) => {
                    told["ratios"][device] = Value::Null;
                    told["not_measured"][device] = why.as_str().into();
                }
            }
        }
        if let Some(times) = &self.rustlings {
            told["rustlings"] = json!({
                "watch_ms": milliseconds(median(times)),
                "watch_all_ms": all(times),
            });
        }
        told
    }
}
