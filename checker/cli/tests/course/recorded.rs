//! insta as it records transcripts, and compares them as numbers.

use insta::{Comparator, Settings, Snapshot};
use llmlings::author::{Answer, Role};
use std::panic::catch_unwind;
use std::path::Path;
use transcript::{Transcript, disagreements};

/// Whether an answer shows what was recorded of it in `folder`. If not, insta has left a
/// pending snapshot there and said so.
pub fn agrees(folder: &Path, answer: &Answer, shown: &Transcript) -> bool {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_comparator(Box::new(Numeric));
    let name = match answer.role {
        Role::Mistake => {
            settings.set_snapshot_suffix(&answer.name);
            "mistake"
        }
        _ => "reference",
    };
    let text = shown.to_string();
    // Caught, so that one run records everything that there is to review.
    let asserted = || settings.bind(|| insta::assert_snapshot!(name, text));
    catch_unwind(std::panic::AssertUnwindSafe(asserted)).is_ok()
}

/// Transcripts agree if their numbers do, within their tolerances.
#[derive(Clone, Copy)]
struct Numeric;

impl Comparator for Numeric {
    fn matches(&self, recorded: &Snapshot, shown: &Snapshot) -> bool {
        let read = |snapshot: &Snapshot| {
            let text = snapshot.as_text()?.to_string();
            Transcript::parse(&text).ok()
        };
        let (Some(recorded), Some(shown)) = (read(recorded), read(shown)) else {
            return false;
        };
        disagreements(&recorded, &shown).is_empty()
    }

    fn dyn_clone(&self) -> Box<dyn Comparator> {
        Box::new(*self)
    }
}
