use course::char_bigrams::{build_vocab, encode};
use course::ngram_interpolation::train as count;
use kit::prelude::*;
use markov_tales::{Row, generate, sweep};
use std::sync::OnceLock;

pub fn main() {
    checks(&[
        (
            "an order is measured by what it stores and by its surprise",
            by_hand,
        ),
        ("all orders are scored on the same symbols", same_symbols),
        ("nothing is learned from the text held out", held_out),
        ("at temperature 0 the likeliest symbol is written", coldest),
        ("what was written is context for what follows", written),
        (
            "the rows are right for any text and any list of orders",
            random,
        ),
        (
            "more context saves bits on unseen text, up to a point",
            a_part,
        ),
    ])
}

/// Observes rows: what is stored, and the bits.
fn rows(c: &mut Check, name: &str, rows: &[Row]) {
    let stored = rows
        .iter()
        .map(|r| [r.order, r.contexts, r.ngrams, r.bytes]);
    let stored: Vec<[usize; 4]> = stored.collect();
    let bits = |of: fn(&Row) -> f64| rows.iter().map(of).collect::<Vec<f64>>();
    c.observe(
        &format!("order, contexts, n-grams, bytes{name}"),
        &stored,
        EXACT,
    );
    c.observe(
        &format!("bits of train{name}"),
        &bits(|r| r.train_bits),
        T64,
    );
    c.observe(&format!("bits of val{name}"), &bits(|r| r.val_bits), T64);
}

/// Names a case, and sweeps.
fn measure(c: &mut Check, train: &[usize], val: &[usize], v: usize, orders: &[usize], alpha: f64) {
    c.given("train", train);
    c.given("val", val);
    c.given("V", &v);
    c.given("orders", orders);
    c.given("α", &alpha);
    rows(c, "", &sweep(train, val, v, orders, alpha));
}

fn by_hand(c: &mut Check) {
    measure(c, &[0, 1, 0, 0, 1, 0], &[1, 0, 1], 2, &[1], 2.0);
}

fn same_symbols(c: &mut Check) {
    // The longest order is neither first nor last; only the last three symbols are scored.
    let (train, val) = ([0, 1, 2, 1, 0, 0, 1, 2, 2], [0, 0, 2, 1, 2]);
    measure(c, &train, &val, 3, &[0, 2, 1], 1.0);
}

fn held_out(c: &mut Check) {
    // 2 comes in val alone: a surprise each time.
    measure(c, &[0, 1, 0, 1, 0, 1], &[0, 2, 2, 2, 2], 3, &[0, 1], 0.5);
}

/// A text of 0 0 1 0 2, again and again.
const RHYME: [usize; 15] = [0, 0, 1, 0, 2, 0, 0, 1, 0, 2, 0, 0, 1, 0, 2];

fn coldest(c: &mut Check) {
    c.given("ids", &RHYME[..]);
    c.given("prompt", &[0usize, 0][..]);
    let m = count(&RHYME, 3, 3, 0.1);
    // 1 0 2 0 0 1 0 2 …; whatever u says.
    for u in [0.0, 0.99] {
        let us = [u; 8];
        c.given(&format!("us, {u}"), &us[..]);
        let text = generate(&m, &[0, 0], &us, 0.0);
        c.observe(&format!("written, u = {u}"), &text, EXACT);
    }
}

fn written(c: &mut Check) {
    c.given("ids", &RHYME[..]);
    let us = [0.95, 0.1, 0.5, 0.75, 0.9, 0.3, 0.6, 0.97];
    c.given("us", &us[..]);
    let m = count(&RHYME, 3, 2, 1.0);
    let cases: [(&str, &[usize], f64); 4] = [
        ("a prompt", &[0, 1], 1.0),
        ("no prompt", &[], 1.0),
        ("hot", &[0, 1], 4.0),
        ("longer than the order", &[2, 2, 2, 0], 0.5),
    ];
    for (name, prompt, t) in cases {
        c.given(&format!("prompt: {name}"), prompt);
        c.given(&format!("t: {name}"), &t);
        c.observe(
            &format!("written: {name}"),
            &generate(&m, prompt, &us, t),
            EXACT,
        );
    }
    c.observe("written without us", &generate(&m, &[0], &[], 1.0), EXACT);
}

