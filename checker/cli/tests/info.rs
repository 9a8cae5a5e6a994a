//! The course in this repository.

use std::path::Path;

use llmlings::course::{Layout, Manifest, Shape};

#[test]
fn its_info_is_without_fault() {
    let layout = Layout::discover(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!(layout.shape(), Shape::Clone);
    let manifest = Manifest::read(&layout.manifest()).unwrap_or_else(|error| panic!("{error}"));
    for entry in manifest.exercises() {
        let id = &entry.exercise.id;
        assert!(
            entry.exercise.hints.len() >= 3,
            "the hints of {id} are no ladder"
        );
        let walked = manifest
            .paths
            .iter()
            .any(|path| path.exercises.contains(id));
        assert!(walked, "no learning path leads through {id}");
    }
}
