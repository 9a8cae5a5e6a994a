use course::char_bigrams::{build_vocab, encode};
use course::nll_perplexity::bits_per_char;
use kit::prelude::*;
use ngram_interpolation::{NGram, prob, train};
use std::sync::OnceLock;

pub fn main() {
    checks(&[
        (
            "without a context the counts are mixed with the uniform law",
            no_context,
        ),
        (
            "the shorter context takes the uniform law's place",
            one_symbol,
        ),
        (
            "an unseen context knows what the shorter one knows",
            never_seen,
        ),
        ("the oldest symbol is forgotten first", oldest),
        (
            "a short context uses fewer levels, an empty text gives 1/V",
            short,
        ),
        (
            "after every context the probabilities sum to 1",
            every_context,
        ),
        (
            "a small α trusts the counts, a large one the uniform law",
            limits,
        ),
        (
            "contexts that differ only in the oldest symbol are told apart",
            far_back,
        ),
        (
            "each symbol of context saves bits on the tales",
            part_of_the_text,
        ),
    ])
}

/// A text and what to make of it.
struct Case<'a> {
    ids: &'a [usize],
    v: usize,
    order: usize,
    alpha: f64,
}

impl Case<'_> {
    /// Names the case, and trains on it.
    fn model(&self, c: &mut Check, name: &str) -> NGram {
        c.given(&format!("ids{name}"), self.ids);
        let settings = [self.v as f64, self.order as f64, self.alpha];
        c.given(&format!("V, order and α{name}"), &settings[..]);
        train(self.ids, self.v, self.order, self.alpha)
    }
}

/// The law after `ctx`, `[v]`.
fn law(m: &NGram, ctx: &[usize], v: usize) -> Array1<f64> {
    (0..v).map(|next| prob(m, ctx, next)).collect()
}

/// Observes the law after each context.
fn laws(c: &mut Check, m: &NGram, contexts: &[&[usize]], v: usize) {
    for ctx in contexts {
        c.observe(&format!("P after {}", shown(ctx)), &law(m, ctx, v), T64);
    }
}

/// `0 1 1`, or a word for nothing.
fn shown(ctx: &[usize]) -> String {
    let symbols: Vec<String> = ctx.iter().map(ToString::to_string).collect();
    match symbols.as_slice() {
        [] => "no context".into(),
        symbols => symbols.join(" "),
    }
}

const TEXT: [usize; 6] = [0, 1, 0, 0, 1, 0];

fn no_context(c: &mut Check) {
    // (4 + 1)/8 and (2 + 1)/8; and (3 + ¼)/4 beside ¼/4.
    let cases: [(&str, &[usize], usize, f64); 2] =
        [("", &TEXT, 2, 2.0), (", four symbols", &[1, 1, 1], 4, 1.0)];
    for (name, ids, v, alpha) in cases {
        let order = 0;
        let m = Case {
            ids,
            v,
            order,
            alpha,
        }
        .model(c, name);
        c.observe(&format!("P{name}"), &law(&m, &[], v), T64);
    }
}

fn one_symbol(c: &mut Check) {
    // After 0: (1 + 2·⅝)/5 = 9/20. After 1: (2 + 2·⅝)/4 = 13/16.
    let (ids, v, order, alpha) = (&TEXT, 2, 1, 2.0);
    let m = Case {
        ids,
        v,
        order,
        alpha,
    }
    .model(c, "");
    laws(c, &m, &[&[0], &[1]], v);
}

fn never_seen(c: &mut Check) {
    // 0 0 was followed by 1 and by 2, and 1 1 by 0 alone. 2 2 never came, and nothing followed
    // the last 2: what is left are the counts without context.
    let (ids, v, order, alpha) = (&[0, 0, 1, 1, 0, 0, 2], 3, 2, 1.0);
    let m = Case {
        ids,
        v,
        order,
        alpha,
    }
    .model(c, "");
    let p = [[0, 0], [1, 1], [2, 2]].map(|ctx| law(&m, &ctx, v).to_vec());
    let p = Array2::from_shape_vec((3, v), p.concat()).expect("three laws");
    c.observe("P after 0 0, 1 1, 2 2", &p, T64);
}

