//! The learner's copies of the starters, for authors who change a starter.

use super::finding::{Finding, relative};
use super::skeleton;
use crate::course::{Entry, ExerciseFiles, Layout, StarterError, atomic, starter};
use std::fs;
use std::io;
use std::process::Command;

/// How a learner's file stands to the starter, and what was done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Copied {
    /// It is the starter already.
    Same,
    /// It was missing, or an older starter, and is the starter now.
    Written,
    /// It holds somebody's work and was left alone.
    Kept,
    /// It held somebody's work, which was kept as a backup; it is the starter now.
    Replaced,
}

/// Copies an exercise's starter to the learner's file, where that is missing or still the
/// starter of the last commit or of a skeleton. Anything else is somebody's work: only `force` replaces it,
/// after keeping a backup.
///
/// # Errors
/// If a file cannot be read or written.
pub fn copy_starter(
    layout: &Layout,
    entry: Entry<'_>,
    force: bool,
) -> Result<Copied, StarterError> {
    let files = layout.exercise(entry);
    if starter::is_pristine(&files)? {
        return Ok(Copied::Same);
    }
    let answer = files.answer();
    let failed = |source| StarterError::Io {
        doing: "write",
        file: answer.clone(),
        source,
    };
    let theirs = match fs::read(&answer) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        read => Some(read.map_err(failed)?),
    };
    let untouched = match &theirs {
        None => true,
        Some(theirs) => {
            *theirs == skeleton::starter(files.id()).into_bytes()
                || committed(layout, &files).is_some_and(|old| old == *theirs)
        }
    };
    if untouched {
        atomic::replace(&answer, &starter::pristine(&files)?).map_err(failed)?;
        return Ok(Copied::Written);
    }
    if !force {
        return Ok(Copied::Kept);
    }
    starter::reset(&files)?;
    Ok(Copied::Replaced)
}

/// The learner's files that are not the starters.
///
/// # Errors
/// If a file cannot be read.
pub fn differing(layout: &Layout, entry: Entry<'_>) -> Result<Option<Finding>, StarterError> {
    let files = layout.exercise(entry);
    if starter::is_pristine(&files)? {
        return Ok(None);
    }
    let message = format!("not the starter, {}", relative(layout, &files.starter()));
    let advice = "copy it: `llmlings dev starters`";
    Ok(Some(Finding::at(layout, &files.answer(), message, advice)))
}

/// The starter of the last commit; nothing without git.
fn committed(layout: &Layout, files: &ExerciseFiles) -> Option<Vec<u8>> {
    // Paths that begin with a dot are relative to the folder, which need not be the
    // repository's.
    let path = format!("HEAD:./{}", relative(layout, &files.starter()));
    let git = Command::new("git")
        .args(["show", &path])
        .current_dir(layout.root())
        .output();
    let output = git.ok().filter(|output| output.status.success())?;
    Some(output.stdout)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::sample::SampleCourse;

    /// Runs git in the course's folder; false where there is no git.
    fn git(course: &SampleCourse, arguments: &[&str]) -> bool {
        let who = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
        let mut git = Command::new("git");
        git.args(who).args(arguments).current_dir(course.root());
        git.output().is_ok_and(|output| output.status.success())
    }

    #[test]
    fn only_an_untouched_file_follows_its_starter() {
        let course = SampleCourse::create();
        let entry = course.entry("count_pairs");
        let files = course.layout.exercise(entry);
        let copy = |force| copy_starter(&course.layout, entry, force).unwrap();
        let answer = || fs::read_to_string(files.answer()).unwrap();
        assert_eq!(copy(false), Copied::Same);
        assert_eq!(differing(&course.layout, entry).unwrap(), None);

        fs::remove_file(files.answer()).unwrap();
        assert_eq!(copy(false), Copied::Written);

        fs::write(files.answer(), skeleton::starter(files.id())).unwrap();
        assert_eq!(copy(false), Copied::Written);

        fs::write(files.answer(), "// mine").unwrap();
        assert!(differing(&course.layout, entry).unwrap().is_some());
        assert_eq!(copy(false), Copied::Kept);
        assert_eq!(answer(), "// mine");
        assert_eq!(copy(true), Copied::Replaced);
        assert_eq!(fs::read_dir(files.backup_dir()).unwrap().count(), 1);
    }

    #[test]
    fn the_starter_of_the_last_commit_is_nobodys_work() {
        let course = SampleCourse::create();
        let all = [&["init"][..], &["add", "."], &["commit", "-m", "first"]];
        if !all.iter().all(|arguments| git(&course, arguments)) {
            return eprintln!("left out: there is no git here");
        }
        let entry = course.entry("count_pairs");
        let files = course.layout.exercise(entry);
        fs::write(files.starter(), "// better\n").unwrap();
        let copied = copy_starter(&course.layout, entry, false).unwrap();
        assert_eq!(copied, Copied::Written);
        assert_eq!(fs::read_to_string(files.answer()).unwrap(), "// better\n");
    }
}
