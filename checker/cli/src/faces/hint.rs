//! `llmlings hint`: one rung more of the ladder, never the answer.

use std::{
    io::{self, Write},
    ops::RangeInclusive,
};

use colored::Colorize as _;
use serde_json::{Value, json};
use textwrap::Options;

use crate::course::{Entry, Progress};

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// One more hint.
    Next,
    /// The whole ladder.
    All,
}

/// Which hints to show, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rungs(RangeInclusive<usize>);

/// Takes what was asked for down in the progress, and tells what is to be shown: the next
/// hint, or, when there is no further one, all of them.
pub fn climb(progress: &mut Progress, entry: Entry<'_>, ask: Ask) -> Rungs {
    let all = entry.exercise.hints.len();
    let before = progress.hints_shown(entry);
    Rungs(match ask {
        Ask::Next if before < all => {
            let now = progress.reveal_hint(entry);
            now..=now
        }
        Ask::Next | Ask::All => 1..=progress.reveal_hints(entry, all),
    })
}

/// Draws hints, and how to get further.
///
/// # Errors
/// Those of `out`.
pub fn draw(out: &mut dyn Write, entry: Entry<'_>, rungs: &Rungs, width: usize) -> io::Result<()> {
    let hints = &entry.exercise.hints;
    let id = &entry.exercise.id;
    for number in rungs.0.clone() {
        let title = format!("Hint {number} of {}", hints.len());
        writeln!(out, "{} for {}", title.bold(), id.cyan())?;
        let text = hints
            .get(number - 1)
            .map(String::as_str)
            .unwrap_or_default();
        paragraph(out, text, width)?;
        writeln!(out)?;
    }
    let further = if *rungs.0.end() < hints.len() {
        "Still stuck? `llmlings hint` climbs one rung more."
    } else {
        "That is the whole ladder. `llmlings notes` derives what the exercise uses."
    };
    paragraph(out, further, width)
}

/// The same facts for a program.
pub fn to_json(entry: Entry<'_>, rungs: &Rungs) -> Value {
    let hints = &entry.exercise.hints;
    let shown: Vec<Value> = rungs
        .0
        .clone()
        .filter_map(|number| Some(json!({"number": number, "text": hints.get(number - 1)?})))
        .collect();
    json!({"exercise": entry.exercise.id, "total": hints.len(), "hints": shown})
}

/// Lines of at most `width` columns; never so wide that reading gets hard.
fn paragraph(out: &mut dyn Write, text: &str, width: usize) -> io::Result<()> {
    const READABLE: usize = 90;
    let options = Options::new(width.clamp(1, READABLE)).break_words(true);
    for line in textwrap::wrap(text, options) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        course::sample::manifest,
        faces::drawn::{in_every_way, plain},
    };

    #[test]
    fn each_call_climbs_one_rung_and_at_the_top_all_are_shown() {
        let manifest = manifest();
        let entry = manifest.get("count_pairs").unwrap();
        let mut progress = Progress::default();
        let climbed: Vec<_> = (0..4)
            .map(|_| climb(&mut progress, entry, Ask::Next).0)
            .collect();
        assert_eq!(climbed, [1..=1, 2..=2, 3..=3, 1..=3]);
        assert_eq!(progress.hints_shown(entry), 3);
    }

    #[test]
    fn all_is_the_whole_ladder_and_remembered() {
        let manifest = manifest();
        let entry = manifest.get("count_pairs").unwrap();
        let mut progress = Progress::default();
        assert_eq!(climb(&mut progress, entry, Ask::All).0, 1..=3);
        assert_eq!(progress.hints_shown(entry), 3);
    }

    #[test]
    fn a_hint_says_which_it_is_of_how_many() {
        let manifest = manifest();
        let entry = manifest.get("count_pairs").unwrap();
        let next = |out: &mut dyn Write, width| draw(out, entry, &Rungs(1..=1), width);
        assert_snapshot!(in_every_way(next));
        let all = |out: &mut dyn Write, width| draw(out, entry, &Rungs(1..=3), width);
        assert_snapshot!(plain(80, all), @r"
        Hint 1 of 3 for count_pairs
        Look at windows.

        Hint 2 of 3 for count_pairs
        A table has rows.

        Hint 3 of 3 for count_pairs
        Add one at [a, b].

        That is the whole ladder. `llmlings notes` derives what the exercise uses.
        ");
    }

    #[test]
    fn a_program_gets_the_same_facts() {
        let manifest = manifest();
        let entry = manifest.get("count_pairs").unwrap();
        assert_snapshot!(to_json(entry, &Rungs(2..=2)), @r#"{"exercise":"count_pairs","total":3,"hints":[{"number":2,"text":"A table has rows."}]}"#);
    }
}
