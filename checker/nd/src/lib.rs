pub use ndarray::*;
