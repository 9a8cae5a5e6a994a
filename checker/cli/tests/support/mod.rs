//! What several integration tests share.
//!
//! Each test program includes this module and uses a part of it.
#![allow(dead_code)]

pub mod html;
pub mod program;
pub mod sample;
pub mod screen;
pub mod test_course;

#[allow(unused_imports)]
pub use program::{Ran, llmlings, llmlings_in};
#[allow(unused_imports)]
pub use test_course::TestCourse;

use std::path::{Path, PathBuf};

/// The folder of the repository that these tests belong to.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().nth(2);
    root.map(Path::to_path_buf)
        .unwrap_or_else(|| panic!("{} lies not in checker/cli", here.display()))
}
