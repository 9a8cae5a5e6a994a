//! What rustfmt and Clippy say.

use super::answers::{Answer, Role, answers};
use super::finding::Finding;
use super::{Workshop, finding};
use crate::course::Entry;
use crate::runner::{ToolMissing, Verdict, child};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is wrong with the form of an exercise's files: all that are Rust must be formatted,
/// and the reference must be clean under Clippy.
pub fn findings(workshop: &Workshop<'_>, entry: Entry<'_>) -> Vec<Finding> {
    let files = workshop.files(entry);
    let answers = answers(&files).unwrap_or_default();
    let mut sources: Vec<PathBuf> = answers.iter().map(|a| a.file.clone()).collect();
    sources.push(files.checks());
    let mut found = unformatted(workshop, &sources);
    let reference = answers.iter().find(|a| a.role == Role::Reference);
    found.extend(
        reference
            .into_iter()
            .flat_map(|r| clippy(workshop, entry, r)),
    );
    found
}

fn unformatted(workshop: &Workshop<'_>, sources: &[PathBuf]) -> Vec<Finding> {
    let layout = workshop.layout;
    let rustfmt = match workshop.runner.toolchain.companion("rustfmt", "rustfmt") {
        Ok(rustfmt) => rustfmt,
        Err(missing) => return vec![tool_missing(workshop, &missing)],
    };
    // A file that is not there is told elsewhere.
    let there: Vec<&PathBuf> = sources.iter().filter(|file| file.is_file()).collect();
    let mut command = Command::new(rustfmt);
    command.args(["--check", "--edition=2024", "--files-with-diff"]);
    command.args(&there).current_dir(layout.root());
    let limits = child::Limits::default();
    let advice = "`rustfmt --edition 2024` it";
    match child::run(command, &limits, workshop.cancel, None) {
        Ok(ended) if ended.stderr.trim().is_empty() => {
            let files = ended.stdout.lines().map(Path::new);
            let told = files.map(|file| Finding::at(layout, file, "not formatted", advice));
            told.collect()
        }
        // It cannot be parsed; the compiler says so in better words.
        Ok(ended) => {
            let words = ended.stderr.lines().next().unwrap_or_default();
            vec![finding_in_course(
                workshop,
                format!("rustfmt: {words}"),
                advice,
            )]
        }
        Err(e) => vec![finding_in_course(workshop, format!("rustfmt: {e}"), advice)],
    }
}

fn clippy(workshop: &Workshop<'_>, entry: Entry<'_>, reference: &Answer) -> Vec<Finding> {
    let task = reference.task(workshop, entry, 1);
    match workshop.runner.clippy(&task, workshop.cancel) {
        Ok(diagnostics) => {
            let told = diagnostics.iter().map(|it| {
                let message = format!("Clippy: {}", it.message);
                Finding::at_line(
                    workshop.layout,
                    &reference.file,
                    it.line,
                    message,
                    "mend it",
                )
            });
            told.collect()
        }
        Err(Verdict::ToolMissing(missing)) => vec![tool_missing(workshop, &missing)],
        Err(verdict) => {
            let message = format!("Clippy: {}", verdict.summary());
            vec![finding_in_course(workshop, message, "try again")]
        }
    }
}

fn tool_missing(workshop: &Workshop<'_>, missing: &ToolMissing) -> Finding {
    let message = format!("`{}` is missing", missing.tool);
    finding_in_course(workshop, message, &missing.help)
}

fn finding_in_course(workshop: &Workshop<'_>, message: String, advice: &str) -> Finding {
    let root = workshop.layout.root();
    finding::Finding::at(workshop.layout, &root.join("Cargo.toml"), message, advice)
}
