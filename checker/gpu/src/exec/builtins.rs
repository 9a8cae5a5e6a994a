//! What a unit knows of its place, and the arguments of a launch.

use cubecl_ir::Builtin;

use super::{
    cells,
    lanes::{LANES, Lanes},
};
use crate::ir::{
    kind::Kind,
    program::{Preset, Program, Slot},
};

/// The scalars, lengths, shapes and strides that a launch passes.
#[derive(Clone, Copy, Debug)]
pub struct Arguments<'a> {
    pub bytes: &'a [u8],
    program: &'a Program,
}

impl<'a> Arguments<'a> {
    pub fn new(program: &'a Program, bytes: &'a [u8]) -> Self {
        Self { bytes, program }
    }

    fn value(&self, kind: Kind, byte: usize) -> u64 {
        let end = byte + kind.bytes() as usize;
        self.bytes.get(byte..end).map_or(0, |bytes| cells::load(bytes, kind))
    }

    fn entry_kind(&self) -> Kind {
        if self.program.wide { Kind::U64 } else { Kind::U32 }
    }

    /// An entry of the metadata whose place the compiler knows.
    pub fn entry(&self, entry: u32) -> u64 {
        let kind = self.entry_kind();
        let start = self.program.info.sized_meta.map_or(0, |field| field.offset);
        self.value(kind, start + entry as usize * kind.bytes() as usize)
    }

    /// A shape or stride: the entry says where the tensor's dimensions begin.
    pub fn dimension(&self, entry: u32, dimension: u64) -> u64 {
        let kind = self.entry_kind();
        let index = self.entry(entry).saturating_add(dimension) as usize;
        let start = self.program.info.dynamic_meta_offset;
        self.value(kind, start.saturating_add(index.saturating_mul(kind.bytes() as usize)))
    }
}

/// The registers that every plane of a launch starts with, builtins aside.
pub fn template(program: &Program, arguments: Arguments) -> Vec<Lanes> {
    let mut slots = vec![[0; LANES]; program.slots as usize];
    for (slot, preset, kind) in &program.presets {
        let bits = match *preset {
            Preset::Constant(bits) => bits,
            Preset::Scalar { kind, byte } => arguments.value(kind, byte as usize),
            Preset::Metadata(entry) => arguments.entry(entry),
            Preset::Pointer(object) => u64::from(object) << 32,
            Preset::Builtin(_) => 0,
        };
        fill(&mut slots, *slot, *kind, |_| bits);
    }
    slots
}

fn fill(slots: &mut [Lanes], slot: Slot, kind: Kind, bits: impl Fn(usize) -> u64) {
    slots[slot as usize] = std::array::from_fn(|lane| bits(lane) as u32);
    if kind.slots() == 2 {
        slots[slot as usize + 1] = std::array::from_fn(|lane| (bits(lane) >> 32) as u32);
    }
}

/// Where a plane stands in its launch.
#[derive(Clone, Copy, Debug)]
pub struct Position {
    pub grid: [u32; 3],
    pub cube: [u32; 3],
    pub cube_dim: [u32; 3],
    pub first_unit: u32,
}

impl Position {
    /// Sets the builtins of a plane in `slots`.
    pub fn fill(&self, program: &Program, slots: &mut [Lanes]) {
        for (slot, preset, kind) in &program.presets {
            if let Preset::Builtin(builtin) = preset {
                fill(slots, *slot, *kind, |lane| self.builtin(*builtin, lane as u32));
            }
        }
    }

    fn builtin(&self, builtin: Builtin, lane: u32) -> u64 {
        let unit = self.first_unit + lane;
        let place = unit_place(unit, self.cube_dim);
        let units: u32 = self.cube_dim.iter().product();
        let product = |dims: [u32; 3]| dims.iter().map(|dim| u64::from(*dim)).product::<u64>();
        let absolute = |axis: usize| self.cube[axis] * self.cube_dim[axis] + place[axis];
        match builtin {
            Builtin::CubePos => cube_index(self.cube, self.grid),
            Builtin::CubeCount => product(self.grid),
            Builtin::AbsolutePos => {
                cube_index(self.cube, self.grid) * u64::from(units) + u64::from(unit)
            }
            other => u64::from(match other {
                Builtin::UnitPos => unit,
                Builtin::UnitPosX => place[0],
                Builtin::UnitPosY => place[1],
                Builtin::UnitPosZ => place[2],
                Builtin::CubePosX => self.cube[0],
                Builtin::CubePosY => self.cube[1],
                Builtin::CubePosZ => self.cube[2],
                Builtin::CubeDim => units,
                Builtin::CubeDimX => self.cube_dim[0],
                Builtin::CubeDimY => self.cube_dim[1],
                Builtin::CubeDimZ => self.cube_dim[2],
                Builtin::CubeCountX => self.grid[0],
                Builtin::CubeCountY => self.grid[1],
                Builtin::CubeCountZ => self.grid[2],
                Builtin::PlaneDim => LANES as u32,
                Builtin::PlanePos => unit / LANES as u32,
                Builtin::UnitPosPlane => unit % LANES as u32,
                Builtin::AbsolutePosX => absolute(0),
                Builtin::AbsolutePosY => absolute(1),
                Builtin::AbsolutePosZ => absolute(2),
                // Every cube is a cluster of its own.
                Builtin::CubeClusterDim
                | Builtin::CubeClusterDimX
                | Builtin::CubeClusterDimY
                | Builtin::CubeClusterDimZ => 1,
                _ => 0,
            }),
        }
    }
}

/// A unit's coordinates in its cube.
pub fn unit_place(unit: u32, [x, y, _]: [u32; 3]) -> [u32; 3] {
    [unit % x, unit / x % y, unit / (x * y)]
}

/// A cube's number in the grid.
pub fn cube_index([x, y, z]: [u32; 3], [nx, ny, _]: [u32; 3]) -> u64 {
    u64::from(x) + u64::from(nx) * (u64::from(y) + u64::from(ny) * u64::from(z))
}

/// A cube's coordinates in the grid.
pub fn cube_place(index: u64, [x, y, _]: [u32; 3]) -> [u32; 3] {
    let (x, y) = (u64::from(x), u64::from(y));
    [(index % x) as u32, (index / x % y) as u32, (index / (x * y)) as u32]
}
