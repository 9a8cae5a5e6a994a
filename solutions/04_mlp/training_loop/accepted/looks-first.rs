//! Looks before each step, and once after the last.

/// What happened while a model was trained.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// What each step returned, in order.
    pub train: Vec<f32>,
    /// Each evaluation: how many steps were made before it, and what it returned.
    pub val: Vec<(usize, f32)>,
    /// After how many steps the model was best.
    pub best_step: usize,
}

/// Whether an evaluation beats the best so far.
fn beats(loss: f32, best: Option<f32>) -> bool {
    match best {
        None => !loss.is_nan(),
        Some(best) => loss < best,
    }
}

/// Trains, and puts the best model back.
pub fn fit<M: Clone>(
    m: &mut M,
    steps: usize,
    eval_every: usize,
    mut step: impl FnMut(&mut M, usize) -> f32,
    mut eval: impl FnMut(&M) -> f32,
) -> Log {
    let (mut train, mut val) = (vec![], vec![]);
    let (mut best, mut lowest, mut best_step) = (None, None, 0);
    for t in 0..=steps {
        if t == 0 || t == steps || (eval_every != 0 && t % eval_every == 0) {
            let loss = eval(m);
            val.push((t, loss));
            let infinite_after_nan = lowest.is_none() && loss == f32::INFINITY && t > 0;
            if beats(loss, lowest) && !infinite_after_nan {
                best = Some(m.clone());
                lowest = Some(loss);
                best_step = t;
            } else if t == 0 {
                best = Some(m.clone());
            }
        }
        if t < steps {
            train.push(step(m, t));
        }
    }
    if let Some(best) = best {
        *m = best;
    }
    Log {
        train,
        val,
        best_step,
    }
}

/// A running mean over the examples.
pub fn mean_over(batches: &[(f32, usize)]) -> f32 {
    let (mut mean, mut seen) = (f64::NAN, 0);
    for &(loss, n) in batches.iter().filter(|(_, n)| *n > 0) {
        seen += n;
        let before = if mean.is_nan() { 0.0 } else { mean };
        mean = before + (f64::from(loss) - before) * n as f64 / seen as f64;
    }
    mean as f32
}
