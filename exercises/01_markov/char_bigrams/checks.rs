use char_bigrams::{bigram_counts, build_vocab, encode, mle_rows};
use kit::prelude::*;

pub fn main() {
    checks(&[
        (
            "the vocabulary is every character once, in order",
            vocabulary,
        ),
        ("a symbol's number is its place in the vocabulary", numbers),
        (
            "the row is the symbol before, the column the symbol after",
            pairs,
        ),
        (
            "n symbols make n - 1 transitions, an empty text none",
            edges,
        ),
        (
            "a row of counts over its total sums to one",
            conditional_rows,
        ),
        ("a row without data is uniform", unseen_rows),
        ("any text comes back from its numbers", round_trip),
        (
            "renaming the symbols renames rows and columns alike",
            renaming,
        ),
        ("one pass over the text counts every transition", whole_text),
    ])
}

fn vocabulary(c: &mut Check) {
    let texts = [
        ("text", "banana"),
        ("accented text", "Zoé, née Zoë"),
        ("text in three scripts", "日本🙂日π"),
        ("empty text", ""),
    ];
    for (name, text) in texts {
        c.given(name, &text);
        c.observe(&format!("vocabulary of {name}"), &build_vocab(text), EXACT);
    }
}

fn numbers(c: &mut Check) {
    let cases: [(&str, &str, &[char]); 3] = [
        ("text", "banané日", &['a', 'b', 'n', 'é', '日']),
        ("text with a stranger", "bandana", &['a', 'b', 'n']),
        ("empty text", "", &['a', 'b']),
    ];
    for (name, text, vocab) in cases {
        c.given(&format!("vocab for {name}"), vocab);
        c.given(name, &text);
        c.observe(&format!("ids of {name}"), &encode(text, vocab), EXACT);
    }
}

fn pairs(c: &mut Check) {
    // "aab", then "banana" beside a fourth symbol that never comes.
    let cases: [(&str, &[usize], usize); 2] =
        [("aab", &[0, 0, 1], 2), ("banana", &[1, 0, 2, 0, 2, 0], 4)];
    for (name, ids, v) in cases {
        c.given(&format!("ids of {name}"), ids);
        c.given(&format!("v of {name}"), &v);
        c.observe(&format!("counts of {name}"), &bigram_counts(ids, v), EXACT);
    }
}

fn edges(c: &mut Check) {
    let cases: [(&str, &[usize], usize); 4] = [
        ("an empty text", &[], 2),
        ("one symbol", &[1], 2),
        ("an empty vocabulary", &[], 0),
        ("one symbol repeated", &[0, 0, 0, 0], 1),
    ];
    for (name, ids, v) in cases {
        c.given(&format!("ids of {name}"), ids);
        c.given(&format!("v of {name}"), &v);
        let counts = bigram_counts(ids, v);
        c.observe(&format!("counts of {name}"), &counts, EXACT);
        // Every symbol but the first is a transition's end.
        let law = format!("the counts of {name} sum to n - 1, or to 0 for no symbols");
        let transitions = ids.len().saturating_sub(1);
        c.close(counts.sum() as f64, transitions as f64, EXACT, &law);
    }
}

fn conditional_rows(c: &mut Check) {
    // Totals 4, 2, 5 of the rows and 2, 2, 7 of the columns: all distinct from 11, the whole.
    // Rows: [¼ ½ ¼] [½ 0 ½] [0 0 1]; of the transposed view: [½ ½ 0] [1 0 0] [1/7 1/7 5/7].
    let counts: Array2<u64> = array![[1, 2, 1], [1, 0, 1], [0, 0, 5]];
    let large = array![[30_000_000_000u64, 10_000_000_000], [1, 0]];
    for (name, counts) in [
        ("counts", counts.view()),
        ("counts as a view", counts.t()), // same numbers in memory, other strides
        ("large counts", large.view()),
    ] {
        c.given(name, &counts);
        let p = mle_rows(&counts);
        c.observe(&format!("P from {name}"), &p, T64);
        // Some symbol follows, so a row sums to 1; the first that does not is told.
        let sums = p.sum_axis(Axis(1));
        if let Some(i) = sums.iter().position(|&sum| !T64.accepts(sum, 1.0)) {
            let law = format!("row {i} of P from {name} sums to 1");
            c.close(sums[i], 1.0, T64, &law);
        }
    }
}

fn unseen_rows(c: &mut Check) {
    let cases: [(&str, Array2<u64>); 4] = [
        ("counts of aab", array![[1, 1], [0, 0]]),
        (
            "counts with an empty row",
            array![[0, 0, 0], [0, 0, 3], [1, 0, 1]],
        ),
        ("counts of one symbol", array![[0]]),
        ("counts of no symbols", Array2::zeros((0, 0))),
    ];
    for (name, counts) in cases {
        c.given(name, &counts);
        c.observe(&format!("P from {name}"), &mle_rows(&counts), T64);
    }
}

fn round_trip(c: &mut Check) {
    let pool: Vec<char> = "aábcdeéßñő \n\"\\,.!?日本語πλμ🙂🚀".chars().collect();
    let text: String = (0..40).map(|_| pool[c.rng().below(pool.len())]).collect();
    c.given("text", &text);
    let vocab = build_vocab(&text);
    c.observe("vocab", &vocab, EXACT);
    let ids = encode(&text, &vocab);
    c.observe("ids", &ids, EXACT);
    let decoded: Option<String> = ids.map(|ids| ids.iter().filter_map(|&i| vocab.get(i)).collect());
    c.holds(
        decoded.is_some_and(|decoded| decoded == text),
        "looking the numbers up in the vocabulary gives the text back",
    );
    c.holds(
        encode("☃", &vocab).is_none(),
        "a character outside the vocabulary has no number",
    );
}

