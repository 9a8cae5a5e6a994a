use add_k_smoothing::{add_k, best_k, shrinkage};
use course::char_bigrams::{build_vocab, encode, mle_rows};
use course::nll_perplexity::bits_per_char;
use kit::prelude::*;
use std::collections::HashMap;
use std::sync::OnceLock;

pub fn main() {
    checks(&[
        ("k more in each cell is kV more in the row", by_hand),
        ("a row without counts is uniform for every k", empty_rows),
        (
            "the counts' own row weighs more the more it was seen",
            weights,
        ),
        (
            "smoothing mixes the counts' own row with the uniform one",
            mixture,
        ),
        ("k is chosen by text that was not counted", choice_by_hand),
        ("the surprise is a mean over steps", weighted_choice),
        ("k = 0 is a candidate like any other", candidates_at_zero),
        ("of equally good k the first is taken", ties),
        ("no other k of the grid does better", grid_search),
        (
            "the longer the context, the more a wrong k costs",
            whole_text,
        ),
    ])
}

fn by_hand(c: &mut Check) {
    // k = 1: [¼ ½ ⅛ ⅛] and [1 1 1 13] / 16; k = ½: [3 7 1 1] / 12 and [1 1 1 25] / 28.
    let counts: Array2<u64> = array![[1, 3, 0, 0], [0, 0, 0, 12]];
    let cases = [
        ("counts", counts.view(), &[1.0, 0.5][..]),
        ("counts as a view", counts.t(), &[1.0]),
    ];
    for (name, counts, ks) in cases {
        c.given(name, &counts);
        for &k in ks {
            let p = add_k(&counts, k);
            c.observe(&format!("P of {name}, k = {k}"), &p, T64);
            let missing = (p.sum_axis(Axis(1)) - 1.0).mapv(f64::abs).sum();
            c.close(
                missing,
                0.0,
                T64,
                "every row sums to 1, so the distance from it is 0",
            );
        }
    }
}

fn empty_rows(c: &mut Check) {
    let cases: [(&str, Array2<u64>); 3] = [
        ("one row seen", array![[0, 0, 0, 0], [3, 0, 1, 0]]),
        ("nothing seen", array![[0, 0]]),
        ("no rows", Array2::zeros((0, 3))),
    ];
    for (name, counts) in cases {
        c.given(name, &counts);
        for k in [0.0, 0.25] {
            c.observe(&format!("P of {name}, k = {k}"), &add_k(&counts, k), T64);
        }
    }
}

fn weights(c: &mut Check) {
    // Row total, k, V: λ = ½, ¾, 40/41, 0, 1, 0.
    let cases = array![
        [4.0, 1.0, 4.0],
        [12.0, 1.0, 4.0],
        [40.0, 0.25, 4.0],
        [0.0, 1.0, 4.0],
        [5.0, 0.0, 4.0],
        [0.0, 0.0, 4.0]
    ];
    c.given("total, k and V", &cases);
    let lambda = cases.map_axis(Axis(1), |case| {
        shrinkage(case[0] as u64, case[1], case[2] as usize)
    });
    c.observe("lambda", &lambda, T64);
}

/// Random counts, small and large ones and many zeros.
fn random_counts(c: &mut Check, rows: usize, v: usize) -> Array2<u64> {
    let mut counts = Array2::from_shape_simple_fn((rows, v), || {
        let size = [1, 1, 4, 30][c.rng().below(4)];
        c.rng().below(size) as u64
    });
    counts.row_mut(0).fill(0);
    counts
}

fn mixture(c: &mut Check) {
    let (rows, v) = (3, 5);
    let counts = random_counts(c, rows, v);
    let k = 0.05 + c.rng().uniform();
    c.given("counts", &counts);
    c.given("k", &k);
    let p = add_k(&counts, k);
    c.observe("P", &p, T64);
    if p.dim() != counts.dim() {
        return;
    }
    let own = mle_rows(&counts);
    let (mut apart, mut ordered) = (0.0, true);
    for ((p, own), counts) in p.rows().into_iter().zip(own.rows()).zip(counts.rows()) {
        let lambda = shrinkage(counts.sum(), k, v);
        let mix = &own * lambda + (1.0 - lambda) / v as f64;
        apart += (&mix - &p).mapv(f64::abs).sum();
        ordered &= (0..v).all(|i| (0..v).all(|j| counts[i] <= counts[j] || p[i] > p[j]));
    }
    let law = "P is λ of the counts' own row and 1 − λ of the uniform row: the distance";
    c.close(apart, 0.0, T64, law);
    c.holds(ordered, "what was seen more often stays more probable");
    let far = (add_k(&counts, 1e12) - 1.0 / v as f64).mapv(f64::abs).sum();
    c.holds(
        far < 1e-8,
        "a large k drowns the counts: every row is uniform",
    );
    let near = (add_k(&counts, 1e-12) - own).mapv(f64::abs).sum();
    c.holds(near < 1e-8, "a small k leaves the counts' own rows");
}

/// Observes the best k and its surprise for tables that it names.
fn choose(c: &mut Check, train: &Array2<u64>, val: &Array2<u64>, grid: &[f64]) {
    c.given("train", train);
    c.given("val", val);
    c.given("grid", grid);
    let (k, nats) = best_k(train, val, grid);
    c.observe("best k", &k, EXACT);
    c.observe("its surprise in nats", &nats, T64);
}

