//! Files that are generated, so that none is copied by hand: the manifest of an exercise's
//! crate, and the lists of modules of the course's two libraries.

use crate::course::{Device, ExerciseFiles, Layout, Manifest, atomic};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{fs, io};

/// The crates that an answer may use, as it names them.
const CRATES: [&str; 5] = ["course", "kernels", "kit", "lab", "ndarray"];

/// A library of reference solutions. Kernels have one of their own, so that nobody builds
/// CubeCL who does not need it. An alias lets a reference name earlier parts as an answer does,
/// `course::NAME` or `kernels::NAME`.
struct Library {
    device: Device,
    /// Its root, below `solutions/`.
    root: &'static str,
    /// From the root's folder to `solutions/`.
    up: &'static str,
    header: &'static str,
}

const LIBRARIES: [Library; 2] = [
    Library {
        device: Device::Cpu,
        root: "lib.rs",
        up: "",
        header: "//! The reference solutions, and the library from which later exercises take \
                 earlier parts.\n\n\
                 // A reference names earlier parts as every answer does: `course::NAME`.\n\
                 extern crate self as course;\n",
    },
    Library {
        device: Device::Gpu,
        root: "kernels/lib.rs",
        up: "../",
        header: "//! The reference solutions that are kernels, and the library from which later \
                 kernels take\n//! earlier parts.\n\n\
                 // A reference names earlier parts as every answer does: `kernels::NAME`.\n\
                 extern crate self as kernels;\n",
    },
];

/// The `Cargo.toml` of an exercise, from what its starter, its solution and its checks use.
///
/// # Errors
/// If one of the three cannot be read.
pub fn cargo_manifest(files: &ExerciseFiles) -> io::Result<String> {
    let sources = [files.starter(), files.solution()];
    let sources: Vec<String> = sources
        .iter()
        .map(fs::read_to_string)
        .collect::<Result<_, _>>()?;
    let checks = fs::read_to_string(files.checks())?;
    Ok(cargo_manifest_of(files.id(), &sources, &checks))
}

/// The `Cargo.toml` of the exercise `id` whose answers are `sources`.
pub fn cargo_manifest_of(id: &str, sources: &[String], checks: &str) -> String {
    let mut manifest = format!(
        "[package]\nname = \"{id}\"\nversion.workspace = true\nedition.workspace = true\n\
         rust-version.workspace = true\npublish = false\n\n\
         [lints]\nworkspace = true\n\n\
         [lib]\ntest = false\ndoctest = false\n"
    );
    let used = CRATES
        .iter()
        .filter(|name| sources.iter().any(|s| uses(s, name)));
    let used: Vec<String> = used
        .map(|name| format!("{name}.workspace = true\n"))
        .collect();
    if !used.is_empty() {
        let _ = write!(manifest, "\n[dependencies]\n{}", used.concat());
    }
    manifest.push_str("\n[dev-dependencies]\n");
    // Checks see what the answer depends on, and the kit gives them ndarray.
    let course = "course.workspace = true\n";
    if uses(checks, "course") && !used.iter().any(|line| line == course) {
        manifest.push_str(course);
    }
    manifest.push_str(
        "kit.workspace = true\n\n\
         [[test]]\nname = \"checks\"\npath = \"checks.rs\"\nharness = false\n",
    );
    manifest
}

