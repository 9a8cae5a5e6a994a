//! One check while it runs: inputs, evidence, properties, costs, pictures.

use crate::{Evidence, Plot, Rng, Tolerance, alloc, count};
use ndarray::{Array, ArrayRef, Dimension, ShapeBuilder};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use transcript::{CheckRecord, Difference, Observation, Transcript, Values, difference};

/// A value that is not as it should be.
#[derive(Clone, Debug)]
pub struct Mismatch {
    /// Name of the observation.
    pub name: String,
    /// What is wrong with it.
    pub difference: Difference,
    /// The value under judgement and the expected one, where both exist.
    pub whole: Option<(Observation, Observation)>,
}

/// What the observations of a check are held against.
#[derive(Clone, Debug)]
pub(crate) enum Against {
    /// Nothing: they are only recorded.
    Nothing,
    /// The reference's recorded snapshot; this process runs the answer.
    Snapshot(CheckRecord),
    /// A submitted answer's record; this process runs the reference.
    Submitted(CheckRecord),
}

/// One check while it runs.
///
/// Names of observations and inputs are those of the exercise's formulas; each may be used
/// once in a check.
pub struct Check {
    rng: Rng,
    against: Against,
    pub(crate) record: CheckRecord,
    pub(crate) given: Vec<Observation>,
    /// Where the inputs begin that were given since the last observation.
    latest: usize,
    /// Whether something was observed since the last input.
    observed: bool,
    /// The inputs of the first value that differs.
    blamed: Option<std::ops::Range<usize>>,
    pub(crate) mismatches: Vec<Mismatch>,
    pub(crate) numbers: Vec<(String, f64, String)>,
    pub(crate) plots: Vec<Plot>,
    pub(crate) measured: Option<f64>,
}

impl Check {
    pub(crate) fn new(name: &str, seed: u64, against: Against) -> Self {
        Self {
            rng: Rng::new(seed, name),
            against,
            record: Transcript::default().check_mut(name).clone(),
            given: Vec::new(),
            latest: 0,
            observed: false,
            blamed: None,
            mismatches: Vec::new(),
            numbers: Vec::new(),
            plots: Vec::new(),
            measured: None,
        }
    }

    // ------------------------------------------------------------------ inputs

    /// The check's own seeded generator.
    pub fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    /// Independent draws from (about) N(0, 1).
    pub fn normal<S: ShapeBuilder>(&mut self, shape: S) -> Array<f64, S::Dim> {
        Array::from_shape_simple_fn(shape, || self.rng.normal())
    }

    /// Independent draws, uniform on [0, 1).
    pub fn uniform<S: ShapeBuilder>(&mut self, shape: S) -> Array<f64, S::Dim> {
        Array::from_shape_simple_fn(shape, || self.rng.uniform())
    }

    /// Names an input, so that the oracle scripts get it.
    pub fn given<E: Evidence + ?Sized>(&mut self, name: &str, value: &E) {
        let o = Observation::new(name, &value.shape(), Tolerance::Exact, value.values());
        assert!(
            self.given.iter().all(|g| g.name != name),
            "given twice: `{name}`"
        );
        if std::mem::take(&mut self.observed) {
            self.latest = self.given.len();
        }
        self.given.push(o);
    }

    /// The inputs that the first wrong value was computed from, or the latest ones: those
    /// that were named since the observation before.
    pub(crate) fn inputs(&self) -> &[Observation] {
        let latest = self.latest..self.given.len();
        &self.given[self.blamed.clone().unwrap_or(latest)]
    }

    // ------------------------------------------------------------------ evidence

    /// Observes a value that must agree with the reference's.
    ///
    /// # Panics
    /// If the check observed that name before.
    pub fn observe<E: Evidence + ?Sized>(&mut self, name: &str, value: &E, tolerance: Tolerance) {
        self.take(Observation::new(
            name,
            &value.shape(),
            tolerance,
            value.values(),
        ));
    }

