//! What a kernel did wrong, as a value.

use std::fmt;

/// A unit of a launch: its position in its cube, and the cube's position in the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit {
    pub cube: [u32; 3],
    pub unit: [u32; 3],
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ([x, y, z], [cx, cy, cz]) = (self.unit, self.cube);
        write!(f, "unit ({x},{y},{z}) of cube ({cx},{cy},{cz})")
    }
}

/// A piece of memory, by the name its owner knows it by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Memory {
    /// A kernel argument. `position` counts the buffers among the arguments from 0.
    Buffer { position: u32, name: Option<String> },
    /// The `index`-th shared memory that the kernel declares.
    Shared { index: u32 },
    /// An array private to one unit.
    Local,
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Memory::Buffer { name: Some(name), .. } => write!(f, "`{name}`"),
            Memory::Buffer { position, name: None } => write!(f, "buffer #{position}"),
            Memory::Shared { index } => write!(f, "shared memory #{index}"),
            Memory::Local => write!(f, "a local array"),
        }
    }
}

/// An element of a memory, counted in the elements the kernel declares it with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub memory: Memory,
    pub element: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "element {} of {}", self.element, self.memory)
    }
}

/// What was done to a memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    Read,
    Write,
    AtomicRead,
    AtomicWrite,
}

impl Access {
    /// The access changes the memory.
    pub fn writes(self) -> bool {
        matches!(self, Access::Write | Access::AtomicWrite)
    }

    /// The access cannot be torn by another atomic one.
    pub fn is_atomic(self) -> bool {
        matches!(self, Access::AtomicRead | Access::AtomicWrite)
    }

    fn past(self) -> &'static str {
        match self {
            Access::Read => "read",
            Access::Write => "wrote",
            Access::AtomicRead => "atomically read",
            Access::AtomicWrite => "atomically updated",
        }
    }

    fn present(self) -> &'static str {
        match self {
            Access::Read => "reads",
            Access::Write => "writes",
            Access::AtomicRead => "atomically reads",
            Access::AtomicWrite => "atomically updates",
        }
    }
}

/// A resource that a launch asks too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// Bytes of shared memory in one cube.
    SharedBytes,
    /// Units in one cube.
    UnitsPerCube,
    /// Units in one cube along an axis (0 is x).
    CubeDim { axis: u8 },
    /// Cubes along an axis (0 is x).
    CubeCount { axis: u8 },
    /// Buffers bound to one kernel.
    Buffers,
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let axis = |axis: &u8| ["x", "y", "z"][usize::from(*axis)];
        match self {
            Resource::SharedBytes => write!(f, "bytes of shared memory per cube"),
            Resource::UnitsPerCube => write!(f, "units per cube"),
            Resource::CubeDim { axis: a } => write!(f, "units per cube along {}", axis(a)),
            Resource::CubeCount { axis: a } => write!(f, "cubes along {}", axis(a)),
            Resource::Buffers => write!(f, "buffers"),
        }
    }
}

/// Why a unit does not arrive where others wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Absence {
    /// It has returned from the kernel.
    Finished,
    /// It took another branch, or left the loop.
    ElsewhereInFlow,
    /// It is at the same barrier, in another iteration of a loop around it.
    OtherIteration,
}

/// The kinds of mistake, with the places they concern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// An access outside its buffer or array. `place.element` is the index asked for,
    /// `length` the number of elements there are.
    OutOfBounds { access: Access, place: Place, length: u64, unit: Unit },
    /// Two units touch the same element, at least one of them writes, and nothing orders them.
    Race { place: Place, first: (Unit, Access), second: (Unit, Access) },
    /// Shared memory is read that no unit of the cube has written.
    Uninitialised { place: Place, unit: Unit },
    /// Some units of a cube wait at a barrier that others never reach.
    DivergentBarrier { waiting: u32, of: u32, waiter: Unit, absent: Unit, why: Absence },
    /// A plane operation that not all units of the plane execute.
    DivergentPlane { waiter: Unit, absent: Unit },
    /// The kernel has executed its whole budget of instructions, counted over all units.
    Endless { instructions: u64 },
    /// An integer division by zero.
    DivisionByZero { unit: Unit },
    /// The launch asks for more than the device has.
    Limit { resource: Resource, requested: u64, limit: u64 },
    /// The kernel uses something that the simulator does not have.
    Unsupported { what: String, instead: String },
    /// CubeCL cannot make a kernel of the code, or the code panicked while it was made one.
    NotCompiled { why: String },
}

