use course::char_bigrams::{bigram_counts, build_vocab, encode, mle_rows};
use kit::prelude::*;
use temperature_sampling::{babble, sample, temper};

pub fn main() {
    checks(&[
        ("at temperature 1 a law stays as it is", |c| {
            tempered(c, "even", &array![0.5, 0.5], 1.0);
            tempered(c, "with a gap", &array![0.25, 0.0, 0.75], 1.0);
            tempered(c, "certain", &array![1.0], 1.0);
        }),
        (
            "half the temperature squares the odds, double takes their root",
            |c| {
                // 4 : 1 : 1, hence [⅔ ⅙ ⅙]; then the root of 1 : 4 : 9, hence [⅙ ⅓ ½].
                tempered(c, "halves and quarters", &array![0.5, 0.25, 0.25], 0.5);
                let table = array![[1.0, 0.3], [4.0, 0.3], [9.0, 0.4]] / 14.0;
                tempered(c, "a column of a table", &table.column(0), 2.0);
            },
        ),
        ("the coldest law is uniform on the likeliest symbols", |c| {
            let law = array![0.5, 0.25, 0.25];
            tempered(c, "nearly frozen", &law, 1.0 / 2048.0); // ½²⁰⁴⁸ is no f64
            tempered(c, "frozen", &law, 0.0);
            tempered(c, "frozen, two likeliest", &array![0.2, 0.4, 0.4, 0.0], 0.0);
            let nearly = array![0.5 + HAIR, 0.5 - HAIR];
            tempered(c, "frozen, nearly two likeliest", &nearly, 0.0);
        }),
        ("the hottest law is uniform on the possible symbols", |c| {
            let law = array![0.875, 0.0, 0.125];
            tempered(c, "hot", &law, 1e4);
            tempered(c, "hottest", &law, f64::INFINITY);
            tempered(c, "hottest and certain", &array![0.0, 1.0], f64::INFINITY);
        }),
        ("every u below 1 draws one possible symbol", every_u),
        (
            "what is possible stays possible at any temperature",
            any_temperature,
        ),
        (
            "evenly spaced u draw each symbol by its probability",
            shares,
        ),
        ("entropy rises with temperature by Var(ln p) / T³", entropy),
        ("a chain tempered and sampled writes a text", whole_text),
    ])
}

/// 2⁻³¹: twice that parts two shares, far above rounding and far below any temperature.
const HAIR: f64 = 1.0 / (1u64 << 31) as f64;
/// The largest f64 below 1, which is the largest u there is.
const LAST_U: f64 = 1.0 - f64::EPSILON / 2.0;

fn tempered(c: &mut Check, name: &str, p: &ArrayRef1<f64>, t: f64) -> Array1<f64> {
    c.given(&format!("p, {name}"), p);
    c.given(&format!("t, {name}"), &t);
    let q = temper(p, t);
    c.observe(&format!("q, {name}"), &q, T64);
    q
}

fn drawn(c: &mut Check, name: &str, p: &ArrayRef1<f64>, us: &[f64]) {
    c.given(&format!("p, {name}"), p);
    c.given(&format!("u, {name}"), us);
    let symbols: Vec<usize> = us.iter().map(|&u| sample(p, u)).collect();
    c.observe(&format!("drawn, {name}"), &symbols, EXACT);
}

fn every_u(c: &mut Check) {
    let law = array![0.25, 0.5, 0.25];
    drawn(c, "quarters", &law, &[0.0, 0.125, 0.25, 0.5, 0.75, 0.875]);
    let gaps = array![0.0, 0.5, 0.0, 0.5, 0.0];
    drawn(c, "with gaps", &gaps, &[0.0, 0.25, 0.5, LAST_U]);
    let reversed = array![0.5, 0.25, 0.125, 0.125];
    drawn(
        c,
        "backwards",
        &reversed.slice(s![..;-1]),
        &[0.1, 0.125, 0.3, 0.6],
    );
    // 1/7 seven times is 1 − 2⁻⁵² in f64, below the last u.
    let sevenths = Array1::from_elem(7, 1.0 / 7.0);
    drawn(c, "sevenths", &sevenths, &[0.5, LAST_U]);
    let mut with_tail = Array1::zeros(9);
    with_tail.slice_mut(s![..7]).fill(1.0 / 7.0);
    drawn(c, "sevenths, then nothing", &with_tail, &[0.5, LAST_U]);
    drawn(c, "certain", &array![1.0], &[0.0, LAST_U]);
}

