//! What a language model is measured against: models that need nothing but counting.
//!
//! The ladder goes from a uniform guess to the best n-gram model of Kneser and Ney (1995).
//! All rungs score the same symbols of the text held out, those that have
//! [`UNSCORED`] symbols before them in it, and no rung has learned from that text.
//! A training that is stuck is recognised by the rung on which it stands.
//!
//! ```
//! // 0 and 1 in turn: whoever looks one symbol back knows what comes.
//! let text: Vec<usize> = (0..400).map(|i| i % 2).collect();
//! let ladder = kit::yardstick::ladder(&text[..300], &text[300..], 2);
//! assert_eq!((ladder[0].name.as_str(), ladder[0].bits), ("uniform", 1.0));
//! assert!(ladder[1].bits > 0.99 && ladder[2].bits < 0.01); // unigram, bigram
//! ```

use crate::Check;
use crate::corpus::{Corpus, Split};

/// The first symbols of a held-out text are context alone, so that every order up to this
/// one is scored on the same symbols.
pub const UNSCORED: usize = 8;
/// What Kneser and Ney's model takes off every count, at every level.
pub const DISCOUNT: f64 = 0.9;
/// The numbers of pretended counts among which the bigram model has its best.
pub const PRETENDED: [f64; 7] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0];
/// What an n-gram takes at least: a key of eight bytes and a count of four.
pub const BYTES_A_GRAM: usize = 12;

/// One model of the ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung {
    /// Which model.
    pub name: String,
    /// Its mean surprise at the text held out, in bits a symbol.
    pub bits: f64,
    /// What it has to store: [`BYTES_A_GRAM`] for each n-gram of each level.
    pub bytes: usize,
}

/// The ladder: uniform; unigram, every symbol seen once more; bigram, the best of
/// [`PRETENDED`]; Kneser–Ney with contexts of 2 and 3 symbols, and of the best length.
///
/// `train` and `val` are symbols below `v`. Bits are NaN if `val` has no more than
/// [`UNSCORED`] symbols.
pub fn ladder(train: &[usize], val: &[usize], v: usize) -> Vec<Rung> {
    let unigram = Table::of(grams(train, v, 0), v);
    let bigram = Table::of(grams(train, v, 1), v);
    let add = |table: &Table, order, k: f64| {
        let cells = k * v as f64;
        score(val, v, order, |h, w| {
            let (seen, all, _) = table.find(h, w, v);
            (seen + k) / (all + cells)
        })
    };
    let best = PRETENDED.map(|k| add(&bigram, 1, k)).into_iter();
    let grams = [unigram.grams.len(), bigram.grams.len()];
    let rung = |name: &str, bits, grams: usize| Rung {
        name: name.into(),
        bits,
        bytes: grams * BYTES_A_GRAM,
    };
    let mut ladder = vec![
        rung("uniform", (v as f64).log2(), 0),
        rung("unigram", add(&unigram, 0, 1.0), grams[0]),
        rung("bigram", best.fold(f64::NAN, f64::min), grams[0] + grams[1]),
    ];
    let mut longer = kneser_ney(train, val, v).into_iter().skip(1).enumerate();
    ladder.extend(longer.by_ref().take(2).map(|(_, rung)| rung));
    ladder.extend(
        longer
            .map(|(_, rung)| rung)
            .min_by(|a, b| a.bits.total_cmp(&b.bits)),
    );
    ladder
}

/// The ladder of one split of `text`, whose symbols are the characters of the whole. That of
/// the tales takes two seconds to compute, and is looked up.
pub fn of_split(text: &Corpus, split: &Split) -> Vec<Rung> {
    let recorded = RECORDED
        .iter()
        .find(|(held_out, _)| text.is_tales && *held_out == split.held_out);
    let Some((_, rungs)) = recorded else {
        return computed(text, split);
    };
    let rung = |&(name, bits, grams): &(&str, f64, usize)| Rung {
        name: name.into(),
        bits,
        bytes: grams * BYTES_A_GRAM,
    };
    rungs.iter().map(rung).collect()
}