fn choice_by_hand(c: &mut Check) {
    // P = (2 + k) / (2 + 2k) should be ¾, the share in val: k = 1, which costs
    // H(¾, ¼) = ln 4 − ¾ ln 3 nats. k = 0 calls a step of val impossible.
    let (train, val) = (array![[2, 0]], array![[3, 1]]);
    choose(c, &train, &val, &[4.0, 1.0, 0.25, 0.0]);
}

fn weighted_choice(c: &mut Check) {
    // Row 0 is met 40 times and agrees with train, row 1 is met twice and does not: k = 1 is
    // best. A mean over rows, or over cells in use, would choose a larger one.
    let train = array![[8, 2, 0], [6, 0, 0]];
    let val = array![[30, 9, 1], [0, 1, 1]];
    choose(c, &train, &val, &[0.03, 0.1, 0.3, 1.0, 3.0, 10.0]);
}

fn candidates_at_zero(c: &mut Check) {
    // val repeats train: P = [1 0] costs nothing, and every k takes something away.
    let (train, val) = (array![[2, 0], [0, 0]], array![[5, 0], [0, 0]]);
    choose(c, &train, &val, &[0.0, 0.5, 2.0]);
}

fn ties(c: &mut Check) {
    // Nothing was counted: the rows are uniform for every k, and a step costs ln 2.
    let (train, val) = (Array2::zeros((1, 2)), array![[3, 1]]);
    choose(c, &train, &val, &[2.0, 0.5, 1.0]);
}

fn grid_search(c: &mut Check) {
    let (rows, v) = (6, 5);
    let (train, mut val) = (random_counts(c, rows, v), random_counts(c, rows, v));
    val[[1, 2]] += 1;
    let grid = [0.01, 0.1, 0.3, 1.0, 3.0, 10.0];
    choose(c, &train, &val, &grid);
    let (_, least) = best_k(&train, &val, &grid);
    let steps = val.sum() as f64;
    let beaten = grid.into_iter().any(|k| {
        let cells = val
            .iter()
            .zip(&add_k(&train, k))
            .map(|(&n, p)| -(n as f64) * p.ln())
            .sum::<f64>();
        cells / steps < least - 1e-12
    });
    c.holds(!beaten, "no k of the grid is less surprised by val");
}

/// What follows each context of `order` symbols that `val` has, in `train` and in `val`:
/// two tables `[contexts, v]`. Rows that `val` never reads are left out, they cannot matter.
/// All orders are measured on the same symbols, from the ninth.
fn tables(train: &[usize], val: &[usize], order: usize, v: usize) -> [Array2<u64>; 2] {
    let val = val.get(8 - order..).unwrap_or_default();
    let mut rows = HashMap::new();
    for step in val.windows(order + 1) {
        let next = rows.len();
        rows.entry(&step[..order]).or_insert(next);
    }
    [train, val].map(|ids| {
        let mut counts = Array2::zeros((rows.len(), v));
        for step in ids.windows(order + 1) {
            if let Some(&row) = rows.get(&step[..order]) {
                counts[[row, step[order]]] += 1;
            }
        }
        counts
    })
}

const GRID: [f64; 7] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0];

/// The tables of 1 to 4 symbols of context. No seed matters to them: they are made once.
fn tables_of_the_text() -> &'static [[Array2<u64>; 2]] {
    static TABLES: OnceLock<Vec<[Array2<u64>; 2]>> = OnceLock::new();
    TABLES.get_or_init(|| {
        let text = corpus::corpus();
        let vocab = build_vocab(text.text);
        let (train, val) = text.split();
        let [train, val] = [train, val]
            .map(|part| encode(part, &vocab).expect("a text's characters are in its vocabulary"));
        let of = |order| tables(&train, &val, order, vocab.len());
        (1..=4).map(of).collect()
    })
}

/// The surprise of each k of the grid, after 1 to 4 symbols, by the answer; made once.
fn nats_of_the_text() -> &'static [[f64; 7]] {
    static NATS: OnceLock<Vec<[f64; 7]>> = OnceLock::new();
    NATS.get_or_init(|| {
        let each = |[train, val]: &[Array2<u64>; 2]| GRID.map(|k| best_k(train, val, &[k]).1);
        tables_of_the_text().iter().map(each).collect()
    })
}

fn whole_text(c: &mut Check) {
    let text = corpus::corpus();
    c.given("text", &text.text);
    c.given("characters of train", &text.split().0.chars().count());
    c.given("grid", &GRID[..]);
    let mut lines = Vec::new();
    for (nats, order) in nats_of_the_text().iter().zip(1..) {
        c.observe(&format!("nats of each k, order {order}"), &nats[..], T64);
        let bits = nats.map(bits_per_char);
        let best = (0..GRID.len()).min_by(|&i, &j| bits[i].total_cmp(&bits[j]));
        let best = best.unwrap_or(0);
        let context = format!("{order} symbol{}", if order == 1 { "" } else { "s" });
        c.tell(&format!("best k after {context}"), GRID[best], "");
        c.tell(
            &format!("at that k, after {context}"),
            bits[best],
            "bits a character",
        );
        lines.push(Line {
            label: context,
            points: GRID.into_iter().zip(bits).collect(),
        });
    }
    c.plot(Plot::Series(Series {
        title: "unseen tales: the longer the context, the more a wrong k costs".into(),
        x: "k".into(),
        y: "bits a character".into(),
        log_x: true,
        log_y: false,
        lines,
    }));
}
