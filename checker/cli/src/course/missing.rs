//! Files that the course cannot do without, and that are gone.
//!
//! One exercise without its `src/lib.rs` keeps cargo from loading the whole workspace, so a
//! file removed by accident would hide every exercise. What is not there any more cannot be
//! lost by bringing it back.

use super::{Layout, Manifest, Package, atomic, starter};
use std::borrow::Cow;
use std::path::PathBuf;

/// Brings back, for every exercise, what its package needs and does not have: the starter
/// as the answer, and the course's own files. Returns what was written; what cannot be
/// brought back is left to be told by whoever needs it.
pub fn bring_back(layout: &Layout, manifest: &Manifest, package: Package) -> Vec<PathBuf> {
    let mut written = Vec::new();
    for entry in manifest.exercises() {
        let files = layout.exercise(entry);
        let ours = |file: &str| {
            let (stage, id) = (&entry.stage.folder, &entry.exercise.id);
            package
                .file(&format!("exercises/{stage}/{id}/{file}"))
                .map(Cow::Borrowed)
        };
        let wanted = [
            (files.cargo_manifest(), ours("Cargo.toml")),
            (files.checks(), ours("checks.rs")),
            (
                files.answer(),
                starter::pristine(&files).ok().map(Cow::Owned),
            ),
        ];
        for (file, contents) in wanted {
            // A link to nowhere, or a folder in the file's place, is somebody's intention.
            if file.symlink_metadata().is_ok() {
                continue;
            }
            let Some(contents) = contents else { continue };
            if atomic::replace(&file, &contents).is_ok() {
                written.push(file);
            }
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_removed_exercise_is_brought_back_and_an_answer_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        let exercise = |id: &str| {
            format!(
                "[[spirals.stages.exercises]]\nid = \"{id}\"\ntitle = \"T\"\nkind = \"todo\"\n\
                 difficulty = 1\nminutes = 5\npoints = 1\nhints = [\"a\", \"b\", \"c\"]\n"
            )
        };
        let info = format!(
            "format_version = 1\ntitle = \"T\"\n[[spirals]]\nid = \"s\"\ntitle = \"S\"\n\
             [[spirals.stages]]\nfolder = \"01_a\"\ntitle = \"A\"\n{}{}",
            exercise("gone"),
            exercise("there")
        );
        write("info.toml", &info);
        for id in ["gone", "there"] {
            write(&format!("solutions/01_a/{id}/starter.rs"), "starter");
        }
        write("exercises/01_a/there/src/lib.rs", "mine");
        let layout = Layout::at(folder.path()).unwrap();
        let manifest = Manifest::read(&layout.manifest()).unwrap();
        let files: [(&str, &[u8]); 1] = [("exercises/01_a/gone/Cargo.toml", b"[package]")];
        let written = bring_back(&layout, &manifest, Package::new(&files));
        assert_eq!(written.len(), 2, "{written:?}");
        let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
        assert_eq!(read("exercises/01_a/gone/src/lib.rs"), "starter");
        assert_eq!(read("exercises/01_a/gone/Cargo.toml"), "[package]");
        assert_eq!(read("exercises/01_a/there/src/lib.rs"), "mine");
        assert_eq!(
            bring_back(&layout, &manifest, Package::new(&files)).len(),
            0
        );
    }
}
