//! What a person sees: one module for each command or view.

pub mod dev;
