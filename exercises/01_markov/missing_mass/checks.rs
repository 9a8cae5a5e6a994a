use course::char_bigrams::bigram_counts;
use kit::prelude::*;
use missing_mass::{good_turing, ngram_counts, unseen_rate};
use std::collections::HashMap;

pub fn main() {
    checks(&[
        ("what came once predicts what will be new", |c| {
            foretold(c, "two in sixteen", &[1, 1, 2, 4, 8]); // ⅛
            foretold(c, "none", &[2, 2]);
            foretold(c, "all", &[1, 1, 1]);
            foretold(c, "one draw", &[1]);
            foretold(c, "zeros among them", &[3, 0, 1, 0]); // ¼: a zero is no draw
            foretold(c, "many draws", &[4_000_000_000, 1_000_000_000, 1]);
        }),
        ("before the first draw everything is new", |c| {
            foretold(c, "nothing", &[]);
            foretold(c, "kinds that never came", &[0, 0]);
        }),
        ("an n-gram counts wherever it begins", places),
        ("what the training text never had is unseen", unseen),
        ("an empty test text has nothing new", |c| {
            measured(c, "no test", (&BANANA, &[]), 1);
            measured(c, "a test too short", (&BANANA, &[1, 0]), 3);
            measured(c, "training too short", (&[1, 0], &BANANA), 3); // all new
            measured(c, "no training", (&[], &BANANA), 1); // all new
        }),
        ("leaving out each place in turn gives the formula", left_out),
        ("longer n-grams are new at least as often", longer),
        ("shuffled text is as new as predicted", shuffled),
        (
            "held-out tales are newer than predicted, a held-out theme newer still",
            newer,
        ),
    ])
}

/// b a n a n a.
const BANANA: [usize; 6] = [1, 0, 2, 0, 2, 0];

fn foretold(c: &mut Check, name: &str, counts: &[u32]) {
    c.given(&format!("counts: {name}"), counts);
    c.observe(&format!("new: {name}"), &good_turing(counts), T64);
}

/// One line an n-gram, sorted, such as `[1, 0]: 2` for one that occurs twice.
fn listed(counts: &HashMap<Vec<usize>, u32>) -> Vec<String> {
    let mut list: Vec<String> = (counts.iter())
        .map(|(gram, count)| format!("{gram:?}: {count}"))
        .collect();
    list.sort();
    list
}

fn places(c: &mut Check) {
    let cases: [(&str, &[usize], usize); 7] = [
        ("banana, n = 1", &BANANA, 1),
        ("banana, n = 2", &BANANA, 2),
        ("banana, n = 3", &BANANA, 3),
        ("banana, n = 6", &BANANA, 6),
        ("banana, n = 7", &BANANA, 7),
        ("aaaa, n = 2", &[0; 4], 2),
        ("nothing, n = 1", &[], 1),
    ];
    for (name, ids, n) in cases {
        c.given(&format!("ids of {name}"), ids);
        c.given(&format!("n of {name}"), &n);
        c.observe(name, &listed(&ngram_counts(ids, n)), EXACT);
    }
    let v = 5;
    let ids: Vec<usize> = (0..200).map(|_| c.rng().below(v)).collect();
    let table = bigram_counts(&ids, v);
    let pairs = ngram_counts(&ids, 2);
    c.holds(
        table.indexed_iter().all(|((prev, next), &count)| {
            u64::from(pairs.get(&vec![prev, next]).copied().unwrap_or(0)) == count
        }),
        "n-grams of two symbols are the cells of the table of bigrams",
    );
}

fn measured(c: &mut Check, name: &str, (train, test): (&[usize], &[usize]), n: usize) -> f64 {
    c.given(&format!("train: {name}"), train);
    c.given(&format!("test: {name}"), test);
    c.given(&format!("n: {name}"), &n);
    let rate = unseen_rate(train, test, n);
    c.observe(&format!("unseen: {name}"), &rate, T64);
    rate
}

