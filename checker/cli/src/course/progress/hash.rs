//! The fingerprint of an answer.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A fingerprint of an answer: SHA-256 of its bytes with CRLF read as LF, so that an
/// editor or a version control that changes line ends changes nothing.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ContentHash(String);

impl ContentHash {
    /// The fingerprint of an answer.
    ///
    /// # Example
    /// ```
    /// use llmlings::course::ContentHash;
    /// assert_eq!(ContentHash::of(b"a\r\nb"), ContentHash::of(b"a\nb"));
    /// ```
    pub fn of(answer: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        let mut rest = answer;
        while let Some(place) = rest.windows(2).position(|pair| pair == b"\r\n") {
            hasher.update(&rest[..place]);
            rest = &rest[place + 1..];
        }
        hasher.update(rest);
        let digest = hasher.finalize();
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ContentHash {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 64 && text.bytes().all(digit) {
            Ok(Self(text))
        } else {
            Err(format!("`{text}` is no SHA-256"))
        }
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}…", &self.0[..12])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_sha256_of_the_text_with_plain_line_ends() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(ContentHash::of(b"abc").as_str(), abc);
        assert_eq!(
            ContentHash::of(b"\r\na\r\n\r\n"),
            ContentHash::of(b"\na\n\n")
        );
        assert_ne!(ContentHash::of(b"a\rb"), ContentHash::of(b"a\nb"));
        assert_ne!(ContentHash::of(b"a\r\r\nb"), ContentHash::of(b"a\nb"));
    }

    #[test]
    fn only_a_hash_is_read_as_one() {
        let good = ContentHash::of(b"");
        assert_eq!(ContentHash::try_from(good.as_str().to_string()), Ok(good));
        for bad in ["", "é", &"A".repeat(64), &"0".repeat(63)] {
            assert!(ContentHash::try_from(bad.to_string()).is_err(), "{bad}");
        }
    }
}
