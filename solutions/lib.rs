//! The reference solutions, and the library from which later exercises take earlier parts.

#[path = "01_markov/char_bigrams/solution.rs"]
pub mod char_bigrams;
#[path = "03_backprop/softmax_backward/solution.rs"]
pub mod softmax_backward;
