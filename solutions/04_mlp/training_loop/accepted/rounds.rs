//! In rounds: so many steps, then an evaluation.

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

struct Best<M> {
    model: M,
    loss: f32,
    step: usize,
}

pub fn fit<M: Clone>(
    m: &mut M,
    steps: usize,
    eval_every: usize,
    mut step: impl FnMut(&mut M, usize) -> f32,
    mut eval: impl FnMut(&M) -> f32,
) -> Log {
    let round = if eval_every == 0 {
        steps.max(1)
    } else {
        eval_every
    };
    let loss = eval(m);
    let mut val = vec![(0, loss)];
    let mut best = Best {
        model: m.clone(),
        loss: if loss.is_nan() { f32::INFINITY } else { loss },
        step: 0,
    };
    let (mut train, mut made) = (Vec::new(), 0);
    while made < steps {
        let end = (made + round).min(steps);
        train.extend((made..end).map(|t| step(m, t)));
        made = end;
        let loss = eval(m);
        val.push((made, loss));
        if loss < best.loss {
            best = Best {
                model: m.clone(),
                loss,
                step: made,
            };
        }
    }
    *m = best.model;
    Log {
        train,
        val,
        best_step: best.step,
    }
}

pub fn mean_over(batches: &[(f32, usize)]) -> f32 {
    let add = |(sum, n): (f64, f64), &(mean, size): &(f32, usize)| {
        let size = size as f64;
        (sum + size * f64::from(mean), n + size)
    };
    let (sum, n) = batches.iter().fold((0.0, 0.0), add);
    (sum / n) as f32
}
