use course::char_bigrams::{build_vocab, encode};
use embedding_scatter::{embed, embed_backward};
use kit::count::{Counted, operations};
use kit::prelude::*;

pub fn main() {
    checks(&[
        ("a lookup copies the rows that the ids name", lookup),
        ("a lookup is a product with one-hot rows", one_hot),
        ("an id without a row is refused", refusals),
        ("each place gives its gradient to the row it read", scatter),
        ("a row that is read twice gets both gradients", repeated),
        ("a row that nobody reads has a gradient of 0", unread),
        ("the way back is the adjoint of the way forth", adjoint),
        ("a gradient of ones counts the symbols of a text", counting),
        (
            "a lookup takes no arithmetic, the way back one sum an element",
            operations_needed,
        ),
        ("no matrix of zeros and ones is built", memory_needed),
    ])
}

fn looked_up(c: &mut Check, name: &str, e: &ArrayRef2<f64>, ids: &ArrayRef2<usize>) -> Array3<f64> {
    c.given(&format!("e, {name}"), e);
    c.given(&format!("ids, {name}"), ids);
    let x = embed(e, ids);
    c.observe(&format!("x, {name}"), &x, T64);
    x
}

fn scattered(c: &mut Check, name: &str, ids: &ArrayRef2<usize>, g: &ArrayRef3<f64>, v: usize) {
    c.given(&format!("ids, {name}"), ids);
    c.given(&format!("g, {name}"), g);
    c.given(&format!("vocab, {name}"), &v);
    let de = embed_backward(ids, g, v);
    c.observe(&format!("dE, {name}"), &de, T64);
}

fn random_ids(c: &mut Check, shape: (usize, usize), v: usize) -> Array2<usize> {
    Array::from_shape_simple_fn(shape, || c.rng().below(v))
}

fn lookup(c: &mut Check) {
    let e = array![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]];
    looked_up(c, "one row", &e, &array![[2, 0, 2]]);
    looked_up(c, "two rows", &e, &array![[0, 1], [1, 1]]);
    looked_up(c, "no symbols", &e, &Array2::zeros((2, 0)));
    // The table as a view: [[1 3 5] [2 4 6]].
    looked_up(c, "a table as a view", &e.t(), &array![[1], [0]]);
}

fn one_hot(c: &mut Check) {
    let (v, d, batch, time) = (7, 2, 3, 5);
    let e = c.normal((v, d));
    let ids = random_ids(c, (time, batch), v).reversed_axes(); // a view: columns are contiguous
    let x = looked_up(c, "random", &e, &ids);
    if x.dim() != (batch, time, d) {
        return;
    }
    let flat: Vec<usize> = ids.iter().copied().collect();
    let one_hot = Array2::from_shape_fn((flat.len(), v), |(n, v)| f64::from(flat[n] == v));
    let product = one_hot.dot(&e);
    let same = x.iter().zip(&product).all(|(x, y)| x == y);
    c.holds(
        same,
        "x is the product of the one-hot rows of the ids with e",
    );
}

fn refusals(c: &mut Check) {
    let e = array![[1.0, 2.0], [3.0, 4.0]];
    let ids = array![[0, 2]];
    let g = Array3::<f64>::ones((1, 2, 2));
    c.given("e", &e);
    c.given("ids", &ids);
    c.observe_refusal("lookup of id 2 among 2 rows", || embed(&e, &ids));
    c.given("g", &g);
    c.given("vocab", &2);
    c.observe_refusal("gradient for id 2 among 2 rows", || {
        embed_backward(&ids, &g, 2)
    });
}

fn scatter(c: &mut Check) {
    // Each row is read once: its gradient moves to it.
    let g = array![[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]];
    scattered(c, "each read once", &array![[3, 1], [0, 2]], &g, 4);
    let g = array![[[1.0, 10.0, 100.0]]];
    scattered(c, "one symbol", &array![[1]], &g, 2);
}

