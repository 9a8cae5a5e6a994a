//! The memories of a launch: global arenas, and the shared memory of the current cube.

use super::shadow::Shadow;
use crate::{
    finding::Memory,
    ir::program::{Object, ObjectId, Program, Slot, Space},
};

/// A buffer argument: a part of an arena. Buffers that overlap lie in the same arena.
#[derive(Clone, Debug)]
pub struct Binding {
    pub arena: usize,
    /// Byte of the arena at which the buffer begins.
    pub start: u32,
    pub bytes: u32,
    pub name: Option<String>,
}

/// Bytes and their history.
#[derive(Clone, Debug)]
pub struct Store {
    pub bytes: Vec<u8>,
    pub shadow: Shadow,
    /// A cell of the shadow has `1 << shift` bytes.
    pub shift: u32,
}

/// Where an object of the program lies in this launch.
#[derive(Clone, Copy, Debug)]
pub enum Location {
    Global {
        buffer: usize,
    },
    Shared {
        index: u32,
    },
    /// From this slot of the unit's local memory on.
    Local {
        first: Slot,
    },
}

/// An object of the program, located.
#[derive(Clone, Copy, Debug)]
pub struct Located {
    pub location: Location,
    /// Index into [`Memories::stores`].
    pub store: usize,
    /// Byte of the store at which the object begins.
    pub start: u32,
    pub bytes: u32,
    pub element_bytes: u32,
    /// `element_bytes` is one kind's size, or a vector's.
    pub scalar_bytes: u32,
    /// Slots of a scalar in a register.
    pub scalar_slots: u32,
}

/// All memory that the cubes of one launch see.
#[derive(Clone, Debug)]
pub struct Memories {
    pub stores: Vec<Store>,
    pub objects: Vec<Located>,
    arenas: usize,
    names: Vec<Option<String>>,
}

impl Memories {
    pub fn new(program: &Program, bindings: &[Binding], arenas: Vec<Vec<u8>>) -> Self {
        let arena_count = arenas.len();
        let mut stores: Vec<Store> = arenas
            .into_iter()
            .enumerate()
            .map(|(arena, bytes)| global_store(program, bindings, arena, bytes))
            .collect();
        let objects =
            program.objects.iter().map(|object| locate(object, bindings, &mut stores)).collect();
        let names = bindings.iter().map(|binding| binding.name.clone()).collect();
        Self { stores, objects, arenas: arena_count, names }
    }

    /// The global memory.
    pub fn arenas(&self) -> &[Store] {
        &self.stores[..self.arenas]
    }

    /// The global memory.
    pub fn arenas_mut(&mut self) -> &mut [Store] {
        &mut self.stores[..self.arenas]
    }

    /// What a new cube finds: shared memory full of NaN, which nobody has written.
    pub fn start_cube(&mut self) {
        for store in &mut self.stores[self.arenas..] {
            store.bytes.fill(0xFF);
        }
    }

    pub fn object(&self, id: ObjectId) -> &Located {
        &self.objects[usize::from(id)]
    }

    /// The object's memory, as a finding calls it.
    pub fn name(&self, location: Location) -> Memory {
        match location {
            Location::Global { buffer } => Memory::Buffer {
                position: buffer as u32,
                name: self.names.get(buffer).cloned().flatten(),
            },
            Location::Shared { index } => Memory::Shared { index },
            Location::Local { .. } => Memory::Local,
        }
    }

    /// The global memory, after the launch.
    pub fn into_arenas(mut self) -> Vec<Vec<u8>> {
        self.stores.truncate(self.arenas);
        self.stores.into_iter().map(|store| store.bytes).collect()
    }
}

/// A cell is as small as the smallest scalar, but at most 4 bytes.
fn shift_of(objects: impl Iterator<Item = u32>) -> u32 {
    objects.min().unwrap_or(4).min(4).trailing_zeros()
}

fn global_store(program: &Program, bindings: &[Binding], arena: usize, bytes: Vec<u8>) -> Store {
    let inside = || {
        program.objects.iter().filter(|object| {
            matches!(object.space, Space::Buffer(position)
                if bindings.get(position as usize).is_some_and(|binding| binding.arena == arena))
        })
    };
    let shift = shift_of(inside().map(|object| object.kind.bytes()));
    let atomic = inside().any(|object| object.atomic);
    let cells = bytes.len().div_ceil(1 << shift);
    Store { shadow: Shadow::global(cells, atomic), bytes, shift }
}

fn locate(object: &Object, bindings: &[Binding], stores: &mut Vec<Store>) -> Located {
    let (location, store, start, bytes) = match object.space {
        Space::Buffer(position) => {
            let buffer = position as usize;
            let (arena, start, bytes) = bindings
                .get(buffer)
                .map_or((0, 0, 0), |binding| (binding.arena, binding.start, binding.bytes));
            (Location::Global { buffer }, arena, start, bytes)
        }
        Space::Shared { index, bytes } => {
            let shift = shift_of(std::iter::once(object.kind.bytes()));
            let cells = (bytes as usize).div_ceil(1 << shift);
            let shadow = Shadow::per_cube(cells, object.atomic);
            stores.push(Store { bytes: vec![0xFF; bytes as usize], shadow, shift });
            (Location::Shared { index }, stores.len() - 1, 0, bytes)
        }
        Space::Local { first, bytes } => (Location::Local { first }, 0, 0, bytes),
    };
    Located {
        location,
        store,
        start,
        bytes,
        element_bytes: object.element_bytes,
        scalar_bytes: object.kind.bytes(),
        scalar_slots: u32::from(object.kind.slots()),
    }
}
