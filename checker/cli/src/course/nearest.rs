//! "Did you mean …?"

/// How alike two names must be (1 is equal) for one to be offered instead of the other.
/// At 0.6 a swapped, lost or added letter is found, and a different word is not.
const LIKENESS: f32 = 0.6;

/// Up to three of `known` that come near `name`, nearest first.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    similar::get_close_matches(name, &known, 3, LIKENESS)
}

/// A sentence that offers what is near; `None` if nothing is.
///
/// # Example
/// "did you mean `difficulty`?"
pub(crate) fn did_you_mean<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    question(&nearest(name, known))
}

/// The sentence for names that were found already.
pub(crate) fn question<S: AsRef<str>>(names: &[S]) -> Option<String> {
    let quoted: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    let (last, others) = quoted.split_last()?;
    Some(if others.is_empty() {
        format!("did you mean {last}?")
    } else {
        format!("did you mean {} or {last}?", others.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_understood_and_other_words_are_not() {
        let known = ["char_bigrams", "pair_merge", "int8_affine"];
        assert_eq!(nearest("char_bigram", known), ["char_bigrams"]);
        assert_eq!(nearest("pear_merge", known), ["pair_merge"]);
        assert_eq!(nearest("softmax", known), [""; 0]);
        assert_eq!(did_you_mean("", known), None);
    }

    #[test]
    fn several_are_joined_as_one_says_them() {
        assert_eq!(
            question(&["a", "b", "c"]).as_deref(),
            Some("did you mean `a`, `b` or `c`?")
        );
    }
}
