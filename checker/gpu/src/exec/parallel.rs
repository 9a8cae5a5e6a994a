//! Cubes on several threads, where nobody can tell.
//!
//! Each thread executes a range of cubes on a copy of the memory. If no two threads met at a
//! cell that one of them wrote, and nothing went wrong, the copies are put together, and the
//! result is what one thread would have computed. Otherwise the launch is executed again by one
//! thread, which then finds what is wrong.

use std::thread;

use super::{
    builtins::Arguments,
    cube::Executor,
    lanes::Lanes,
    memory::{Memories, Store},
    shadow::Use,
};
use crate::{
    counts::Counts,
    ir::program::{Program, Space},
};

/// Cubes that are worth a thread.
const CUBES_PER_THREAD: u64 = 4;

/// What all threads share.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    pub program: &'a Program,
    pub arguments: Arguments<'a>,
    pub template: &'a [Lanes],
    pub grid: [u32; 3],
    pub cubes: u64,
    pub budget: u64,
    pub forgiving: bool,
}

/// What the threads did together.
pub struct Together {
    pub memories: Memories,
    pub counts: Counts,
    pub printed: Vec<String>,
}

/// Executes the cubes on up to `threads` threads, unless that could be noticed.
pub fn execute(
    work: Work,
    threads: usize,
    memories: &Memories,
    counts: &Counts,
) -> Option<Together> {
    let threads = (threads as u64).min(work.cubes / CUBES_PER_THREAD);
    if threads < 2 || has_global_atomics(work.program) {
        return None;
    }
    let parts = thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|index| {
                let range = work.cubes * index / threads..work.cubes * (index + 1) / threads;
                let (memories, counts) = (memories.clone(), counts.clone());
                scope.spawn(move || {
                    let mut executor = Executor::new(
                        work.program,
                        work.arguments,
                        work.grid,
                        memories,
                        counts,
                        work.budget,
                    );
                    executor.forgiving = work.forgiving;
                    executor.run(range, work.template).ok()?;
                    let Executor { memories, counts, printed, .. } = executor;
                    Some(Together { memories, counts, printed })
                })
            })
            .collect();
        handles.into_iter().map(|handle| handle.join().ok().flatten()).collect::<Option<Vec<_>>>()
    })?;
    let mut parts = parts.into_iter();
    let first = parts.next()?;
    let together = parts.try_fold(first, join)?;
    (together.counts.instructions <= work.budget).then_some(together)
}

/// Atomic operations may be told apart by their order.
fn has_global_atomics(program: &Program) -> bool {
    let is_global = |space| matches!(space, Space::Buffer(_));
    program.objects.iter().any(|object| object.atomic && is_global(object.space))
}

/// Puts the second part's writes into the first, unless the parts met.
fn join(mut first: Together, second: Together) -> Option<Together> {
    for (store, other) in first.memories.arenas_mut().iter_mut().zip(second.memories.arenas()) {
        join_store(store, other)?;
    }
    first.counts.add(&second.counts);
    first.printed.extend(second.printed);
    Some(first)
}

fn join_store(store: &mut Store, other: &Store) -> Option<()> {
    let cell_bytes = 1 << store.shift;
    for (cell, bytes) in store.bytes.chunks_mut(cell_bytes).enumerate() {
        match (store.shadow.use_of(cell), other.shadow.use_of(cell)) {
            (Use::None, Use::Written) => {
                let start = cell * cell_bytes;
                bytes.copy_from_slice(&other.bytes[start..start + bytes.len()]);
            }
            (Use::Written, Use::None) | (Use::None | Use::Read, Use::None | Use::Read) => {}
            (Use::Written, _) | (_, Use::Written) => return None,
        }
        store.shadow.take_use(cell, &other.shadow);
    }
    Some(())
}
