//! From values to places along an axis, and the few values that are named there.

use crate::faces::number::{even, separated, significant};

/// An axis over the range of its data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::faces) struct Axis {
    low: f64,
    high: f64,
    logarithmic: bool,
}

/// A named value.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::faces) struct Tick {
    /// Where it is: 0 at the low end of the axis, 1 at the high one.
    pub at: f64,
    /// The value as text.
    pub label: String,
}

impl Axis {
    /// The axis over those of `values` that have a place on it; none if none has.
    pub fn over(values: impl Iterator<Item = f64>, logarithmic: bool) -> Option<Self> {
        let has_place = |x: &f64| x.is_finite() && (!logarithmic || *x > 0.0);
        let mut values = values.filter(has_place);
        let first = values.next()?;
        let (low, high) = values.fold((first, first), |(l, h), x| (l.min(x), h.max(x)));
        Some(Self {
            low,
            high,
            logarithmic,
        })
    }

    /// Whether all data have the same value.
    pub fn is_point(&self) -> bool {
        self.low == self.high
    }

    /// Where a value is: 0 at the low end, 1 at the high one, ½ if there is but one value.
    /// None for what has no place on this axis.
    pub fn place(&self, x: f64) -> Option<f64> {
        if !x.is_finite() || (self.logarithmic && x <= 0.0) {
            return None;
        }
        let (low, high) = (self.scaled(self.low), self.scaled(self.high));
        Some(fraction(self.scaled(x), low, high))
    }

    fn scaled(&self, x: f64) -> f64 {
        if self.logarithmic { x.log10() } else { x }
    }

    /// The ends of the axis, and a round value between them if there is one near the
    /// middle.
    pub fn ticks(&self) -> Vec<Tick> {
        let mut values = vec![self.low];
        if !self.is_point() {
            values.extend(self.between());
            values.push(self.high);
        }
        let labels = labels(&self.rounded(&values), self.logarithmic);
        let ticks = values.iter().zip(labels);
        let tick = |(&x, label)| self.place(x).map(|at| Tick { at, label });
        ticks.filter_map(tick).collect()
    }

    /// The values without what cannot be seen: 3·10⁻³¹ on an axis to 1 is 0.
    fn rounded(&self, values: &[f64]) -> Vec<f64> {
        let range = self.high / 2.0 - self.low / 2.0;
        let seen = |x: &f64| match self.logarithmic || x.abs() > range / 1e3 {
            true => *x,
            false => 0.0,
        };
        values.iter().map(seen).collect()
    }

    /// The roundest value in the middle of the axis.
    fn between(&self) -> Option<f64> {
        let central = |x: &f64| {
            let place = self.place(*x);
            place.is_some_and(|place| (0.3..=0.7).contains(&place))
        };
        let nearest = |step: f64, target: f64| (target / step).round() * step;
        if self.logarithmic {
            let middle = (self.low.log10() + self.high.log10()) / 2.0;
            let power = 10f64.powi(middle.round() as i32);
            let below = 10f64.powi(middle.floor() as i32);
            let candidates = [power, 2.0 * below, 5.0 * below];
            return candidates.into_iter().find(central);
        }
        let middle = self.low / 2.0 + self.high / 2.0;
        let magnitude = (self.high / 2.0 - self.low / 2.0).log10().ceil();
        if !magnitude.is_finite() {
            return None;
        }
        let steps = (0..3).flat_map(|smaller| {
            let power = magnitude as i32 - smaller;
            // Dividing by a power keeps the digits exact that multiplying would blur.
            [10.0, 5.0, 2.0].map(|digit| match power {
                ..=0 => digit / 10f64.powi(1 - power),
                _ => digit * 10f64.powi(power - 1),
            })
        });
        steps.map(|step| nearest(step, middle)).find(central)
    }
}

/// Where `x` lies between `low` (0) and `high` (1); ½ if there is nothing between.
pub(in crate::faces) fn fraction(x: f64, low: f64, high: f64) -> f64 {
    if low == high {
        return 0.5;
    }
    // Halves where the range itself is too large for a number.
    let scale = if (high - low).is_finite() { 1.0 } else { 0.5 };
    let place = (x * scale - low * scale) / (high * scale - low * scale);
    place.clamp(0.0, 1.0)
}

/// Texts with as few digits as tell the values apart.
fn labels(values: &[f64], logarithmic: bool) -> Vec<String> {
    let with = |digits: usize| -> Vec<String> {
        match logarithmic {
            true => values.iter().map(|&x| significant(x, digits)).collect(),
            false => even(values, digits),
        }
    };
    let apart = |labels: &Vec<String>| labels.windows(2).all(|pair| pair[0] != pair[1]);
    let labels = (3..17).map(with).find(apart).unwrap_or_else(|| with(17));
    labels.iter().map(|label| typeset(label)).collect()
}

/// `2e-5` as 2×10⁻⁵, `12345` as 12,345.
pub(in crate::faces) fn typeset(label: &str) -> String {
    let Some((mantissa, power)) = label.split_once('e') else {
        return separated(label);
    };
    let raised = |c: char| match c.to_digit(10) {
        Some(digit) => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][digit as usize],
        None => '⁻',
    };
    let power: String = power.chars().map(raised).collect();
    match mantissa {
        "1" => format!("10{power}"),
        "-1" => format!("-10{power}"),
        _ => format!("{mantissa}×10{power}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(low: f64, high: f64, logarithmic: bool) -> Vec<String> {
        let axis = Axis::over([low, high].into_iter(), logarithmic).unwrap();
        axis.ticks().into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn the_ends_and_one_round_value_are_named() {
        assert_eq!(named(0.0, 100.0, false), ["0", "50", "100"]);
        assert_eq!(named(1.0, 3.2, false), ["1.0", "2.0", "3.2"]);
        assert_eq!(named(-1.0, 1.0, false), ["-1", "0", "1"]);
        assert_eq!(named(0.0, 12345.0, false), ["0", "5,000", "12,345"]);
        assert_eq!(named(0.001, 0.0042, false), ["0.0010", "0.0020", "0.0042"]);
        assert_eq!(named(5.0, 5.0, false), ["5"]);
        assert_eq!(named(1.0, 1.0 + 1e-9, false).len(), 3);
    }

    #[test]
    fn powers_stand_in_the_middle_of_a_logarithmic_axis() {
        assert_eq!(named(0.01, 15.8, true), ["0.01", "1", "15.8"]);
        assert_eq!(named(1e-9, 2e7, true), ["10⁻⁹", "0.1", "2×10⁷"]);
        assert_eq!(named(2.0, 8.0, true), ["2", "5", "8"]);
    }

    #[test]
    fn no_range_is_too_large_and_none_too_small() {
        assert_eq!(named(f64::MIN, f64::MAX, false).len(), 3);
        assert!(named(f64::MIN_POSITIVE, f64::MAX, true).len() >= 2);
        assert!(named(0.0, 5e-324, false).len() >= 2);
        assert_eq!(Axis::over([f64::NAN, -1.0].into_iter(), true), None);
    }
}