/// A law on `v` symbols, the more uneven the larger `spread`; two of them never occur.
fn uneven(c: &mut Check, v: usize, spread: f64) -> Array1<f64> {
    let mut p = c.normal(v).mapv(|z| (spread * z).exp());
    let gap = c.rng().below(v);
    p[gap] = 0.0;
    p[(gap + 3) % v] = 0.0;
    let sum = p.sum();
    p / sum
}

fn any_temperature(c: &mut Check) {
    let p = uneven(c, 8, 2.0);
    for (name, t) in [("cold", 0.2), ("cool", 0.7), ("warm", 1.9), ("hot", 30.0)] {
        let q = tempered(c, name, &p, t);
        c.close(q.sum(), 1.0, T64, "a law sums to 1 at every temperature");
        let pairs = || (0..8).flat_map(|i| (0..8).map(move |j| (i, j)));
        c.holds(
            pairs().all(|(i, j)| p[i] <= p[j] || q.get(i) >= q.get(j)),
            "x ↦ x^(1/T) rises, so that the order of the symbols stays",
        );
        // A root of a root is a root: the exponents multiply.
        let (twice, once) = (temper(&q, 1.5), temper(&p, 1.5 * t));
        c.holds(
            twice.len() == 8 && twice.iter().zip(&once).all(|(a, b)| T64.accepts(*a, *b)),
            "tempering at S what was tempered at T is tempering at S·T",
        );
    }
    // Twelve near 1/12: each power 400 of one underflows, and their ratios are about e^(z/5).
    let near = c.normal(12).mapv(|z| 1.0 + z / 2000.0);
    let sum = near.sum();
    tempered(c, "nearly even, very cold", &(near / sum), 1.0 / 400.0);
}

fn shares(c: &mut Check) {
    let p = uneven(c, 9, 1.0);
    let n = 1000;
    c.given("p", &p);
    c.given("n", &n);
    let mut times = [0usize; 9];
    for i in 0..n {
        let u = (i as f64 + 0.5) / n as f64;
        if let Some(times) = times.get_mut(sample(&p, u)) {
            *times += 1;
        }
    }
    c.observe("times drawn", &times[..], EXACT);
    c.holds(
        times
            .iter()
            .zip(&p)
            .all(|(&k, p)| (k as f64 - p * n as f64).abs() <= 1.0),
        "an interval of length p holds n·p of n evenly spaced points, give or take one",
    );
}

/// −Σ q ln q, in nats; 0 ln 0 = 0.
fn entropy_of(q: &Array1<f64>) -> f64 {
    q.iter().filter(|&&q| q > 0.0).map(|q| -q * q.ln()).sum()
}

/// Var(ln p)/T³ for symbols drawn from q, the law p at temperature T.
fn slope(p: &ArrayRef1<f64>, q: &Array1<f64>, t: f64) -> f64 {
    let possible = || p.iter().zip(q).filter(|(p, _)| **p > 0.0);
    let mean: f64 = possible().map(|(p, q)| q * p.ln()).sum();
    let variance: f64 = possible().map(|(p, q)| q * (p.ln() - mean).powi(2)).sum();
    variance / t.powi(3)
}

