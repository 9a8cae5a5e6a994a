//! The proof of the course.
//!
//! Every reference and every mistake is held against what insta recorded of it; right
//! answers pass on fresh seeds and wrong ones are rejected and recognised; starters wait to
//! be written; the references agree with outside libraries; the texts have their parts.
//! What a learner wrote is never looked at, so a half solved clone stays green.
//!
//! `LLMLINGS_EXERCISES` names the only exercises to try, as `one,another`: who records one
//! need not wait for all. `LLMLINGS_COURSE` names another course to prove. That is how
//! [`fails`] shows that each of these tests can fail.

mod support;

#[path = "course/fails.rs"]
mod fails;
#[path = "course/proof.rs"]
mod proof;
#[path = "course/recorded.rs"]
mod recorded;

use llmlings::author::{Finding, files, oracle, rules, snapshots, text};
use proof::{Proof, Tried};

/// Fails if anything was found, and says all of it.
fn assert_nothing(found: Vec<Finding>) {
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "\n{}\n", told.join("\n"));
}

/// Everything that `look` finds in some exercise.
fn in_each(look: impl Fn(&Proof, &Tried<'_>) -> Vec<Finding>) -> Vec<Finding> {
    let proof = Proof::of_the_course();
    let all = proof.exercises();
    all.iter().flat_map(|tried| look(proof, tried)).collect()
}

#[test]
fn info_toml_lists_what_there_is() {
    let proof = Proof::of_the_course();
    assert_nothing(files::in_course(&proof.layout, &proof.manifest));
}

#[test]
fn answers_show_what_was_recorded() {
    let proof = Proof::of_the_course();
    let mut failed = Vec::new();
    for tried in proof.exercises() {
        for (answer, _, shown) in tried.trials.iter().flat_map(|t| snapshots::to_record(t)) {
            let id = &tried.entry.exercise.id;
            if !recorded::agrees(&tried.files.snapshots_dir(), answer, shown) {
                failed.push(format!("{id}: {answer}"));
            }
        }
    }
    assert!(
        failed.is_empty(),
        "not as recorded; see `cargo insta review`:\n{}",
        failed.join("\n")
    );
}

#[test]
fn records_are_small_and_none_is_an_orphan() {
    assert_nothing(in_each(|proof, tried| match &tried.trials {
        Some(trials) => snapshots::findings(&proof.layout, &tried.files, trials),
        None => Vec::new(),
    }));
}

#[test]
fn right_answers_pass_wrong_ones_are_recognised_and_starters_wait() {
    assert_nothing(in_each(|proof, tried| match &tried.trials {
        Some(trials) => rules::findings(&proof.layout, tried.entry, trials),
        None => tried.broken.clone(),
    }));
}

#[test]
fn references_agree_with_the_outside() {
    assert_nothing(in_each(|proof, tried| {
        let reference = tried.trials.as_ref().and_then(|trials| trials.reference());
        let found = reference.map(|shown| oracle::findings(&proof.layout, &tried.files, shown));
        found.map(|(found, _)| found).unwrap_or_default()
    }));
}

#[test]
fn texts_have_their_parts_and_folders_their_files() {
    assert_nothing(in_each(|proof, tried| {
        let mut found = files::in_solutions(&proof.layout, &tried.files);
        found.extend(text::findings(&proof.layout, tried.entry, &tried.files));
        found
    }));
}
