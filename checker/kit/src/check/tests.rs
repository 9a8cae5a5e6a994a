//! Which parts of a check run in which mode.

use super::*;

/// Whether `by_the_answer` and `look_back` run their closures.
fn runs(against: Against) -> [bool; 2] {
    let mut check = Check::new("", 1, against);
    let mut ran = [false; 2];
    check.by_the_answer(|_| ran[0] = true);
    check.look_back(|_| ran[1] = true);
    ran
}

#[test]
fn the_reference_repeats_no_long_training_and_only_a_learner_looks_on() {
    let record = || Transcript::default().check_mut("").clone();
    assert_eq!(runs(Against::Snapshot(record())), [true, true]);
    assert_eq!(runs(Against::Nothing), [true, false]);
    assert_eq!(runs(Against::Submitted(record())), [false, false]);
}

#[test]
#[should_panic(expected = "observed where it is not judged")]
fn what_is_not_always_run_observes_nothing() {
    let mut check = Check::new("", 1, Against::Nothing);
    check.by_the_answer(|c| c.observe("x", &1.0, Tolerance::Exact));
}
