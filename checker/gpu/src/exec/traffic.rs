//! What one access of a plane costs the memory: segments and sectors of global memory, cycles
//! of the banks of shared memory.

use super::lanes::{LANES, Mask, lanes};

/// Bytes of a memory transaction as older GPUs count them, and of a cache line.
pub const SEGMENT_BYTES: u32 = 128;
/// Bytes that newer GPUs move at least.
pub const SECTOR_BYTES: u32 = 32;
/// Banks of shared memory, each 4 bytes wide.
pub const BANKS: usize = 32;

/// What an access to global memory moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    /// Aligned blocks of 128 bytes.
    pub segments: u32,
    /// Aligned blocks of 32 bytes.
    pub sectors: u32,
}

/// Remembers the last access of an instruction. The next one usually has the same shape, and
/// costs the same if it lies a multiple of some distance away.
#[derive(Clone, Debug)]
pub struct Remembered<T> {
    last: Option<(Footprint, T)>,
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self { last: None }
    }
}

impl<T: Copy> Remembered<T> {
    #[inline]
    fn get(&mut self, footprint: &Footprint, distance: u32, cost: impl Fn(&Footprint) -> T) -> T {
        match &self.last {
            Some((last, cost)) if last.is_moved(footprint, distance) => *cost,
            _ => {
                let cost = cost(footprint);
                self.last = Some((*footprint, cost));
                cost
            }
        }
    }
}

/// What the last access of one instruction cost.
#[derive(Clone, Debug, Default)]
pub struct Costs {
    global: Remembered<Blocks>,
    shared: Remembered<u32>,
}

impl Costs {
    /// Segments and sectors, which begin anew every segment.
    #[inline]
    pub fn blocks(&mut self, footprint: &Footprint) -> Blocks {
        self.global.get(footprint, SEGMENT_BYTES, |footprint| Blocks {
            segments: footprint.blocks(SEGMENT_BYTES),
            sectors: footprint.blocks(SECTOR_BYTES),
        })
    }

    /// Cycles that bank conflicts cost. Moving all lanes by a word only renumbers the banks.
    #[inline]
    pub fn bank_conflicts(&mut self, footprint: &Footprint) -> u32 {
        self.shared.get(footprint, 4, Footprint::bank_conflicts)
    }
}

/// Byte offsets at which the lanes of a plane access a memory, `bytes` each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footprint {
    pub offsets: [u32; LANES],
    pub lanes: Mask,
    pub bytes: u32,
}

impl Footprint {
    /// The other footprint is this one, moved by a multiple of `distance`.
    #[inline]
    fn is_moved(&self, other: &Footprint, distance: u32) -> bool {
        let moved = other.offsets[0].wrapping_sub(self.offsets[0]);
        let mut together = true;
        for lane in 0..LANES {
            together &= other.offsets[lane].wrapping_sub(self.offsets[lane]) == moved;
        }
        together
            && moved.is_multiple_of(distance)
            && self.lanes == other.lanes
            && self.bytes == other.bytes
    }

    /// Distinct aligned blocks of `size` bytes that the lanes touch.
    pub fn blocks(&self, size: u32) -> u32 {
        let mut distinct = 0;
        let mut last = None;
        let mut ascending = true;
        for lane in lanes(self.lanes) {
            let (first, end) =
                (self.offsets[lane] / size, (self.offsets[lane] + self.bytes - 1) / size);
            match last {
                Some(last) if first < last => {
                    ascending = false;
                    break;
                }
                Some(last) if first == last => distinct += end - first,
                _ => distinct += end - first + 1,
            }
            last = Some(end);
        }
        if ascending { distinct } else { self.blocks_in_any_order(size) }
    }

    fn blocks_in_any_order(&self, size: u32) -> u32 {
        let mut blocks: Vec<u32> = lanes(self.lanes)
            .flat_map(|lane| {
                self.offsets[lane] / size..=(self.offsets[lane] + self.bytes - 1) / size
            })
            .collect();
        blocks.sort_unstable();
        blocks.dedup();
        blocks.len() as u32
    }

    /// Cycles beyond the unavoidable ones that the banks need.
    ///
    /// Lanes that access the same 4-byte word of a bank are served together. Accesses of 8
    /// bytes are served a half plane at a time, of 16 bytes a quarter.
    pub fn bank_conflicts(&self) -> u32 {
        let at_once = (LANES * 4 / self.bytes.max(4) as usize).max(1);
        let group = (u64::from(u32::MAX) >> (LANES - at_once)) as Mask;
        let groups = (0..LANES).step_by(at_once).map(|first| self.lanes & group << first);
        groups
            .map(|group| {
                if self.each_bank_has_one_word(group) {
                    0
                } else {
                    self.most_words_in_a_bank(group) - 1
                }
            })
            .sum()
    }

