//! A small course in a temporary folder, for tests.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

use super::{Entry, Layout, Manifest};

/// Three stages, five exercises, one path; one exercise was renamed once.
pub(crate) const INFO: &str = r#"
format_version = 1
title = "A sample"

[[spirals]]
id = "foundations"
title = "Foundations"

[[spirals.stages]]
folder = "01_counting"
title = "Counting"

[[spirals.stages.exercises]]
id = "count_pairs"
aliases = ["pairs"]
title = "Count pairs"
kind = "todo"
difficulty = 1
minutes = 15
points = 10
hints = ["Look at windows.", "A table has rows.", "Add one at [a, b]."]

[[spirals.stages.exercises]]
id = "count_bug"
title = "Find the pair that was lost"
kind = "bug"
difficulty = 2
minutes = 25
points = 20
hints = ["Look at the last symbol."]
revisits = ["count_pairs"]

[[spirals.stages]]
folder = "03_slopes"
title = "Slopes"

[[spirals.stages.exercises]]
id = "best_step"
title = "Guess the best step of a central difference, then measure it"
kind = "predict"
difficulty = 3
minutes = 40
points = 30
hints = ["Two errors pull.", "Set the derivative to zero."]
revisits = ["count_pairs"]
time_limit = 30
guess = "What is the best step for f64?"

[[spirals]]
id = "speed"
title = "Making it fast"

[[spirals.stages]]
folder = "12_kernels"
title = "Kernels"

[[spirals.stages.exercises]]
id = "gpu_map"
title = "One unit, one element"
kind = "perf"
difficulty = 4
minutes = 60
points = 50
hints = ["Who am I?"]
device = "gpu"

[[spirals.stages.exercises]]
id = "gpu_capstone"
title = "Two kernels for the price of one"
kind = "capstone"
difficulty = 4
minutes = 60
points = 50
hints = ["Fuse."]
heavy = true

[[paths]]
id = "counter"
title = "Counting only"
audience = "people in a hurry"
exercises = ["count_pairs", "gpu_map"]
"#;

/// The sample's manifest.
pub(crate) fn manifest() -> Manifest {
    Manifest::parse(INFO, "info.toml".as_ref()).unwrap_or_else(|error| panic!("{error}"))
}

/// The sample on disk: starters, and answers equal to them.
pub(crate) struct SampleCourse {
    folder: TempDir,
    pub(crate) manifest: Manifest,
    pub(crate) layout: Layout,
}

impl SampleCourse {
    pub(crate) fn create() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let manifest = manifest();
        fs::write(folder.path().join("info.toml"), INFO).unwrap();
        fs::create_dir_all(folder.path().join("exercises")).unwrap();
        fs::create_dir_all(folder.path().join("solutions")).unwrap();
        let layout = Layout::at(folder.path()).unwrap();
        for entry in manifest.exercises() {
            let files = layout.exercise(entry);
            fs::create_dir_all(files.solution_dir()).unwrap();
            fs::create_dir_all(files.answer().parent().unwrap()).unwrap();
            let starter = format!("// {}\ntodo!()\n", entry.exercise.id);
            fs::write(files.starter(), &starter).unwrap();
            fs::write(files.answer(), &starter).unwrap();
        }
        Self {
            folder,
            manifest,
            layout,
        }
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().to_path_buf()
    }

    pub(crate) fn entry(&self, id: &str) -> Entry<'_> {
        self.manifest.get(id).unwrap()
    }
}
