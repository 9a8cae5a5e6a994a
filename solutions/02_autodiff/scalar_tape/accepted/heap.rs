//! A heap of the nodes that wait for their turn, the latest first; nobody else is looked at.

use kit::Real;
use std::collections::{BinaryHeap, HashSet};

/// Marks a place for a node in which there is none.
pub const NONE: u32 = u32::MAX;

/// The operations of a program, in the order in which they were done.
#[derive(Clone, Debug)]
pub struct Tape<R = f64> {
    /// The value of each node.
    pub values: Vec<R>,
    /// Which nodes it reads, all made before it. `NONE` stands where fewer than two are.
    pub reads: Vec<[u32; 2]>,
    /// Its slope along each of these.
    pub slopes: Vec<[R; 2]>,
}

impl<R: Real> Tape<R> {
    /// A number that reads no other: an input, or a constant.
    pub fn leaf(&mut self, x: R) -> u32 {
        self.push(x, [NONE; 2], [R::of(0.0); 2])
    }

    /// a + b.
    pub fn add(&mut self, a: u32, b: u32) -> u32 {
        let sum = self.value(a) + self.value(b);
        self.push(sum, [a, b], [R::of(1.0); 2])
    }

    /// a·b; a and b may be the same node.
    pub fn mul(&mut self, a: u32, b: u32) -> u32 {
        let (x, y) = (self.value(a), self.value(b));
        self.push(x * y, [a, b], [y, x])
    }

    /// a/b.
    pub fn div(&mut self, a: u32, b: u32) -> u32 {
        let (x, y) = (self.value(a), self.value(b));
        self.push(x / y, [a, b], [R::of(1.0) / y, -x / (y * y)])
    }

    /// eᵃ.
    pub fn exp(&mut self, a: u32) -> u32 {
        let power = self.value(a).exp();
        self.push(power, [a, NONE], [power, R::of(0.0)])
    }

    /// The natural logarithm of a.
    pub fn ln(&mut self, a: u32) -> u32 {
        let x = self.value(a);
        self.push(x.ln(), [a, NONE], [R::of(1.0) / x, R::of(0.0)])
    }

    /// max(a, 0).
    pub fn relu(&mut self, a: u32) -> u32 {
        let x = self.value(a);
        let zero = R::of(0.0);
        let (reads, slope) = if x > zero {
            ([a, NONE], R::of(1.0))
        } else {
            ([NONE; 2], zero)
        };
        self.push(x.max(zero), reads, [slope, zero])
    }

    /// ∂out/∂node for every node: `[nodes]`. The tape stays as it is.
    pub fn grad(&self, out: u32) -> Vec<R> {
        let zero = R::of(0.0);
        let mut adjoints: Vec<R> = self.values.iter().map(|_| zero).collect();
        adjoints[out as usize] = R::of(1.0);
        // Only nodes that `out` depends on ever wait here, the latest on top.
        let mut waiting = BinaryHeap::from([out]);
        let mut entered = HashSet::from([out]);
        while let Some(node) = waiting.pop() {
            let node = node as usize;
            for side in [0, 1] {
                let read = self.reads[node][side];
                if read == NONE {
                    continue;
                }
                let share = adjoints[node] * self.slopes[node][side];
                adjoints[read as usize] = adjoints[read as usize] + share;
                if entered.insert(read) {
                    waiting.push(read);
                }
            }
        }
        adjoints
    }

    /// The value of a node.
    pub fn value(&self, node: u32) -> R {
        self.values[node as usize]
    }

    /// Writes one more node down, and returns its number.
    pub fn push(&mut self, value: R, reads: [u32; 2], slopes: [R; 2]) -> u32 {
        self.values.push(value);
        self.reads.push(reads);
        self.slopes.push(slopes);
        (self.values.len() - 1) as u32
    }
}

impl<R> Default for Tape<R> {
    fn default() -> Self {
        let (values, reads, slopes) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            values,
            reads,
            slopes,
        }
    }
}