/// A mistake found in a launch. Its `Display` is the message for the person who wrote the kernel.
///
/// ```
/// use gpu::{Access, Fault, Finding, Memory, Place, Unit};
///
/// let finding = Finding {
///     kernel: "add".into(),
///     fault: Fault::OutOfBounds {
///         access: Access::Read,
///         place: Place { memory: Memory::Buffer { position: 0, name: Some("x".into()) }, element: 8 },
///         length: 8,
///         unit: Unit { cube: [0, 0, 0], unit: [7, 0, 0] },
///     },
///     expression: Some("x[ABSOLUTE_POS + 1]".into()),
/// };
/// assert_eq!(
///     finding.to_string(),
///     "kernel `add`: out of bounds: unit (7,0,0) of cube (0,0,0) reads element 8 of `x`, \
///      which has 8 elements\n  at: x[ABSOLUTE_POS + 1]",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// The kernel's name.
    pub kernel: String,
    pub fault: Fault,
    /// The operation at fault, rebuilt from the kernel's IR.
    pub expression: Option<String>,
}

impl std::error::Error for Finding {}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "kernel `{}`: {}", self.kernel, self.fault)?;
        match &self.expression {
            Some(expression) => write!(f, "\n  at: {expression}"),
            None => Ok(()),
        }
    }
}

/// What CubeCL says of `let mut stride = block / 2; stride /= 2;` with a comptime `block`.
const ASSIGNED_CONSTANT: &str = "Expected operand type cube.ptr";
const ASSIGNED_CONSTANT_ADVICE: &str = "is a `let mut` assigned to that began as a comptime value? \
     It must begin as one that the running kernel has, such as CUBE_DIM or a parameter";

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::OutOfBounds { access, place, length, unit } => write!(
                f,
                "out of bounds: {unit} {} {place}, which has {length} element{}",
                access.present(),
                if *length == 1 { "" } else { "s" },
            ),
            Fault::Race { place, first: (a, was), second: (b, is) } => {
                write!(
                    f,
                    "data race on {place}: {a} {} it, {b} {} it, and ",
                    was.past(),
                    is.present()
                )?;
                match a.cube == b.cube {
                    true => write!(f, "no sync_cube() stands between"),
                    false => write!(f, "no barrier orders different cubes of one launch"),
                }
            }
            Fault::Uninitialised { place, unit } => {
                write!(
                    f,
                    "uninitialised read: {unit} reads {place} before any unit of its cube wrote it"
                )
            }
            Fault::DivergentBarrier { waiting, of, waiter, absent, why } => write!(
                f,
                "divergent barrier: {waiting} of {of} units (such as {waiter}) wait at a sync_cube() \
                 that {absent} {}; on a GPU this hangs or is undefined",
                match why {
                    Absence::Finished => "never reaches, because it has already returned",
                    Absence::ElsewhereInFlow => "does not reach, because it took another way",
                    Absence::OtherIteration => "reaches in another iteration of the loop around it",
                },
            ),
            Fault::DivergentPlane { waiter, absent } => write!(
                f,
                "divergent plane operation: {waiter} executes it, {absent} of the same plane does not",
            ),
            Fault::Endless { instructions } => write!(
                f,
                "endless: {instructions} instructions were executed and the kernel is still running; \
                 does a loop never end?",
            ),
            Fault::DivisionByZero { unit } => write!(f, "integer division by zero in {unit}"),
            Fault::Limit { resource, requested, limit } => {
                write!(f, "too large for the device: {requested} {resource}, the limit is {limit}")
            }
            Fault::Unsupported { what, instead } => write!(f, "{what} is not simulated; {instead}"),
            Fault::NotCompiled { why } => {
                write!(f, "CubeCL cannot compile it: {why}")?;
                match why.contains(ASSIGNED_CONSTANT) {
                    true => write!(f, "; {ASSIGNED_CONSTANT_ADVICE}"),
                    false => Ok(()),
                }
            }
        }
    }
}
