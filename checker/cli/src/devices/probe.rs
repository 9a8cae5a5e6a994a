//! A machine as far as it is looked at; a test makes one up in a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Which conventions hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Linux, and what is like it.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

/// Asks a program something; its output, if it went well.
type Ask = fn(&str, &[&str]) -> Option<String>;

/// Where one looks.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The root of the file system.
    pub root: PathBuf,
    /// Environment variables.
    pub variables: BTreeMap<String, String>,
    /// The system.
    pub system: System,
    /// How programs are asked.
    pub program: Ask,
}

/// Where libraries lie; a `*` stands for the folders of one architecture or another.
const LIBRARIES: &[&str] = &[
    "usr/lib/*",
    "usr/lib",
    "usr/lib64",
    "lib/*",
    "lib64",
    "usr/local/lib",
    "usr/local/cuda/lib64",
    "run/opengl-driver/lib",
];

/// Where Vulkan's loader looks for drivers.
const DRIVERS: &[&str] = &[
    "usr/share/vulkan/icd.d",
    "usr/local/share/vulkan/icd.d",
    "etc/vulkan/icd.d",
    "run/opengl-driver/share/vulkan/icd.d",
];

impl Probe {
    /// This machine.
    pub fn here() -> Self {
        let system = if cfg!(target_os = "macos") {
            System::MacOs
        } else if cfg!(windows) {
            System::Windows
        } else {
            System::Linux
        };
        Self {
            root: "/".into(),
            variables: std::env::vars_os()
                .filter_map(|(name, value)| {
                    Some((name.into_string().ok()?, value.into_string().ok()?))
                })
                .collect(),
            system,
            program: ask,
        }
    }

    pub(super) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    pub(super) fn ask(&self, program: &str, arguments: &[&str]) -> Option<String> {
        (self.program)(program, arguments)
    }

    pub(super) fn exists(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// What lies in a folder, in order.
    pub(super) fn names(&self, folder: &str) -> Vec<String> {
        names(&self.root.join(folder))
    }

    /// A shared library, where the loader would find it.
    pub(super) fn library(&self, name: &str) -> Option<PathBuf> {
        let named = |variable| {
            self.variable(variable)
                .into_iter()
                .flat_map(|folders| folders.split(':'))
        };
        let extra = named("LD_LIBRARY_PATH").filter(|folder| !folder.is_empty());
        let cuda = self
            .variable("CUDA_PATH")
            .map(|cuda| format!("{cuda}/lib64"));
        let extra = extra.map(String::from).chain(cuda).map(PathBuf::from);
        let usual = LIBRARIES.iter().flat_map(|folder| self.folders(folder));
        let mut files = extra.chain(usual).map(|folder| folder.join(name));
        files.find(|file| file.exists())
    }

    /// The Vulkan drivers, by the names of their files: `lvp`, `intel`, `radeon`, `nvidia`.
    pub(super) fn vulkan_drivers(&self) -> Vec<String> {
        let chosen = ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"]
            .into_iter()
            .find_map(|v| self.variable(v));
        let files: Vec<String> = match chosen {
            Some(files) => files.split(':').map(file_name).collect(),
            None => DRIVERS
                .iter()
                .flat_map(|folder| self.names(folder))
                .collect(),
        };
        let driver = |file: String| {
            let stem = file.strip_suffix(".json")?;
            Some(stem.split("_icd").next().unwrap_or(stem).to_string())
        };
        files.into_iter().filter_map(driver).collect()
    }

    fn folders(&self, folder: &str) -> Vec<PathBuf> {
        match folder.strip_suffix("/*") {
            None => vec![self.root.join(folder)],
            Some(above) => {
                let above = self.root.join(above);
                names(&above).iter().map(|name| above.join(name)).collect()
            }
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_string()
}

fn ask(program: &str, arguments: &[&str]) -> Option<String> {
    let asked = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    asked
        .status
        .success()
        .then(|| String::from_utf8_lossy(&asked.stdout).into_owned())
}
