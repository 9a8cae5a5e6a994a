//! Single values between memory, registers and the 64 bits that both can be carried in.

use half::{bf16, f16};

use super::lanes::Registers;
use crate::ir::{kind::Kind, program::Slot};

/// The register bits of a value in memory.
#[inline]
pub fn load(bytes: &[u8], kind: Kind) -> u64 {
    let two = |bytes: &[u8]| u16::from_ne_bytes([bytes[0], bytes[1]]);
    let signed = |value: i32| u64::from(value as u32);
    match kind {
        Kind::U8 | Kind::Mini(_) => u64::from(bytes[0]),
        Kind::I8 => signed(i32::from(bytes[0] as i8)),
        Kind::U16 => u64::from(two(bytes)),
        Kind::I16 => signed(i32::from(two(bytes) as i16)),
        Kind::F16 => u64::from(f16::from_bits(two(bytes)).to_f32().to_bits()),
        Kind::Bf16 => u64::from(bf16::from_bits(two(bytes)).to_f32().to_bits()),
        Kind::F32 | Kind::Tf32 | Kind::U32 | Kind::I32 | Kind::Bool => {
            u64::from(u32::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
        }
        Kind::F64 | Kind::U64 | Kind::I64 | Kind::Pointer => {
            u64::from_ne_bytes(std::array::from_fn(|index| bytes[index]))
        }
    }
}

/// Puts a value into memory.
#[inline]
pub fn store(bytes: &mut [u8], kind: Kind, value: u64) {
    match kind {
        Kind::U8 | Kind::I8 | Kind::Mini(_) => bytes[0] = value as u8,
        Kind::U16 | Kind::I16 => bytes.copy_from_slice(&(value as u16).to_ne_bytes()),
        Kind::F16 => {
            let half = f16::from_f32(f32::from_bits(value as u32));
            bytes.copy_from_slice(&half.to_bits().to_ne_bytes());
        }
        Kind::Bf16 => {
            let half = bf16::from_f32(f32::from_bits(value as u32));
            bytes.copy_from_slice(&half.to_bits().to_ne_bytes());
        }
        Kind::F32 | Kind::Tf32 | Kind::U32 | Kind::I32 | Kind::Bool => {
            bytes.copy_from_slice(&(value as u32).to_ne_bytes());
        }
        Kind::F64 | Kind::U64 | Kind::I64 | Kind::Pointer => {
            bytes.copy_from_slice(&value.to_ne_bytes())
        }
    }
}

/// One lane's value.
#[inline]
pub fn register(registers: &Registers, kind: Kind, at: Slot, lane: usize) -> u64 {
    match kind.slots() {
        2 => registers.wide(at, lane),
        _ => u64::from(registers.slot(at)[lane]),
    }
}

/// Sets one lane's value.
#[inline]
pub fn set_register(registers: &mut Registers, kind: Kind, at: Slot, lane: usize, value: u64) {
    registers.slot_mut(at)[lane] = value as u32;
    if kind.slots() == 2 {
        registers.slot_mut(at + 1)[lane] = (value >> 32) as u32;
    }
}
