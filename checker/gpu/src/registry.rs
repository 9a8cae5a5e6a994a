//! The simulated devices of this process, and what is known of each.
//!
//! CubeCL runs a thread for every device index for as long as the process lives, so that an
//! index is used again once its [`Gpu`](crate::Gpu) is dropped.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use cubecl_server::memory_management::ManagedMemoryId;

use crate::{counts::Launch, device::Options, finding::Finding};

/// What a device remembers between calls.
#[derive(Debug, Default)]
pub struct State {
    pub options: Options,
    pub launches: Vec<Launch>,
    /// Findings, each with the words in which CubeCL reports it.
    pub findings: Vec<(String, Finding)>,
    /// Allocations, reads, writes and launches that the server was asked for.
    pub operations: u64,
    pub names: HashMap<ManagedMemoryId, String>,
}

/// A device's state, shared by its server and its owner.
#[derive(Clone, Debug, Default)]
pub struct Shared(Arc<Mutex<State>>);

impl Shared {
    /// The state. A panic elsewhere leaves nothing in it half done.
    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Default)]
struct Registry {
    states: HashMap<u16, Shared>,
    free: BTreeSet<u16>,
    next: u16,
}

static REGISTRY: Mutex<Option<Registry>> = Mutex::new(None);

fn with<R>(f: impl FnOnce(&mut Registry) -> R) -> R {
    let mut registry = REGISTRY.lock().unwrap_or_else(PoisonError::into_inner);
    // Index 0 is the device that everybody gets who does not ask for one.
    f(registry.get_or_insert_with(|| Registry { next: 1, ..Default::default() }))
}

/// The state of a device, which comes into being when it is first asked for.
pub fn state(index: u16) -> Shared {
    with(|registry| registry.states.entry(index).or_default().clone())
}

/// A device that nobody else owns.
pub fn acquire(options: Options) -> u16 {
    let index = with(|registry| {
        registry.free.pop_first().unwrap_or_else(|| {
            let index = registry.next;
            registry.next =
                index.checked_add(1).expect("fewer than 65535 devices are in use at once");
            index
        })
    });
    *state(index).lock() = State { options, ..Default::default() };
    index
}

/// Gives a device back.
pub fn release(index: u16) {
    *state(index).lock() = State::default();
    with(|registry| registry.free.insert(index));
}
