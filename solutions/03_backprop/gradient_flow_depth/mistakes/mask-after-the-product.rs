//! The slope came after Wᵀ, and belongs before it. Forwards a layer is first W, then the ReLU;
//! backwards it is first the ReLU's slope, then Wᵀ. Widths that are equal hide it.

use ndarray::{Array1, Array2, ArrayRef1};

/// What stands behind each product Wh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// Nothing: the stack is a product of matrices.
    Linear,
    /// The larger of 0 and each element.
    Relu,
}

/// ln E‖Jᵀv‖²/‖v‖² of `depth` layers h ← act(Wh) whose weights are N(0, gain²/n), with the mean
/// over networks.
pub fn predict_ln_growth(act: Act, gain: f64, depth: usize) -> f64 {
    let awake = match act {
        Act::Linear => 1.0,
        Act::Relu => 0.5,
    };
    depth as f64 * (awake * gain * gain).ln()
}

/// The standard deviation of ln ‖Jᵀv‖²/‖v‖² from one network of `width` n to the next.
pub fn predict_ln_std(act: Act, width: usize, depth: usize) -> f64 {
    let of_a_layer = match act {
        Act::Linear => 2.0,
        Act::Relu => 5.0,
    };
    (of_a_layer * depth as f64 / width as f64).sqrt()
}

/// ln ‖Jᵀv‖²/‖v‖² of one network at x `[n]`, with v `[n]` at its output: w holds one matrix
/// `[n, n]` for each layer, the first one first.
pub fn measure_ln_growth(
    act: Act,
    w: &[Array2<f64>],
    x: &ArrayRef1<f64>,
    v: &ArrayRef1<f64>,
) -> f64 {
    let mut h = x.to_owned();
    let mut slopes: Vec<Array1<f64>> = Vec::new();
    for w in w {
        let a = w.dot(&h);
        let slope = a.mapv(|a| {
            if act == Act::Linear || a > 0.0 {
                1.0
            } else {
                0.0
            }
        });
        h = a * &slope;
        slopes.push(slope);
    }
    let mut g = v.to_owned();
    for (w, slope) in w.iter().zip(&slopes).rev() {
        g = w.t().dot(&g) * slope;
    }
    (g.dot(&g) / v.dot(v)).ln()
}
