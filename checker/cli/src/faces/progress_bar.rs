//! The line that says how far one is.

use std::io::{self, Write};

use colored::Colorize as _;

/// How many exercises have passed, of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Exercises that passed.
    pub passed: usize,
    /// All exercises.
    pub total: usize,
}

/// Draws one line such as `Progress: [####>-----] 4/10`, without its end.
///
/// # Errors
/// Those of `out`.
pub fn draw(out: &mut dyn Write, tally: Tally, width: usize) -> io::Result<()> {
    const BEFORE: &str = "Progress: [";
    let after = format!("] {}/{}", tally.passed, tally.total);
    let room = width.saturating_sub(BEFORE.len() + after.len());
    // A bar of a few characters says less than the numbers do.
    if room < 4 {
        return write!(out, "{}/{}", tally.passed, tally.total);
    }
    let (done, head, left) = parts(tally, room);
    write!(
        out,
        "{BEFORE}{}{}{}{after}",
        "#".repeat(done).green(),
        if head { ">" } else { "" }.green(),
        "-".repeat(left).red()
    )
}

/// How many columns are done, whether a head follows them, and how many are left.
fn parts(tally: Tally, room: usize) -> (usize, bool, usize) {
    if tally.passed >= tally.total {
        return (room, false, 0);
    }
    // Less than `room`, so that the head fits: only the last pass fills the bar.
    let done = room * tally.passed / tally.total;
    (done, true, room - done - 1)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::faces::drawn::{in_every_way, plain};

    #[test]
    fn the_bar_is_as_wide_as_the_terminal() {
        let tally = Tally {
            passed: 30,
            total: 80,
        };
        let draw = |out: &mut dyn Write, width| draw(out, tally, width);
        assert_snapshot!(in_every_way(draw));
        assert_eq!(plain(20, draw), "30/80");
    }

    #[test]
    fn it_is_empty_before_the_first_pass_and_full_after_the_last_only() {
        let at = |passed, total| plain(40, |out, width| draw(out, Tally { passed, total }, width));
        assert_snapshot!([at(0, 80), at(1, 80), at(79, 80), at(80, 80), at(0, 0)].join("\n"), @r"
        Progress: [>----------------------] 0/80
        Progress: [>----------------------] 1/80
        Progress: [#####################>] 79/80
        Progress: [######################] 80/80
        Progress: [########################] 0/0
        ");
    }
}
