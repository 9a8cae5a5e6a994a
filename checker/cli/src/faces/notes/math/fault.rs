//! Why a formula cannot be read.

use std::fmt;

/// What is wrong with a formula, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The offset, in characters from the formula's start.
    pub at: usize,
    /// What is wrong there.
    pub kind: FaultKind,
}

/// The ways in which a formula can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A command that is not known here (or not to MathJax).
    UnknownCommand(String),
    /// `\begin{…}` of an environment that is not known here.
    UnknownEnvironment(String),
    /// `{` without `}`, `\left` without `\right`, `\begin` without `\end`.
    Unclosed(String),
    /// `}`, `\right`, `\end`, `&` or `\\` where nothing was opened for it.
    Unexpected(String),
    /// A command at the end of the formula or group that lacks what it applies to.
    MissingArgument(String),
    /// Two superscripts, or two subscripts, of one base.
    DoubleScript(char),
    /// `\left` and its like before something that is no bracket.
    NotADelimiter(String),
    /// Nothing between the dollar signs.
    Empty,
    /// More levels of nesting than anybody can read.
    TooDeep,
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownCommand(name) => match known_as(name) {
                Some(instead) => write!(f, "unknown command {name}: write {instead}"),
                None => write!(f, "unknown command {name}"),
            },
            Self::UnknownEnvironment(name) => write!(f, "unknown environment {name}"),
            Self::Unclosed(what) => write!(f, "{what} is never closed"),
            Self::Unexpected(what) => write!(f, "unexpected {what}"),
            Self::MissingArgument(of) => write!(f, "{of} lacks an argument"),
            Self::DoubleScript(mark) => {
                write!(f, "two {mark} after one base: put the first pair in braces")
            }
            Self::NotADelimiter(what) => write!(f, "{what} is no bracket"),
            Self::Empty => write!(f, "the formula is empty"),
            Self::TooDeep => write!(f, "nested too deeply"),
        }
    }
}

/// What to write instead of a command that people expect and MathJax lacks.
fn known_as(command: &str) -> Option<&'static str> {
    Some(match command {
        "\\argmax" => r"\arg\max",
        "\\argmin" => r"\arg\min",
        "\\softmax" => r"\mathrm{softmax}",
        "\\KL" => r"\mathrm{KL}",
        "\\E" => r"\mathbb{E}",
        "\\R" => r"\mathbb{R}",
        "\\over" => r"\frac{…}{…}",
        "\\choose" => r"\binom{…}{…}",
        "\\bm" => r"\boldsymbol",
        "\\bold" => r"\mathbf",
        _ => return None,
    })
}
