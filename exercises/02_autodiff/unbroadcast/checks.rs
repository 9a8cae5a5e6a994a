use kit::prelude::*;
use ndarray::{ArrayD, ArrayRefD, IxDyn};
use unbroadcast::{add_vjp, mul_vjp, unbroadcast};

pub fn main() {
    checks(&[
        ("where the shapes agree nothing is summed", same_shape),
        ("an axis that was missing is summed over", missing_axes),
        ("an axis of length 1 is summed over, and stays", short_axes),
        ("a single number gathers everything", numbers),
        ("several axes of both kinds are summed", mixed),
        ("a sum over nothing is 0", nothing),
        ("both operands of a sum get g, in their own shapes", sums),
        (
            "a factor gets g times the other one, place by place",
            products,
        ),
        ("summing is the adjoint of copying", adjoint),
        ("the gradient is the derivative", derivative),
        ("all shapes of up to three axes come out right", all_shapes),
    ])
}

/// Names g and the shape, then observes the answer.
fn one(c: &mut Check, g: &ArrayRefD<f64>, shape: &[usize]) {
    let words = |shape: &[usize]| match shape {
        [] => "one number".into(),
        _ => Vec::from_iter(shape.iter().map(usize::to_string)).join("×"),
    };
    let name = format!("{} back to {}", words(g.shape()), words(shape));
    c.given(&format!("g, {name}"), g);
    c.given(&format!("shape, {name}"), shape);
    c.observe(&name, &unbroadcast(g, shape), T64);
}

/// 1, 2, 3, … in this shape.
fn counting(shape: &[usize]) -> ArrayD<f64> {
    let n: usize = shape.iter().product();
    let numbers = Array1::from_iter((1..=n).map(|i| i as f64));
    numbers
        .into_shape_with_order(IxDyn(shape))
        .unwrap_or_default()
}

fn same_shape(c: &mut Check) {
    one(c, &counting(&[2, 3]), &[2, 3]);
    one(c, &counting(&[3]), &[3]);
}

fn missing_axes(c: &mut Check) {
    one(c, &counting(&[2, 3]), &[3]); // [5 7 9], the case in the exercise's text
    one(c, &counting(&[3, 3]), &[3]); // [12 15 18]; over the wrong axis [6 15 24]
    one(c, &counting(&[2, 2, 3]), &[3]); // [22 26 30]
}

fn short_axes(c: &mut Check) {
    one(c, &counting(&[2, 3]), &[2, 1]); // [6] [15]
    one(c, &counting(&[2, 3]), &[1, 3]); // [5 7 9]
    one(c, &counting(&[2, 1]), &[2, 1]); // [1] [2]: nothing was repeated
}

fn numbers(c: &mut Check) {
    one(c, &counting(&[2, 3]), &[]); // 21
    one(c, &counting(&[2, 3]), &[1]); // [21]
    one(c, &counting(&[]), &[]); // 1
}

fn mixed(c: &mut Check) {
    one(c, &counting(&[2, 3, 2]), &[3, 1]); // [1+2+7+8] [3+4+9+10] [5+6+11+12]
    one(c, &counting(&[2, 3, 2]), &[1, 3, 1]); // the same, with an axis in front
    // A view that reads the table by columns: [1 4] [2 5] [3 6], repeated twice.
    let columns = counting(&[2, 2, 3]);
    one(c, &columns.t(), &[2, 2]);
}

fn nothing(c: &mut Check) {
    one(c, &counting(&[0, 3]), &[3]); // [0 0 0]
    one(c, &counting(&[2, 0]), &[2, 1]); // [0] [0]
    one(c, &counting(&[0]), &[]); // 0
}

/// Names g and the operands, then observes both gradients.
fn observe_product(c: &mut Check, name: &str, a: &ArrayRefD<f64>, b: &ArrayRefD<f64>) {
    let g = counting((a * b).shape()) - 2.0;
    c.given(&format!("a of {name}"), a);
    c.given(&format!("b of {name}"), b);
    c.given(&format!("g of {name}"), &g);
    let (da, db) = mul_vjp(&g, a, b);
    c.observe(&format!("da of {name}"), &da, T64);
    c.observe(&format!("db of {name}"), &db, T64);
}

fn sums(c: &mut Check) {
    let g = counting(&[2, 3]);
    for (name, a, b) in [
        ("a column and a row", vec![2, 1], vec![3]),
        ("a table and a number", vec![2, 3], vec![]),
    ] {
        c.given(&format!("g of {name}"), &g);
        c.given(&format!("shape of a, {name}"), &a);
        c.given(&format!("shape of b, {name}"), &b);
        let (da, db) = add_vjp(&g, &a, &b);
        c.observe(&format!("da of {name}"), &da, T64);
        c.observe(&format!("db of {name}"), &db, T64);
    }
}

