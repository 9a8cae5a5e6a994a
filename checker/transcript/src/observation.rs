//! A named, shaped value that a check looked at.

use crate::Tolerance;

/// The elements of an observation, in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers of any type; integers are exact up to 2⁵³.
    Numbers(Vec<f64>),
    /// Characters, words, names of variants.
    Texts(Vec<String>),
}

impl Values {
    /// How many elements there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.len(),
            Self::Texts(texts) => texts.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Element `i` as a person writes it: integers without a point, texts in quotes.
    pub fn show(&self, i: usize) -> String {
        match self {
            Self::Numbers(numbers) => show_number(numbers[i]),
            Self::Texts(texts) => format!("{:?}", texts[i]),
        }
    }
}

/// A number without a needless `.0`, in scientific form where digits would be endless.
fn show_number(x: f64) -> String {
    if x.is_finite() && x == x.trunc() && x.abs() < 1e15 {
        return format!("{x}");
    }
    format!("{x:?}")
}

/// One named, shaped value with its tolerance: the unit of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The value's name in the exercise's formulas.
    pub name: String,
    /// Length of each axis; empty for a scalar.
    pub shape: Vec<usize>,
    /// What counts as equal.
    pub tolerance: Tolerance,
    /// The elements, row-major; as many as the product of `shape`.
    pub values: Values,
}

impl Observation {
    /// An observation of numbers.
    ///
    /// # Panics
    /// If the shape does not hold exactly the given values.
    pub fn numbers(name: &str, shape: &[usize], tolerance: Tolerance, numbers: Vec<f64>) -> Self {
        Self::new(name, shape, tolerance, Values::Numbers(numbers))
    }

    /// An observation of any values.
    ///
    /// # Panics
    /// If the shape does not hold exactly the given values.
    pub fn new(name: &str, shape: &[usize], tolerance: Tolerance, values: Values) -> Self {
        let elements: usize = shape.iter().product();
        assert_eq!(elements, values.len(), "shape {shape:?} of `{name}`");
        Self {
            name: name.into(),
            shape: shape.to_vec(),
            tolerance,
            values,
        }
    }

    /// The index along each axis of the element at row-major position `flat`.
    pub fn index(&self, mut flat: usize) -> Vec<usize> {
        let mut index = vec![0; self.shape.len()];
        for (axis, &length) in self.shape.iter().enumerate().rev() {
            index[axis] = flat % length;
            flat /= length;
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EXACT;

    #[test]
    fn an_index_counts_the_last_axis_fastest() {
        let o = Observation::numbers("x", &[2, 3], EXACT, vec![0.0; 6]);
        assert_eq!(o.index(0), [0, 0]);
        assert_eq!(o.index(4), [1, 1]);
        assert_eq!(o.index(5), [1, 2]);
    }

    #[test]
    fn numbers_are_shown_as_people_write_them() {
        let values = Values::Numbers(vec![3.0, -0.5, 1e-20, f64::NAN, 1e300]);
        let shown: Vec<String> = (0..5).map(|i| values.show(i)).collect();
        assert_eq!(shown, ["3", "-0.5", "1e-20", "NaN", "1e300"]);
    }
}
