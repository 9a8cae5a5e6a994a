use kit::prelude::*;
use pair_merge::{merge_pair, pair_counts};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

type Words = Vec<(Vec<u32>, u64)>;
const A: u32 = 1;
const B: u32 = 2;
const C: u32 = 3;
const NEW: u32 = 9;

pub fn main() {
    checks(&[
        ("neighbours are counted, left before right", |c| {
            for text in ["abcab", "abba"] {
                observe_counts(c, text, &[(word(text), 1)]);
            }
        }),
        ("every position of a run counts", |c| {
            for text in ["aa", "aaa", "aaaa", "aaaaa", "aaabb"] {
                observe_counts(c, text, &[(word(text), 1)]);
            }
        }),
        ("no pair spans two words", |c| {
            let words = [(word("ab"), 1), (word("ca"), 1), (word("bc"), 1)];
            observe_counts(c, "ab, ca, bc", &words);
            let short = [(word(""), 1), (word("a"), 1), (word("b"), 1)];
            observe_counts(c, "short words", &short);
            observe_counts(c, "no words", &[]);
        }),
        ("a word counts as often as it occurs", |c| {
            let often = 1 << 33; // more than 32 bits hold
            let words = [(word("ab"), 3), (word("abc"), 2), (word("ca"), often)];
            observe_counts(c, "ab, abc, ca", &words);
        }),
        ("an absent pair leaves a word as it is", |c| {
            for text in ["abc", "ca", "a", ""] {
                observe_merge(c, text, (A, C), NEW);
            }
        }),
        ("each occurrence becomes one new symbol", |c| {
            for text in ["ab", "abcab", "cabc", "aab", "abb", "bab"] {
                observe_merge(c, text, (A, B), NEW);
            }
        }),
        ("in a run the pair furthest left merges first", |c| {
            for text in ["aa", "aaa", "aaaa", "aaaaa", "baaab"] {
                observe_merge(c, text, (A, A), NEW);
            }
        }),
        ("what a merge wrote it does not read", |c| {
            observe_merge(c, "aaaa", (A, A), A);
            observe_merge(c, "aaaaa", (A, A), A);
            observe_merge(c, "abbb", (A, B), A);
            observe_merge(c, "aaab", (A, B), B);
        }),
        ("counts and lengths balance on random words", random_words),
        ("they balance on the words of the course's text", text_words),
    ])
}

/// Of three symbols only, so that runs are common; the new symbol is the largest there is.
fn random_words(c: &mut Check) {
    let mut words = Words::new();
    for length in [0, 1, 2, 7, 12, 20] {
        let ids = (0..length).map(|_| [A, B, C][c.rng().below(3)]).collect();
        words.push((ids, 1 + c.rng().below(5) as u64));
    }
    words[5].0[..5].copy_from_slice(&[B, A, A, A, B]);
    let counts = observe_counts(c, "random words", &words);
    states_total(c, &words, &counts);
    for (name, pair) in [("aa merged", (A, A)), ("ab merged", (A, B))] {
        let new = u32::MAX;
        give_words(c, name, &words);
        give_merge(c, name, pair, new);
        let merged: Vec<Vec<u32>> = words
            .iter()
            .map(|(ids, _)| merge_pair(ids, pair, new))
            .collect();
        c.observe(name, &merged.concat(), EXACT);
        let lengths: Vec<usize> = merged.iter().map(Vec::len).collect();
        c.observe(&format!("lengths, {name}"), &lengths, EXACT);
        states_balance(c, &words, &merged, pair, new);
    }
}

