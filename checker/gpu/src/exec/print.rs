//! `printf` of a kernel.

use super::{cells, lanes::lanes, minifloat::decode, plane::Plane};
use crate::ir::{kind::Kind, program::Print};

/// The text of every active lane, in their order.
pub fn print(plane: &Plane, print: &Print) -> Vec<String> {
    lanes(plane.registers.active)
        .map(|lane| {
            let values = print.arguments.iter().map(|(slot, kind)| {
                text(*kind, cells::register(&plane.registers, *kind, *slot, lane))
            });
            format(&print.format, values)
        })
        .collect()
}

/// Replaces every conversion of a C format string by the next value, each in the notation that
/// its own type suggests.
fn format(format: &str, mut values: impl Iterator<Item = String>) -> String {
    let mut out = String::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            out.push(letter);
            continue;
        }
        // Flags, width, precision and length end with the letter of the conversion.
        let conversion = letters.find(|letter| {
            letter.is_ascii_alphabetic() && !matches!(letter, 'l' | 'h') || *letter == '%'
        });
        match conversion {
            Some('%') => out.push('%'),
            _ => out.push_str(&values.next().unwrap_or_default()),
        }
    }
    out
}

fn text(kind: Kind, bits: u64) -> String {
    match kind {
        Kind::Mini(mini) => decode(mini, bits as u8).to_string(),
        Kind::F16 | Kind::Bf16 | Kind::Tf32 | Kind::F32 => f32::from_bits(bits as u32).to_string(),
        Kind::F64 => f64::from_bits(bits).to_string(),
        Kind::I8 | Kind::I16 | Kind::I32 => (bits as i32).to_string(),
        Kind::I64 => (bits as i64).to_string(),
        Kind::U8 | Kind::U16 | Kind::U32 | Kind::U64 | Kind::Pointer => bits.to_string(),
        Kind::Bool => (bits != 0).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn conversions_take_the_values_in_turn() {
        let values = ["1.5", "7"].map(String::from);
        assert_eq!(
            format("x = %5.2f, 100%%, n = %llu", values.into_iter()),
            "x = 1.5, 100%, n = 7"
        );
    }
}