fn oldest(c: &mut Check) {
    // 0 1 and 1 0 end differently; of five symbols the last two count.
    let (ids, v, order, alpha) = (&[0, 1, 2, 1, 0, 0, 1, 2], 3, 2, 1.0);
    let m = Case {
        ids,
        v,
        order,
        alpha,
    }
    .model(c, "");
    laws(c, &m, &[&[0, 1], &[1, 0], &[2, 0], &[1, 0, 2, 0, 1]], v);
}

fn short(c: &mut Check) {
    let (ids, v, order, alpha) = (&[0, 1, 2, 1, 0, 0, 1, 2], 3, 2, 1.0);
    let m = Case {
        ids,
        v,
        order,
        alpha,
    }
    .model(c, "");
    laws(c, &m, &[&[], &[1]], v);
    // Uniform: no symbol at all, and none that follows another.
    for (name, ids) in [("nothing", &[][..]), ("one symbol", &[2])] {
        let m = Case {
            ids,
            v,
            order,
            alpha,
        }
        .model(c, &format!(", {name}"));
        c.observe(&format!("P after 0 1, {name}"), &law(&m, &[0, 1], v), T64);
    }
}

fn every_context(c: &mut Check) {
    let (v, order) = (5, 3);
    let ids: Vec<usize> = (0..60).map(|_| c.rng().below(v)).collect();
    let alpha = 0.1 + 3.0 * c.rng().uniform();
    let m = Case {
        ids: &ids,
        v,
        order,
        alpha,
    }
    .model(c, "");
    let random: Vec<Vec<usize>> = (0..4)
        .map(|k| (0..2 * k).map(|_| c.rng().below(v)).collect())
        .collect();
    let mut contexts: Vec<&[usize]> = vec![&ids[10..13], &ids[57..], &ids[..7]];
    contexts.extend(random.iter().map(Vec::as_slice));
    let mut apart = 0.0;
    for (i, ctx) in contexts.iter().enumerate() {
        c.given(&format!("context {i}"), *ctx);
        let p = law(&m, ctx, v);
        c.observe(&format!("P after context {i}"), &p, T64);
        apart += (p.sum() - 1.0).abs();
    }
    let law = "the probabilities after a context sum to 1: the distance";
    c.close(apart, 0.0, T64, law);
}

fn limits(c: &mut Check) {
    let (v, order) = (3, 2);
    let ids: Vec<usize> = (0..40).map(|_| c.rng().below(v)).collect();
    let ctx = [ids[0], ids[1]];
    c.given("context", &ctx[..]);
    let mut after = [("weak", 1e-9), ("strong", 1e12)].map(|(name, alpha)| {
        let ids = &ids;
        let m = Case {
            ids,
            v,
            order,
            alpha,
        }
        .model(c, &format!(", {name}"));
        let p = law(&m, &ctx, v);
        c.observe(&format!("P, {name}"), &p, T64);
        p
    });
    // What is expected is taken off: the counts' own row, and the uniform one.
    let follow: Vec<usize> = (ids.windows(3))
        .filter(|w| w[..2] == ctx)
        .map(|w| w[2])
        .collect();
    for &next in &follow {
        after[0][next] -= 1.0 / follow.len() as f64;
    }
    after[1] -= 1.0 / v as f64;
    let [weak, strong] = after.map(|apart| apart.mapv(f64::abs).sum());
    c.holds(
        weak < 1e-8,
        "as α → 0 a context that was seen believes its own counts",
    );
    c.holds(
        strong < 1e-8,
        "as α → ∞ nothing is believed, and the law is uniform",
    );
}

