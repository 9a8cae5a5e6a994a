//! A check program that is there already, for as long as the compiler would make the same.
//!
//! Beside the program lies a record of the call that made it, of its sources, by content,
//! and of the compiler and the libraries, by what their files look like from outside.

use super::memory::{Stamp, sources};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// A program and its sources as they are before it is made.
pub(super) struct Making {
    program: PathBuf,
    call: Vec<String>,
    sources: BTreeMap<PathBuf, Source>,
}

struct Source {
    stamp: Option<Stamp>,
    digest: Vec<u8>,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct Record {
    call: Vec<String>,
    /// The compiler, and the libraries that the call names.
    tools: BTreeMap<PathBuf, Option<Stamp>>,
    sources: BTreeMap<PathBuf, Vec<u8>>,
    program: Option<Stamp>,
}

impl Making {
    /// `call` is about to make `program` of these sources.
    ///
    /// # Errors
    /// If a source cannot be read.
    pub(super) fn of(program: PathBuf, call: &Command, sources: &[&Path]) -> io::Result<Self> {
        let source = |file: &&Path| {
            // In this order: a change in between is seen later as one of the stamp.
            let stamp = Stamp::of(file);
            let digest = Sha256::digest(fs::read(file)?).to_vec();
            Ok((file.to_path_buf(), Source { stamp, digest }))
        };
        let all = std::iter::once(call.get_program()).chain(call.get_args());
        Ok(Self {
            program,
            call: all
                .map(|word| word.to_string_lossy().into_owned())
                .collect(),
            sources: sources.iter().map(source).collect::<io::Result<_>>()?,
        })
    }

    /// Whether the program is there already, and its making gave no warnings.
    pub(super) fn is_done(&self) -> bool {
        let text = fs::read(self.file("json")).unwrap_or_default();
        let noted = serde_json::from_slice::<Record>(&text);
        noted.is_ok_and(|record| record.program.is_some() && record == self.record())
    }

    /// Notes that the program was made, without warnings. A failure costs time only: it is
    /// made once more.
    pub(super) fn note(&self) {
        if self.read_nothing_else() {
            let noted = serde_json::to_vec(&self.record());
            let _ = noted.map(|text| fs::write(self.file("json"), text));
        }
    }

    /// Whether the compiler read these sources as they were, and no others: it tells.
    fn read_nothing_else(&self) -> bool {
        let told = fs::read_to_string(self.file("d")).unwrap_or_default();
        // What the environment says may change behind the record's back.
        let alone = !told.contains("# env-dep:");
        let known = |file: &PathBuf| self.sources.contains_key(file);
        let read = sources(&told).is_some_and(|read| read.iter().all(known));
        let same = |(file, source): (&PathBuf, &Source)| Stamp::of(file) == source.stamp;
        alone && read && self.sources.iter().all(same)
    }

    fn record(&self) -> Record {
        let digest = |(file, source): (&PathBuf, &Source)| (file.clone(), source.digest.clone());
        let stamped = |file: &str| (PathBuf::from(file), Stamp::of(file.as_ref()));
        // `--extern` is followed by `name=file`.
        let named = self.call.windows(2).filter(|pair| pair[0] == "--extern");
        let libraries = named.filter_map(|pair| Some(pair[1].split_once('=')?.1));
        let compiler = self.call.first().map(String::as_str);
        Record {
            call: self.call.clone(),
            tools: libraries.chain(compiler).map(stamped).collect(),
            sources: self.sources.iter().map(digest).collect(),
            program: Stamp::of(&self.program),
        }
    }

    /// A file of our own beside the program.
    fn file(&self, extension: &str) -> PathBuf {
        self.program.with_extension(extension)
    }
}