fn entropy(c: &mut Check) {
    let p = uneven(c, 7, 1.2);
    let ts = [0.3, 0.6, 1.0, 1.8, 4.0];
    c.given("p", &p);
    c.given("t", &ts[..]);
    let at = |t: f64| entropy_of(&temper(&p, t));
    let entropies: Vec<f64> = ts.iter().map(|&t| at(t)).collect();
    c.observe("entropy at each t, nats", &entropies, T64);
    c.holds(
        entropies.is_sorted(),
        "what is hotter is less decided: entropy never falls as T rises",
    );
    // The truncation error is of the order h² = 10⁻⁸ t², the cancellation 10⁻¹⁶/h = 10⁻¹².
    let close = Tolerance::Close {
        atol: 1e-10,
        rtol: 1e-6,
    };
    for t in ts {
        let h = 1e-4 * t;
        let difference = (at(t + h) - at(t - h)) / (2.0 * h);
        let law = "the entropy's slope is the variance of ln p over T³";
        c.close(difference, slope(&p, &temper(&p, t), t), close, law);
    }
}

fn whole_text(c: &mut Check) {
    let (train, _) = corpus::corpus().split();
    let text: String = train.chars().take(60_000).collect();
    let us = c.uniform(64).to_vec();
    c.given("text", &text);
    c.given("u", &us);
    for (name, t) in [("0", 0.0), ("½", 0.5), ("1", 1.0), ("∞", f64::INFINITY)] {
        c.given(&format!("t, T = {name}"), &t);
        let babbled = babble(&text, t, &us);
        c.observe(&format!("text at T = {name}"), &babbled, EXACT);
        let possible = babbled.is_some_and(|babbled| {
            let symbols: Vec<char> = text.chars().take(1).chain(babbled.chars()).collect();
            (symbols.windows(2)).all(|pair| text.contains(&String::from_iter(pair)))
        });
        c.holds(
            possible,
            "a pair that the text never had has probability 0 at every temperature",
        );
    }
    c.look_back(|c| look(c, train));
}

/// Numbers and a picture: the bigrams of the whole training text at several temperatures.
fn look(c: &mut Check, train: &str) {
    let vocab = build_vocab(train);
    let Some(ids) = encode(train, &vocab) else {
        return;
    };
    let counts = bigram_counts(&ids, vocab.len());
    let p = mle_rows(&counts);
    let total = counts.sum() as f64;
    let weights = counts.sum_axis(Axis(1)).mapv(|n| n as f64 / total);
    let mean_bits = |t: f64| {
        let bits = |row: &ArrayRef1<f64>| entropy_of(&temper(row, t)) / std::f64::consts::LN_2;
        let rows = p.rows().into_iter().zip(&weights);
        rows.map(|(row, weight)| weight * bits(&row)).sum::<f64>()
    };
    for (name, t) in [("½", 0.5), ("1", 1.0), ("2", 2.0), ("∞", f64::INFINITY)] {
        let name = format!("undecided after one character, T = {name}");
        c.tell(&name, mean_bits(t), "bits");
    }
    if let Ok(space) = vocab.binary_search(&' ') {
        c.plot(entropy_plot(&p.row(space)));
    }
}

/// Entropy of the law after a space, with tangents whose slopes come from the formula.
fn entropy_plot(p: &ArrayRef1<f64>) -> Plot {
    let at = |t: f64| (t, entropy_of(&temper(p, t)));
    let tangent = |t: f64| {
        let (_, height) = at(t);
        let slope = slope(p, &temper(p, t), t);
        let point = |x: f64| (x, height + slope * (x - t));
        Line {
            label: format!("slope {slope:.2}"),
            points: vec![point(t - 0.2), point(t), point(t + 0.2)],
        }
    };
    let curve = Line {
        label: "entropy".into(),
        points: (2..=60).map(|i| at(f64::from(i) / 20.0)).collect(),
    };
    Plot::Series(Series {
        title: "What follows a space: the entropy's slope is Var(ln p) / T³".into(),
        x: "temperature".into(),
        y: "entropy, nats".into(),
        lines: vec![curve, tangent(0.4), tangent(1.0), tangent(2.0)],
        ..Series::default()
    })
}