/// The text's own bytes are the symbols. The new one is a byte that UTF-8 never uses, as
/// Gage's compressor would take it: so every merge saves one byte of text.
fn text_words(c: &mut Check) {
    const UNUSED: u32 = 0xFF;
    let corpus = corpus::corpus();
    let mut distinct = BTreeMap::new();
    for word in corpus.text.split_whitespace() {
        *distinct.entry(word).or_insert(0) += 1;
    }
    let ids = |word: &str| word.bytes().map(u32::from).collect();
    let words: Words = distinct.iter().map(|(word, &n)| (ids(word), n)).collect();
    give_words(c, "tales", &words);
    let counts = pair_counts(&words);
    states_total(c, &words, &counts);
    // Among equally frequent pairs the smaller one comes first.
    let mut ranked: Vec<((u32, u32), u64)> = counts.into_iter().collect();
    ranked.sort_by_key(|&(pair, count)| (Reverse(count), pair));
    let Some(&(pair, count)) = ranked.first() else {
        return; // a text of one-letter words
    };
    let merged: Vec<Vec<u32>> = words
        .iter()
        .map(|(ids, _)| merge_pair(ids, pair, UNUSED))
        .collect();
    states_balance(c, &words, &merged, pair, UNUSED);
    let weights = || words.iter().map(|(_, times)| times);
    let bytes = |lengths: &[usize]| -> u64 {
        let weighted = lengths
            .iter()
            .zip(weights())
            .map(|(&length, times)| times * length as u64);
        weighted.sum()
    };
    let lengths: Vec<usize> = words.iter().map(|(ids, _)| ids.len()).collect();
    let before = bytes(&lengths);
    let after = bytes(&merged.iter().map(Vec::len).collect::<Vec<_>>());
    if corpus.is_tales {
        let row = |&((left, right), n): &((u32, u32), u64)| [u64::from(left), right.into(), n];
        let top: Vec<[u64; 3]> = ranked.iter().take(8).map(row).collect();
        c.observe("left, right, count of the 8 most frequent", &top, EXACT);
        c.observe("number of pairs", &ranked.len(), EXACT);
        c.observe("bytes after the first merge", &after, EXACT);
    }
    let letters = |(left, right): (u32, u32)| {
        String::from_utf8_lossy(&[left as u8, right as u8]).into_owned()
    };
    let times = |pair| format!("times (`{}`)", letters(pair));
    c.tell("the most frequent pair occurs", count as f64, &times(pair));
    let once: Words = words.iter().map(|(ids, _)| (ids.clone(), 1)).collect();
    let unweighted = pair_counts(&once);
    let most = unweighted
        .iter()
        .max_by_key(|&(pair, n)| (n, Reverse(pair)));
    if let Some((&pair, &n)) = most {
        c.tell(
            "with every weight 1 the first pair would occur",
            n as f64,
            &times(pair),
        );
    }
    let saved = before.saturating_sub(after);
    c.tell("its merge saves", saved as f64, "bytes");
    c.tell("one pass reads, in all words", before as f64, "symbols");
    let read: usize = lengths.iter().sum();
    c.tell("one pass reads, in distinct words", read as f64, "symbols");
    let of_all = |n: usize| {
        let counts = ranked.iter().map(|&(_, count)| count as f64);
        100.0 * counts.clone().take(n).sum::<f64>() / counts.sum::<f64>()
    };
    let points = ranked.iter().enumerate();
    c.plot(Plot::Series(Series {
        title: format!(
            "50 of {} pairs make up {:.0} % of all neighbours",
            ranked.len(),
            of_all(50)
        ),
        x: "pair, by rank".into(),
        y: "occurrences".into(),
        log_y: true,
        lines: vec![Line {
            label: "pairs".into(),
            points: points
                .map(|(i, &(_, n))| (i as f64 + 1.0, n as f64))
                .collect(),
        }],
        ..Series::default()
    }));
}

/// a, b, c as symbols 1, 2, 3.
fn word(letters: &str) -> Vec<u32> {
    letters.bytes().map(|b| u32::from(b - b'a') + A).collect()
}

/// As Rust writes them: `[([1, 2], 3)]`; of many words, one text each.
fn give_words(c: &mut Check, name: &str, words: &[(Vec<u32>, u64)]) {
    let name = format!("words ({name})");
    if words.len() <= 16 {
        return c.given(&name, &format!("{words:?}"));
    }
    let each: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
    c.given(&name, &each);
}

fn give_merge(c: &mut Check, name: &str, pair: (u32, u32), new: u32) {
    c.given(&format!("pair ({name})"), &vec![pair.0, pair.1]);
    c.given(&format!("new ({name})"), &new);
}

/// A map has no order: its entries are observed as rows, sorted.
fn observe_counts(
    c: &mut Check,
    name: &str,
    words: &[(Vec<u32>, u64)],
) -> HashMap<(u32, u32), u64> {
    give_words(c, name, words);
    let counts = pair_counts(words);
    let row = |(&(left, right), &count): (&(u32, u32), &u64)| [left.into(), right.into(), count];
    let mut rows: Vec<[u64; 3]> = counts.iter().map(row).collect();
    rows.sort_unstable();
    c.observe(&format!("left, right, count: {name}"), &rows, EXACT);
    counts
}

fn observe_merge(c: &mut Check, text: &str, pair: (u32, u32), new: u32) {
    let name = if text.is_empty() { "nothing" } else { text };
    let ids = word(text);
    c.given(&format!("ids ({name})"), &ids);
    give_merge(c, name, pair, new);
    c.observe(
        &format!("merged: {name}"),
        &merge_pair(&ids, pair, new),
        EXACT,
    );
}

/// A word of L symbols has L − 1 pairs of neighbours.
fn states_total(c: &mut Check, words: &[(Vec<u32>, u64)], counts: &HashMap<(u32, u32), u64>) {
    let neighbours = |(ids, times): &(Vec<u32>, u64)| times * ids.len().saturating_sub(1) as u64;
    let pairs: u64 = words.iter().map(neighbours).sum();
    c.holds(
        counts.values().sum::<u64>() == pairs,
        "the counts add up to the weighted sum of (length − 1) over the words",
    );
}

/// What must hold of a merge into a symbol that was not there before.
fn states_balance(
    c: &mut Check,
    words: &[(Vec<u32>, u64)],
    merged: &[Vec<u32>],
    pair: (u32, u32),
    new: u32,
) {
    let every = |law: &dyn Fn(&[u32], &[u32]) -> bool| {
        let mut both = words.iter().zip(merged);
        both.all(|((ids, _), merged)| law(ids, merged))
    };
    let shortened = every(&|ids, merged| {
        let merges = merged.iter().filter(|&&id| id == new).count();
        merged.len() + merges == ids.len()
    });
    c.holds(shortened, "each merge shortens its word by one symbol");
    let restored = every(&|ids, merged| {
        let expand = |&id: &u32| match id == new {
            true => vec![pair.0, pair.1],
            false => vec![id],
        };
        merged.iter().flat_map(expand).eq(ids.iter().copied())
    });
    c.holds(
        restored,
        "writing the pair for each new symbol restores the word",
    );
    let done = every(&|_, merged| {
        let mut neighbours = merged.array_windows();
        !neighbours.any(|&[left, right]| (left, right) == pair)
    });
    c.holds(done, "no occurrence of the pair is left");
}
