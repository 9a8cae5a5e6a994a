//! Verdicts as JUnit's XML: a suite an exercise, a case a check.
//!
//! The format is the one that Jenkins, GitLab and GitHub's reporters share: `testsuites`,
//! `testsuite`, `testcase`, `failure`, `error`, `skipped`.

use super::{Place, in_full};
use crate::checking::Checked;
use crate::runner::{CheckState, Report};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{self, Write};

/// Writes the whole document.
pub fn draw(checked: &[(Checked, Place)], out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites")
        .with_attribute(("name", "llmlings"))
        .write_inner_content(|xml| {
            checked
                .iter()
                .try_for_each(|(c, place)| suite(xml, c, place))
        })?;
    writeln!(out)
}

fn suite<W: Write>(xml: &mut Writer<W>, checked: &Checked, place: &Place) -> io::Result<()> {
    let Report {
        verdict, checks, ..
    } = &checked.report;
    let cases = checks.len().max(1).to_string();
    let ours = verdict.is_ours();
    let failed = u8::from(!verdict.is_pass());
    let seconds = format!("{:.3}", checked.report.running.as_secs_f64());
    xml.create_element("testsuite")
        .with_attribute(("name", checked.id.as_str()))
        .with_attribute(("tests", cases.as_str()))
        .with_attribute(("failures", if ours { "0" } else { digit(failed) }))
        .with_attribute(("errors", if ours { digit(failed) } else { "0" }))
        .with_attribute(("time", seconds.as_str()))
        .with_attribute(("file", place.answer.as_str()))
        .write_inner_content(|xml| {
            // A run that came to no check is one case of its own.
            if checks.is_empty()
                || !checks.iter().any(|(_, s)| *s == CheckState::Failed) && failed == 1
            {
                case(xml, checked, &checked.id, CheckState::Failed)?;
            }
            checks
                .iter()
                .try_for_each(|(name, state)| case(xml, checked, name, *state))
        })?;
    Ok(())
}

fn digit(one: u8) -> &'static str {
    if one == 0 { "0" } else { "1" }
}

fn case<W: Write>(
    xml: &mut Writer<W>,
    checked: &Checked,
    name: &str,
    state: CheckState,
) -> io::Result<()> {
    let case = xml
        .create_element("testcase")
        .with_attribute(("classname", checked.id.as_str()))
        .with_attribute(("name", name));
    let verdict = &checked.report.verdict;
    match state {
        CheckState::Passed => drop(case.write_empty()?),
        _ if verdict.is_pass() => drop(case.write_empty()?),
        CheckState::NotReached => {
            case.write_inner_content(|xml| {
                let message = ("message", "an earlier check failed");
                xml.create_element("skipped")
                    .with_attribute(message)
                    .write_empty()?;
                Ok(())
            })?;
        }
        CheckState::Failed => {
            let element = if verdict.is_ours() {
                "error"
            } else {
                "failure"
            };
            let (summary, whole) = (legible(&verdict.summary()), legible(&in_full(verdict)));
            case.write_inner_content(|xml| {
                xml.create_element(element)
                    .with_attribute(("type", verdict.word()))
                    .with_attribute(("message", summary.as_str()))
                    .write_text_content(BytesText::new(&whole))?;
                Ok(())
            })?;
        }
    }
    Ok(())
}

/// XML 1.0 has no control characters, not even escaped ones.
fn legible(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(allowed).collect()
}
