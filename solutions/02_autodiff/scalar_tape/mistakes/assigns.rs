//! a + a has the slope 1, and a·a the slope a: the second share replaced the first. A node that is
//! read twice moves `out` along two paths, and paths add up. An adjoint gathers; it is never set.

use kit::Real;

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
        let quotient = x / y;
        self.push(quotient, [a, b], [R::of(1.0) / y, -quotient / y])
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
        if x > R::of(0.0) {
            self.push(x, [a, NONE], [R::of(1.0), R::of(0.0)])
        } else {
            self.leaf(R::of(0.0))
        }
    }

    /// ∂out/∂node for every node: `[nodes]`. The tape stays as it is.
    pub fn grad(&self, out: u32) -> Vec<R> {
        let zero = R::of(0.0);
        let mut adjoints = vec![zero; self.values.len()];
        adjoints[out as usize] = R::of(1.0);
        for node in (0..=out as usize).rev() {
            let [a, b] = self.reads[node];
            let [along_a, along_b] = self.slopes[node];
            if adjoints[node] == zero {
                continue;
            }
            if a != NONE {
                let share = adjoints[node] * along_a;
                adjoints[a as usize] = share;
            }
            if b != NONE {
                let share = adjoints[node] * along_b;
                adjoints[b as usize] = share;
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
