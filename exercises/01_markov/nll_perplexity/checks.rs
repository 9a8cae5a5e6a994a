use course::char_bigrams::{bigram_counts, build_vocab, encode, mle_rows};
use kit::prelude::*;
use nll_perplexity::{bits_per_char, conditional_entropy, nll_nats, perplexity};
use std::f64::consts::LN_2;

pub fn main() {
    checks(&[
        ("three symbols are two predictions", by_hand),
        ("without a step there is nothing to average", no_steps),
        ("a fair coin is one bit and two choices", units),
        (
            "the mean is infinite only if a step has probability 0",
            impossible_steps,
        ),
        (
            "surprises add up where the product of probabilities is 0",
            long_text,
        ),
        (
            "each row's entropy is weighed by how often the row was seen",
            weighted_rows,
        ),
        ("a pair that never came adds no entropy", empty_cells),
        ("a table without counts has the entropy 0", no_counts),
        (
            "on its own text the counted table is surprised by H, and every other by more",
            gibbs,
        ),
        ("the tales leave about nine choices a character", whole_text),
    ])
}

/// Rows of positive probabilities, `[rows, v]`.
fn distribution(c: &mut Check, rows: usize, v: usize) -> Array2<f64> {
    let weights = c.uniform((rows, v)) + 0.1;
    let total = weights.sum_axis(Axis(1)).insert_axis(Axis(1));
    weights / total
}

fn by_hand(c: &mut Check) {
    let ids = [0, 1, 1];
    // Steps of probabilities ½ and ¼: 3/2 ln 2. In the view, whose rows are columns in
    // memory, ¾ and ⅛: 5/2 ln 2 − ½ ln 3.
    let p = array![[0.5, 0.5], [0.75, 0.25]];
    let columns = array![[0.25, 0.875], [0.75, 0.125]];
    c.given("ids", &ids[..]);
    for (name, p) in [("p", p.view()), ("p as a view", columns.t())] {
        c.given(name, &p);
        c.observe(&format!("nats, {name}"), &nll_nats(&ids, &p), T64);
    }
}

fn no_steps(c: &mut Check) {
    let p = array![[0.5, 0.5], [0.75, 0.25]];
    c.given("p", &p);
    // None, None, ln 4.
    let cases: [(&str, &[usize]); 3] = [
        ("nothing", &[]),
        ("one symbol", &[1]),
        ("two symbols", &[1, 1]),
    ];
    for (name, ids) in cases {
        c.given(name, ids);
        c.observe(&format!("nats of {name}"), &nll_nats(ids, &p), T64);
    }
}

fn units(c: &mut Check) {
    // Perplexities 1, 2, 58, 256, ∞; bits 0, 1, 5.86, 8, ∞.
    let nats = array![0.0, LN_2, 58f64.ln(), 8.0 * LN_2, f64::INFINITY];
    c.given("nats", &nats);
    c.observe("bits", &nats.mapv(bits_per_char), T64);
    c.observe("perplexity", &nats.mapv(perplexity), T64);
    c.holds(
        (nats.iter().take(4)).all(|&x| T64.accepts(perplexity(x), bits_per_char(x).exp2())),
        "e^nats = 2^bits",
    );
}

fn impossible_steps(c: &mut Check) {
    // After 0 only 0 is possible. The first text meets the zero, the second does not.
    let p = array![[1.0, 0.0], [0.5, 0.5]];
    c.given("p", &p);
    for (name, ids) in [
        ("a zero that is met", [0, 1, 0]),
        ("one that is not", [1, 0, 0]),
    ] {
        c.given(name, &ids[..]);
        c.observe(&format!("nats, {name}"), &nll_nats(&ids, &p), T64); // ∞, ½ ln 2
    }
}

fn long_text(c: &mut Check) {
    let v = 4;
    let ids: Vec<usize> = (0..4000).map(|_| c.rng().below(v)).collect();
    let p = distribution(c, v, v);
    c.given("ids", &ids);
    c.given("p", &p);
    let whole = nll_nats(&ids, &p);
    c.observe("nats", &whole, T64);
    let uniform = Array2::from_elem((v, v), 1.0 / v as f64);
    let guess = nll_nats(&ids, &uniform);
    c.observe("nats of a uniform guess", &guess, T64); // ln 4
    if let Some(guess) = guess {
        let law = "a uniform guess among 4 symbols has perplexity 4";
        c.close(perplexity(guess), v as f64, T64, law);
    }
    let (left, right) = ids.split_at(1500);
    let joint = &ids[1499..=1500];
    let parts = [(left, 1499.0), (joint, 1.0), (right, 2499.0)];
    let sum: Option<f64> = parts
        .iter()
        .map(|(part, steps)| Some(steps * nll_nats(part, &p)?))
        .sum();
    if let (Some(whole), Some(sum)) = (whole, sum) {
        let law =
            "two texts in a row are as surprising as both, and the step from one to the other";
        c.close(whole, sum / 3999.0, T64, law);
    }
}

