use super::*;
use crate::course::sample::{INFO, SampleCourse};

#[test]
fn an_entry_comes_last_in_its_stage() {
    for (stage, before) in [
        ("01_counting", "count_bug"),
        ("03_slopes", "best_step"),
        ("12_kernels", "gpu_capstone"),
    ] {
        let text = with_entry(INFO, stage, &entry("newest")).unwrap();
        let manifest = Manifest::parse(&text, "info.toml".as_ref()).unwrap();
        let ids: Vec<_> = manifest.exercises().map(|e| &e.exercise.id).collect();
        let at = ids.iter().position(|id| *id == "newest").unwrap();
        assert_eq!(ids[at - 1], before, "{text}");
        assert_eq!(manifest.get("newest").unwrap().stage.folder, stage);
    }
    assert_eq!(with_entry(INFO, "01_count", "x"), None);
}

#[test]
fn a_new_exercise_has_its_files_and_is_known() {
    let course = SampleCourse::create();
    let created = create(&course.layout, "03_slopes/newest").unwrap();
    assert!(created.files.iter().all(|file| file.is_file()));
    let manifest = Manifest::read(&course.layout.manifest()).unwrap();
    let files = course.layout.exercise(manifest.get("newest").unwrap());
    let starter = fs::read_to_string(files.starter()).unwrap();
    assert_eq!(starter, fs::read_to_string(files.answer()).unwrap());
    let library = fs::read_to_string(course.root().join("solutions/lib.rs")).unwrap();
    assert!(library.contains("#[path = \"03_slopes/newest/solution.rs\"]\npub mod newest;"));
    let manifest = fs::read_to_string(files.cargo_manifest()).unwrap();
    assert!(manifest.contains("ndarray.workspace = true"));

    let again = create(&course.layout, "03_slopes/newest").unwrap_err();
    assert!(matches!(again, NewError::Manifest(_)), "{again}");
}

#[test]
fn what_cannot_be_made_leaves_everything_as_it_was() {
    let course = SampleCourse::create();
    let no_name = create(&course.layout, "newest").unwrap_err();
    assert!(
        no_name.to_string().contains("llmlings dev new"),
        "{no_name}"
    );
    let no_stage = create(&course.layout, "02_none/newest").unwrap_err();
    assert!(
        no_stage.to_string().contains("01_counting, 03_slopes"),
        "{no_stage}"
    );
    let no_crate = create(&course.layout, "03_slopes/match").unwrap_err();
    assert!(
        no_crate.to_string().contains("a word of Rust"),
        "{no_crate}"
    );
    fs::create_dir_all(course.root().join("solutions/03_slopes/taken")).unwrap();
    let taken = create(&course.layout, "03_slopes/taken").unwrap_err();
    assert!(matches!(taken, NewError::Exists { .. }), "{taken}");
    assert_eq!(fs::read_to_string(course.layout.manifest()).unwrap(), INFO);
}
