//! Operations that the simulator does not have, and what to write instead.

use cubecl_environment::backtrace::BackTrace;
use cubecl_runtime::compiler::CompilationError;

/// Why a kernel cannot be simulated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What the kernel uses.
    pub what: String,
    /// What to do about it.
    pub instead: String,
}

impl Refusal {
    pub fn new(what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { what: what.into(), instead: instead.into() }
    }

    /// An operation of the IR that no part of the compiler knows.
    pub fn operation(name: &str) -> Self {
        let (what, instead) = match name.split('.').next().unwrap_or(name) {
            "matrix" | "ssa_matrix" | "matrix_spirv" => (
                "tensor cores (cooperative matrices)",
                "write the product with shared-memory tiles, or run this kernel on a real device",
            ),
            "tma" => (
                "the tensor memory accelerator (TMA)",
                "copy tiles with ordinary loads into shared memory",
            ),
            "barrier" => (
                "asynchronous copies and their barriers",
                "copy with ordinary loads and order them with sync_cube()",
            ),
            "spirv" => ("SPIR-V tensor layouts", "index the buffer directly"),
            _ => ("this operation", "rewrite the kernel without it, or run it on a real device"),
        };
        Self::new(format!("{what}, operation `{name}`,"), instead)
    }

    pub fn value_type(name: &str) -> Self {
        Self::new(
            format!("the type {name}"),
            "use f16, bf16, f32, f64, bool or an integer of 8 to 64 bits, or vectors of them",
        )
    }
}

/// How a refusal travels through CubeCL's compiler trait, which knows only strings.
impl From<Refusal> for CompilationError {
    fn from(refusal: Refusal) -> Self {
        CompilationError::UnsupportedInstruction {
            reason: format!("{}{SEPARATOR}{}", refusal.what, refusal.instead),
            backtrace: BackTrace::capture(),
        }
    }
}

const SEPARATOR: &str = " is not simulated; ";

/// The refusal that a compilation error carries.
pub fn refusal_in(error: &CompilationError) -> Option<Refusal> {
    let CompilationError::UnsupportedInstruction { reason, .. } = error else {
        return None;
    };
    let (what, instead) = reason.split_once(SEPARATOR)?;
    Some(Refusal::new(what, instead))
}
