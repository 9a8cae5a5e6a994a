//! What can be observed: anything that has a shape and elements.

use ndarray::{ArrayBase, ArrayRef, Data, Dimension};
use transcript::Values;

/// A single number or text.
pub trait Element {
    /// Whether it is recorded as a text.
    const TEXT: bool;
    /// Its value, for a number; integers are exact up to 2⁵³.
    fn number(&self) -> f64;
    /// Its text, for a text.
    fn text(&self) -> String;
}

/// A value with a shape and elements.
///
/// Implemented for arrays of any dimension, slices, vectors, scalars, texts, and for
/// `Option` of these (`None` is recorded as the text `None`). A hash map has no order:
/// sort it into a vector first.
pub trait Evidence {
    /// Length of each axis; empty for a scalar.
    fn shape(&self) -> Vec<usize>;
    /// The elements, row-major.
    fn values(&self) -> Values;
}

fn collect<'a, A: Element + 'a>(items: impl Iterator<Item = &'a A>) -> Values {
    if A::TEXT {
        Values::Texts(items.map(A::text).collect())
    } else {
        Values::Numbers(items.map(A::number).collect())
    }
}

macro_rules! numbers {
    ($($t:ty)*) => { $(
        impl Element for $t {
            const TEXT: bool = false;
            fn number(&self) -> f64 { *self as f64 }
            fn text(&self) -> String { self.to_string() }
        }
        scalar!($t);
    )* };
}

macro_rules! texts {
    ($($t:ty)*) => { $(
        impl Element for $t {
            const TEXT: bool = true;
            fn number(&self) -> f64 { f64::NAN }
            fn text(&self) -> String { self.to_string() }
        }
        scalar!($t);
    )* };
}

macro_rules! scalar {
    ($t:ty) => {
        impl Evidence for $t {
            fn shape(&self) -> Vec<usize> {
                Vec::new()
            }
            fn values(&self) -> Values {
                collect(std::iter::once(self))
            }
        }
    };
}

numbers!(f64 f32 u8 u16 u32 u64 usize i8 i16 i32 i64 isize);
texts!(char String bool &str);

impl<A: Element, D: Dimension> Evidence for ArrayRef<A, D> {
    fn shape(&self) -> Vec<usize> {
        self.raw_dim().slice().to_vec()
    }
    fn values(&self) -> Values {
        collect(self.iter())
    }
}

impl<A: Element, S: Data<Elem = A>, D: Dimension> Evidence for ArrayBase<S, D> {
    fn shape(&self) -> Vec<usize> {
        Evidence::shape(&**self)
    }
    fn values(&self) -> Values {
        (**self).values()
    }
}

impl<A: Element> Evidence for [A] {
    fn shape(&self) -> Vec<usize> {
        vec![self.len()]
    }
    fn values(&self) -> Values {
        collect(self.iter())
    }
}

impl<A: Element> Evidence for Vec<A> {
    fn shape(&self) -> Vec<usize> {
        self.as_slice().shape()
    }
    fn values(&self) -> Values {
        self.as_slice().values()
    }
}

/// Rows of equal length, such as sorted entries of a map.
impl<A: Element, const N: usize> Evidence for Vec<[A; N]> {
    fn shape(&self) -> Vec<usize> {
        vec![self.len(), N]
    }
    fn values(&self) -> Values {
        collect(self.iter().flatten())
    }
}

impl<E: Evidence> Evidence for Option<E> {
    fn shape(&self) -> Vec<usize> {
        self.as_ref().map_or_else(Vec::new, E::shape)
    }
    fn values(&self) -> Values {
        let none = || Values::Texts(vec!["None".into()]);
        self.as_ref().map_or_else(none, E::values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_view_is_read_in_row_major_order_whatever_its_strides() {
        let x = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
        let t = x.t();
        assert_eq!(Evidence::shape(&*t), [3, 2]);
        let columns = vec![1.0, 4.0, 2.0, 5.0, 3.0, 6.0];
        assert_eq!(t.values(), Values::Numbers(columns));
    }

    #[test]
    fn none_is_a_text_and_some_is_its_value() {
        assert_eq!(Some(vec![1usize, 2]).shape(), [2]);
        assert_eq!(
            None::<Vec<usize>>.values(),
            Values::Texts(vec!["None".into()])
        );
        assert_eq!(vec!['é'].values(), Values::Texts(vec!["é".into()]));
        assert_eq!(vec![[1u32, 2, 3]].shape(), [1, 3]);
    }
}