fn renaming(c: &mut Check) {
    let v = 4; // the last symbol never occurs
    let ids: Vec<usize> = (0..60).map(|_| c.rng().below(v - 1)).collect();
    let mut new_name: Vec<usize> = (0..v).collect();
    c.rng().shuffle(&mut new_name);
    c.given("ids", &ids);
    c.given("v", &v);
    let counts = bigram_counts(&ids, v);
    c.observe("counts", &counts, EXACT);
    c.given("counts", &counts);
    let p = mle_rows(&counts);
    c.observe("P", &p, T64);

    let renamed: Vec<usize> = ids.iter().map(|&i| new_name[i]).collect();
    let renamed = bigram_counts(&renamed, v);
    let renamed_p = mle_rows(&renamed);
    let mut cells = (0..v).flat_map(|i| (0..v).map(move |j| (i, j)));
    c.holds(
        cells.all(|(i, j)| {
            let to = (new_name[i], new_name[j]);
            renamed.get(to) == counts.get((i, j)) && renamed_p.get(to) == p.get((i, j))
        }),
        "counting and dividing know symbols by place only, so renaming commutes with them",
    );
    let (leaving, arriving) = (counts.sum_axis(Axis(1)), counts.sum_axis(Axis(0)));
    let ends = |symbol: usize, end: usize| u64::from(ids[end] == symbol);
    c.holds(
        (leaving.iter().zip(&arriving).enumerate())
            .all(|(s, (out, into))| out + ends(s, ids.len() - 1) == into + ends(s, 0)),
        "a symbol is left as often as it is reached, but for the first and the last of the text",
    );
}

fn whole_text(c: &mut Check) {
    let text = corpus::corpus();
    let (train, _) = text.split();
    c.given("text", &text.text);
    c.given("characters of train", &train.chars().count());
    let vocab = build_vocab(text.text);
    c.observe("symbols", &vocab.len(), EXACT);
    let Some(ids) = encode(train, &vocab) else {
        return c.holds(
            false,
            "every character of a text is in the text's vocabulary",
        );
    };
    c.observe("transitions", &ids.len().saturating_sub(1), EXACT);
    let counts = bigram_counts(&ids, vocab.len());
    c.observe_large("C", &counts.mapv(|n| n as f64), EXACT); // sums of integers below 2⁵³
    let p = mle_rows(&counts);
    c.observe_large("P", &p, T64);

    let v = vocab.len();
    if counts.dim() != (v, v) || p.dim() != (v, v) || counts.sum() == 0 {
        return;
    }
    tell(c, &counts, &p);
    c.plot(heat_map(&vocab, &counts, &p));
}

fn tell(c: &mut Check, counts: &Array2<u64>, p: &Array2<f64>) {
    let total = counts.sum() as f64;
    let seen = counts.iter().filter(|&&n| n > 0).count() as f64;
    // Mean of -log₂ P over the counted transitions; 0·log 0 = 0.
    let bits = |count: u64, p: f64| match count {
        0 => 0.0,
        n => -(n as f64) * p.log2() / total,
    };
    let arriving = counts.sum_axis(Axis(0)).mapv(|n| n as f64);
    let alone = arriving.iter().map(|&n| bits(n as u64, n / total)).sum();
    let with_previous = counts.iter().zip(p).map(|(&n, &p)| bits(n, p)).sum();
    c.tell("symbols", counts.nrows() as f64, "");
    c.tell("transitions", total, "");
    c.tell("pairs that occur", seen, "");
    c.tell("pairs possible", counts.len() as f64, "");
    c.tell("the table", 8.0 * counts.len() as f64, "bytes");
    c.tell("surprise without looking back", alone, "bits a character");
    c.tell(
        "surprise after one character",
        with_previous,
        "bits a character",
    );
}

/// log₁₀ P(next | prev) of the commonest symbols; a pair that never occurs has −∞.
fn heat_map(vocab: &[char], counts: &Array2<u64>, p: &Array2<f64>) -> Plot {
    let leaving = counts.sum_axis(Axis(1));
    let mut common: Vec<usize> = (0..vocab.len()).collect();
    common.sort_by_key(|&i| std::cmp::Reverse(leaving[i]));
    common.truncate(24);
    let labels: Vec<String> = common.iter().map(|&i| readable(vocab[i])).collect();
    let cells = common
        .iter()
        .flat_map(|&prev| common.iter().map(move |&next| p[[prev, next]].log10()));
    Plot::Heat(Heat {
        title: "log10 P(next | prev): most symbols leave little choice".into(),
        rows: ("prev, the commonest first".into(), labels.clone()),
        columns: ("next".into(), labels),
        values: cells.collect(),
    })
}

fn readable(symbol: char) -> String {
    match symbol {
        ' ' => "␣".into(),
        '\n' => "⏎".into(),
        '\t' => "⇥".into(),
        c if c.is_control() => c.escape_default().to_string(),
        c => c.into(),
    }
}