    /// Observes an array too large to record: its shape and corner, its sum, norm and
    /// largest magnitude, and three random projections, each a sum over all elements with
    /// signs drawn from the seed. The tolerance holds for single elements; for the sums it
    /// is widened by √n, as roundings of either sign add up.
    pub fn observe_large<D: Dimension>(
        &mut self,
        name: &str,
        x: &ArrayRef<f64, D>,
        tolerance: Tolerance,
    ) {
        let numbers: Vec<f64> = x.iter().copied().collect();
        let root = (numbers.len().max(1) as f64).sqrt();
        let wide = match tolerance {
            Tolerance::Close { atol, rtol } => Tolerance::Close {
                atol: atol * root,
                rtol: rtol * root,
            },
            other => other,
        };
        let shape: Vec<f64> = x.shape().iter().map(|&n| n as f64).collect();
        let corner: Vec<f64> = numbers.iter().copied().take(8).collect();
        let total = |f: &dyn Fn(f64) -> f64| numbers.iter().map(|&x| f(x)).sum::<f64>();
        let largest = numbers.iter().fold(
            0.0,
            |m: f64, x| if x.is_nan() { *x } else { m.max(x.abs()) },
        );
        let norms = vec![total(&|x| x), total(&|x| x * x).sqrt(), largest];
        let mut signs = self.rng.clone();
        let mut project = || -> f64 {
            let sign = |bits: u64| if bits >> 63 == 0 { 1.0 } else { -1.0 };
            numbers.iter().map(|x| sign(signs.bits()) * x).sum()
        };
        let projections = vec![project(), project(), project()];
        self.observe(&format!("shape of {name}"), &shape, Tolerance::Exact);
        self.observe(&format!("first elements of {name}"), &corner, tolerance);
        self.observe(&format!("sum, norm and maximum of {name}"), &norms, wide);
        self.observe(&format!("projections of {name}"), &projections, wide);
    }

    /// Observes a value that need not be the reference's: `judge` says, from the value
    /// alone and the check's inputs, what is wrong with it.
    pub fn observe_judged<E: Evidence + ?Sized>(
        &mut self,
        name: &str,
        value: &E,
        judge: impl Fn(&Observation) -> Result<(), String>,
    ) {
        let own = Observation::new(name, &value.shape(), Tolerance::Judged, value.values());
        let under_judgement = match &self.against {
            Against::Submitted(submitted) => submitted.find(name).cloned(),
            _ => Some(own.clone()),
        };
        let difference = match under_judgement {
            None => Some(Difference::Missing),
            Some(value) => judge(&value).err().map(Difference::Judged),
        };
        self.record_one(own);
        if let Some(difference) = difference {
            self.mismatch(name, difference, None);
        }
    }

    /// Observes that `call` refuses its input by a panic. An unwritten `todo!()` is no
    /// refusal.
    pub fn observe_refusal<R>(&mut self, name: &str, call: impl FnOnce() -> R) {
        let outcome = match catch_unwind(AssertUnwindSafe(call)) {
            Ok(_) => "accepted",
            Err(panic) if crate::panics::is_todo() => resume_unwind(panic),
            Err(_) => "refused",
        };
        self.observe(name, &outcome, Tolerance::Exact);
    }

    /// Observes a finding in a few words, such as `data race`. Where they are not the expected
    /// ones, a learner reads `story` instead of them: it may name what differs from one wrong
    /// answer to the next, which the words must not.
    pub fn observe_told(&mut self, name: &str, words: &str, story: &str) {
        let known = self.mismatches.len();
        self.observe(name, &words, Tolerance::Exact);
        // In judgement it is the reference that runs here, and the story is not about the answer.
        if let Against::Snapshot(_) = self.against
            && let Some(mismatch) = self.mismatches.get_mut(known)
        {
            mismatch.difference = Difference::Judged(story.into());
            mismatch.whole = None;
        }
    }

    fn take(&mut self, own: Observation) {
        let pair = match &self.against {
            Against::Nothing => None,
            Against::Snapshot(recorded) => {
                Some((Some(own.clone()), recorded.find(&own.name).cloned()))
            }
            Against::Submitted(theirs) => {
                Some((theirs.find(&own.name).cloned(), Some(own.clone())))
            }
        };
        let name = own.name.clone();
        self.record_one(own);
        match pair {
            None => {}
            Some((Some(got), Some(want))) => {
                if let Some(difference) = difference(&got, &want) {
                    self.mismatch(&name, difference, Some((got, want)));
                }
            }
            Some((None, _)) => self.mismatch(&name, Difference::Missing, None),
            Some((_, None)) => crate::program::fault(&format!(
                "`{name}` of the check \"{}\" was never recorded; run `llmlings dev check`",
                self.record.name
            )),
        }
    }

    fn record_one(&mut self, own: Observation) {
        let name = &own.name;
        assert!(self.record.find(name).is_none(), "observed twice: `{name}`");
        assert!(
            !name.contains(" [") && !name.contains('\n'),
            "a name without brackets: `{name}`"
        );
        self.record.observations.push(own);
        self.observed = true;
    }

    fn mismatch(
        &mut self,
        name: &str,
        difference: Difference,
        whole: Option<(Observation, Observation)>,
    ) {
        let latest = self.latest..self.given.len();
        self.blamed.get_or_insert(latest);
        self.mismatches.push(Mismatch {
            name: name.into(),
            difference,
            whole,
        });
    }

    // ------------------------------------------------------------------ properties

