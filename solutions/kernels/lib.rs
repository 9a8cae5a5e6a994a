//! The reference solutions that are kernels, and the library from which later kernels take
//! earlier parts.

// A reference names earlier parts as every answer does: `kernels::NAME`.
extern crate self as kernels;

#[path = "../12_flash/gpu_map/solution.rs"]
pub mod gpu_map;

#[path = "../12_flash/gpu_reduce/solution.rs"]
pub mod gpu_reduce;

#[path = "../12_flash/gpu_race_fix/solution.rs"]
pub mod gpu_race_fix;

#[path = "../12_flash/gpu_matmul_tiled/solution.rs"]
pub mod gpu_matmul_tiled;

#[path = "../12_flash/gpu_softmax_rows/solution.rs"]
pub mod gpu_softmax_rows;

#[path = "../12_flash/gpu_flash_fwd/solution.rs"]
pub mod gpu_flash_fwd;