fn far_back(c: &mut Check) {
    // Two passages that differ at both ends, and are the same in between.
    let (v, order, alpha) = (64, 11, 1.0);
    let middle: Vec<usize> = (0..10).map(|_| c.rng().below(v)).collect();
    let [first, second] = [1, 17].map(|oldest| [&[oldest][..], &middle].concat());
    let ids = [&first[..], &[5], &second, &[6]].concat();
    let m = Case {
        ids: &ids,
        v,
        order,
        alpha,
    }
    .model(c, "");
    for (name, ctx) in [("1 …", first), ("17 …", second)] {
        let p: Vec<f64> = [5, 6].iter().map(|&next| prob(&m, &ctx, next)).collect();
        c.observe(&format!("P of 5 and 6 after {name}"), &p, T64);
    }
}

const ORDER: usize = 5;
const ALPHA: f64 = 16.0;

/// How much of the training text, and of the text held out, the check reads; the whole of both
/// is for the look back.
const READ: [usize; 2] = [60_000, 8_000];

/// −ln P of each unseen symbol from the ninth, after the k symbols before it:
/// `[order + 1, symbols]`.
fn surprise_of_the_unseen(learned: &str, unseen: &str) -> Array2<f64> {
    let vocab = build_vocab(corpus::corpus().text);
    let [ids, val] = [learned, unseen]
        .map(|part| encode(part, &vocab).expect("a text's characters are in its vocabulary"));
    let m = train(&ids, vocab.len(), ORDER, ALPHA);
    Array2::from_shape_fn((ORDER + 1, val.len().saturating_sub(8)), |(k, at)| {
        let at = at + 8;
        -prob(&m, &val[at - k..at], val[at]).ln()
    })
}

fn means(surprise: &Array2<f64>) -> Array1<f64> {
    surprise.map_axis(Axis(1), |row| row.sum() / row.len() as f64)
}

fn part_of_the_text(c: &mut Check) {
    let text = corpus::corpus();
    let (learned, unseen) = text.split();
    let start = |text: &str, n| text.chars().take(n).collect::<String>();
    let (learned, unseen) = (start(learned, READ[0]), start(unseen, READ[1]));
    c.given("text", &text.text);
    c.given("train", &learned);
    c.given("val", &unseen);
    c.given("α", &ALPHA);
    // No seed matters to it: it is made once.
    static MEANS: OnceLock<Array1<f64>> = OnceLock::new();
    let nats = MEANS.get_or_init(|| means(&surprise_of_the_unseen(&learned, &unseen)));
    c.observe("nats after 0 to 5 symbols", nats, T64);
    c.look_back(whole_text);
}

fn whole_text(c: &mut Check) {
    let (learned, unseen) = corpus::corpus().split();
    let surprise = surprise_of_the_unseen(learned, unseen);
    for (k, &nats) in means(&surprise).iter().enumerate() {
        let plural = if k == 1 { "" } else { "s" };
        c.tell(
            &format!("after {k} symbol{plural}"),
            bits_per_char(nats),
            "bits a character",
        );
    }
    let shown: Vec<char> = unseen.chars().skip(8).take(41).collect();
    c.plot(along_a_line(&shown, &surprise));
}

/// Surprise of the first symbols, for each length of the context.
fn along_a_line(text: &[char], surprise: &Array2<f64>) -> Plot {
    let rows = (0..=ORDER).map(|k| k.to_string()).collect();
    let values = surprise.slice(s![.., ..text.len()]);
    Plot::Heat(Heat {
        title: "surprise in bits: memory pays where words go on, hardly where they begin".into(),
        rows: ("symbols of context".into(), rows),
        columns: (
            "the first unseen tale, after eight characters of context".into(),
            text.iter().map(|&c| readable(c)).collect(),
        ),
        values: values.iter().map(|&nats| bits_per_char(nats)).collect(),
    })
}

fn readable(symbol: char) -> String {
    match symbol {
        ' ' => "␣".into(),
        '\n' => "⏎".into(),
        c => c.into(),
    }
}