fn products(c: &mut Check) {
    // g = [−1 0 1] [2 3 4]: da = [−1·1 + 0 + 1·3, 2·1 + 3·2 + 4·3], db = [19 30 41].
    let (column, row) = (
        array![[1.0], [10.0]].into_dyn(),
        array![1.0, 2.0, 3.0].into_dyn(),
    );
    observe_product(c, "a column and a row", &column, &row);
    let number = ndarray::arr0(5.0).into_dyn();
    observe_product(c, "a number and a row", &number, &row);
    observe_product(c, "two rows", &row, &array![4.0, 5.0, 6.0].into_dyn());
}

fn adjoint(c: &mut Check) {
    for (name, shape, wide) in [
        ("x of 3, 1", vec![3, 1], vec![2, 3, 4]),
        ("x of 4", vec![4], vec![5, 4]),
        ("x of 1, 5, 1", vec![1, 5, 1], vec![3, 5, 2]),
    ] {
        let (x, g) = (c.normal(IxDyn(&shape)), c.normal(IxDyn(&wide)));
        c.given(name, &x);
        c.given(&format!("g for {name}"), &g);
        let back = unbroadcast(&g, &shape);
        c.observe(&format!("back to {name}"), &back, T64);
        let copies = x.broadcast(IxDyn(&wide)).map(|copies| (&copies * &g).sum());
        let inner = (&x * &back).sum();
        c.close(copies.unwrap_or(f64::NAN), inner, T64, "⟨Bx, g⟩ = ⟨x, Bᵀg⟩");
        c.close(
            back.sum(),
            g.sum(),
            T64,
            "nothing of g is lost: the sum of all stays",
        );
    }
}

fn derivative(c: &mut Check) {
    let (a, b) = (c.normal(IxDyn(&[3, 1])), c.normal(IxDyn(&[2, 1, 2])));
    let g = c.normal(IxDyn(&[2, 3, 2])).reversed_axes(); // a view of another order
    c.given("a", &a);
    c.given("b", &b);
    c.given("g", &g);
    let (da, db) = mul_vjp(&g, &a, &b);
    c.observe("da", &da, G64);
    c.observe("db", &db, G64);
    let along_a = |a: &ArrayRefD<f64>| (a * &*b * &g).sum();
    c.derivative(
        &a,
        &da,
        &along_a,
        "⟨da, d⟩ is how fast ⟨g, a·b⟩ changes along d",
    );
}

/// The shape that both are broadcast to, if there is one.
fn together(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let axes = a.len().max(b.len());
    let length = |shape: &[usize], axis: usize| match (axis + shape.len()).checked_sub(axes) {
        Some(axis) => shape[axis],
        None => 1,
    };
    let pair = |axis| match (length(a, axis), length(b, axis)) {
        (1, length) | (length, 1) => Some(length),
        (left, right) => (left == right).then_some(left),
    };
    (0..axes).map(pair).collect()
}

fn all_shapes(c: &mut Check) {
    let lengths = [0, 1, 2, 3];
    let mut shapes: Vec<Vec<usize>> = vec![vec![]];
    for from in [0, 1, 5] {
        for shape in shapes.split_off(from) {
            shapes.push(shape.clone());
            let longer = lengths.map(|length| [&shape[..], &[length]].concat());
            shapes.extend(longer);
        }
        shapes.sort_by_key(Vec::len);
        shapes.dedup();
    }
    // Small whole numbers, without a pattern that a wrong axis would keep.
    let scrambled = |shape: &[usize], by: f64| counting(shape).mapv(|i| (i * by) % 11.0 - 5.0);
    let (mut pairs, mut all, mut right) = (0, Vec::new(), true);
    for a in &shapes {
        for b in &shapes {
            let Some(wide) = together(a, b) else { continue };
            pairs += 1;
            let (x, y) = (scrambled(a, 7.0), scrambled(b, 3.0));
            let (da, db) = mul_vjp(&scrambled(&wide, 5.0), &x, &y);
            right &= da.shape() == &a[..] && db.shape() == &b[..];
            all.extend(da.iter().chain(&db).copied());
        }
    }
    c.holds(right, "a gradient has the shape of its operand");
    c.observe("pairs of shapes", &pairs, EXACT);
    c.observe_large(
        "all gradients, one after the other",
        &Array1::from(all),
        T64,
    );
    c.tell("pairs of shapes that fit each other", f64::from(pairs), "");
}
