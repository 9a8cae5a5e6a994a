//! Plane operations: what the units of one plane compute together.

use super::{
    atomics::apply,
    casts, cells,
    lanes::{LANES, Registers, lanes},
    plane::Plane,
};
use crate::ir::{
    kind::Kind,
    program::{Binary, PlaneOp, Slot},
};

/// `to = op(a)`, with the other lane or distance in `b` where the operation has one.
pub fn plane_op(plane: &mut Plane, op: PlaneOp, kind: Kind, [to, a, b]: [Slot; 3], count: u16) {
    let registers = &mut plane.registers;
    match op {
        PlaneOp::Ballot => return ballot(registers, to, a),
        PlaneOp::Elect => {
            let first = registers.active.trailing_zeros() as usize;
            return registers.write(to, &std::array::from_fn(|lane| lane == first));
        }
        _ => {}
    }
    for index in 0..Slot::from(count) {
        let skip = index * Slot::from(kind.slots());
        let values: Vec<u64> = lanes(registers.active)
            .map(|lane| cells::register(registers, kind, a + skip, lane))
            .collect();
        let other = *registers.slot(b);
        for lane in lanes(registers.active) {
            let value = result(op, kind, &values, lane, other[lane] as usize);
            cells::set_register(registers, kind, to + skip, lane, value);
        }
    }
}

/// What lane `lane` gets. All lanes that have a unit are active, so lanes count as values do.
fn result(op: PlaneOp, kind: Kind, values: &[u64], lane: usize, other: usize) -> u64 {
    let reduce = |op: Binary, values: &[u64]| {
        values[1..].iter().fold(values[0], |sum, value| apply(op, kind, sum, *value))
    };
    let own = values[lane];
    match op {
        PlaneOp::Sum => reduce(Binary::Add, values),
        PlaneOp::Prod => reduce(Binary::Mul, values),
        PlaneOp::Min => reduce(Binary::Min, values),
        PlaneOp::Max => reduce(Binary::Max, values),
        PlaneOp::All => reduce(Binary::And, values),
        PlaneOp::Any => reduce(Binary::Or, values),
        PlaneOp::InclusiveSum => reduce(Binary::Add, &values[..=lane]),
        PlaneOp::InclusiveProd => reduce(Binary::Mul, &values[..=lane]),
        PlaneOp::ExclusiveSum if lane == 0 => 0,
        PlaneOp::ExclusiveSum => reduce(Binary::Add, &values[..lane]),
        PlaneOp::ExclusiveProd if lane == 0 => one(kind),
        PlaneOp::ExclusiveProd => reduce(Binary::Mul, &values[..lane]),
        PlaneOp::Shuffle => values.get(other).copied().unwrap_or(own),
        PlaneOp::ShuffleXor => values.get(lane ^ other).copied().unwrap_or(own),
        PlaneOp::ShuffleUp => lane.checked_sub(other).map_or(own, |from| values[from]),
        PlaneOp::ShuffleDown => values.get(lane + other).copied().unwrap_or(own),
        PlaneOp::Ballot | PlaneOp::Elect => unreachable!("handled before"),
    }
}

fn one(kind: Kind) -> u64 {
    let mut scratch = Registers::new(4, 1);
    scratch.slot_mut(0)[0] = 1;
    casts::cast(&mut scratch, Kind::U32, kind, [2, 0], 1);
    cells::register(&scratch, kind, 2, 0)
}

/// One bit a lane, in the first of four words.
fn ballot(registers: &mut Registers, to: Slot, a: Slot) {
    let bits = registers.truth(a);
    registers.write(to, &[bits; LANES]);
    (1..4).for_each(|word| registers.write(to + word, &[0u32; LANES]));
}
