//! One thing that is not as it should be.

use crate::course::Layout;
use std::fmt;
use std::path::Path;

/// Something that an author has to mend.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// A file relative to the course's folder, with a line where one is meant.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub advice: String,
}

impl Finding {
    /// A finding about a whole file.
    pub fn at(
        layout: &Layout,
        file: &Path,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            place: relative(layout, file),
            message: message.into(),
            advice: advice.into(),
        }
    }

    /// A finding about a line, counted from 1.
    pub fn at_line(
        layout: &Layout,
        file: &Path,
        line: usize,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        let mut finding = Self::at(layout, file, message, advice);
        finding.place = format!("{}:{line}", finding.place);
        finding
    }
}

/// A path as people write it: relative to the course's folder, with `/`.
pub(super) fn relative(layout: &Layout, file: &Path) -> String {
    let path = file.strip_prefix(layout.root()).unwrap_or(file);
    path.display()
        .to_string()
        .replace(std::path::MAIN_SEPARATOR, "/")
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}\n= {}", self.place, self.message, self.advice)
    }
}
