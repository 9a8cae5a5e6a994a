//! The reference solutions, and the library from which later exercises take earlier parts.

#[path = "01_markov/char_bigrams/solution.rs"]
pub mod char_bigrams;
