//! Text in columns: as wide as a terminal shows it, not as many bytes or characters.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The text, exactly `width` columns wide: filled up with blanks, or cut with an `…`.
pub(super) fn fit(text: &str, width: usize) -> String {
    let mut fitted = cut(text, width);
    fitted.extend(std::iter::repeat_n(
        ' ',
        width.saturating_sub(fitted.width()),
    ));
    fitted
}

/// As [`fit`], with the blanks before the text, as numbers want it.
pub(super) fn fit_right(text: &str, width: usize) -> String {
    let cut = cut(text, width);
    let blanks = " ".repeat(width.saturating_sub(cut.width()));
    blanks + &cut
}

/// The text, at most `width` columns wide; what is cut off is told by an `…`.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let mut room = width.saturating_sub(1);
    let fits = |character: &char| {
        let columns = character.width().unwrap_or(0);
        let fits = columns <= room;
        room = room.saturating_sub(columns);
        fits
    };
    let kept: String = text.chars().take_while(fits).collect();
    let mark = if width == 0 { "" } else { "…" };
    kept.trim_end().to_string() + mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_filled_up_or_cut() {
        assert_eq!(fit("ab", 4), "ab  ");
        assert_eq!(fit_right("ab", 4), "  ab");
        assert_eq!(fit("abcde", 4), "abc…");
        assert_eq!(cut("ab cd", 4), "ab…");
        assert_eq!(cut("ab", 0), "");
    }

    #[test]
    fn wide_letters_count_as_wide() {
        assert_eq!(cut("学学学", 4), "学…");
        assert_eq!(fit("学学学", 4).width(), 4);
        assert_eq!(fit("学", 3), "学 ");
    }
}
