//! The tests that `testgen_all!` makes, for every scalar type.

#![allow(unexpected_cfgs)]

pub type TestRuntime = crate::Witnessed;

extern crate alloc;

#[allow(unused_imports)]
use cubecl_core::prelude::*;
pub use half::{bf16, f16};

cubecl_core::testgen_all!(
    f32: [f16, bf16, f32, f64],
    i32: [i8, i16, i32, i64],
    u32: [u8, u16, u32, u64]
);
