//! x

#[path = "10_tokenization/pair_merge/solution.rs"]
pub mod pair_merge;