fn repeated(c: &mut Check) {
    // [0 0] [11 5] as in the text; then row 1 is read in both rows of the batch, row 0 once.
    let g = array![[[1.0, 0.0], [10.0, 5.0]]];
    scattered(c, "twice in a row", &array![[1, 1]], &g, 2);
    let g = array![[[1.0], [2.0]], [[4.0], [8.0]]];
    scattered(c, "in two rows", &array![[1, 0], [1, 1]], &g, 2);
}

fn unread(c: &mut Check) {
    // Symbol 2 occurs, 0, 1 and 3 do not.
    let g = array![[[1.0, -1.0]], [[2.0, 3.0]]];
    scattered(c, "one of four", &array![[2], [2]], &g, 4);
    scattered(
        c,
        "no symbols",
        &Array2::zeros((3, 0)),
        &Array3::zeros((3, 0, 2)),
        3,
    );
}

fn adjoint(c: &mut Check) {
    let (v, d, batch, time) = (7, 2, 3, 5);
    let e = c.normal((v, d));
    let ids = random_ids(c, (time, batch), v).reversed_axes();
    let g = c.normal((d, time, batch)).reversed_axes();
    c.given("e", &e);
    c.given("ids", &ids);
    c.given("g", &g);
    let x = embed(&e, &ids);
    c.observe("x", &x, T64);
    let de = embed_backward(&ids, &g, v);
    c.observe("dE", &de, T64);
    if (x.dim(), de.dim()) == (g.dim(), e.dim()) {
        let (forth, back) = ((&x * &g).sum(), (&e * &de).sum());
        c.close(back, forth, T64, "⟨dE, e⟩ = ⟨g, x⟩, whatever e and g are");
        c.close(de.sum(), g.sum(), T64, "dE sums to what g sums to");
    }
}

fn counting(c: &mut Check) {
    let text = corpus::corpus();
    let (_, end) = text.split();
    c.given("text", &end);
    let vocab = build_vocab(end);
    let Some(ids) = encode(end, &vocab) else {
        return;
    };
    let ids = Array1::from(ids).insert_axis(Axis(0)); // [1, characters]
    let g = Array3::ones((1, ids.len(), 1));
    let counts = embed_backward(&ids, &g, vocab.len());
    c.observe("dE", &counts, EXACT); // whole numbers below 2⁵³
    let (most, least) = counts
        .iter()
        .fold((0.0, f64::INFINITY), |(most, least), &n: &f64| {
            (n.max(most), n.min(least))
        });
    c.tell(
        "gradients for the commonest symbol",
        most,
        "of the last tenth's places",
    );
    c.tell("gradients for the rarest", least, "of as many");
}

fn operations_needed(c: &mut Check) {
    let (v, d, batch, time) = (64, 8, 4, 16);
    let e = c.normal((v, d)).mapv(Counted);
    let ids = random_ids(c, (batch, time), v);
    let g = c.normal((batch, time, d)).mapv(Counted);
    // Room for a sum that begins at 0 where a copy would do; a product with one-hot rows
    // makes 2V operations where one is allowed.
    let elements = batch * time * d;
    c.flops("operations of 512 elements forth", elements, || {
        embed(&e, &ids)
    });
    c.flops("operations of 512 elements back", 2 * elements, || {
        embed_backward(&ids, &g, v)
    });
    let (_, forth) = operations(|| embed(&e, &ids));
    let (_, back) = operations(|| embed_backward(&ids, &g, v));
    let one_hot = (2 * elements * v) as f64;
    c.tell(
        "the lookup of 512 elements",
        forth.flops() as f64,
        "operations",
    );
    c.tell("its way back", back.flops() as f64, "operations");
    c.tell("either, by one-hot rows of 64", one_hot, "operations");
}

fn memory_needed(c: &mut Check) {
    let (v, d, batch, time) = (1000, 8, 4, 16);
    let e = c.normal((v, d));
    let ids = random_ids(c, (batch, time), v);
    let g = c.normal((batch, time, d));
    // Four results of 4 kB, two of 64 kB. One-hot rows take 512 kB.
    let (forth, back) = (4 * batch * time * d * 8, 2 * v * d * 8);
    c.peak_bytes("peak bytes of the lookup", forth, || embed(&e, &ids));
    c.peak_bytes("peak bytes of the way back", back, || {
        embed_backward(&ids, &g, v)
    });
}
