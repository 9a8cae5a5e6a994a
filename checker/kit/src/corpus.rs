//! The text that the course's models learn: short tales, written for it (CC0).
//!
//! 315 tales, 470,049 bytes of plain ASCII, 58 distinct characters. A paragraph ends in one
//! newline, tales are parted by one empty line. Their order was shuffled once, so that the
//! last tenth resembles the rest; holding out a whole theme gives a split that does not.

use std::path::PathBuf;
use std::sync::OnceLock;

const TALES: &str = include_str!("../corpus/tales.txt");
const THEMES: &str = include_str!("../corpus/themes.txt");
/// Parts one tale from the next.
const GAP: &str = "\n\n";

/// The themes, in the order of their numbers from 1.
pub const THEME_NAMES: [&str; 7] = [
    "river and harbor",
    "bakery and market",
    "forest",
    "school and making",
    "garden and orchard",
    "lighthouse and journeys",
    "family and neighbors",
];

/// The theme that is held out where one has to do for all seven: one of the two that the
/// others predict worst.
pub const HELD_OUT_THEME: usize = 4;

/// A text cut in two: one part to learn from, and one that is held out to be measured on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// What is held out: the `last tenth`, or the name of a theme.
    pub held_out: &'static str,
    /// What may be learned.
    pub train: String,
    /// What is measured on.
    pub val: String,
}

/// A text, to be cut into one part to learn from and one to be measured on.
#[derive(Clone, Copy, Debug)]
pub struct Corpus {
    /// The whole text.
    pub text: &'static str,
    /// Whether it is the course's own: recorded numbers hold for no other.
    pub is_tales: bool,
}

static CHOSEN: OnceLock<Corpus> = OnceLock::new();

/// The text of this run: the tales, or what `--corpus FILE` named.
pub fn corpus() -> Corpus {
    CHOSEN.get().copied().unwrap_or_else(tales)
}

/// The course's own text.
pub fn tales() -> Corpus {
    Corpus {
        text: TALES,
        is_tales: true,
    }
}

/// Reads another text for the rest of this run.
pub(crate) fn choose(file: &PathBuf) -> Result<(), String> {
    let bytes = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let text = String::from_utf8(bytes)
        .map_err(|e| format!("{} is not UTF-8: {e}", file.display()))?
        .replace("\r\n", "\n");
    let text: &'static str = Box::leak(text.into_boxed_str());
    let is_tales = false;
    let _ = CHOSEN.set(Corpus { text, is_tales });
    Ok(())
}

impl Corpus {
    /// The first nine tenths and the last tenth. The cut falls between two tales: at the
    /// end of the gap nearest to 90 % (of the bytes), or at 90 % where a text has no gap.
    ///
    /// ```
    /// let (train, validation) = kit::corpus::tales().split();
    /// assert_eq!((train.len(), validation.len()), (422_450, 47_599));
    /// ```
    pub fn split(&self) -> (&'static str, &'static str) {
        let goal = self.text.len() / 10 * 9;
        let gaps = self.text.match_indices(GAP).map(|(at, gap)| at + gap.len());
        let nearest = gaps.min_by_key(|cut| cut.abs_diff(goal));
        self.text
            .split_at(nearest.unwrap_or_else(|| self.text.floor_char_boundary(goal)))
    }

    /// Both ways to hold text out, to see whether a model is good at this text or at any: the
    /// last tenth, which is like the rest; then [`HELD_OUT_THEME`], which is less so, where
    /// themes are known.
    ///
    /// ```
    /// let splits = kit::corpus::tales().splits();
    /// let held_out: Vec<&str> = splits.iter().map(|split| split.held_out).collect();
    /// assert_eq!(held_out, ["last tenth", "school and making"]);
    /// ```
    pub fn splits(&self) -> Vec<Split> {
        let (train, val) = self.split();
        let last_tenth = ("last tenth", train.to_owned(), val.to_owned());
        let theme = self.split_by_theme(HELD_OUT_THEME);
        let theme = theme.map(|(train, val)| (THEME_NAMES[HELD_OUT_THEME - 1], train, val));
        let split = |(held_out, train, val)| Split {
            held_out,
            train,
            val,
        };
        std::iter::once(last_tenth)
            .chain(theme)
            .map(split)
            .collect()
    }

    /// The tales, in order.
    pub fn tales(&self) -> impl Iterator<Item = &'static str> {
        self.text.split(GAP).filter(|tale| !tale.is_empty())
    }

    /// Everything but one theme, and that theme (1 to 7): the split on which the test text
    /// is not like the training text. `None` for a text whose themes are not known.
    ///
    /// ```
    /// let (train, forest) = kit::corpus::tales().split_by_theme(3).unwrap();
    /// assert_eq!(forest.split("\n\n").count() + train.split("\n\n").count(), 315);
    /// ```
    pub fn split_by_theme(&self, held_out: usize) -> Option<(String, String)> {
        if !self.is_tales || !(1..=THEME_NAMES.len()).contains(&held_out) {
            return None;
        }
        let themes = THEMES.lines().filter_map(|line| line.parse::<usize>().ok());
        let (mut train, mut held) = (Vec::new(), Vec::new());
        for (tale, theme) in self.tales().zip(themes) {
            if theme == held_out {
                &mut held
            } else {
                &mut train
            }
            .push(tale);
        }
        Some((train.join(GAP), held.join(GAP)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest as _, Sha256};
    use std::collections::BTreeSet;

    #[test]
    fn the_tales_are_the_ones_that_every_recorded_number_is_about() {
        let digest = Sha256::digest(TALES.as_bytes());
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            hex,
            "68cc8e98902335119356aac8f1af782fc7b905d9317176032ad0cf01ab7c76c5"
        );
        assert_eq!(TALES.len(), 470_049);
        assert!(TALES.is_ascii());
        assert_eq!(TALES.chars().collect::<BTreeSet<_>>().len(), 58);
    }

    #[test]
    fn the_last_tenth_is_32_whole_tales() {
        let (train, validation) = tales().split();
        assert!(train.ends_with(GAP));
        assert_eq!(validation.split(GAP).count(), 32);
        assert_eq!(train.split_terminator(GAP).count(), 283);
    }

    #[test]
    fn every_tale_has_one_theme() {
        assert_eq!(THEMES.lines().count(), tales().tales().count());
        let held = |theme| tales().split_by_theme(theme).unwrap().1;
        let total: usize = (1..=7).map(|t| held(t).split(GAP).count()).sum();
        assert_eq!(total, 315);
        assert!(tales().split_by_theme(8).is_none());
    }

    #[test]
    fn a_text_without_gaps_is_cut_at_nine_tenths() {
        let text = "é".repeat(50);
        let text: &'static str = Box::leak(text.into_boxed_str());
        let (train, rest) = Corpus {
            text,
            is_tales: false,
        }
        .split();
        assert_eq!((train.len(), rest.len()), (90, 10));
    }
}