/// Name, bits and n-grams of each rung.
type Recorded = [(&'static str, f64, usize); 6];

/// What [`ladder`] says of both splits of the tales; a test holds them to it.
const RECORDED: [(&str, Recorded); 2] = [
    (
        "last tenth",
        [
            ("uniform", 5.857980995, 0),
            ("unigram", 4.327653533, 58),
            ("bigram", 3.228640742, 769),
            ("Kneser–Ney 2", 2.357660455, 4_985),
            ("Kneser–Ney 3", 1.867871454, 20_154),
            ("Kneser–Ney 8", 1.510690013, 652_212),
        ],
    ),
    (
        "school and making",
        [
            ("uniform", 5.857980995, 0),
            ("unigram", 4.305219045, 58),
            ("bigram", 3.223083012, 764),
            ("Kneser–Ney 2", 2.391483786, 4_924),
            ("Kneser–Ney 3", 1.906919783, 19_860),
            ("Kneser–Ney 8", 1.565333085, 629_474),
        ],
    ),
];

fn computed(text: &Corpus, split: &Split) -> Vec<Rung> {
    let mut vocab: Vec<char> = text.text.chars().collect();
    vocab.sort_unstable();
    vocab.dedup();
    let place = |symbol| vocab.binary_search(&symbol).ok();
    let ids = |text: &str| text.chars().filter_map(place).collect::<Vec<_>>();
    ladder(&ids(&split.train), &ids(&split.val), vocab.len())
}

/// Kneser and Ney's interpolated model with contexts of 1 to [`UNSCORED`] symbols, or as many
/// as their keys have room for in 64 bits: the longest context has its counts, shorter ones
/// the number of different symbols before an n-gram; [`DISCOUNT`] is taken off each, and what
/// that frees goes to the next shorter context, at last to the uniform law.
pub fn kneser_ney(train: &[usize], val: &[usize], v: usize) -> Vec<Rung> {
    let fits = |order: &usize| (v as u64).checked_pow(*order as u32 + 1).is_some();
    let longest = (1..=UNSCORED).take_while(fits).last().unwrap_or(0);
    let counted: Vec<Table> = (0..=longest)
        .map(|k| Table::of(grams(train, v, k), v))
        .collect();
    let surrounded: Vec<Table> = (0..longest)
        .map(|k| {
            let shortened = counted[k + 1]
                .grams
                .iter()
                .map(|gram| gram % (v as u64).pow(k as u32 + 1));
            Table::of(shortened.collect(), v)
        })
        .collect();
    let mut bytes = counted[0].grams.len() * BYTES_A_GRAM;
    (1..=longest)
        .map(|order| {
            bytes += counted[order].grams.len() * BYTES_A_GRAM;
            let levels: Vec<&Table> = surrounded[..order]
                .iter()
                .chain([&counted[order]])
                .collect();
            let bits = score(val, v, order, |h, w| {
                levels
                    .iter()
                    .enumerate()
                    .fold(1.0 / v as f64, |shorter, (k, table)| {
                        table.discounted(h % (v as u64).pow(k as u32), w, v, shorter)
                    })
            });
            let name = format!("Kneser–Ney {order}");
            Rung { name, bits, bytes }
        })
        .collect()
}

/// Tells the ladder, and where on it `bits` of `name` stand.
pub fn tell(c: &mut Check, ladder: &[Rung], name: &str, bits: f64) {
    place(c, "bits a character", ladder, name, bits);
}

/// The same for one of several [splits](crate::corpus::Corpus::splits), whose ladders would
/// otherwise look alike: each line says what was held out.
pub fn tell_split(c: &mut Check, held_out: &str, ladder: &[Rung], name: &str, bits: f64) {
    let unit = format!("bits a character, {held_out}");
    place(c, &unit, ladder, name, bits);
}

fn place(c: &mut Check, unit: &str, ladder: &[Rung], name: &str, bits: f64) {
    let above = ladder.iter().take_while(|rung| rung.bits >= bits).count();
    for rung in &ladder[..above] {
        c.tell(&rung.name, rung.bits, unit);
    }
    c.tell(name, bits, unit);
    for rung in &ladder[above..] {
        c.tell(&rung.name, rung.bits, unit);
    }
}

/// The mean of −log₂ `p` over the scored symbols of `val`, each after `order` symbols.
fn score(val: &[usize], v: usize, order: usize, p: impl Fn(u64, u64) -> f64) -> f64 {
    let steps = UNSCORED..val.len();
    let scored = steps.len() as f64;
    let bits: f64 = steps
        .map(|at| -p(key(&val[at - order..at], v), val[at] as u64).log2())
        .sum();
    bits / scored
}

/// Symbols as the digits of a number in base `v`, the newest last.
fn key(symbols: &[usize], v: usize) -> u64 {
    symbols
        .iter()
        .fold(0, |key, &id| key * v as u64 + id as u64)
}

/// The key of every context of `k` symbols and the symbol after it.
fn grams(ids: &[usize], v: usize, k: usize) -> Vec<u64> {
    ids.windows(k + 1).map(|gram| key(gram, v)).collect()
}

/// What followed each context of one length: sorted arrays, and nothing hashed.
struct Table {
    /// Contexts and the symbol after, ascending; so one context's are neighbours.
    grams: Vec<u64>,
    counts: Vec<u32>,
    contexts: Vec<u64>,
    /// Of each context: the sum of its counts, and how many there are.
    totals: Vec<(u32, u32)>,
}

impl Table {
    fn of(mut grams: Vec<u64>, v: usize) -> Self {
        grams.sort_unstable();
        let (mut distinct, mut counts) = (Vec::new(), Vec::new());
        let (mut contexts, mut totals) = (Vec::new(), Vec::new());
        for run in grams.chunk_by(|a, b| a == b) {
            distinct.push(run[0]);
            counts.push(run.len() as u32);
        }
        for row in grams.chunk_by(|a, b| a / v as u64 == b / v as u64) {
            contexts.push(row[0] / v as u64);
            let kinds = row.chunk_by(|a, b| a == b).count();
            totals.push((row.len() as u32, kinds as u32));
        }
        Self {
            grams: distinct,
            counts,
            contexts,
            totals,
        }
    }

    /// How often `w` followed `h`, how often anything did, and how many different symbols.
    fn find(&self, h: u64, w: u64, v: usize) -> (f64, f64, f64) {
        let Ok(row) = self.contexts.binary_search(&h) else {
            return (0.0, 0.0, 0.0);
        };
        let gram = self.grams.binary_search(&(h * v as u64 + w));
        let seen = gram.map_or(0, |at| self.counts[at]);
        let (all, kinds) = self.totals[row];
        (seen.into(), all.into(), kinds.into())
    }

    /// P(w | h), where `shorter` is what the next shorter context says.
    fn discounted(&self, h: u64, w: u64, v: usize, shorter: f64) -> f64 {
        let (seen, all, kinds) = self.find(h, w, v);
        if all == 0.0 {
            return shorter;
        }
        ((seen - DISCOUNT).max(0.0) + DISCOUNT * kinds * shorter) / all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tales;

    fn ids(text: &str) -> Vec<usize> {
        let mut vocab: Vec<char> = tales().text.chars().collect();
        vocab.sort_unstable();
        vocab.dedup();
        let place = |symbol| vocab.binary_search(&symbol).unwrap();
        text.chars().map(place).collect()
    }

    /// The values of a program in Python, written from the formulas.
    #[test]
    fn the_tales_have_the_ladder_that_others_measured() {
        let (train, val) = tales().split();
        let ladder = ladder(&ids(train), &ids(val), 58);
        let names: Vec<&str> = ladder.iter().map(|rung| rung.name.as_str()).collect();
        assert_eq!(
            names[..5],
            [
                "uniform",
                "unigram",
                "bigram",
                "Kneser–Ney 2",
                "Kneser–Ney 3"
            ]
        );
        let known = [5.858, 4.328, 3.229, 2.358, 1.868];
        for (rung, known) in ladder.iter().zip(known) {
            assert!((rung.bits - known).abs() < 0.001, "{rung:?}");
        }
        assert!(ladder[5].bits < 1.533, "{:?}", ladder[5]);
    }

    #[test]
    fn what_is_looked_up_is_what_would_be_computed() {
        let text = tales();
        for split in text.splits() {
            let looked_up = of_split(&text, &split);
            let computed = computed(&text, &split);
            assert_eq!(looked_up.len(), computed.len());
            for (known, rung) in looked_up.iter().zip(&computed) {
                assert_eq!((&known.name, known.bytes), (&rung.name, rung.bytes));
                assert!((known.bits - rung.bits).abs() < 1e-8, "{rung:?}");
            }
        }
    }

    #[test]
    fn every_order_is_known_and_so_are_its_bytes() {
        let (train, val) = tales().split();
        let rungs = kneser_ney(&ids(train), &ids(val), 58);
        let known = [2.358, 1.868, 1.669, 1.583, 1.532];
        for (rung, known) in rungs[1..].iter().zip(known) {
            assert!((rung.bits - known).abs() < 0.001, "{rung:?}");
        }
        assert_eq!(rungs[2].bytes, 12 * (58 + 711 + 4_216 + 15_169));
    }

    /// Every law that the model may be asked for sums to 1, whatever it has seen.
    #[test]
    fn after_every_context_the_probabilities_sum_to_one() {
        let v = 3;
        let text = [0, 0, 1, 2, 0, 1, 1, 0, 2, 2, 0];
        let table = Table::of(grams(&text, v, 1), v);
        for h in 0..3 {
            let p = (0..3).map(|w| table.discounted(h, w, v, 1.0 / 3.0));
            assert!((p.sum::<f64>() - 1.0).abs() < 1e-15);
        }
    }
}
