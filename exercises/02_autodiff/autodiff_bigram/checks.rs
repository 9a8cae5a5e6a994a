use autodiff_bigram::{bigram_loss, train};
use course::char_bigrams::{bigram_counts, build_vocab, encode};
use course::scalar_tape::Tape;
use kit::prelude::*;
use std::f64::consts::LN_2;
use std::sync::OnceLock;

pub fn main() {
    checks(&[
        ("without knowledge the loss is ln V", knows_nothing),
        ("a pair that was seen pulls its weight up", by_hand),
        ("a row that was never seen adds nothing", unseen),
        (
            "a shift of a whole row changes nothing, however large",
            shifts,
        ),
        (
            "the slope is the predicted share less the observed one",
            slopes,
        ),
        ("the first steps go downhill", first_steps),
        ("many steps need no more memory than one", memory),
        ("descent approaches what counting finds", tales),
    ])
}

/// The loss and its slopes `[V, V]` at these weights, by the answer.
fn loss_and_slopes(w: &Array2<f64>, counts: &ArrayRef2<u64>) -> (f64, Array2<f64>) {
    let mut t = Tape::default();
    t.leaf(7.0); // so that the numbers of nodes are not those of weights
    let nodes: Vec<u32> = w.iter().map(|&w| t.leaf(w)).collect();
    let loss = bigram_loss(&mut t, &nodes, counts);
    let adjoints = t.grad(loss);
    let slopes = Array2::from_shape_fn(w.raw_dim(), |(i, j)| adjoints[1 + i * w.ncols() + j]);
    (t.value(loss), slopes)
}

/// Names counts and weights, then observes loss and slopes.
fn case(c: &mut Check, name: &str, w: &Array2<f64>, counts: &ArrayRef2<u64>) -> Array2<f64> {
    c.given(&format!("counts, {name}"), counts);
    c.given(&format!("W, {name}"), w);
    let (loss, slopes) = loss_and_slopes(w, counts);
    c.observe(&format!("loss, {name}"), &loss, T64);
    c.observe(&format!("slopes, {name}"), &slopes, G64);
    slopes
}

fn knows_nothing(c: &mut Check) {
    let (counts, w) = (
        array![[5, 1, 2], [0, 4, 2], [1, 1, 0]],
        Array2::zeros((3, 3)),
    );
    c.given("counts", &counts);
    c.observe("loss at W = 0", &loss_and_slopes(&w, &counts).0, T64); // ln 3
    let (w, losses) = train(&counts, 0.5, 1);
    c.observe("loss before the first step", &losses, T64);
    c.close(
        w.sum(),
        0.0,
        T64,
        "what one weight of a row gains, the others lose",
    );
}

fn by_hand(c: &mut Check) {
    // P = ½ ½ and ¾ ¼: slopes ([2 2] − [3 1])/8, ([3 1] − [2 2])/8.
    let w = array![[0.0, 0.0], [3f64.ln(), 0.0]];
    case(c, "two symbols", &w, &array![[3, 1], [2, 2]]);
    // Read by columns: a view whose rows are not contiguous.
    case(c, "two symbols, as a view", &w, &array![[1, 0], [5, 2]].t());
}

fn unseen(c: &mut Check) {
    // The case in the exercise's text: ln 2, [−¼ ¼] [0 0].
    case(
        c,
        "second row unseen",
        &Array2::zeros((2, 2)),
        &array![[3, 1], [0, 0]],
    );
    case(
        c,
        "nothing seen",
        &array![[1.0, 2.0], [3.0, 4.0]],
        &Array2::zeros((2, 2)),
    );
}

fn shifts(c: &mut Check) {
    // Each row is ln [1 2 1] or ln [2 1 1] and a constant: P = ¼ ½ ¼ and ½ ¼ ¼ twice.
    let w = array![
        [1000.0, 1000.0 + LN_2, 1000.0],
        [LN_2 - 1000.0, -1000.0, -1000.0],
        [LN_2, 0.0, 0.0]
    ];
    let slopes = case(c, "far apart", &w, &array![[1, 2, 1], [1, 1, 2], [2, 1, 1]]);
    let sums: f64 = slopes.sum_axis(Axis(1)).mapv(f64::abs).sum();
    c.close(
        sums,
        0.0,
        G64,
        "a shift of a row has no effect, so its slopes sum to 0",
    );
}

fn slopes(c: &mut Check) {
    let v = 4;
    let counts = Array2::from_shape_simple_fn((v, v), || c.rng().below(20) as u64 + 1);
    let w = c.normal((v, v)) * 2.0;
    let slopes = case(c, "four symbols", &w, &counts);
    let loss = |w: &ArrayRef2<f64>| loss_and_slopes(&w.to_owned(), &counts).0;
    c.derivative(
        &w,
        &slopes,
        &loss,
        "⟨slopes, d⟩ is how fast the loss moves along d",
    );
}

fn first_steps(c: &mut Check) {
    let counts = Array2::from_shape_simple_fn((3, 3), || c.rng().below(9) as u64 + 1);
    c.given("counts", &counts);
    c.given("lr", &1.5);
    let (w, losses) = train(&counts, 1.5, 5);
    c.observe("losses", &losses, T64);
    c.observe("W after five steps", &w, T64);
    let falls = losses.windows(2).all(|pair| pair[1] < pair[0]);
    c.holds(falls, "a step that is short enough lowers the loss");
    let sums: f64 = w.sum_axis(Axis(1)).mapv(f64::abs).sum();
    c.close(
        sums,
        0.0,
        T64,
        "each row of W keeps the sum 0 that it began with",
    );
    let (start, none) = train(&counts, 1.5, 0);
    c.observe("losses of no steps", &none, T64);
    c.observe("W after no steps", &start, T64);
}