/// Whether `source` names something in the crate `name`, outside of comments.
fn uses(source: &str, name: &str) -> bool {
    let code = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let path = format!("{name}::");
    let whole = |line: &str| {
        let mut starts = line.match_indices(&path).map(|(at, _)| at);
        starts
            .any(|at| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
    };
    let mut code = code;
    code.any(whole)
}

/// The roots of the libraries of solutions, each with its text: a module for each exercise of
/// info.toml, in the course's order. A course without kernels has no library of kernels.
pub fn libraries(layout: &Layout, manifest: &Manifest) -> Vec<(PathBuf, String)> {
    let listed = LIBRARIES.iter().map(|library| {
        let file = layout.solutions_dir().join(library.root);
        (file, library.text(manifest))
    });
    let needed = |(file, text): &(PathBuf, String)| text.contains("pub mod ") || file.exists();
    listed.filter(needed).collect()
}

impl Library {
    fn text(&self, manifest: &Manifest) -> String {
        let mut text = String::from(self.header);
        let exercises = manifest.exercises();
        for entry in exercises.filter(|entry| entry.exercise.device == self.device) {
            let id = &entry.exercise.id;
            // Stages are ordered by number in info.toml, which also orders these lines.
            let path = format!("{}{}/{id}/solution.rs", self.up, entry.stage.folder);
            // The empty line between two keeps rustfmt from sorting them by name.
            let _ = writeln!(text, "\n#[path = \"{path}\"]\npub mod {id};");
        }
        text
    }
}

/// Writes the libraries' roots and the manifests of all exercises; whether anything changed.
///
/// # Errors
/// If a file cannot be written.
pub fn write_library(layout: &Layout, manifest: &Manifest) -> io::Result<bool> {
    let mut changed = false;
    for (file, text) in libraries(layout, manifest) {
        changed |= write(&file, &text)?;
    }
    for entry in manifest.exercises() {
        let files = layout.exercise(entry);
        // What is not written yet needs no manifest yet.
        let written = [files.starter(), files.solution(), files.checks()];
        if written.iter().all(|file| file.is_file()) {
            changed |= write_cargo_manifest(&files)?;
        }
    }
    Ok(changed)
}

/// Writes an exercise's `Cargo.toml`; whether it changed.
///
/// # Errors
/// If its answers cannot be read, or it cannot be written.
pub fn write_cargo_manifest(files: &ExerciseFiles) -> io::Result<bool> {
    write(&files.cargo_manifest(), &cargo_manifest(files)?)
}

fn write(file: &std::path::Path, text: &str) -> io::Result<bool> {
    if fs::read_to_string(file).is_ok_and(|there| same(&there, text)) {
        return Ok(false);
    }
    atomic::replace(file, text.as_bytes())?;
    Ok(true)
}

/// Equal but for line ends.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.lines().eq(other.lines())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::sample;

    #[test]
    fn what_an_answer_uses_is_depended_on() {
        let source = |text: &str| [text.to_string()];
        let needs = |text: &str| -> Vec<&str> {
            let manifest = cargo_manifest_of("a", &source(text), "");
            let needed = |name: &&&str| {
                let (_, tail) = manifest.split_once("[lib]").unwrap();
                let (normal, _) = tail.split_once("[dev-dependencies]").unwrap();
                normal.contains(&format!("{name}.workspace"))
            };
            CRATES.iter().filter(needed).copied().collect()
        };
        let for_checks = |answer: &str| {
            let checks = "use course::pairs::count;";
            let manifest = cargo_manifest_of("a", &source(answer), checks);
            let (before, after) = manifest.split_once("[dev-dependencies]").unwrap();
            (before.contains("course"), after.contains("course"))
        };
        assert_eq!(for_checks(""), (false, true));
        assert_eq!(for_checks("use course::pairs;"), (true, false)); // once is enough
        assert_eq!(
            needs("use kit::Real;\nuse ndarray::Array1;"),
            ["kit", "ndarray"]
        );
        assert_eq!(needs("fn f() { course::softmax::f() }"), ["course"]);
        assert_eq!(
            needs("//! use kit::Real;\nuse toolkit::x; use a::kit::y;"),
            [""; 0]
        );
    }

    #[test]
    fn the_libraries_list_what_info_toml_lists() {
        let [arrays, kernels] = LIBRARIES.map(|library| library.text(&sample::manifest()));
        insta::assert_snapshot!(arrays, @r##"
        //! The reference solutions, and the library from which later exercises take earlier parts.

        // A reference names earlier parts as every answer does: `course::NAME`.
        extern crate self as course;

        #[path = "01_counting/count_pairs/solution.rs"]
        pub mod count_pairs;

        #[path = "01_counting/count_bug/solution.rs"]
        pub mod count_bug;

        #[path = "03_slopes/best_step/solution.rs"]
        pub mod best_step;

        #[path = "12_kernels/gpu_capstone/solution.rs"]
        pub mod gpu_capstone;
        "##);
        insta::assert_snapshot!(kernels, @r##"
        //! The reference solutions that are kernels, and the library from which later kernels take
        //! earlier parts.

        // A reference names earlier parts as every answer does: `kernels::NAME`.
        extern crate self as kernels;

        #[path = "../12_kernels/gpu_map/solution.rs"]
        pub mod gpu_map;
        "##);
    }
}