fn weighted_rows(c: &mut Check) {
    // Rows of 2 bits, seen 4 times, and of 7/4 bits, seen 8 times: 11/6 bits.
    let counts: Array2<u64> = array![[1, 1, 1, 1], [4, 2, 1, 1]];
    for (name, counts) in [("counts", counts.view()), ("counts as a view", counts.t())] {
        c.given(name, &counts);
        c.observe(&format!("H of {name}"), &conditional_entropy(&counts), T64);
    }
}

fn empty_cells(c: &mut Check) {
    // Two steps of five leave a coin's choice: 2/5 ln 2. And a chain that has none.
    let cases: [(&str, Array2<u64>); 2] = [
        ("counts", array![[1, 1, 0], [0, 0, 3], [0, 0, 0]]),
        ("a ring", array![[0, 2, 0], [0, 0, 2], [1, 0, 0]]),
    ];
    for (name, counts) in cases {
        c.given(name, &counts);
        c.observe(&format!("H of {name}"), &conditional_entropy(&counts), T64);
    }
}

fn no_counts(c: &mut Check) {
    let cases: [(&str, Array2<u64>); 2] = [
        ("unseen rows", Array2::zeros((2, 3))),
        ("no rows", Array2::zeros((0, 3))),
    ];
    for (name, counts) in cases {
        c.given(name, &counts);
        c.observe(&format!("H of {name}"), &conditional_entropy(&counts), T64);
    }
}

fn gibbs(c: &mut Check) {
    let v = 5;
    let ids: Vec<usize> = (0..120).map(|_| c.rng().below(v)).collect();
    let q = distribution(c, v, v);
    c.given("ids", &ids);
    c.given("q", &q);
    let counts = bigram_counts(&ids, v);
    let h = conditional_entropy(&counts);
    let (own, other) = (nll_nats(&ids, &mle_rows(&counts)), nll_nats(&ids, &q));
    c.observe("H", &h, T64);
    c.observe("nats of the counted table", &own, T64);
    c.observe("nats of q", &other, T64);
    if let Some(own) = own {
        c.close(own, h, T64, "the counted table's mean surprise is H");
    }
    let beaten = (0..100).any(|_| {
        let q = distribution(c, v, v);
        nll_nats(&ids, &q).is_some_and(|nats| nats < h)
    });
    c.holds(
        !beaten,
        "no table does better than the counts on their own text",
    );
}

fn whole_text(c: &mut Check) {
    let text = corpus::corpus();
    let (train, val) = text.split();
    c.given("text", &text.text);
    c.given("characters of train", &train.chars().count());
    let vocab = build_vocab(text.text);
    let numbers = |text| encode(text, &vocab).expect("a text's characters are in its vocabulary");
    let (train, unseen) = (numbers(train), numbers(val));
    let counts = bigram_counts(&train, vocab.len());
    let p = mle_rows(&counts);
    let h = conditional_entropy(&counts);
    c.observe("H of train", &h, T64);
    c.observe("nats of train", &nll_nats(&train, &p), T64);
    c.observe("nats of unseen tales", &nll_nats(&unseen, &p), T64);

    let impossible = unseen.windows(2).filter(|w| p[[w[0], w[1]]] == 0.0).count();
    c.tell("mean surprise", h, "nats a character");
    c.tell("the same", bits_per_char(h), "bits a character");
    c.tell("perplexity", perplexity(h), "choices");
    c.tell("steps of unseen tales", unseen.len() as f64 - 1.0, "");
    c.tell("of these called impossible", impossible as f64, "");
    c.plot(surprises(
        &val.chars().take(41).collect::<Vec<_>>(),
        &vocab,
        &counts,
        &p,
    ));
}

/// −log₂ P of each character but the first, with one symbol of memory and without.
fn surprises(text: &[char], vocab: &[char], counts: &Array2<u64>, p: &Array2<f64>) -> Plot {
    let arriving = counts.sum_axis(Axis(0)).mapv(|n| n as f64);
    let total = arriving.sum();
    let id = |symbol: char| vocab.binary_search(&symbol).unwrap_or(0);
    let alone = (text.iter().skip(1)).map(|&next| -(arriving[id(next)] / total).log2());
    let after = (text.windows(2)).map(|w| -p[[id(w[0]), id(w[1])]].log2());
    Plot::Heat(Heat {
        title: "surprise in bits: one symbol of memory pays inside the words".into(),
        rows: ("memory".into(), vec!["none".into(), "one symbol".into()]),
        columns: (
            "the first unseen tale, character by character".into(),
            text.iter().skip(1).map(|&c| readable(c)).collect(),
        ),
        values: alone.chain(after).collect(),
    })
}

fn readable(symbol: char) -> String {
    match symbol {
        ' ' => "␣".into(),
        '\n' => "⏎".into(),
        c => c.into(),
    }
}