fn memory(c: &mut Check) {
    let counts = Array2::from_shape_fn((6, 6), |(i, j)| (i + j) as u64 % 5);
    c.given("counts", &counts);
    // Some 300 nodes of 40 bytes with their adjoints; growing lists hold up to three times that.
    c.peak_bytes("peak bytes of 200 steps", 100_000, || {
        train(&counts, 1.0, 200)
    });
}

/// What descent makes of the tales. No seed matters to it, so it is made once.
struct Descent {
    counts: Array2<u64>,
    losses: Vec<f64>,
    /// The loss after all steps, and the least that there is.
    learned: f64,
    counted: f64,
}

fn descent() -> &'static Descent {
    static DESCENT: OnceLock<Descent> = OnceLock::new();
    DESCENT.get_or_init(|| {
        let (text, _) = corpus::corpus().split();
        let vocab = build_vocab(corpus::corpus().text);
        let ids = encode(text, &vocab).unwrap_or_default();
        let counts = bigram_counts(&ids, vocab.len());
        let (w, losses) = train(&counts, 50.0, 200);
        Descent {
            learned: loss_and_slopes(&w, &counts).0,
            counted: by_counting(&counts),
            counts,
            losses,
        }
    })
}

fn tales(c: &mut Check) {
    let descent = descent();
    let losses = &descent.losses;
    c.given("counts", &descent.counts);
    let some: Vec<f64> = [0, 1, 2, 5, 10, 50, 100, 199]
        .iter()
        .filter_map(|&step| losses.get(step).copied())
        .collect();
    c.observe("loss before step 0, 1, 2, 5, 10, 50, 100, 199", &some, T64);
    // On another text the same steps may be too long, or too few.
    let bound = if corpus::corpus().is_tales {
        0.05
    } else {
        f64::INFINITY
    };
    c.at_most(
        "loss above counting after 200 steps",
        descent.learned - descent.counted,
        bound,
    );
    let falls = losses.windows(2).all(|pair| pair[1] <= pair[0]);
    c.holds(
        falls || !corpus::corpus().is_tales,
        "at this step length the loss never rises",
    );
    c.look_back(|c| {
        look_back(c, descent);
        on_the_ladder(c);
    });
}

/// The least loss that a bigram model can have: that of P = c_ij / c_i.
fn by_counting(counts: &Array2<u64>) -> f64 {
    let mut sum = 0.0;
    for row in counts.rows() {
        let seen = row.sum() as f64;
        let terms = row.iter().filter(|&&count| count > 0);
        sum -= terms
            .map(|&n| n as f64 * (n as f64 / seen).ln())
            .sum::<f64>();
    }
    sum / counts.sum() as f64
}

fn look_back(c: &mut Check, descent: &Descent) {
    let Descent {
        counts,
        losses,
        learned,
        counted,
    } = descent;
    let mut t = Tape::default();
    let nodes: Vec<u32> = counts.iter().map(|_| t.leaf(0.0)).collect();
    bigram_loss(&mut t, &nodes, counts);
    c.tell("symbols", counts.nrows() as f64, "");
    c.tell(
        "knowing nothing",
        losses.first().copied().unwrap_or(f64::NAN),
        "nats",
    );
    c.tell("after 200 steps", *learned, "nats");
    c.tell("by counting", *counted, "nats");
    c.tell("nodes of one step", t.values.len() as f64, "");
    c.tell("its tape", 32.0 * t.values.len() as f64, "bytes");
    let above = |(step, loss): (usize, &f64)| (step as f64, loss - counted);
    c.plot(Plot::Series(Series {
        title: "Descent comes nearer and nearer to counting, and is never quite there".into(),
        x: "steps".into(),
        y: "nats above counting".into(),
        log_x: true,
        log_y: true,
        lines: vec![Line {
            label: "lr 50".into(),
            points: losses.iter().enumerate().skip(1).map(above).collect(),
        }],
    }));
}

/// Where the same steps lead on text that was held out, in either way.
fn on_the_ladder(c: &mut Check) {
    let text = corpus::corpus();
    let vocab = build_vocab(text.text);
    for split in text.splits() {
        let ids = |text: &str| encode(text, &vocab).unwrap_or_default();
        let (w, _) = train(&bigram_counts(&ids(&split.train), vocab.len()), 50.0, 200);
        // The surprise at w after h is ln Σ exp − W.
        let held_out = ids(&split.val);
        let steps = held_out.windows(2).skip(yardstick::UNSCORED - 1);
        let (n, nats) = steps.fold((0.0, 0.0), |(n, nats), step| {
            let row = w.row(step[0]);
            let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = row.iter().map(|w| (w - largest).exp()).sum();
            (n + 1.0, nats + largest + sum.ln() - row[step[1]])
        });
        let ladder = yardstick::of_split(&text, &split);
        let bits = nats / n / LN_2;
        yardstick::tell_split(c, split.held_out, &ladder, "yours, 200 steps", bits);
    }
}