fn unseen(c: &mut Check) {
    // b a n d a n a: one of seven; nd, da of six; and, nda, dan of five.
    let bandana = [1, 0, 2, 3, 0, 2, 0];
    for n in 1..=3 {
        measured(
            c,
            &format!("bandana after banana, n = {n}"),
            (&BANANA, &bandana),
            n,
        );
    }
    measured(c, "the same again", (&BANANA, &BANANA[2..]), 2);
    measured(c, "other symbols", (&BANANA, &[5, 6, 5, 7]), 2);
    // Four places in six, two kinds in four, one of these four only once.
    measured(c, "a new one, repeated", (&BANANA, &[3, 3, 0, 3, 1, 4]), 1);
}

fn left_out(c: &mut Check) {
    // Squares make small numbers frequent: some symbols come often, some once, some never.
    let draw = |c: &mut Check| (c.rng().uniform().powi(2) * 30.0) as usize;
    let ids: Vec<usize> = (0..40).map(|_| draw(c)).collect();
    c.given("ids", &ids);
    let counts: Vec<u32> = ngram_counts(&ids, 1).into_values().collect();
    let predicted = good_turing(&counts);
    c.observe("predicted", &predicted, T64);
    let mut rates = 0.0;
    for left in 0..ids.len() {
        let rest = [&ids[..left], &ids[left + 1..]].concat();
        rates += unseen_rate(&rest, &ids[left..=left], 1);
    }
    let mean = rates / ids.len() as f64;
    c.observe("mean unseen rate of a place left out", &mean, T64);
    let law = "a place is new to all the others exactly if its n-gram occurs once";
    c.close(predicted, mean, T64, law);
}

fn longer(c: &mut Check) {
    let symbol = |c: &mut Check| c.rng().below(4);
    let train: Vec<usize> = (0..300).map(|_| symbol(c)).collect();
    let test: Vec<usize> = (0..60).map(|_| symbol(c)).collect();
    c.given("train", &train);
    c.given("test", &test);
    let rates: Vec<f64> = (1..=8).map(|n| unseen_rate(&train, &test, n)).collect();
    c.observe("unseen rate for n = 1 to 8", &rates, T64);
    c.holds(
        rates.is_sorted(),
        "an n-gram with an unseen part is unseen: rates never fall as n grows",
    );
}

// ---------------------------------------------------------------------- on the tales

/// Words as numbers, the same number for the same word in every text.
#[derive(Default)]
struct Words(HashMap<String, usize>);

impl Words {
    /// Runs of letters and apostrophes; capitals are ignored.
    fn ids(&mut self, text: &str) -> Vec<usize> {
        let text = text.to_lowercase();
        let words = text.split(|symbol: char| !symbol.is_alphabetic() && symbol != '\'');
        let mut id = |word: &str| match self.0.get(word) {
            Some(&id) => id,
            None => {
                self.0.insert(word.into(), self.0.len());
                self.0.len() - 1
            }
        };
        words.filter(|word| !word.is_empty()).map(&mut id).collect()
    }
}

/// A part to learn from, and one to be measured on.
type Split = (Vec<usize>, Vec<usize>);

/// Cuts `ids` into blocks, puts these into a random order, and holds the last tenth out.
fn shuffle(c: &mut Check, ids: &[usize], block: usize) -> Split {
    let mut blocks: Vec<&[usize]> = ids.chunks(block).collect();
    c.rng().shuffle(&mut blocks);
    let mut train = blocks.concat();
    let test = train.split_off(train.len() / 10 * 9);
    (train, test)
}

fn give(c: &mut Check, name: &str, (train, test): &Split) {
    c.given(&format!("train, {name}"), train);
    c.given(&format!("test, {name}"), test);
}

/// The unseen rate that the training part foretells, and the one that the test part has.
fn compare((train, test): &Split, n: usize) -> (f64, f64) {
    let counts: Vec<u32> = ngram_counts(train, n).into_values().collect();
    (good_turing(&counts), unseen_rate(train, test, n))
}