    /// States a property; `law` is the sentence that a learner reads where it fails.
    pub fn holds(&mut self, ok: bool, law: &str) {
        if !ok {
            self.record.broken.push(law.into());
        }
    }

    /// States that two numbers are equal.
    pub fn close(&mut self, got: f64, want: f64, tolerance: Tolerance, law: &str) {
        let ok = tolerance.accepts(got, want);
        self.holds(
            ok,
            &format!("{law} (yours {}, expected {})", short(got), short(want)),
        );
    }

    /// States that `gradient` is the derivative of `f` at `x`, by a central difference along
    /// one random direction d: (f(x + hd) − f(x − hd)) / 2h = ⟨gradient, d⟩ + O(h²).
    ///
    /// With h = 10⁻⁵·max(1, ‖x‖∞) in f64 the truncation error h² and the cancellation error
    /// ε/h are both near 10⁻¹⁰; the tolerance of 10⁻⁶ leaves room for curvature.
    pub fn derivative<D: Dimension>(
        &mut self,
        x: &ArrayRef<f64, D>,
        gradient: &ArrayRef<f64, D>,
        f: &dyn Fn(&ArrayRef<f64, D>) -> f64,
        law: &str,
    ) {
        let rng = &mut self.rng;
        let d = Array::from_shape_simple_fn(x.raw_dim(), || rng.normal());
        let h = 1e-5 * x.iter().fold(1.0, |m: f64, x| m.max(x.abs()));
        let (mut ahead, mut behind) = (x.to_owned(), x.to_owned());
        ahead.scaled_add(h, &d);
        behind.scaled_add(-h, &d);
        let difference = (f(&ahead) - f(&behind)) / (2.0 * h);
        let claimed = gradient.iter().zip(d.iter()).map(|(g, d)| g * d).sum();
        let tolerance = Tolerance::Close {
            atol: 1e-8,
            rtol: 1e-6,
        };
        self.close(claimed, difference, tolerance, law);
    }

    // ------------------------------------------------------------------ costs

    /// Runs `f`; observes that at most `bound` bytes beyond those before were alive at once.
    pub fn peak_bytes<R>(&mut self, name: &str, bound: usize, f: impl FnOnce() -> R) -> R {
        let (result, cost) = alloc::count(f);
        self.at_most(name, cost.peak_bytes as f64, bound as f64);
        result
    }

    /// Runs `f` on [`Counted`](count::Counted) numbers; observes that it makes at most
    /// `bound` floating-point operations.
    pub fn flops<R>(&mut self, name: &str, bound: usize, f: impl FnOnce() -> R) -> R {
        let (result, cost) = count::operations(f);
        self.at_most(name, cost.flops() as f64, bound as f64);
        result
    }

    /// Observes a cost that may be anything up to `bound`: who beats the reference passes.
    pub fn at_most(&mut self, name: &str, cost: f64, bound: f64) {
        let tolerance = Tolerance::AtMost(bound);
        self.take(Observation::new(
            name,
            &[],
            tolerance,
            Values::Numbers(vec![cost]),
        ));
    }

    // ------------------------------------------------------------------ to look at

    /// Runs `f` where the answer itself runs, and not where the reference judges what an answer
    /// showed elsewhere: for a long training that leaves properties, numbers and pictures, but
    /// no observation.
    pub fn by_the_answer(&mut self, f: impl FnOnce(&mut Self)) {
        self.unseen(!matches!(self.against, Against::Submitted(_)), f);
    }

    /// Runs `f` only where somebody looks on: for numbers and pictures that take a while.
    pub fn look_back(&mut self, f: impl FnOnce(&mut Self)) {
        self.unseen(matches!(self.against, Against::Snapshot(_)), f);
    }

    fn unseen(&mut self, runs: bool, f: impl FnOnce(&mut Self)) {
        let observed = self.record.observations.len();
        if runs {
            f(self);
        }
        let now = self.record.observations.len();
        assert_eq!(now, observed, "observed where it is not judged");
    }

    /// Tells a number that is shown once the exercise is solved.
    pub fn tell(&mut self, name: &str, value: f64, unit: &str) {
        self.numbers.push((name.into(), value, unit.into()));
    }

    /// The measured answer to the exercise's sealed guess.
    pub fn measure(&mut self, value: f64) {
        self.measured = Some(value);
    }

    /// Shows a picture once the exercise is solved.
    pub fn plot(&mut self, plot: Plot) {
        self.plots.push(plot);
    }
}

/// A number for a sentence: seven digits tell more than seventeen.
fn short(x: f64) -> String {
    let text = format!("{x:?}");
    if text.len() <= 9 {
        return text;
    }
    format!("{x:.6e}").replace("e0", "")
}

#[cfg(test)]
mod tests;
