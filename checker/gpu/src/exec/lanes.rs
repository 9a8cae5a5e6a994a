//! The registers of one plane: 32 lanes side by side, so that an instruction is decoded once
//! and its arithmetic runs over an array.

use crate::ir::program::Slot;

/// Units in a plane.
pub const LANES: usize = 32;

/// One slot of every lane.
pub type Lanes = [u32; LANES];

/// One bit a lane.
pub type Mask = u32;

/// The lanes in a mask, lowest first.
#[inline]
pub fn lanes(mut mask: Mask) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = mask.trailing_zeros();
        mask &= mask.wrapping_sub(1);
        (lane < u32::BITS).then_some(lane as usize)
    })
}

/// All bits of a mask, one lane each.
#[inline]
fn spread(mask: Mask) -> [bool; LANES] {
    std::array::from_fn(|lane| mask >> lane & 1 == 1)
}

/// Register slots and the lanes that currently write to them.
pub struct Registers {
    slots: Vec<Lanes>,
    /// Lanes that execute the current instruction.
    pub active: Mask,
    /// Lanes that have a unit. The others may hold anything.
    pub units: Mask,
}

impl Registers {
    pub fn new(slots: usize, units: Mask) -> Self {
        Self { slots: vec![[0; LANES]; slots], active: units, units }
    }

    pub fn fill_from(&mut self, template: &[Lanes]) {
        self.slots.copy_from_slice(template);
        self.active = self.units;
    }

    #[inline]
    pub fn slot(&self, at: Slot) -> &Lanes {
        &self.slots[at as usize]
    }

    #[inline]
    pub fn slot_mut(&mut self, at: Slot) -> &mut Lanes {
        &mut self.slots[at as usize]
    }

    /// Writes a slot of the active lanes.
    #[inline]
    pub fn write_slot(&mut self, at: Slot, values: &Lanes) {
        let (active, units) = (self.active, self.units);
        let slot = &mut self.slots[at as usize];
        if active == units {
            *slot = *values;
        } else {
            let active = spread(active);
            for lane in 0..LANES {
                slot[lane] = if active[lane] { values[lane] } else { slot[lane] };
            }
        }
    }

    /// Lanes whose slot is not zero, among the active ones.
    #[inline]
    pub fn truth(&self, at: Slot) -> Mask {
        let slot = self.slot(at);
        let mut mask = 0;
        for (lane, value) in slot.iter().enumerate() {
            mask |= u32::from(*value != 0) << lane;
        }
        mask & self.active
    }

    #[inline]
    pub fn read<T: Word>(&self, at: Slot) -> [T; LANES] {
        T::gather(self, at)
    }

    #[inline]
    pub fn write<T: Word>(&mut self, at: Slot, values: &[T; LANES]) {
        T::scatter(values, self, at);
    }

    /// One lane's 64-bit value.
    pub fn wide(&self, at: Slot, lane: usize) -> u64 {
        u64::from(self.slot(at)[lane]) | u64::from(self.slot(at + 1)[lane]) << 32
    }

    /// `to = f(a)` in the active lanes.
    #[inline]
    pub fn map<T: Word, U: Word>(&mut self, to: Slot, a: Slot, f: impl Fn(T) -> U) {
        let a = self.read::<T>(a);
        let mut out = [U::default(); LANES];
        for lane in 0..LANES {
            out[lane] = f(a[lane]);
        }
        self.write(to, &out);
    }

    /// `to = f(a, b)` in the active lanes.
    #[inline]
    pub fn zip<T: Word, U: Word>(&mut self, to: Slot, a: Slot, b: Slot, f: impl Fn(T, T) -> U) {
        let (a, b) = (self.read::<T>(a), self.read::<T>(b));
        let mut out = [U::default(); LANES];
        for lane in 0..LANES {
            out[lane] = f(a[lane], b[lane]);
        }
        self.write(to, &out);
    }
}

/// A type that registers hold.
pub trait Word: Copy + Default {
    fn gather(registers: &Registers, at: Slot) -> [Self; LANES];
    fn scatter(values: &[Self; LANES], registers: &mut Registers, at: Slot);
}

/// Types of at most 32 bits, converted to and from one slot.
macro_rules! narrow {
    ($($type:ty: $from:expr, $into:expr;)*) => {$(
        impl Word for $type {
            #[inline]
            fn gather(registers: &Registers, at: Slot) -> [Self; LANES] {
                let slot = registers.slot(at);
                let mut out = [Self::default(); LANES];
                for lane in 0..LANES {
                    out[lane] = $from(slot[lane]);
                }
                out
            }

            #[inline]
            fn scatter(values: &[Self; LANES], registers: &mut Registers, at: Slot) {
                let mut out = [0; LANES];
                for lane in 0..LANES {
                    out[lane] = $into(values[lane]);
                }
                registers.write_slot(at, &out);
            }
        }
    )*};
}

/// Types of 64 bits, in two slots.
macro_rules! wide {
    ($($type:ty: $from:expr, $into:expr;)*) => {$(
        impl Word for $type {
            #[inline]
            fn gather(registers: &Registers, at: Slot) -> [Self; LANES] {
                let (low, high) = (registers.slot(at), registers.slot(at + 1));
                let mut out = [Self::default(); LANES];
                for lane in 0..LANES {
                    out[lane] = $from(u64::from(low[lane]) | u64::from(high[lane]) << 32);
                }
                out
            }

            #[inline]
            fn scatter(values: &[Self; LANES], registers: &mut Registers, at: Slot) {
                let (mut low, mut high) = ([0; LANES], [0; LANES]);
                for lane in 0..LANES {
                    let bits: u64 = $into(values[lane]);
                    (low[lane], high[lane]) = (bits as u32, (bits >> 32) as u32);
                }
                registers.write_slot(at, &low);
                registers.write_slot(at + 1, &high);
            }
        }
    )*};
}

narrow! {
    f32: f32::from_bits, f32::to_bits;
    u32: |bits| bits, |value| value;
    i32: |bits| bits as i32, |value| value as u32;
    u16: |bits| bits as u16, u32::from;
    i16: |bits| bits as i16, |value: i16| i32::from(value) as u32;
    u8: |bits| bits as u8, u32::from;
    i8: |bits| bits as i8, |value: i8| i32::from(value) as u32;
    bool: |bits| bits != 0, u32::from;
}

wide! {
    f64: f64::from_bits, f64::to_bits;
    u64: |bits| bits, |value| value;
    i64: |bits| bits as i64, |value| value as u64;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_visited_in_order() {
        assert_eq!(lanes(0b1010_0001).collect::<Vec<_>>(), [0, 5, 7]);
        assert_eq!(lanes(u32::MAX).count(), 32);
        assert_eq!(lanes(0).count(), 0);
    }

    #[test]
    fn only_active_lanes_are_written() {
        let mut registers = Registers::new(2, u32::MAX);
        registers.active = 0b10;
        registers.write::<i64>(0, &[-1; LANES]);
        assert_eq!(registers.read::<i64>(0)[..3], [0, -1, 0]);
    }
}