fn shuffled(c: &mut Check) {
    let text = corpus::corpus();
    let ids = Words::default().ids(text.text);
    let split = shuffle(c, &ids, 1);
    give(c, "word by word", &split);
    let (predicted, measured) = compare(&split, 1);
    c.observe(
        "new words, foretold and measured",
        &vec![predicted, measured],
        T64,
    );
    // The test's variance is binomial, p/m; that of N₁/N, nine times as long, adds a fifth.
    let spread = (predicted / split.1.len() as f64 * 1.2).sqrt();
    c.holds(
        !text.is_tales || (measured - predicted).abs() <= 5.0 * spread,
        "where every order is as likely, the last words are like any other words left out",
    );

    let split = shuffle(c, &ids, 100);
    give(c, "in blocks of 100 words", &split);
    let pairs = [2, 3].map(|n| compare(&split, n));
    let rates: Vec<[f64; 2]> = pairs.iter().map(|&(p, m)| [p, m]).collect();
    c.observe("new pairs and triples, foretold and measured", &rates, T64);
    c.holds(
        !text.is_tales || pairs.iter().all(|(p, m)| (p - m).abs() <= 0.1 * m),
        "blocks in a random order are nearly as good: off by a tenth at most",
    );
}

fn newer(c: &mut Check) {
    let text = corpus::corpus();
    let tales: Vec<&str> = text.tales().collect();
    c.given("tales", &tales);
    let mut words = Words::default();
    let tales: Vec<Vec<usize>> = tales.iter().map(|tale| words.ids(tale)).collect();
    let split = |tenth: usize| -> Split {
        let ends = [tenth, tenth + 1].map(|end| end * tales.len() / 10);
        let train = [tales[..ends[0]].concat(), tales[ends[1]..].concat()].concat();
        (train, tales[ends[0]..ends[1]].concat())
    };
    let new = |(train, test): Split| 1000.0 * unseen_rate(&train, &test, 1);
    let tenths: Vec<f64> = (0..10).map(|tenth| new(split(tenth))).collect();
    let foretold = 1000.0 * compare(&split(9), 1).0;
    c.observe("new words of the last tenth, foretold", &foretold, T64);
    c.observe("new words of each tenth", &tenths, T64);

    let themes: Vec<f64> = [2, 4, 6]
        .into_iter()
        .filter_map(|theme| held_out(c, &mut words, theme))
        .collect();
    let mean = tenths.iter().sum::<f64>() / 10.0;
    for (name, rate) in [
        ("new words in a tenth of the tales, mean of ten", mean),
        ("in the last tenth, foretold", foretold),
        ("in the last tenth", tenths[9]),
    ] {
        c.tell(name, rate, "in 1,000");
    }
    for (theme, rate) in [2, 4, 6].into_iter().zip(themes) {
        let name = format!("in the theme {}", corpus::THEME_NAMES[theme - 1]);
        c.tell(&name, rate, "in 1,000");
    }
}

/// New words in 1,000 of a theme that the training text has not; nothing for a text whose
/// themes nobody knows.
fn held_out(c: &mut Check, words: &mut Words, theme: usize) -> Option<f64> {
    let (train, test) = corpus::corpus().split_by_theme(theme)?;
    let name = corpus::THEME_NAMES[theme - 1];
    c.given(&format!("train, {name}"), &train);
    c.given(&format!("test, {name}"), &test);
    let split = (words.ids(&train), words.ids(&test));
    let (predicted, measured) = compare(&split, 1);
    let rates = [predicted, measured].map(|rate| 1000.0 * rate);
    let observed = format!("new words of {name}, foretold and measured");
    c.observe(&observed, &rates[..], T64);
    if theme == 4 {
        c.measure(rates[1]);
        c.plot(by_length(name, &split, (predicted, measured)));
    }
    Some(rates[1])
}

/// The unseen rate against n, foretold from the training part and measured on the other.
fn by_length(theme: &str, split: &Split, words: (f64, f64)) -> Plot {
    let rates = [words, compare(split, 2), compare(split, 3)];
    let line = |label: &str, pick: fn(&(f64, f64)) -> f64| Line {
        label: label.into(),
        points: (1..).map(f64::from).zip(rates.iter().map(pick)).collect(),
    };
    Plot::Series(Series {
        title: format!("{theme}: twice as many new words as foretold, not so new phrases"),
        x: "n, words".into(),
        y: "unseen rate".into(),
        log_y: true,
        lines: vec![line("foretold", |r| r.0), line("measured", |r| r.1)],
        ..Series::default()
    })
}
