//! Instructions that only move and compute register values.

use super::{
    arithmetic, casts, functions,
    lanes::{LANES, Registers},
};
use crate::ir::program::{Binary, Inst, Slot};

/// Executes an instruction that touches nothing but registers.
/// An integer division by zero is left to [`zero_divisor`].
pub fn compute(registers: &mut Registers, inst: Inst) {
    match inst {
        Inst::Copy { to, from, slots } => copy(registers, to, from, slots),
        Inst::Splat { to, from, width, count } => {
            for index in 0..count {
                copy(registers, to + Slot::from(index * width), from, width);
            }
        }
        Inst::Binary { op, kind, to, a, b, count } => {
            arithmetic::binary(registers, op, kind, [to, a, b], count)
        }
        Inst::Compare { op, kind, to, a, b, count } => {
            arithmetic::compare(registers, op, kind, [to, a, b], count)
        }
        Inst::Unary { op, kind, to, a, count } => {
            functions::unary(registers, op, kind, [to, a], count)
        }
        Inst::Query { op, kind, to, a, count } => {
            functions::query(registers, op, kind, [to, a], count)
        }
        Inst::Fma { kind, to, a, b, c, count } => {
            functions::fma(registers, kind, [to, a, b, c], count)
        }
        Inst::Dp4a { to, a, b, c, count } => functions::dp4a(registers, [to, a, b, c], count),
        Inst::Cast { from, into, to, a, count } => {
            casts::cast(registers, from, into, [to, a], count)
        }
        Inst::Bitcast { from, into, to, a, bytes } => {
            casts::bitcast(registers, from, into, [to, a], bytes)
        }
        Inst::Select { to, condition, a, b, width, count, per_lane } => {
            for index in 0..Slot::from(width * count) {
                let condition = condition + if per_lane { index / Slot::from(width) } else { 0 };
                select(registers, to + index, condition, a + index, b + index);
            }
        }
        Inst::Extract { to, vector, index, width, count } => {
            for part in 0..Slot::from(width) {
                extract(registers, to + part, vector + part, index, width, count);
            }
        }
        Inst::Insert { vector, index, value, width, count } => {
            for element in 0..Slot::from(count) {
                insert(registers, vector, index, value, width, element);
            }
        }
        Inst::Offset { to, base, index, wide, bytes, length } => {
            offset(registers, [to, base, index], wide, bytes, length);
        }
        other => unreachable!("{other:?} does more than compute"),
    }
}

fn copy(registers: &mut Registers, to: Slot, from: Slot, slots: u16) {
    for slot in 0..Slot::from(slots) {
        let values = *registers.slot(from + slot);
        registers.write_slot(to + slot, &values);
    }
}

fn select(registers: &mut Registers, to: Slot, condition: Slot, a: Slot, b: Slot) {
    let (condition, a, b) = (registers.slot(condition), registers.slot(a), registers.slot(b));
    let mut out = [0; LANES];
    for lane in 0..LANES {
        out[lane] = if condition[lane] != 0 { a[lane] } else { b[lane] };
    }
    registers.write_slot(to, &out);
}

/// One slot of the element that `index` selects; an index past the end selects the last.
fn extract(registers: &mut Registers, to: Slot, vector: Slot, index: Slot, width: u16, count: u16) {
    let indices = registers.slot(index);
    let out = std::array::from_fn(|lane| {
        let element = indices[lane].min(u32::from(count) - 1);
        registers.slot(vector + element * Slot::from(width))[lane]
    });
    registers.write_slot(to, &out);
}

fn insert(
    registers: &mut Registers,
    vector: Slot,
    index: Slot,
    value: Slot,
    width: u16,
    element: Slot,
) {
    for part in 0..Slot::from(width) {
        let to = vector + element * Slot::from(width) + part;
        let (old, new) = (registers.slot(to), registers.slot(value + part));
        let indices = registers.slot(index);
        let out = std::array::from_fn(
            |lane| {
                if indices[lane] == element { new[lane] } else { old[lane] }
            },
        );
        registers.write_slot(to, &out);
    }
}

/// Moves a pointer. An index outside the array it points into leads far away, where the next
/// access finds nothing.
fn offset(
    registers: &mut Registers,
    [to, base, index]: [Slot; 3],
    wide: bool,
    bytes: u32,
    length: u32,
) {
    let (offsets, objects) = (*registers.slot(base), *registers.slot(base + 1));
    let out = std::array::from_fn(|lane| {
        let index =
            if wide { registers.wide(index, lane) } else { u64::from(registers.slot(index)[lane]) };
        let inside = length == u32::MAX || index < u64::from(length);
        let far = u64::from(u32::MAX);
        let offset =
            index.saturating_mul(u64::from(bytes)).saturating_add(u64::from(offsets[lane]));
        if inside { offset.min(far) as u32 } else { u32::MAX }
    });
    registers.write_slot(to, &out);
    registers.write_slot(to + 1, &objects);
}

/// The first active lane that divides an integer by zero.
pub fn zero_divisor(registers: &Registers, inst: Inst) -> Option<usize> {
    let Inst::Binary { op: Binary::Div | Binary::Rem | Binary::ModFloor, kind, b, count, .. } =
        inst
    else {
        return None;
    };
    if kind.is_float() {
        return None;
    }
    (0..Slot::from(count)).find_map(|index| {
        let b = b + index * Slot::from(kind.slots());
        let mut zeros = registers.active & !registers.truth(b);
        if kind.slots() == 2 {
            zeros &= !registers.truth(b + 1);
        }
        (zeros != 0).then_some(zeros.trailing_zeros() as usize)
    })
}

/// Floating-point operations that one lane performs in an instruction.
pub fn float_ops(inst: &Inst) -> u64 {
    match *inst {
        Inst::Binary { kind, count, .. } | Inst::Unary { kind, count, .. } if kind.is_float() => {
            u64::from(count)
        }
        Inst::Fma { count, .. } => 2 * u64::from(count),
        _ => 0,
    }
}