fn random(c: &mut Check) {
    let v = 4;
    let train: Vec<usize> = (0..80).map(|_| c.rng().below(v)).collect();
    let val: Vec<usize> = (0..30).map(|_| c.rng().below(v)).collect();
    let alpha = 0.2 + 2.0 * c.rng().uniform();
    measure(c, &train, &val, v, &[3, 0, 4, 1], alpha);
}

const ALPHA: f64 = 16.0;
const ORDERS: [usize; 8] = [1, 2, 3, 4, 5, 6, 7, 8];

/// A text cut in two, as numbers of symbols below v.
fn numbers(v: &[char], train: &str, val: &str) -> [Vec<usize>; 2] {
    [train, val].map(|part| encode(part, v).expect("a text's characters are in its vocabulary"))
}

/// How much of the training text, and of the text held out, the check reads; the whole of both
/// is for the look back.
const READ: [usize; 2] = [60_000, 8_000];

/// The rows of all orders. No seed matters to them: they are made once.
fn table(train: &str, val: &str) -> &'static [Row] {
    static TABLE: OnceLock<Vec<Row>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let vocab = build_vocab(corpus::corpus().text);
        let [train, val] = numbers(&vocab, train, val);
        sweep(&train, &val, vocab.len(), &ORDERS, ALPHA)
    })
}

fn a_part(c: &mut Check) {
    let text = corpus::corpus();
    let (train, val) = text.split();
    let start = |text: &str, n| text.chars().take(n).collect::<String>();
    let (train, val) = (start(train, READ[0]), start(val, READ[1]));
    c.given("text", &text.text);
    c.given("train", &train);
    c.given("val", &val);
    c.given("α", &ALPHA);
    let rows_ = table(&train, &val);
    rows(c, "", rows_);
    let falls = rows_.windows(2).all(|w| w[1].train_bits < w[0].train_bits);
    c.holds(
        falls,
        "each symbol of context takes surprise off the text that was counted",
    );
    c.look_back(whole_text);
}

/// Where the best order stands, on either way to hold text out; and a picture.
fn whole_text(c: &mut Check) {
    let text = corpus::corpus();
    let vocab = build_vocab(text.text);
    let v = vocab.len();
    let mut best = None;
    for split in text.splits() {
        let [train, val] = numbers(&vocab, &split.train, &split.val);
        // Every order of the first split; on another its best one, on the ladder's symbols.
        let orders = best.map_or(ORDERS.to_vec(), |best| vec![best, ORDERS[7]]);
        let rows = sweep(&train, &val, v, &orders, ALPHA);
        let shown = best.is_none();
        let least = rows.iter().min_by(|a, b| a.val_bits.total_cmp(&b.val_bits));
        let order = *best.get_or_insert(least.map_or(0, |row| row.order));
        if let Some(row) = rows.iter().find(|row| row.order == order) {
            let ladder = yardstick::of_split(&text, &split);
            let name = format!("yours, order {order}");
            yardstick::tell_split(c, split.held_out, &ladder, &name, row.val_bits);
        }
        if shown {
            c.plot(bits_by_order(&rows));
        }
    }
}

fn bits_by_order(rows: &[Row]) -> Plot {
    let line = |label: &str, of: fn(&Row) -> f64| Line {
        label: label.into(),
        points: rows.iter().map(|r| (r.order as f64, of(r))).collect(),
    };
    Plot::Series(Series {
        title: "each symbol of context is learned by heart, few are understood".into(),
        x: "symbols of context".into(),
        y: "bits a character".into(),
        log_x: false,
        log_y: false,
        lines: vec![
            line("counted", |r| r.train_bits),
            line("unseen", |r| r.val_bits),
        ],
    })
}
