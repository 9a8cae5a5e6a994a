//! One launch from its arguments to its outcome.

use super::{
    builtins::{Arguments, template},
    cube::{Executor, Trap},
    memory::{Binding, Memories},
    parallel::{self, Together, Work},
};
use crate::{
    counts::{BufferCounts, Counts, SharedCounts},
    finding::{Fault, Finding},
    ir::program::{Program, Space},
    trace::{Recorder, Trace},
};

/// Everything a launch needs.
pub struct Task<'a> {
    pub program: &'a Program,
    pub grid: [u32; 3],
    /// Scalars, lengths, shapes and strides.
    pub arguments: &'a [u8],
    pub bindings: Vec<Binding>,
    /// The memory the bindings lie in.
    pub arenas: Vec<Vec<u8>>,
    /// Instructions, over all units, after which the kernel counts as endless.
    pub budget: u64,
    /// Accesses out of bounds do nothing, and reads give zero.
    pub forgiving: bool,
    /// Threads that may execute cubes.
    pub threads: usize,
    /// Records the accesses, if they are to be.
    pub recorder: Option<Recorder>,
}

/// What came of a launch.
pub struct Outcome {
    pub counts: Counts,
    pub finding: Option<Finding>,
    pub printed: Vec<String>,
    pub trace: Option<Trace>,
    /// The memory afterwards.
    pub arenas: Vec<Vec<u8>>,
}

/// Runs a kernel.
pub fn execute(task: Task) -> Outcome {
    let Task { program, grid, arguments, bindings, arenas, budget, forgiving, threads, recorder } =
        task;
    let arguments = Arguments::new(program, arguments);
    let names: Vec<Option<String>> = bindings.iter().map(|binding| binding.name.clone()).collect();
    let memories = Memories::new(program, &bindings, arenas);
    let counts = empty_counts(program, &bindings);
    let template = template(program, arguments);
    let cubes = grid.iter().map(|count| u64::from(*count)).product();
    let work = Work { program, arguments, template: &template, grid, cubes, budget, forgiving };
    if recorder.is_none()
        && let Some(done) = parallel::execute(work, threads, &memories, &counts)
    {
        let Together { memories, counts, printed } = done;
        let arenas = memories.into_arenas();
        return Outcome { counts, finding: None, printed, trace: None, arenas };
    }
    let mut executor = Executor::new(program, arguments, grid, memories, counts, budget);
    executor.recorder = recorder;
    executor.forgiving = forgiving;
    let result = executor.run(0..cubes, &template);
    Outcome {
        finding: result.err().map(|trap| finding(program, &names, trap)),
        counts: executor.counts,
        printed: executor.printed,
        trace: executor.recorder.map(Recorder::finish),
        arenas: executor.memories.into_arenas(),
    }
}

fn empty_counts(program: &Program, bindings: &[Binding]) -> Counts {
    let shared_bytes = program.objects.iter().map(|object| match object.space {
        Space::Shared { bytes, .. } => u64::from(bytes),
        _ => 0,
    });
    Counts {
        buffers: bindings
            .iter()
            .map(|binding| BufferCounts { name: binding.name.clone(), ..Default::default() })
            .collect(),
        shared: SharedCounts { bytes_per_cube: shared_bytes.sum(), ..Default::default() },
        ..Default::default()
    }
}

fn finding(program: &Program, names: &[Option<String>], trap: Trap) -> Finding {
    // A budget runs out wherever the kernel happens to be.
    let at = trap.at.filter(|_| !matches!(trap.fault, Fault::Endless { .. }));
    let name = |position: u32| match names.get(position as usize).cloned().flatten() {
        Some(name) => name,
        None => format!("buffer#{position}"),
    };
    Finding {
        kernel: program.name.clone(),
        expression: at.map(|at| program.expression(at).display(name).to_string()),
        fault: trap.fault,
    }
}
