use kit::prelude::*;
use softmax_xent_grad::xent;

const MASKED: f64 = f64::NEG_INFINITY;

/// Loose, so that a floor of 1e-10 under a probability shows where it does harm: in the fourth
/// check, by the loss of a hopeless target, and not by the tenth digit of an even guess.
const NATS: Tolerance = Tolerance::Close {
    atol: 1e-6,
    rtol: 1e-10,
};

pub fn main() {
    checks(&[
        ("an even guess among four costs ln 4", one_row),
        ("the loss is a mean over the rows", two_rows),
        ("a row without a target does not count", ignored_rows),
        ("a hopeless target costs what it is short of", hopeless),
        ("each row of the gradient sums to zero", conserved),
        ("the gradient is the derivative", derivative),
    ])
}

/// Observes loss and gradient of `z`, and names both inputs.
fn observe(
    c: &mut Check,
    name: &str,
    z: &ArrayRef2<f64>,
    target: &[Option<usize>],
) -> (f64, Array2<f64>) {
    let suffix = |what: &str| match name {
        "" => what.to_string(),
        _ => format!("{what}, {name}"),
    };
    let targets: Vec<String> = target.iter().map(|y| format!("{y:?}")).collect();
    c.given(&suffix("z"), z);
    c.given(&suffix("target"), &targets);
    let (loss, dz) = xent(z, target);
    c.observe(&suffix("loss"), &loss, NATS);
    c.observe(&suffix("dz"), &dz, G64);
    (loss, dz)
}

fn one_row(c: &mut Check) {
    // ln 4 and [¼ ¼ -¾ ¼]; then ln 2 and [¼ -½ ¼].
    observe(c, "", &array![[0.0, 0.0, 0.0, 0.0]], &[Some(2)]);
    let z = array![[0.0, 2f64.ln(), 0.0]];
    observe(c, "one twice as likely", &z, &[Some(1)]);
}

fn two_rows(c: &mut Check) {
    // s = [¼ ½ ¼] [⅜ ⅛ ½]: (ln 4 + ln 2) / 2, and [-⅜ ¼ ⅛] [3/16 1/16 -¼].
    let z = array![[1.0, 2.0, 1.0], [3.0, 1.0, 4.0]].mapv(f64::ln);
    observe(c, "", &z, &[Some(0), Some(2)]);
}

fn ignored_rows(c: &mut Check) {
    let z = array![[1.0, 2.0, 1.0], [5.0, 1.0, 2.0], [3.0, 1.0, 4.0]].mapv(f64::ln);
    observe(c, "", &z, &[Some(0), None, Some(2)]);
    // What stands in padding is nobody's business: here a row with nothing to choose.
    let z = array![[0.0, 0.0], [MASKED, MASKED]];
    observe(c, "one row of nothing", &z, &[Some(0), None]);
    let z = array![[1.0, 2.0], [3.0, 4.0]];
    observe(c, "none counts", &z, &[None, None]);
    observe(c, "no rows", &Array2::zeros((0, 3)), &[]);
}

fn hopeless(c: &mut Check) {
    // Losses 50 + ln(1 + exp(-50)) and 1000, where exp(-1000) is 0; gradients [1 -1].
    observe(c, "short of 50", &array![[0.0, -50.0]], &[Some(1)]);
    observe(c, "short of 1000", &array![[0.0, -1000.0]], &[Some(1)]);
    // ln 2 each: a shift of a row changes nothing.
    let z = array![[1e4, 1e4], [-1e4, -1e4]];
    observe(c, "shifted", &z, &[Some(0), Some(1)]);
    observe(c, "masked", &array![[0.0, MASKED, 0.0]], &[Some(0)]);
    observe(c, "masked target", &array![[0.0, MASKED]], &[Some(1)]);
    c.plot(floor());
}

fn conserved(c: &mut Check) {
    let z = (c.normal((4, 5)) * 2.0).reversed_axes(); // a view: columns are contiguous
    let target = [Some(3), Some(0), None, Some(0), Some(2)];
    let (loss, dz) = observe(c, "", &z, &target);
    if dz.dim() != z.dim() {
        return;
    }
    c.holds(
        loss >= 0.0,
        "no loss is below 0, as no probability is above 1",
    );
    for (b, row) in dz.rows().into_iter().enumerate() {
        c.close(row.sum(), 0.0, G64, &format!("row {b} of dz sums to 0"));
        let size: f64 = row.iter().map(|x| x.abs()).sum();
        c.holds(
            size <= 2.0 / 4.0 + 1e-12,
            &format!("row {b} of dz is at most 2/4 in absolute value, 4 being the rows that count"),
        );
    }
    c.tell("an even guess among 58 characters", 58f64.ln(), "nats");
}

fn derivative(c: &mut Check) {
    let z = c.normal((3, 4)) * 2.0;
    let target = [Some(1), None, Some(3)];
    let (_, dz) = observe(c, "", &z, &target);
    if dz.dim() == z.dim() {
        let loss = |z: &ArrayRef2<f64>| xent(z, &target).0;
        c.derivative(
            &z,
            &dz,
            &loss,
            "<dz, d> is how fast your loss changes along d",
        );
    }
}

/// The loss over how much the target's logit is short of the other, and what becomes of it
/// if the probability gets a floor.
fn floor() -> Plot {
    let short_of: Vec<f64> = (-10..=50).map(f64::from).collect();
    let loss = |&gap: &f64| (gap, xent(&array![[0.0, -gap]], &[Some(1)]).0);
    let floored = |&gap: &f64| (gap, -((1.0 / (1.0 + gap.exp())) + 1e-10).ln());
    Plot::Series(Series {
        title: "a floor under the probability caps the loss at 23, and no gradient is left there"
            .into(),
        x: "how much the target's logit is short of the other".into(),
        y: "loss, in nats".into(),
        log_x: false,
        log_y: false,
        lines: vec![
            Line {
                label: "yours".into(),
                points: short_of.iter().map(loss).collect(),
            },
            Line {
                label: "-ln(s + 1e-10)".into(),
                points: short_of.iter().map(floored).collect(),
            },
        ],
    })
}
