//! The same report for a person, under `cargo test`.

use crate::Mismatch;
use transcript::{CheckRecord, End, Mistake};

pub(crate) fn check(record: &CheckRecord, mismatches: &[Mismatch], passes: bool) {
    println!("{} {}", if passes { "ok  " } else { "FAIL" }, record.name);
    if passes {
        return;
    }
    for mismatch in mismatches {
        println!("     `{}` {}", mismatch.name, mismatch.difference);
    }
    for law in &record.broken {
        println!("     {law}");
    }
    match &record.end {
        End::Todo => println!("     not written yet: a todo!() is left"),
        End::Panicked(message) => println!("     panicked: {message}"),
        End::Unfinished | End::Done => {}
    }
}

pub(crate) fn mistake(mistake: &Mistake) {
    println!("     looks like {}:\n     {}", mistake.name, mistake.lesson);
}

pub(crate) fn summary(failed: usize) {
    println!(
        "{}",
        if failed == 0 {
            "solved"
        } else {
            "not solved yet"
        }
    );
}
