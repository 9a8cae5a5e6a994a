//! `doctor`: looks at what the course needs.

use super::{Session, drawn};
use crate::devices::{Device, Presence, Probe};
use crate::exit::Exit;
use crate::faces::doctor::{Finding, State, draw};
use crate::faces::screen::{self, Screen};
use crate::runner::Toolchain;
use crate::workbook::{Refusal, Workbook};
use std::path::Path;
use std::process::Command;

impl Session {
    pub(super) fn doctor(&self, screen: &mut Screen) -> Result<Exit, Refusal> {
        let mut findings = toolchain(&self.start);
        findings.push(tool(
            "git",
            "only to get the course and to go back to earlier answers",
        ));
        findings.push(tool(
            "python3",
            "only authors need it, for the oracle scripts",
        ));
        findings.push(terminal(screen));
        findings.extend(devices(&Probe::here()));
        findings.extend(self.course());
        drawn(draw(&findings, screen.width, screen))?;
        let missing = findings
            .iter()
            .any(|finding| finding.state == State::Missing);
        Ok(if missing {
            Exit::ToolMissing
        } else {
            Exit::Fine
        })
    }

    fn course(&self) -> Vec<Finding> {
        let book = match Workbook::open(&self.start) {
            Ok(book) => book,
            Err(refusal) => {
                return vec![Finding::new("course", State::Missing, refusal.to_string())];
            }
        };
        let root = book.layout.root().display().to_string();
        let mut findings = vec![Finding::new("course", State::Fine, root)];
        for notice in &book.notices {
            findings.push(Finding::new("progress", State::Missing, notice));
        }
        if book.notices.is_empty() {
            let passed = book
                .progress()
                .records
                .values()
                .filter(|r| r.passed.is_some())
                .count();
            let detail = format!("{passed} of {} passed", book.manifest.exercises().count());
            findings.push(Finding::new("progress", State::Fine, detail));
        }
        findings
    }
}

/// What `bench` can time kernels on; the checks need none of it.
fn devices(probe: &Probe) -> Vec<Finding> {
    let finding = |device: Device| {
        let what = format!("device {device}");
        match probe.presence(device) {
            Presence::There(what_it_is) => Finding::new(&what, State::Fine, what_it_is),
            Presence::Software(what_it_is) => Finding::new(&what, State::Fine, what_it_is),
            Presence::ToGet(how) => Finding::new(&what, State::Optional, how),
        }
    };
    Device::ALL.map(finding).into()
}

fn toolchain(folder: &Path) -> Vec<Finding> {
    let toolchain = match Toolchain::find(folder) {
        Ok(toolchain) => toolchain,
        Err(missing) => {
            return vec![Finding::new(
                &missing.tool,
                State::Missing,
                missing.to_string(),
            )];
        }
    };
    let mut findings = vec![Finding::new("rustc", State::Fine, &toolchain.version)];
    let cargo = Command::new(&toolchain.cargo).arg("--version").output();
    findings.push(match cargo {
        Ok(output) if output.status.success() => {
            let version = String::from_utf8_lossy(&output.stdout).trim().to_string();
            Finding::new("cargo", State::Fine, version)
        }
        _ => Finding::new(
            "cargo",
            State::Missing,
            "install Rust from https://rustup.rs",
        ),
    });
    for (tool, component, why) in [
        (
            "clippy-driver",
            "clippy",
            "it comments on answers that pass",
        ),
        ("rustfmt", "rustfmt", "it lays out code"),
    ] {
        findings.push(match toolchain.companion(tool, component) {
            Ok(_) => Finding::new(component, State::Fine, "installed"),
            Err(missing) => {
                let detail = format!("{why}. {}", missing.help);
                Finding::new(component, State::Optional, detail)
            }
        });
    }
    findings
}

/// A tool that is good to have.
fn tool(name: &str, why: &str) -> Finding {
    let asked = Command::new(name).arg("--version").output();
    match asked {
        Ok(output) if output.status.success() => {
            let words = String::from_utf8_lossy(&output.stdout);
            let version = words.lines().next().unwrap_or_default().to_string();
            Finding::new(name, State::Fine, version)
        }
        _ => Finding::new(name, State::Optional, format!("not found: {why}")),
    }
}

fn terminal(screen: &Screen) -> Finding {
    let (width, height) = (screen::width(), screen::height());
    let detail = format!("{width} columns, {height} rows");
    match (screen.interactive, width) {
        (false, _) => Finding::new("terminal", State::Optional, "none: `watch` needs one"),
        (true, 0..60) => Finding::new(
            "terminal",
            State::Optional,
            format!("{detail}; 60 columns read better"),
        ),
        (true, _) => Finding::new("terminal", State::Fine, detail),
    }
}
