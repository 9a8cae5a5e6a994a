//! # A tape: every slope in one sweep
//!
//! ## Understand
//! A *tape* is the list of a program's operations, in the order in which they were done. A
//! node of it keeps its value, the earlier nodes that it reads (two at most), and its slope
//! along each of them: how fast its value moves with that one. From the tape, `grad` finds
//! ∂out/∂node, the node's *adjoint*, for every node, in one sweep from `out` downwards.
//! By hand: y = (a + b)·a at a = 3, b = 2. The adjoint of y is 1, that of a + b is 3, that of
//! b is 3, and that of a is 8: 5 straight from the product, and 3 through the sum.
//! Shapes: nodes are numbered from 0, as they are made; adjoints `[nodes]`, one each.
//!
//! ## Plan
//! A node moves `out` along every path between them. Along a path slopes multiply, and paths
//! add up (notes, "Paths"; Bauer 1974). Whoever reads a node was made after it. So, going
//! down from `out`, all its readers come first: when a node's turn comes, its adjoint is
//! complete, and it hands a share to each node that it reads.
//!
//! ## Carry out
//! Seven gaps of 2 to 4 lines, and `grad` with about 10. Budget of `grad`: two operations for
//! each node read, and one number a node. relu(x) = max(x, 0), and relu′(0) = 0. Where relu
//! cuts off its value is a constant, so there it reads nothing. Dividing by 0 and ln 0 give
//! ±∞, and that is fine: what `out` does not depend on has the adjoint 0 in any case. But mind
//! that 0·∞ is NaN. Numbers of nodes are `u32`, half as long as a pointer: `as usize` makes
//! them fit for indexing. R is f64, or a number that counts: `R::of(1.0)` writes a literal.
//!
//! ## Look back
//! Why does nobody need to sort the nodes? How long is the tape of a program that runs a loop
//! a million times? What would you have to keep in order to run the sweep a second time?

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
        self.push(x, [NONE, NONE], [R::of(0.0), R::of(0.0)])
    }

    /// a + b.
    pub fn add(&mut self, a: u32, b: u32) -> u32 {
        let sum = self.value(a) + self.value(b);
        self.push(sum, [a, b], [R::of(1.0), R::of(1.0)])
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
        let e = self.value(a).exp();
        self.push(e, [a, NONE], [e, R::of(0.0)])
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
        let mut adjoints = vec![R::of(0.0); self.values.len()];
        adjoints[out as usize] = R::of(1.0);
        for node in (0..=out as usize).rev() {
            let adjoint = adjoints[node];
            if adjoint == R::of(0.0) {
                continue;
            }
            for (&read, &slope) in self.reads[node].iter().zip(&self.slopes[node]) {
                if read != NONE {
                    adjoints[read as usize] = adjoints[read as usize] + slope * adjoint;
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
