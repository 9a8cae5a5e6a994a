//! One shared library of everything that exercises are linked with.
//!
//! CubeCL and the simulator are thirty megabytes of code. Linked into every check program
//! anew, they take more than half of the time from save to verdict; linked once, into a
//! library that the program loads, they take none of it. Of arrays alone it is a seventh.
//!
//! Cargo cannot make the library: its own has a standard library within, and a program that
//! is linked with it would have two. And it must not be a crate that exercises name, so that
//! where it cannot be had, they are linked without it and nothing else changes.

use super::tool::{Called, Manner};
use super::{Dependencies, Toolchain};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// The name by which a check program asks for the library, and for nothing in it.
pub(super) const NAME: &str = "course_libraries";

/// All libraries of [`Dependencies`] as one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SharedLibrary {
    /// The library.
    pub file: PathBuf,
    /// The toolchain's own shared libraries: Rust's standard library is one of them.
    pub toolchain: PathBuf,
}

impl SharedLibrary {
    /// Links what was built for the workspace at `root`. None where that fails, and on
    /// systems where nobody has tried it: then check programs are linked as usual.
    pub(super) fn link(
        root: &Path,
        toolchain: &Toolchain,
        dependencies: &Dependencies,
        manner: &Manner,
    ) -> Option<Self> {
        if !cfg!(target_os = "linux") {
            return None;
        }
        Self::try_to_link(root, toolchain, dependencies, manner).ok()?
    }

    fn try_to_link(
        root: &Path,
        toolchain: &Toolchain,
        dependencies: &Dependencies,
        manner: &Manner,
    ) -> io::Result<Option<Self>> {
        let folder = root.join("target/llmlings/shared");
        let folder = folder.join(dependencies.libraries.folder());
        fs::create_dir_all(&folder)?;
        let file = format!(
            "{}{NAME}{}",
            env::consts::DLL_PREFIX,
            env::consts::DLL_SUFFIX
        );
        let file = folder.join(file);
        // Made apart and renamed: a check program may be running that has loaded the last one.
        let apart = tempfile::tempdir_in(&folder)?;
        let source = apart.path().join("lib.rs");
        let crates = dependencies.externs.keys();
        let crates: String = crates
            .map(|name| format!("extern crate {name};\n"))
            .collect();
        fs::write(&source, crates)?;
        let made = apart.path().join("made");
        let mut rustc = manner.command(&toolchain.rustc);
        rustc.args(["--edition=2024", "--crate-type=dylib", "--crate-name", NAME]);
        rustc.args(["-Cprefer-dynamic", "-Cdebuginfo=0", "-Cstrip=debuginfo"]);
        // The loader looks for the library by this name, wherever it was made.
        if let Some(name) = file.file_name().and_then(|name| name.to_str()) {
            rustc.arg(format!("-Clink-arg=-Wl,-soname,{name}"));
        }
        // Of the same libraries the same one is made, wherever that was.
        rustc.arg(format!("--remap-path-prefix={}=", apart.path().display()));
        dependencies.name_to(&mut rustc);
        rustc.arg(&source).arg("-o").arg(&made);
        match manner.call(root, rustc, &mut |_| {})? {
            Called::Ended { status, .. } if status.success() => {}
            _ => return Ok(None),
        }
        // One that is the same is left alone, and so are the programs that were linked with it.
        if fs::read(&file).ok() != Some(fs::read(&made)?) {
            fs::rename(made, &file)?;
        }
        let toolchain = toolchain.shared_libraries()?;
        Ok(Some(Self { file, toolchain }))
    }

    /// Tells the compiler of a program to link it with this library, and the program where
    /// to find it.
    pub(super) fn name_to(&self, rustc: &mut Command) {
        rustc.arg("--extern");
        rustc.arg(format!("{NAME}={}", self.file.display()));
        let folders = [self.file.parent(), Some(self.toolchain.as_path())];
        for folder in folders.into_iter().flatten() {
            rustc.arg(format!("-Clink-arg=-Wl,-rpath,{}", folder.display()));
        }
    }
}
