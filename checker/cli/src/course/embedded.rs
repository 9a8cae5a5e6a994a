//! The course's files, packed into the program.

/// A course as a list of files.
///
/// Paths are those of the course's repository, with `/`.
#[derive(Debug, Clone, Copy)]
pub struct Package<'a>(&'a [(&'a str, &'a [u8])]);

static PACKED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/packed.rs"));

impl<'a> Package<'a> {
    /// A package of these files.
    pub fn new(files: &'a [(&'a str, &'a [u8])]) -> Self {
        Self(files)
    }

    /// Every file, by path.
    pub fn files(self) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.0.iter().copied()
    }

    /// One file.
    pub fn file(self, path: &str) -> Option<&'a [u8]> {
        self.files()
            .find(|(known, _)| *known == path)
            .map(|(_, bytes)| bytes)
    }
}

impl Package<'static> {
    /// What this program was built with.
    pub fn embedded() -> Self {
        Self(PACKED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_carries_the_course_without_answers_and_leftovers() {
        let package = Package::embedded();
        for path in ["Cargo.toml", "Cargo.lock", "info.toml", "solutions/lib.rs"] {
            assert!(package.file(path).is_some(), "{path}");
        }
        let kit = |path: &str| path.starts_with("checker/kit/src/");
        assert!(package.files().any(|(path, _)| kit(path)));
        for (path, _) in package.files() {
            let answer = path.starts_with("exercises/") && path.contains("/src/");
            let leftover = path.contains("__pycache__") || path.ends_with(".snap.new");
            let cli = path.starts_with("checker/cli/");
            assert!(
                !answer && !leftover && !cli && !path.contains('\\'),
                "{path}"
            );
        }
    }
}