    fn words(&self, lane: usize) -> std::ops::RangeInclusive<u32> {
        self.offsets[lane] / 4..=(self.offsets[lane] + self.bytes - 1) / 4
    }

    /// What most accesses are like: no two lanes want different words of a bank.
    fn each_bank_has_one_word(&self, group: Mask) -> bool {
        const NONE: u32 = u32::MAX;
        let mut banks = [NONE; BANKS];
        lanes(group).all(|lane| {
            self.words(lane).all(|word| {
                let bank = &mut banks[word as usize % BANKS];
                let free = *bank == NONE || *bank == word;
                *bank = word;
                free
            })
        })
    }

    fn most_words_in_a_bank(&self, group: Mask) -> u32 {
        let mut words: Vec<u32> = lanes(group).flat_map(|lane| self.words(lane)).collect();
        words.sort_unstable();
        words.dedup();
        let mut banks = [0; BANKS];
        words.into_iter().for_each(|word| banks[word as usize % BANKS] += 1);
        banks.into_iter().max().unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn footprint(offsets: &[u32; LANES], bytes: u32) -> Footprint {
        Footprint { offsets: *offsets, lanes: u32::MAX, bytes }
    }

    fn strided(stride: u32) -> [u32; LANES] {
        std::array::from_fn(|lane| lane as u32 * stride)
    }

    #[test]
    fn a_remembered_cost_is_that_of_the_same_shape_only() {
        let mut costs = Costs::default();
        let at = |first: u32| footprint(&std::array::from_fn(|lane| first + lane as u32 * 4), 4);
        assert_eq!(costs.blocks(&at(0)), Blocks { segments: 1, sectors: 4 });
        assert_eq!(costs.blocks(&at(256)), Blocks { segments: 1, sectors: 4 });
        assert_eq!(costs.blocks(&at(272)), Blocks { segments: 2, sectors: 5 });
        let half = Footprint { lanes: 0xFFFF, ..at(272) };
        assert_eq!(costs.blocks(&half), Blocks { segments: 1, sectors: 3 });
        assert_eq!(costs.bank_conflicts(&footprint(&strided(8), 4)), 1);
        assert_eq!(costs.bank_conflicts(&at(4)), 0);
    }

    #[test]
    fn neighbours_share_segments() {
        let offsets = strided(4);
        assert_eq!(footprint(&offsets, 4).blocks(SEGMENT_BYTES), 1);
        assert_eq!(footprint(&offsets, 4).blocks(SECTOR_BYTES), 4);
        let vectors = strided(16);
        assert_eq!(footprint(&vectors, 16).blocks(SEGMENT_BYTES), 4);
        let backwards: [u32; LANES] = std::array::from_fn(|lane| (31 - lane as u32) * 4);
        assert_eq!(footprint(&backwards, 4).blocks(SEGMENT_BYTES), 1);
    }

    #[test]
    fn a_large_stride_touches_a_segment_a_lane() {
        let offsets = strided(256);
        assert_eq!(footprint(&offsets, 4).blocks(SEGMENT_BYTES), 32);
        assert_eq!(footprint(&offsets, 4).blocks(SECTOR_BYTES), 32);
    }

    #[test]
    fn misalignment_costs_a_segment() {
        let offsets: [u32; LANES] = std::array::from_fn(|lane| 4 + lane as u32 * 4);
        assert_eq!(footprint(&offsets, 4).blocks(SEGMENT_BYTES), 2);
    }

    #[test]
    fn a_column_of_a_32_wide_tile_is_in_one_bank_and_padding_spreads_it() {
        assert_eq!(footprint(&strided(128), 4).bank_conflicts(), 31);
        assert_eq!(footprint(&strided(132), 4).bank_conflicts(), 0);
        assert_eq!(footprint(&strided(4), 4).bank_conflicts(), 0);
        assert_eq!(footprint(&strided(0), 4).bank_conflicts(), 0);
        assert_eq!(footprint(&strided(8), 4).bank_conflicts(), 1);
    }

    #[test]
    fn wide_accesses_are_served_in_parts() {
        assert_eq!(footprint(&strided(16), 16).bank_conflicts(), 0);
        assert_eq!(footprint(&strided(8), 8).bank_conflicts(), 0);
        assert_eq!(footprint(&strided(2), 2).bank_conflicts(), 0);
    }
}
