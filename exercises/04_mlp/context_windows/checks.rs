use context_windows::{n_windows, split, windows};
use course::char_bigrams::{build_vocab, encode};
use kit::prelude::*;

pub fn main() {
    checks(&[
        ("a text of n symbols has n − C windows, or none", counted),
        ("the answer is the symbol after the context", by_hand),
        ("a context of nothing has answers too", no_context),
        ("windows come as their starts do", any_order),
        (
            "a window shares all but one symbol with the next",
            neighbours,
        ),
        ("a start without an answer is refused", refusals),
        ("a text is cut once, between two symbols", parts),
        ("no window reaches across the cut", tales),
        ("nothing is copied but what was asked for", memory_needed),
    ])
}

fn counted(c: &mut Check) {
    let cases = [(4, 2), (4, 3), (4, 4), (4, 5), (0, 3), (9, 0), (0, 0)];
    let (n, ctx): (Vec<usize>, Vec<usize>) = cases.into_iter().unzip();
    c.given("n", &n);
    c.given("ctx", &ctx);
    let found = cases.map(|(n, ctx)| n_windows(n, ctx));
    c.observe("windows of each n and ctx", &found[..], EXACT);
}

fn cut(c: &mut Check, name: &str, ids: &[usize], starts: &[usize], ctx: usize) -> Array2<usize> {
    c.given(&format!("ids, {name}"), ids);
    c.given(&format!("starts, {name}"), starts);
    c.given(&format!("ctx, {name}"), &ctx);
    let (x, y) = windows(ids, starts, ctx);
    c.observe(&format!("x, {name}"), &x, EXACT);
    c.observe(&format!("y, {name}"), &y, EXACT);
    x
}

fn by_hand(c: &mut Check) {
    // No symbol occurs twice, and none is its own index: what was read shows.
    let ids = [5, 6, 7, 8, 9];
    cut(c, "two of two", &ids, &[0, 1], 2);
    cut(c, "one of three", &ids, &[0], 3);
}

fn no_context(c: &mut Check) {
    let ids = [5, 6, 7];
    cut(c, "no context", &ids, &[0, 1, 2], 0);
    cut(c, "no starts", &ids, &[], 2);
}

fn any_order(c: &mut Check) {
    let ids: Vec<usize> = (10..30).collect();
    let starts: Vec<usize> = (0..5).map(|_| c.rng().below(17)).collect();
    cut(c, "random starts", &ids, &starts, 3);
    cut(c, "the last twice", &ids, &[16, 0, 16], 3);
}

fn neighbours(c: &mut Check) {
    let ids: Vec<usize> = (0..12).map(|_| c.rng().below(4)).collect();
    let starts: Vec<usize> = (0..7).collect();
    let x = cut(c, "all of them", &ids, &starts, 5);
    if x.dim() == (7, 5) {
        let shared = x.slice(s![1.., ..4]) == x.slice(s![..6, 1..]);
        c.holds(
            shared,
            "the symbols 1 to C − 1 of a window should be 0 to C − 2 of the next",
        );
    }
}

fn refusals(c: &mut Check) {
    let ids = [5usize, 6, 7, 8];
    c.given("ids", &ids[..]);
    let cases = [(2, 2), (0, 4), (4, 0), (1, 9)];
    let (starts, contexts): (Vec<usize>, Vec<usize>) = cases.into_iter().unzip();
    c.given("start", &starts);
    c.given("ctx", &contexts);
    for (start, ctx) in cases {
        c.observe_refusal(&format!("a window at {start} of {ctx}"), || {
            windows(&ids, &[0, start], ctx)
        });
    }
}

fn parts(c: &mut Check) {
    let ids: Vec<usize> = (100..111).collect();
    // ⌊9.9⌋ = 9 | ⌊5.5⌋ = 5 | ⌊4.4⌋ = 4 | nothing | everything.
    let cases = [
        ("nine tenths of 11", &ids[..], 0.9),
        ("half of 11", &ids[..], 0.5),
        ("four tenths of 11", &ids[..], 0.4),
        ("none of 11", &ids[..], 0.0),
        ("all of 11", &ids[..], 1.0),
        ("half of none", &ids[..0], 0.5),
    ];
    for (name, ids, frac) in cases {
        c.given(&format!("ids, {name}"), ids);
        c.given(&format!("frac, {name}"), &frac);
        let (train, val) = split(ids, frac);
        c.observe(&format!("first part, {name}"), train, EXACT);
        c.observe(&format!("second part, {name}"), val, EXACT);
    }
}

fn tales(c: &mut Check) {
    let whole = corpus::corpus();
    let (_, text) = whole.split();
    c.given("text", &text);
    let ids = encode(text, &build_vocab(text)).unwrap_or_default();
    let (train, val) = split(&ids, 0.9);
    let sizes = vec![train.len(), val.len()];
    c.observe("symbols of the parts", &sizes, EXACT);
    let ctx = 8;
    c.given("ctx", &ctx);
    let counts = vec![n_windows(train.len(), ctx), n_windows(val.len(), ctx)];
    c.observe("windows of the parts", &counts, EXACT);
    let last = counts[0].saturating_sub(1);
    c.given("start", &last);
    let (x, y) = windows(train, &[last], ctx);
    c.observe("x, the last of the first part", &x, EXACT);
    c.observe("y, the last of the first part", &y, EXACT);

    let all = n_windows(whole.text.chars().count(), ctx) as f64;
    c.tell("windows of 8 in the whole text", all, "");
    let bytes = all * (ctx + 1) as f64 * 8.0;
    c.tell("cut out all at once", bytes, "bytes");
}

fn memory_needed(c: &mut Check) {
    let ids: Vec<usize> = (0..10_000).collect();
    let starts: Vec<usize> = (0..64).map(|_| c.rng().below(9_990)).collect();
    // x and y take 64 · 9 words of 8 bytes; as much again for a temporary, thrice for growth.
    let bound = 4 * 64 * 9 * 8;
    c.peak_bytes("peak bytes of 64 windows of 8", bound, || {
        windows(&ids, &starts, 8)
    });
}
