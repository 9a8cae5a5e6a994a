//! The compiler that CubeCL calls: passes over the IR, then flattening.

use std::result::Result;

use cubecl_core::{Compiler, prelude::KernelDefinition};
use cubecl_environment::backtrace::BackTrace;
use cubecl_ir::{
    AddressType, ContextExt,
    attributes::{BufferIOAttr, buffer_io_by_position},
    prelude::*,
    rewrite::SimplifyOpsPass,
    settings::ExecutionMode,
};
use cubecl_opt::passes::{
    annotate_buffer_visibility::AnnotateGlobalVisibilityPass, sccp::SCCPPass,
    simple_cse::SimpleCSEPass, sroa::SROAPass,
};
use cubecl_runtime::compiler::CompilationError;
use pliron::{
    builtin::ops::{FuncOp, ModuleOp},
    operation::verify_operation,
    opts::dce::DCEPass,
    printable::Printable,
};

use super::{flatten, program::Program};

/// Compiles kernels to bytecode.
#[derive(Clone, Debug, Default)]
pub struct Flattening;

impl Compiler for Flattening {
    type Representation = Program;
    type CompilationOptions = ();

    fn compile(&mut self, kernel: KernelDefinition, _: &()) -> Result<Program, CompilationError> {
        let errors = kernel.body.pop_errors();
        if !errors.is_empty() {
            return Err(CompilationError::Validation {
                reason: errors.join("\n"),
                backtrace: BackTrace::capture(),
            });
        }
        let (module, function) = {
            let state = kernel.body.state();
            (state.module, state.entry_func)
        };
        let (info, settings) = (kernel.info.clone(), kernel.settings.clone());
        let mut context = kernel.body.into_context().ok_or_else(|| CompilationError::Generic {
            reason: "the kernel's scope is still borrowed".into(),
            backtrace: BackTrace::capture(),
        })?;
        verify_operation(module.get_operation(), &context)?;
        run_passes(module, &mut context)?;

        let dim = settings.cube_dim;
        let program = Program {
            name: settings.kernel_name.clone(),
            code: Vec::new(),
            sites: Vec::new(),
            expressions: Vec::new(),
            slots: 0,
            presets: Vec::new(),
            objects: Vec::new(),
            prints: Vec::new(),
            shared_bytes: 0,
            local_slots: 0,
            io: buffer_io_by_position(&context, function),
            info,
            cube_dim: [dim.x, dim.y, dim.z],
            checked: settings.execution_mode == ExecutionMode::Checked,
            wide: context.address_type() == AddressType::U64,
            ir: module.get_operation().disp(&context).to_string(),
        };
        Ok(flatten::flatten(&context, function, program)?)
    }

    fn buffer_io(program: &Program) -> Option<Vec<BufferIOAttr>> {
        Some(program.io.clone())
    }

    fn extension(&self) -> &'static str {
        "plir"
    }

    fn lang_tag(&self) -> &'static str {
        "simulator"
    }
}

/// Only passes that leave the kernel's accesses as its author wrote them: nothing that checks
/// bounds, merges loads or contracts multiplications and additions, for these would change what
/// is counted and hide what is to be found.
fn run_passes(module: ModuleOp, context: &mut Context) -> Result<(), CompilationError> {
    let mut function = OpPass::<FuncOp, Passes>::default();
    function.add_pass(SROAPass);
    function.add_pass(SCCPPass);
    function.add_pass(SimpleCSEPass::without_memory());
    function.add_pass(SimplifyOpsPass::default());
    function.add_pass(DCEPass);
    // Slices and checked pointers come apart only once their uses are simplified.
    function.add_pass(SROAPass);
    function.add_pass(DCEPass);

    let mut passes = OpPass::<ModuleOp, Passes>::default();
    passes.add_pass(NestedOpsPass::new(function));
    passes.add_pass(AnnotateGlobalVisibilityPass);

    let mut analyses = AnalysisManager::default();
    analyses.set_config(PMConfig::default());
    passes.run(module.get_operation(), context, &mut analyses)?;
    Ok(())
}
