//! What is to be timed: an exercise's `bench.rs` fills it in.

use crate::device::Opened;
use crate::report::Role;
use kit::Rng;
use lab::{Buffer, Lab};

/// Sizes for devices of very different speed.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// For a GPU.
    pub gpu: usize,
    /// For a device that is a program on the processor.
    pub software: usize,
    /// For the simulator, which counts every access.
    pub simulator: usize,
}

/// What has to be done at least, however it is done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Work {
    /// Bytes to move: each input once, each output once.
    pub bytes: f64,
    /// Floating-point operations.
    pub flops: f64,
}

/// Which part of a `bench.rs` is wanted: it is called once for each answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The answer, and all that it is compared with.
    Answer,
    /// The reference beside an answer that was asked for everything already.
    Reference,
    /// The reference in the answer's place, and all that it is compared with.
    ReferenceAlone,
}

type Launch = Box<dyn Fn(&Lab) -> Buffer<f32>>;

/// A kernel that was entered.
pub(crate) struct Entered {
    pub role: Role,
    pub label: String,
    pub launch: Launch,
}

/// Kernels that do the same, and what they do it with.
pub struct Bench {
    lab: Lab,
    kind: Speed,
    part: Part,
    rng: Rng,
    words: String,
    work: Work,
    library: String,
    pub(crate) entered: Vec<Entered>,
}

enum Speed {
    Gpu,
    Software,
    Simulator,
}

impl Bench {
    /// Nothing yet, on this device.
    pub(crate) fn new(device: &Opened) -> Self {
        Self {
            lab: device.lab(),
            kind: match device {
                Opened::Simulator => Speed::Simulator,
                Opened::Real { machine, .. } if machine.software => Speed::Software,
                Opened::Real { .. } => Speed::Gpu,
            },
            part: Part::Answer,
            rng: Rng::new(1, "bench"),
            words: String::new(),
            work: Work::default(),
            library: "none has just this".into(),
            entered: Vec::new(),
        }
    }

    /// From now on another answer is called. It is given the same inputs.
    pub(crate) fn begin(&mut self, part: Part) {
        self.part = part;
        self.rng = Rng::new(1, "bench");
    }

    /// The device, for buffers.
    pub fn lab(&self) -> &Lab {
        &self.lab
    }

    /// The size for this device.
    pub fn size(&self, sizes: Sizes) -> usize {
        match self.kind {
            Speed::Gpu => sizes.gpu,
            Speed::Software => sizes.software,
            Speed::Simulator => sizes.simulator,
        }
    }

    /// A buffer of `n` numbers from −1 to 1, the same ones for every answer.
    pub fn random(&mut self, name: &str, n: usize) -> Buffer<f32> {
        let draws: Vec<f32> = (0..n)
            .map(|_| (2.0 * self.rng.uniform() - 1.0) as f32)
            .collect();
        self.lab.upload(name, &draws)
    }

    /// Says with what it runs, and what has to be done at least.
    pub fn case(&mut self, words: &str, work: Work) {
        self.words = words.into();
        self.work = work;
    }

    /// Enters the answer's kernel: `launch` launches it and gives its output.
    pub fn answer(&mut self, launch: impl Fn(&Lab) -> Buffer<f32> + 'static) {
        let (role, label) = match self.part {
            Part::Answer => (Role::Answer, "your answer"),
            Part::Reference | Part::ReferenceAlone => (Role::Reference, "the reference"),
        };
        self.enter(role, label, launch);
    }

    /// Enters what one would write first.
    pub fn naive(&mut self, label: &str, launch: impl Fn(&Lab) -> Buffer<f32> + 'static) {
        if self.part != Part::Reference {
            self.enter(Role::Naive, label, launch);
        }
    }

    /// Enters a library's kernel.
    pub fn library(&mut self, label: &str, launch: impl Fn(&Lab) -> Buffer<f32> + 'static) {
        self.library.clear();
        if self.part != Part::Reference {
            self.enter(Role::Library, label, launch);
        }
    }

    /// Says why there is no library's kernel.
    pub fn no_library(&mut self, why: &str) {
        self.library = why.into();
    }

    fn enter(&mut self, role: Role, label: &str, launch: impl Fn(&Lab) -> Buffer<f32> + 'static) {
        self.entered.push(Entered {
            role,
            label: label.into(),
            launch: Box::new(launch),
        });
    }

    pub(crate) fn words(&self) -> &str {
        &self.words
    }

    pub(crate) fn work(&self) -> Work {
        self.work
    }

    pub(crate) fn library_words(&self) -> &str {
        &self.library
    }
}
