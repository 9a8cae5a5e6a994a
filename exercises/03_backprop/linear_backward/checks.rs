use kit::count::{Counted, operations};
use kit::prelude::*;
use linear_backward::linear_backward;

pub fn main() {
    checks(&[
        ("one row: dw is the outer product of x and dy", one_row),
        ("what a batch shares gets the sum over its rows", by_hand),
        ("x, W and y share out the same total", equal_totals),
        ("the gradients are the derivatives", derivatives),
        ("no rows, no gradient", no_rows),
        ("backwards costs as much as two products", cost),
    ])
}

type Gradients = (Array2<f64>, Array2<f64>, Array1<f64>);

fn observe(c: &mut Check, suffix: &str, (dx, dw, db): &Gradients) {
    c.observe(&format!("dx{suffix}"), dx, G64);
    c.observe(&format!("dw{suffix}"), dw, G64);
    c.observe(&format!("db{suffix}"), db, G64);
}

fn one_row(c: &mut Check) {
    // dx = [21 43], dw = [1 10] [2 20], db = [1 10]. In = Out: shapes cannot tell.
    let (x, w) = (array![[1.0, 2.0]], array![[1.0, 2.0], [3.0, 4.0]]);
    let dy = array![[1.0, 10.0]];
    c.given("x", &x);
    c.given("w", &w);
    c.given("dy", &dy);
    observe(c, "", &linear_backward(&x, &w, &dy));
}

fn by_hand(c: &mut Check) {
    // dx = [1 0] [2 4] [1 2], dw = [1 0] [5 3], db = [4 3].
    let x = array![[1.0, 2.0], [0.0, 1.0], [0.0, 1.0]];
    let w = array![[1.0, 0.0], [0.0, 2.0]];
    let dy = array![[1.0, 0.0], [2.0, 2.0], [1.0, 1.0]];
    c.given("x", &x);
    c.given("w", &w);
    c.given("dy", &dy);
    observe(c, "", &linear_backward(&x, &w, &dy));
}

fn equal_totals(c: &mut Check) {
    let x = c.normal((5, 4)).reversed_axes(); // a view: columns are contiguous, rows are not
    let wide = c.normal((5, 6));
    let w = wide.slice(s![.., ..;2]); // every second column
    let dy = c.normal((4, 3));
    c.given("x", &x);
    c.given("w", &w);
    c.given("dy", &dy);
    let (dx, dw, db) = linear_backward(&x, &w, &dy);
    observe(c, "", &(dx.clone(), dw.clone(), db.clone()));
    if dx.dim() != x.dim() || dw.dim() != w.dim() || db.dim() != 3 {
        return;
    }
    // y - b is linear in x and in W alone: a change of either by 1 % changes it by 1 %.
    let total = (x.dot(&w) * &dy).sum();
    c.close((&x * &dx).sum(), total, G64, "<x, dx> is <xW, dy>");
    c.close((&w * &dw).sum(), total, G64, "<W, dw> is <xW, dy>");
    c.close(db.sum(), dy.sum(), G64, "db sums to what all of dy sums to");
}

fn derivatives(c: &mut Check) {
    let (x, w, b) = (c.normal((2, 3)), c.normal((3, 4)), c.normal(4));
    let a = c.normal((2, 4));
    // A sine follows the layer, so that what comes back depends on y: L = <a, sin(xW + b)>.
    let loss = |x: &ArrayRef2<f64>, w: &ArrayRef2<f64>, b: &ArrayRef1<f64>| {
        ((x.dot(w) + b).mapv(f64::sin) * &a).sum()
    };
    let dy = (x.dot(&w) + &b).mapv(f64::cos) * &a;
    c.given("x", &x);
    c.given("w", &w);
    c.given("b", &b);
    c.given("a", &a);
    c.given("dy", &dy);
    let (dx, dw, db) = linear_backward(&x, &w, &dy);
    observe(c, "", &(dx.clone(), dw.clone(), db.clone()));
    if dx.dim() != x.dim() || dw.dim() != w.dim() || db.dim() != b.dim() {
        return;
    }
    c.derivative(
        &x,
        &dx,
        &|x| loss(x, &w, &b),
        "<dx, d> is how fast L changes along d",
    );
    c.derivative(
        &w,
        &dw,
        &|w| loss(&x, w, &b),
        "<dw, d> is how fast L changes along d",
    );
    c.derivative(
        &b,
        &db,
        &|b| loss(&x, &w, b),
        "<db, d> is how fast L changes along d",
    );
}

fn no_rows(c: &mut Check) {
    let (x, w) = (
        Array2::zeros((0, 2)),
        array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]],
    );
    let dy = Array2::zeros((0, 3));
    c.given("w", &w);
    observe(c, ", no rows", &linear_backward(&x, &w, &dy));
    let (x, w, dy) = (array![[3.0]], array![[5.0]], array![[7.0]]);
    c.given("x, one number", &x);
    c.given("w, one number", &w);
    c.given("dy, one number", &dy);
    observe(c, ", one number", &linear_backward(&x, &w, &dy));
}

fn cost(c: &mut Check) {
    let (b, i, o) = (48, 40, 36);
    let (x, w, dy) = (c.normal((b, i)), c.normal((i, o)), c.normal((b, o)));
    // Room for the three results eight times over: for copies of the inputs, or the blocks of
    // a fast product. One outer product for each row takes 553 kB, 2.5 times as much.
    let bound = 8 * 8 * (b * i + i * o + o);
    c.peak_bytes("peak bytes", bound, || linear_backward(&x, &w, &dy));

    let [x, w, dy] = [&x, &w, &dy].map(|a| a.mapv(Counted));
    let needed = 4 * b * i * o + b * o;
    let bound = needed + needed / 4; // ndarray's dot starts several sums for each element
    c.flops("operations", bound, || linear_backward(&x, &w, &dy));
    let (_, forwards) = operations(|| x.dot(&w));
    let (_, back) = operations(|| linear_backward(&x, &w, &dy));
    c.tell(
        "backwards over forwards",
        back.flops() as f64 / forwards.flops() as f64,
        "in operations",
    );
}
