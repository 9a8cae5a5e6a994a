//! What one access of a plane costs the memory: segments and sectors of global memory, cycles
//! of the banks of shared memory.

use super::lanes::{LANES, Mask, lanes};

/// Bytes of a memory transaction as older GPUs count them, and of a cache line.
pub const SEGMENT_BYTES: u32 = 128;
/// Bytes that newer GPUs move at least.
pub const SECTOR_BYTES: u32 = 32;
/// Banks of shared memory, each 4 bytes wide.
pub const BANKS: usize = 32;

/// Byte offsets at which the lanes of a plane access a memory, `bytes` each.
#[derive(Clone, Copy, Debug)]
pub struct Footprint<'a> {
    pub offsets: &'a [u32; LANES],
    pub lanes: Mask,
    pub bytes: u32,
}

impl Footprint<'_> {
    /// Distinct aligned blocks of `size` bytes that the lanes touch.
    pub fn blocks(&self, size: u32) -> u32 {
        let mut distinct = 0;
        let mut last = None;
        let mut ascending = true;
        for lane in lanes(self.lanes) {
            let (first, end) = (
                self.offsets[lane] / size,
                (self.offsets[lane] + self.bytes - 1) / size,
            );
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
        if ascending {
            distinct
        } else {
            self.blocks_in_any_order(size)
        }
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
        if self.is_conflict_free() {
            return 0;
        }
        let lanes_at_once = if self.bytes <= 4 {
            LANES
        } else {
            (LANES * 4 / self.bytes as usize).max(1)
        };
        let mut conflicts = 0;
        for first in (0..LANES).step_by(lanes_at_once) {
            let group = (u64::from(u32::MAX) >> (LANES - lanes_at_once)) as u32;
            conflicts += self.cycles(self.lanes & group << first).saturating_sub(1);
        }
        conflicts
    }

    /// The commonest patterns, recognised quickly: one word for all, or neighbours in order.
    fn is_conflict_free(&self) -> bool {
        if self.lanes != u32::MAX || self.bytes != 4 {
            return false;
        }
        let first = self.offsets[0];
        let (mut same, mut neighbours) = (true, true);
        for (lane, offset) in self.offsets.iter().enumerate() {
            same &= *offset == first;
            neighbours &= *offset == first.wrapping_add(lane as u32 * 4);
        }
        same || neighbours
    }

    /// The largest number of distinct words in one bank.
    fn cycles(&self, group: Mask) -> u32 {
        let mut words = [[0u32; LANES]; BANKS];
        let mut depths = [0u32; BANKS];
        let mut most = 0;
        for lane in lanes(group) {
            let offset = self.offsets[lane];
            for word in offset / 4..=(offset + self.bytes - 1) / 4 {
                let bank = word as usize % BANKS;
                let depth = depths[bank] as usize;
                if !words[bank][..depth].contains(&word) && depth < LANES {
                    words[bank][depth] = word;
                    depths[bank] += 1;
                    most = most.max(depths[bank]);
                }
            }
        }
        most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn footprint(offsets: &[u32; LANES], bytes: u32) -> Footprint<'_> {
        Footprint {
            offsets,
            lanes: u32::MAX,
            bytes,
        }
    }

    fn strided(stride: u32) -> [u32; LANES] {
        std::array::from_fn(|lane| lane as u32 * stride)
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
