//! The workspace of a learner's folder, derived from the repository's own manifest: so
//! profiles, lints and versions are the same, and there is no second manifest to keep.

use std::{fmt, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::course::layout::COURSE;

/// Why the repository's manifest could not be adapted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkspaceError {
    /// It is not TOML.
    Syntax(String),
    /// It lacks something that is to be adapted, such as `workspace.members`.
    Lacks(&'static str),
}

/// Members that a learner's folder does not have.
const LEFT_OUT: &[&str] = &["checker/cli", "checker/gpu/conformance"];

const HEADER: &str = "\
# The workspace of your exercises, written by `llmlings init`; `llmlings init --update`
# writes it anew. It is a workspace of its own, also within another one.
";

/// The repository's manifest with every path as it is in a learner's folder.
///
/// Only the paths are replaced, each at its place in the text; so comments stay.
pub(super) fn adapt(text: &str) -> Result<String, WorkspaceError> {
    let root = DeTable::parse(text).map_err(|error| WorkspaceError::Syntax(error.to_string()))?;
    let section = root.get_ref().get("workspace");
    let section = section.ok_or(WorkspaceError::Lacks("[workspace]"))?;
    let workspace = section.get_ref().as_table();
    let workspace = workspace.ok_or(WorkspaceError::Lacks("[workspace]"))?;

    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for (key, name) in [
        ("members", "workspace.members"),
        ("default-members", "workspace.default-members"),
    ] {
        let list = workspace.get(key).ok_or(WorkspaceError::Lacks(name))?;
        changes.push((list.span(), adapted_list(list)));
    }
    if let Some(list) = workspace.get("exclude") {
        changes.push((list.span(), adapted_list(list)));
    }
    let dependencies = workspace.get("dependencies");
    let dependencies = dependencies.and_then(|table| table.get_ref().as_table());
    for dependency in dependencies.into_iter().flat_map(|table| table.values()) {
        if let Some(path) = dependency.get_ref().get("path")
            && let Some(place) = path.get_ref().as_str()
        {
            changes.push((path.span(), quoted(&adapted_path(place))));
        }
    }

    // From the last to the first, so that earlier places stay true.
    changes.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut adapted = text.to_string();
    for (span, new) in changes {
        adapted.replace_range(span, &new);
    }
    // What the repository's manifest says of itself does not hold here.
    let begin = adapted.find("[workspace]").unwrap_or(0);
    Ok(HEADER.to_string() + &adapted[begin..])
}

fn adapted_list(list: &Spanned<DeValue<'_>>) -> String {
    let members: Vec<String> = list
        .get_ref()
        .as_array()
        .into_iter()
        .flat_map(|list| list.iter())
        .filter_map(|member| member.get_ref().as_str())
        .filter(|member| !LEFT_OUT.contains(member))
        .map(|member| quoted(&adapted_path(member)))
        .collect();
    format!("[{}]", members.join(", "))
}

fn adapted_path(path: &str) -> String {
    if path.starts_with("exercises/") {
        path.to_string()
    } else {
        format!("{COURSE}/{path}")
    }
}

/// Paths of ours hold nothing that TOML would want escaped.
fn quoted(path: &str) -> String {
    format!("\"{path}\"")
}

impl fmt::Display for WorkspaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => write!(f, "its workspace is not TOML: {error}"),
            Self::Lacks(what) => write!(f, "its workspace lacks {what}"),
        }
    }
}

impl std::error::Error for WorkspaceError {}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    #[test]
    fn paths_change_and_the_rest_stays() {
        let text = r#"# The repository.
[workspace]
resolver = "3"
members = ["checker/*", "checker/gpu/conformance", "solutions", "exercises/*/*"] # all
default-members = [
    "checker/cli",
    "checker/kit",
    "solutions",
]

[workspace.dependencies]
# What exercises are written with.
kit = { path = "checker/kit" }
rand = "1"
course.path = "solutions"

[profile.dev]
debug = false # It is slow.
"#;
        assert_snapshot!(adapt(text).unwrap(), @r#"
        # The workspace of your exercises, written by `llmlings init`; `llmlings init --update`
        # writes it anew. It is a workspace of its own, also within another one.
        [workspace]
        resolver = "3"
        members = [".llmlings/course/checker/*", ".llmlings/course/solutions", "exercises/*/*"] # all
        default-members = [".llmlings/course/checker/kit", ".llmlings/course/solutions"]

        [workspace.dependencies]
        # What exercises are written with.
        kit = { path = ".llmlings/course/checker/kit" }
        rand = "1"
        course.path = ".llmlings/course/solutions"

        [profile.dev]
        debug = false # It is slow.
        "#);
    }

    #[test]
    fn a_workspace_that_is_none_is_refused() {
        assert_snapshot!(adapt("[package]").unwrap_err(), @"its workspace lacks [workspace]");
        assert_snapshot!(adapt("[workspace]").unwrap_err(), @"its workspace lacks workspace.members");
        assert!(matches!(adapt("[").unwrap_err(), WorkspaceError::Syntax(_)));
    }
}
