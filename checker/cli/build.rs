//! Packs into the program what `llmlings init` writes: the course without the cli.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

/// Single files, relative to the workspace.
const FILES: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "checker/gpu/Cargo.toml",
    "checker/gpu/README.md",
    "info.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
];

/// Whole folders. None of them holds what a learner writes.
const FOLDERS: &[&str] = &[
    "checker/bench",
    "checker/gpu/src",
    "checker/kit",
    "checker/lab",
    "checker/nd",
    "checker/transcript",
    "solutions",
];

/// What the build of a folder or a test leaves behind.
const LEFTOVERS: &[&str] = &["target", "__pycache__", "snap.new", "pending-snap", "tmp"];

fn main() -> io::Result<()> {
    let workspace = fs::canonicalize("../..")?;
    let mut packed = Vec::new();
    for file in FILES {
        let file = workspace.join(file);
        if file.is_file() {
            packed.push(file);
        }
    }
    for folder in FOLDERS {
        let folder = workspace.join(folder);
        if folder.is_dir() {
            // A folder is watched whole, so that a new file is noticed.
            rerun_if_changed(&folder);
            collect(&folder, &|_| true, &mut packed)?;
        }
    }
    // The exercises are not: saving an answer must not build the program anew. A new
    // exercise is noticed by its line in info.toml.
    let not_an_answer = |path: &Path| path.file_name().is_none_or(|name| name != "src");
    collect(&workspace.join("exercises"), &not_an_answer, &mut packed)?;

    packed.sort();
    packed.iter().for_each(|file| rerun_if_changed(file));
    rerun_if_changed(Path::new("build.rs"));
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(out.join("packed.rs"), table(&workspace, &packed))
}

fn rerun_if_changed(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// All files below a folder for which `wanted` holds, also of each folder on the way.
fn collect(
    folder: &Path,
    wanted: &dyn Fn(&Path) -> bool,
    files: &mut Vec<PathBuf>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let leftover = LEFTOVERS
            .iter()
            .any(|ending| name == *ending || name.ends_with(&format!(".{ending}")));
        if leftover || !wanted(&path) {
            continue;
        }
        if path.is_dir() {
            collect(&path, wanted, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// The table's source text: pairs of a path with `/` and the bytes.
fn table(workspace: &Path, files: &[PathBuf]) -> String {
    let mut text = String::from("&[\n");
    for file in files {
        let relative = file.strip_prefix(workspace).unwrap_or(file);
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        text.push_str(&format!(
            "    ({:?}, include_bytes!({:?})),\n",
            parts.join("/"),
            file.display().to_string()
        ));
    }
    text + "]\n"
}
