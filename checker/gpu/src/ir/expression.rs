//! Source-like text of what an instruction computes, for findings.
//!
//! CubeCL's IR keeps neither variable names nor line numbers, so the text is rebuilt from the
//! operations. Buffers stay symbolic until a launch says what they are called.

use std::fmt;

/// One piece of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// The buffer argument at this position.
    Buffer(u32),
}

/// An expression such as `a[(UNIT_POS_Y * 8) + i]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expression {
    pieces: Vec<Piece>,
}

impl Expression {
    pub fn text(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Text(text.into())] }
    }

    pub fn buffer(position: u32) -> Self {
        Self { pieces: vec![Piece::Buffer(position)] }
    }

    /// This expression followed by `tail`.
    pub fn then(mut self, tail: Expression) -> Self {
        self.pieces.extend(tail.pieces);
        self
    }

    pub fn then_text(self, tail: &str) -> Self {
        self.then(Expression::text(tail))
    }

    /// `left op right`, in parentheses.
    pub fn infix(left: Expression, op: &str, right: Expression) -> Self {
        Expression::text("(").then(left).then_text(&format!(" {op} ")).then(right).then_text(")")
    }

    /// `base[index]`; parentheses around the whole index are dropped.
    pub fn element(base: Expression, index: Expression) -> Self {
        base.then_text("[").then(index.without_outer_parentheses()).then_text("]")
    }

    fn without_outer_parentheses(mut self) -> Self {
        let [Piece::Text(first), .., Piece::Text(last)] = self.pieces.as_mut_slice() else {
            return self;
        };
        // Only `infix` starts an expression with a piece that is exactly one parenthesis, and
        // it closes it with its last piece.
        if first == "(" && last == ")" {
            first.clear();
            last.clear();
        }
        self
    }

    /// The text, with buffers called by `name`.
    pub fn display<'a, N: Fn(u32) -> String>(&'a self, name: N) -> impl fmt::Display + use<'a, N> {
        struct Named<'a, N>(&'a Expression, N);
        impl<N: Fn(u32) -> String> fmt::Display for Named<'_, N> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.pieces.iter().try_for_each(|piece| match piece {
                    Piece::Text(text) => f.write_str(text),
                    Piece::Buffer(position) => f.write_str(&(self.1)(*position)),
                })
            }
        }
        Named(self, name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_loses_only_its_own_parentheses() {
        let sum =
            |a: &str, b: &str| Expression::infix(Expression::text(a), "+", Expression::text(b));
        let index = Expression::infix(sum("a", "b"), "*", sum("c", "d"));
        let whole = Expression::element(Expression::buffer(1), index);
        assert_eq!(whole.display(|i| format!("x{i}")).to_string(), "x1[(a + b) * (c + d)]");
    }
}
