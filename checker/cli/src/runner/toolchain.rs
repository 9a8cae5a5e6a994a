//! Where the compiler and its companions are.

use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler that the course is built with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Toolchain {
    /// Cargo, as it was started or as it is found on the path.
    pub cargo: OsString,
    /// The compiler itself, not the proxy of rustup: that costs 15 ms a call.
    pub rustc: PathBuf,
    /// What `rustc --version` says.
    pub version: String,
}

/// A program that the course needs is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct ToolMissing {
    /// Its name.
    pub tool: String,
    /// What was tried, and what came of it.
    pub detail: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for ToolMissing {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(
            f,
            "`{}` is missing ({}). {}",
            self.tool, self.detail, self.help
        )
    }
}

impl std::error::Error for ToolMissing {}

/// The cargo that started this program, else the one in the path.
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

impl Toolchain {
    /// Finds the toolchain that cargo would use in `folder`.
    ///
    /// # Errors
    /// If `rustc` or `cargo` cannot be run.
    pub fn find(folder: &Path) -> Result<Self, ToolMissing> {
        let ask = |arguments: &[&str]| ask(folder, "rustc", arguments);
        let sysroot = PathBuf::from(ask(&["--print", "sysroot"])?);
        let name = format!("rustc{}", std::env::consts::EXE_SUFFIX);
        Ok(Self {
            cargo: cargo(),
            rustc: sysroot.join("bin").join(name),
            version: ask(&["--version"])?,
        })
    }

    /// A companion of the compiler, such as `clippy-driver` or `rustfmt`.
    ///
    /// # Errors
    /// If it is not installed; says by which rustup component it comes.
    pub fn companion(&self, tool: &str, component: &str) -> Result<PathBuf, ToolMissing> {
        let name = format!("{tool}{}", std::env::consts::EXE_SUFFIX);
        let path = self.rustc.with_file_name(name);
        if path.exists() {
            return Ok(path);
        }
        Err(ToolMissing {
            tool: tool.into(),
            detail: format!("looked for {}", path.display()),
            help: format!("Install it with `rustup component add {component}`."),
        })
    }
}

impl Toolchain {
    /// The folder with the shared libraries that programs of this compiler may be linked with.
    ///
    /// # Errors
    /// If the compiler cannot be run or does not say.
    pub(super) fn shared_libraries(&self) -> io::Result<PathBuf> {
        let mut rustc = Command::new(&self.rustc);
        let said = rustc.args(["--print", "target-libdir"]).output()?;
        let folder = String::from_utf8_lossy(&said.stdout).trim().to_string();
        match said.status.success() && !folder.is_empty() {
            true => Ok(folder.into()),
            false => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

/// The trimmed output of a short command.
fn ask(folder: &Path, tool: &str, arguments: &[&str]) -> Result<String, ToolMissing> {
    let output = Command::new(tool)
        .args(arguments)
        .current_dir(folder)
        .output();
    let missing = |detail: String| ToolMissing {
        tool: tool.into(),
        detail,
        help: "Install Rust from https://rustup.rs, open a new terminal and try again.".into(),
    };
    let output = output.map_err(|e| missing(e.to_string()))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        return Err(missing(words.trim().to_string()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_string())
}
