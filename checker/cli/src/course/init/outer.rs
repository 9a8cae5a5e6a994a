//! Whether a cargo workspace around a new folder takes it for a member of its own.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use toml::de::{DeTable, DeValue};

/// A workspace around the folder whose `members` match it: cargo refuses to work there,
/// because a workspace cannot be a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OuterWorkspace {
    /// The workspace's manifest.
    pub manifest: PathBuf,
    /// The member pattern that matches the folder.
    pub pattern: String,
    /// The folder as seen from the workspace.
    pub folder: PathBuf,
}

/// The nearest workspace above `dir`, if it would swallow the folder.
pub(super) fn find(dir: &Path) -> Option<OuterWorkspace> {
    for above in dir.ancestors().skip(1) {
        let manifest = above.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap_or_default();
        let folder = dir.strip_prefix(above).unwrap_or(dir).to_path_buf();
        match attitude(&text, &folder) {
            Attitude::NoWorkspace => {}
            Attitude::Excludes => return None,
            // Cargo takes the first workspace that it finds on its way up.
            Attitude::Workspace(pattern) => {
                return pattern.map(|pattern| OuterWorkspace {
                    manifest,
                    pattern,
                    folder,
                });
            }
        }
    }
    None
}

/// What a manifest has to do with a folder below it.
#[derive(Debug, PartialEq)]
enum Attitude {
    NoWorkspace,
    Excludes,
    /// A workspace, with the member pattern that matches the folder, if one does.
    Workspace(Option<String>),
}

fn attitude(manifest: &str, folder: &Path) -> Attitude {
    // A manifest that cannot be read is cargo's to complain about.
    let Ok(root) = DeTable::parse(manifest) else {
        return Attitude::NoWorkspace;
    };
    let Some(workspace) = root.get_ref().get("workspace") else {
        return Attitude::NoWorkspace;
    };
    let list = |key| texts(workspace.get_ref().get(key).map(|list| list.get_ref()));
    if list("exclude")
        .iter()
        .any(|excluded| folder.starts_with(excluded))
    {
        return Attitude::Excludes;
    }
    // As cargo does: `*` does not cross a `/`.
    let options = glob::MatchOptions {
        require_literal_separator: true,
        ..Default::default()
    };
    let matches = |pattern: &String| {
        let pattern = glob::Pattern::new(pattern.trim_end_matches('/'));
        pattern.is_ok_and(|pattern| pattern.matches_path_with(folder, options))
    };
    Attitude::Workspace(list("members").into_iter().find(matches))
}

fn texts(list: Option<&DeValue<'_>>) -> Vec<String> {
    let items = list
        .and_then(DeValue::as_array)
        .into_iter()
        .flat_map(|list| list.iter());
    items
        .filter_map(|item| item.get_ref().as_str())
        .map(str::to_string)
        .collect()
}

impl fmt::Display for OuterWorkspace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the workspace {} takes this folder for a member (`{}`), and cargo will refuse to \
             work there\n= add to its [workspace]: `exclude = [\"{}\"]`",
            self.manifest.display(),
            self.pattern,
            self.folder.display()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attitude(manifest: &str, folder: &str) -> Attitude {
        super::attitude(manifest, Path::new(folder))
    }

    #[test]
    fn a_member_pattern_that_matches_is_named() {
        let workspace = "[workspace]\nmembers = [\"a\", \"crates/*\"]";
        let named = Attitude::Workspace(Some("crates/*".to_string()));
        assert_eq!(attitude(workspace, "crates/learn"), named);
        for free in ["crates/deep/learn", "learn"] {
            assert_eq!(attitude(workspace, free), Attitude::Workspace(None));
        }
        let excluding = format!("{workspace}\nexclude = [\"crates/learn\"]");
        assert_eq!(attitude(&excluding, "crates/learn"), Attitude::Excludes);
    }

    #[test]
    fn what_is_no_workspace_is_passed_by() {
        for manifest in ["", "[package]", "nonsense", "workspace = 3"] {
            let found = attitude(manifest, "learn");
            assert!(
                matches!(found, Attitude::NoWorkspace | Attitude::Workspace(None)),
                "{manifest}: {found:?}"
            );
        }
    }
}
