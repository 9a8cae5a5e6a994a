//! Where the files of one exercise lie.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::Layout;
use crate::course::ContentHash;

/// The files of one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseFiles {
    layout: Layout,
    stage: String,
    id: String,
}

impl ExerciseFiles {
    pub(super) fn new(layout: &Layout, stage: &str, id: &str) -> Self {
        Self {
            layout: layout.clone(),
            stage: stage.to_string(),
            id: id.to_string(),
        }
    }

    /// The exercise's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// `exercises/NN_stage/<id>/`: a crate.
    pub fn dir(&self) -> PathBuf {
        self.layout.exercises_dir().join(&self.stage).join(&self.id)
    }

    /// The crate's `Cargo.toml`.
    pub fn cargo_manifest(&self) -> PathBuf {
        self.dir().join("Cargo.toml")
    }

    /// The learner's answer: `src/lib.rs`.
    pub fn answer(&self) -> PathBuf {
        self.dir().join("src").join("lib.rs")
    }

    /// The fingerprint of the answer as it is now; `None` where it cannot be read.
    pub fn answer_hash(&self) -> Option<ContentHash> {
        let answer = fs::read(self.answer()).ok()?;
        Some(ContentHash::of(&answer))
    }

    /// What must hold: `checks.rs`.
    pub fn checks(&self) -> PathBuf {
        self.dir().join("checks.rs")
    }

    /// The notes of its stage.
    pub fn notes(&self) -> PathBuf {
        self.layout.notes(&self.stage)
    }

    /// `solutions/NN_stage/<id>/`.
    pub fn solution_dir(&self) -> PathBuf {
        self.layout.solutions_dir().join(&self.stage).join(&self.id)
    }

    /// The pristine starter.
    pub fn starter(&self) -> PathBuf {
        self.solution_dir().join("starter.rs")
    }

    /// The reference.
    pub fn solution(&self) -> PathBuf {
        self.solution_dir().join("solution.rs")
    }

    /// Which small changes of the reference compute the same, and why.
    pub fn equivalents(&self) -> PathBuf {
        self.solution_dir().join("equivalent.toml")
    }

    /// The folder of classic wrong answers.
    pub fn mistakes_dir(&self) -> PathBuf {
        self.solution_dir().join("mistakes")
    }

    /// The folder of right answers by others.
    pub fn accepted_dir(&self) -> PathBuf {
        self.solution_dir().join("accepted")
    }

    /// Where insta keeps recorded outputs.
    pub fn snapshots_dir(&self) -> PathBuf {
        self.solution_dir().join("snapshots")
    }

    /// The script that computes the outside values.
    pub fn oracle_script(&self) -> PathBuf {
        self.layout
            .solutions_dir()
            .join("oracles")
            .join(format!("{}.py", self.id))
    }

    /// The values recorded from that script.
    pub fn oracle_values(&self) -> PathBuf {
        self.layout
            .solutions_dir()
            .join("oracles")
            .join("values")
            .join(format!("{}.json", self.id))
    }

    /// Where earlier answers are kept when they are replaced.
    pub fn backup_dir(&self) -> PathBuf {
        self.layout.state_dir().join("backup").join(&self.id)
    }

    /// Where what is built for this exercise may lie.
    pub fn scratch_dir(&self) -> PathBuf {
        self.layout.scratch_dir().join(&self.id)
    }

    /// The classic wrong answers, by file name; none if there is no folder.
    ///
    /// # Errors
    /// The folder is there and cannot be read.
    pub fn mistakes(&self) -> io::Result<Vec<PathBuf>> {
        rust_files(&self.mistakes_dir())
    }

    /// The right answers by others, by file name; none if there is no folder.
    ///
    /// # Errors
    /// The folder is there and cannot be read.
    pub fn accepted(&self) -> io::Result<Vec<PathBuf>> {
        rust_files(&self.accepted_dir())
    }
}

/// The `.rs` files of a folder, by name.
fn rust_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::course::sample::SampleCourse;

    #[test]
    fn mistakes_are_listed_by_name_and_may_be_none() {
        let course = SampleCourse::create();
        let files = course.layout.exercise(course.entry("count_pairs"));
        assert!(files.mistakes().unwrap().is_empty());
        fs::create_dir_all(files.mistakes_dir()).unwrap();
        for name in ["b.rs", "a.rs", "notes.md"] {
            fs::write(files.mistakes_dir().join(name), "").unwrap();
        }
        let names: Vec<_> = files
            .mistakes()
            .unwrap()
            .iter()
            .filter_map(|file| Some(file.file_name()?.to_str()?.to_string()))
            .collect();
        assert_eq!(names, ["a.rs", "b.rs"]);
    }
}
