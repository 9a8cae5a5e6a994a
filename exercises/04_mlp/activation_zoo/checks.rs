use activation_zoo::{gelu, gelu_tanh, relu, silu};
use kit::prelude::*;

type Activation = fn(f64) -> (f64, f64);

const ZOO: [(&str, Activation); 4] = [
    ("ReLU", relu),
    ("GELU", gelu),
    ("GELU by tanh", gelu_tanh),
    ("SiLU", silu),
];

pub fn main() {
    checks(&[
        ("ReLU keeps what is above 0", |c| {
            at(c, "ReLU", relu, &[3.0, -2.0, 0.5, 0.0]);
        }),
        ("SiLU is x times a logistic share", |c| {
            // σ = ½, ¾, ¼: the value at ln 3 is ¾ ln 3, its derivative ¾(1 + ¼ ln 3).
            at(c, "SiLU", silu, &[0.0, 3f64.ln(), -3f64.ln(), 1.0, -2.5]);
        }),
        ("GELU is x times the share of a bell curve below x", |c| {
            // Φ(0) = ½. At ±2.70 the form with tanh is farthest off, by 5e-4.
            at(c, "GELU", gelu, &[0.0, 1.0, -1.0, 2.7, -2.7]);
        }),
        ("the form with tanh is near GELU, and not GELU", |c| {
            at(c, "GELU by tanh", gelu_tanh, &[0.0, 1.0, -1.0, 2.7, -2.7]);
            differences(c);
        }),
        ("far out, each is x or 0", far_out),
        (
            "mirror images differ by x, and their slopes sum to 1",
            mirrored,
        ),
        ("the derivative is the slope", slopes),
    ])
}

/// Observes values and derivatives, one row for each x.
fn at(c: &mut Check, name: &str, f: Activation, xs: &[f64]) {
    c.given(&format!("x of {name}"), xs);
    let (mut values, mut slopes) = (Vec::new(), Vec::new());
    for &x in xs {
        let (value, slope) = f(x);
        values.push(value);
        slopes.push(slope);
    }
    c.observe(&format!("f(x) of {name}"), &values, T64);
    c.observe(&format!("f′(x) of {name}"), &slopes, T64);
}

fn differences(c: &mut Check) {
    let at = |i: i32| f64::from(i) / 1000.0;
    let (mut off, mut place, mut slope) = (0.0, 0.0, 0.0);
    for x in (0..=6000).map(at) {
        let ((exact, s), (near, t)) = (gelu(x), gelu_tanh(x));
        if (exact - near).abs() > off {
            (off, place) = ((exact - near).abs(), x);
        }
        slope = (s - t).abs().max(slope);
    }
    c.tell("the two differ by at most", off, "");
    c.tell("namely at", place, "");
    c.tell("their derivatives by at most", slope, "");
}

fn far_out(c: &mut Check) {
    for (name, f) in ZOO {
        at(c, name, f, &[40.0, -40.0, 1000.0, -1000.0, 1e100, -1e100]);
    }
}

fn mirrored(c: &mut Check) {
    let xs = c.normal(6).mapv(|x| 3.0 * x).to_vec();
    for (name, f) in ZOO {
        at(c, name, f, &xs);
        // A value of about 10 is known to some 10⁻¹⁵.
        let off = |(x, got): (f64, f64)| !T64.accepts(got, x);
        let differ = xs.iter().map(|&x| (x, f(x).0 - f(-x).0));
        let sum = xs.iter().map(|&x| (1.0, f(x).1 + f(-x).1));
        c.holds(
            !differ.into_iter().any(off),
            &format!("f(x) − f(−x) = x for {name}"),
        );
        c.holds(
            !sum.into_iter().any(off),
            &format!("f′(x) + f′(−x) = 1 for {name}"),
        );
    }
}

fn slopes(c: &mut Check) {
    // Away from ReLU's kink.
    let x = c
        .normal(5)
        .mapv(|x| if x < 0.0 { x - 0.1 } else { x + 0.1 });
    for (name, f) in ZOO {
        at(c, name, f, x.as_slice().unwrap_or(&[]));
        let gradient = x.mapv(|x| f(x).1);
        let sum = |x: &ArrayRef1<f64>| x.iter().map(|&x| f(x).0).sum();
        let law = format!("a small step changes {name} by its derivative times the step");
        c.derivative(&x, &gradient, &sum, &law);
    }
    let drawn = |part: fn((f64, f64)) -> f64| {
        let line = |(name, f): (&str, Activation)| Line {
            label: name.into(),
            points: (-40..=40)
                .map(|i| f64::from(i) / 10.0)
                .map(|x| (x, part(f(x))))
                .collect(),
        };
        // The two forms of GELU would lie on one another.
        [ZOO[0], ZOO[1], ZOO[3]].map(line).to_vec()
    };
    let plot = |title: &str, y: &str, lines| {
        Plot::Series(Series {
            title: title.into(),
            x: "x".into(),
            y: y.into(),
            lines,
            ..Series::default()
        })
    };
    c.plot(plot(
        "each bends from 0 to x",
        "f(x)",
        drawn(|(value, _)| value),
    ));
    c.plot(plot(
        "left of 0 the smooth ones go on learning, ReLU does not",
        "f′(x)",
        drawn(|(_, slope)| slope),
    ));
}
