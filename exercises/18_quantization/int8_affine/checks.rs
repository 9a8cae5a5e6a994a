use int8_affine::{QParams, dequantize, params_affine, params_symmetric, quantize};
use kit::prelude::*;

/// The scale may differ in its last bits (a quotient of f32 that was rounded elsewhere).
const SCALE: Tolerance = Tolerance::Close {
    atol: 0.0,
    rtol: 1e-6,
};

pub fn main() {
    checks(&[
        ("a value gets the code of the nearest step", |c| {
            let x = [0.0, 0.5, -1.0, 0.375, -0.375, 1.125, -1.125, 3.375];
            observe_codes(c, "x", &x, (0.5, 0), SIGNED_8);
        }),
        ("the zero point is the code of zero", |c| {
            let x = [0.0, 0.375, -0.625, -1.5, 6.0];
            observe_codes(c, "x", &x, (0.5, 3), AFFINE_4);
            observe_values(c, "codes", &[3, 4, 2, 0, 15], (0.5, 3));
            observe_values(c, "signed codes", &[-7, 0, 7], (0.25, 0));
        }),
        ("a tie goes to the even step", |c| {
            let ties = [0.25, 0.75, 1.25, 1.75, -0.25, -0.75, -1.25, -1.75];
            observe_codes(c, "ties", &ties, (0.5, 0), SIGNED_8);
            observe_codes(c, "ties, zero at 5", &ties, (0.5, 5), AFFINE_4);
            many_ties(c);
        }),
        ("a value beyond the grid gets the code at its end", |c| {
            let x = [63.5, 64.0, 100.0, HUGE, -63.5, -64.0, -100.0, -HUGE];
            observe_codes(c, "signed, 8 bits", &x, (0.5, 0), SIGNED_8);
            observe_codes(c, "signed, 4 bits", &x, (16.0, 0), SIGNED_4);
            observe_codes(c, "signed, 12 bits", &x[..4], (0.03125, 0), (12, true));
            let x = [126.0, 126.5, 200.0, HUGE, -1.5, -2.0, -50.0, -HUGE];
            observe_codes(c, "affine, zero at 3", &x, (0.5, 3), AFFINE_8);
        }),
        ("the largest magnitude gets the last symmetric code", |c| {
            let x = [-3.5, 0.5, 1.0, 3.0];
            observe_fit(c, "4 bits", &x, SIGNED_4);
            observe_fit(c, "8 bits", &[-1.0, 0.25, 1.984375], SIGNED_8);
            observe_fit(c, "2 bits", &[-3.0, 2.0, 1.0], (2, true));
            observe_fit(c, "one value", &[-3.5], SIGNED_4);
        }),
        ("the affine codes span the values, zero among them", |c| {
            observe_fit(c, "zero at 2.75", &[-1.375, 0.0, 2.0, 6.125], AFFINE_4);
            observe_fit(c, "zero at 2.5", &[-1.25, 0.0, 2.0, 6.25], AFFINE_4);
            observe_fit(c, "8 bits", &[3.0, -0.984375, 0.25], AFFINE_8);
        }),
        ("a range without zero is widened to hold it", |c| {
            // Only the step: what else a narrower range brings depends on how it was written.
            for (name, x) in ONE_SIDED {
                give_fit(c, name, &x, AFFINE_8);
                let scale = params_affine(&x, 8).scale;
                c.observe(&format!("scale: {name}"), &scale, SCALE);
            }
        }),
        ("0 has a code, which stands for exactly 0", |c| {
            let alike = [("always 4", vec![4.0; 3]), ("one value", vec![-0.25])];
            let one_sided = ONE_SIDED.map(|(name, x)| (name, x.to_vec()));
            for (name, x) in one_sided.iter().chain(&alike) {
                observe_fit(c, name, x, AFFINE_8);
                let p = params_affine(x, 8);
                let zero = dequantize(&quantize(&[0.0], &p, 8, false), &p);
                c.observe(&format!("0 and back: {name}"), &zero, EXACT);
            }
        }),
        ("other units change the scale, not the codes", |c| {
            for (kind, grid) in [("symmetric", SIGNED_8), ("affine", AFFINE_8)] {
                let x = sample(c, grid, 6);
                let own = fit(&x, grid).0.scale;
                for exponent in [-100, 100] {
                    let unit = 2f32.powi(exponent);
                    let x: Vec<f32> = x.iter().map(|x| x * unit).collect();
                    let name = format!("{kind}, 2^{exponent}");
                    give_fit(c, &name, &x, grid);
                    let (p, codes) = fit(&x, grid);
                    c.observe(&format!("codes: {name}"), &codes, EXACT);
                    c.holds(p.scale == own * unit, "the scale has the unit of x");
                }
            }
        }),
        ("where there is no range to cover, the scale is 1", |c| {
            for (name, x) in [
                ("zeros", vec![0.0; 3]),
                ("nothing", vec![]),
                ("vanishing", vec![0.0, 1e-45, -1e-40]),
            ] {
                observe_parameters(c, &format!("symmetric, {name}"), &x, SIGNED_8);
                observe_parameters(c, &format!("affine, {name}"), &x, AFFINE_8);
            }
        }),
        ("no error exceeds half a step", |c| {
            for bits in 2..=8 {
                for (kind, grid) in [("symmetric", (bits, true)), ("affine", (bits, false))] {
                    let x = sample(c, grid, 14);
                    let name = format!("{kind}, {bits} bits");
                    give_fit(c, &name, &x, grid);
                    let (p, codes) = fit(&x, grid);
                    if [3, 6].contains(&bits) {
                        c.observe(&format!("codes: {name}"), &codes, EXACT);
                    }
                    let held = laws_hold(&x, &p, grid);
                    for (law, held) in LAWS.iter().zip(held) {
                        c.holds(held, &format!("{law} ({name})"));
                    }
                    if held.contains(&false) {
                        return; // the input given last is the one that breaks the law
                    }
                }
            }
        }),
        ("each bit more gains about six decibels", decibels),
    ])
}

/// Bits, and whether the codes are signed.
type Grid = (u32, bool);
const SIGNED_4: Grid = (4, true);
const SIGNED_8: Grid = (8, true);
const AFFINE_4: Grid = (4, false);
const AFFINE_8: Grid = (8, false);
/// Values of one sign, whose own range would put zero at no code, and at no tie either.
const ONE_SIDED: [(&str, [f32; 3]); 2] = [
    ("from 1 to 5", [1.0, 4.25, 5.0]),
    ("from −5 to −1", [-1.0, -4.25, -5.0]),
];
/// 2¹⁰⁰.
const HUGE: f32 = (1u128 << 100) as f32;

/// Half of the random ties go up, so rounding them all adds nothing on average.
fn many_ties(c: &mut Check) {
    let n = 4096;
    let ties: Vec<f32> = (0..n).map(|_| c.rng().below(200) as f32 - 99.5).collect();
    let p = QParams {
        scale: 1.0,
        zero: 0,
    };
    let few = ties[..8].to_vec();
    observe_codes(c, "random ties", &few, (1.0, 0), SIGNED_8);
    let codes = quantize(&ties, &p, 8, true);
    let errors = codes
        .iter()
        .zip(&ties)
        .map(|(&q, &x)| f64::from(q) - f64::from(x));
    let mean = errors.sum::<f64>() / f64::from(n);
    c.tell("mean error of 4096 ties", mean, "steps");
}

/// What eight bits cost and what each one buys, on a normal sample and on its positive part.
fn decibels(c: &mut Check) {
    let mut normal: Vec<f32> = c.normal(4096).iter().map(|&x| x as f32).collect();
    off_ties(&mut normal, 7);
    let rectified: Vec<f32> = normal.iter().map(|x| x.max(0.0)).collect();
    c.given("normal", &normal);

    let (_, codes) = fit(&normal, SIGNED_4);
    let count = |code: i32| codes.iter().filter(|&&q| q == code).count();
    let histogram: Vec<usize> = (-7..=7).map(count).collect();
    c.observe("values at each code, 4 bits", &histogram, EXACT);

    // Half a thousandth of a decibel is a ten-thousandth of the squared error.
    let gain = Tolerance::Close {
        atol: 5e-4,
        rtol: 0.0,
    };
    let sweep = |x: &[f32], signed| (2..=8).map(|bits| sqnr(x, (bits, signed))).collect();
    let lines: [(&str, Vec<f64>); 3] = [
        ("normal, symmetric", sweep(&normal, true)),
        ("positive part, symmetric", sweep(&rectified, true)),
        ("positive part, affine", sweep(&rectified, false)),
    ];
    for (name, line) in &lines {
        let every_other: Vec<f64> = line.iter().copied().step_by(2).collect();
        c.observe(
            &format!("SQNR at 2, 4, 6, 8 bits: {name}"),
            &every_other,
            gain,
        );
    }
    c.tell("SQNR of a normal sample, 8 bits", lines[0].1[6], "dB");
    let largest = normal.iter().fold(0.0, |m: f32, x| m.max(x.abs()));
    // The sample's own σ̂: the root of its mean square, which is what the SQNR contains.
    let deviation = mean_square_error(&normal, &vec![0.0; normal.len()]).sqrt();
    let in_deviations = f64::from(largest) / deviation;
    c.tell("largest of its 4096 values", in_deviations, "σ̂");
    let predicted = 20.0 * (127.0 / in_deviations).log10() + 10.0 * 12f64.log10();
    c.tell("SQNR if the mean square error were s²/12", predicted, "dB");
    let unsigned = lines[2].1[6] - lines[1].1[6];
    c.tell("unsigned codes gain on its positive part", unsigned, "dB");
    let (p, codes) = fit(&normal, SIGNED_8);
    let step = f64::from(p.scale);
    let measured = mean_square_error(&normal, &dequantize(&codes, &p));
    let uniform = step * step / 12.0;
    c.tell("mean square error, 8 bits", measured / uniform, "s²/12");
    let bytes = normal.len() as f64;
    c.tell("4096 values take as f32", 4.0 * bytes, "bytes");
    c.tell(
        "packed as 8-bit codes, scale and zero they would take",
        bytes + 8.0,
        "bytes",
    );
    c.plot(series(
        "Few values need the outer codes of a grid that reaches the largest",
        ("code", "values"),
        vec![line(
            "4 bits",
            (-7..=7).zip(histogram).map(|(q, n)| (q.into(), n as f64)),
        )],
    ));
    let with_bits = |line: &[f64]| {
        (2..=8)
            .map(f64::from)
            .zip(line.to_vec())
            .collect::<Vec<_>>()
    };
    c.plot(series(
        "A bit more gains 6 dB; unsigned codes gain a bit where values have one sign",
        ("bits", "SQNR, dB"),
        lines
            .iter()
            .map(|(name, gains)| line(name, with_bits(gains)))
            .collect(),
    ));
}

fn line(label: &str, points: impl IntoIterator<Item = (f64, f64)>) -> Line {
    Line {
        label: label.into(),
        points: points.into_iter().collect(),
    }
}

fn series(title: &str, (x, y): (&str, &str), lines: Vec<Line>) -> Plot {
    Plot::Series(Series {
        title: title.into(),
        x: x.into(),
        y: y.into(),
        lines,
        ..Series::default()
    })
}

/// The answer's parameters for x.
fn parameters(x: &[f32], (bits, signed): Grid) -> QParams {
    match signed {
        true => params_symmetric(x, bits),
        false => params_affine(x, bits),
    }
}

/// The answer's parameters for x, and the codes by them.
fn fit(x: &[f32], (bits, signed): Grid) -> (QParams, Vec<i32>) {
    let p = parameters(x, (bits, signed));
    let codes = quantize(x, &p, bits, signed);
    (p, codes)
}

/// Signal to quantization noise, 10·log₁₀(Σx²/Σ(x̂−x)²).
fn sqnr(x: &[f32], grid: Grid) -> f64 {
    let (p, codes) = fit(x, grid);
    let zeros = vec![0.0; x.len()];
    let noise = mean_square_error(x, &dequantize(&codes, &p));
    10.0 * (mean_square_error(x, &zeros) / noise).log10()
}

fn mean_square_error(x: &[f32], other: &[f32]) -> f64 {
    let error = |(&x, &y): (&f32, &f32)| f64::from(x) - f64::from(y);
    let squares = x.iter().zip(other).map(|pair| error(pair).powi(2));
    squares.sum::<f64>() / x.len() as f64
}

/// The last code of a grid.
fn last(bits: u32, signed: bool) -> i32 {
    (1 << (bits - u32::from(signed))) - 1
}

/// n random values whose steps are known: an integer and at most 0.45, so never near a tie,
/// and never near one by the last bits of a division. The first two are the ends of the range.
fn sample(c: &mut Check, (bits, signed): Grid, n: usize) -> Vec<f32> {
    let last = last(bits, signed);
    let step = 0.01 * (1.0 + c.rng().uniform());
    let fraction = 0.6 * c.rng().uniform() - 0.3;
    let zero = 1 + c.rng().below((last - 1).max(1) as usize) as i32; // codes on both sides
    // Whole numbers of steps strictly between the ends, and the ends.
    let (inside, ends) = match signed {
        true => (1 - last..last, [f64::from(-last), f64::from(last) - 0.3]),
        false => {
            let lo = f64::from(-zero) + fraction;
            (1 - zero..last - zero, [lo, lo + f64::from(last)])
        }
    };
    let inner = (2..n).map(|_| {
        let whole = inside.start + c.rng().below(inside.len()) as i32;
        f64::from(whole) + 0.9 * (c.rng().uniform() - 0.5)
    });
    let all: Vec<f64> = ends.into_iter().chain(inner).collect();
    all.iter().map(|steps| (steps * step) as f32).collect()
}

/// Moves what is within a thousandth of a tie, on the symmetric grid of ±`last`, a
/// hundredth of a step towards zero.
fn off_ties(x: &mut [f32], last: i32) {
    let step = x.iter().fold(0.0, |m: f32, x| m.max(x.abs())) / last as f32;
    for x in x {
        let steps = x.abs() / step;
        if (steps.fract() - 0.5).abs() < 1e-3 {
            *x -= 0.01 * step * x.signum();
        }
    }
}

fn observe_codes(c: &mut Check, name: &str, x: &[f32], p: (f32, i32), grid: Grid) {
    give_fit(c, name, x, grid);
    let p = give_parameters(c, name, p);
    let codes = quantize(x, &p, grid.0, grid.1);
    c.observe(&format!("codes: {name}"), &codes, EXACT);
}

fn observe_values(c: &mut Check, name: &str, codes: &[i32], p: (f32, i32)) {
    c.given(&format!("codes ({name})"), codes);
    let p = give_parameters(c, name, p);
    c.observe(&format!("values: {name}"), &dequantize(codes, &p), EXACT);
}

/// Names what a grid is chosen for; the bits and the sign in one line.
fn give_fit(c: &mut Check, name: &str, x: &[f32], (bits, signed): Grid) {
    c.given(&format!("x ({name})"), x);
    let grid = format!("{bits}, {signed}");
    c.given(&format!("bits, signed ({name})"), &grid);
}

fn give_parameters(c: &mut Check, name: &str, (scale, zero): (f32, i32)) -> QParams {
    let written = format!("{scale}, {zero}");
    c.given(&format!("scale, zero ({name})"), &written);
    QParams { scale, zero }
}

/// The parameters for x; that the symmetric zero point is 0 shows in the codes.
fn observe_parameters(c: &mut Check, name: &str, x: &[f32], grid: Grid) {
    give_fit(c, name, x, grid);
    let p = parameters(x, grid);
    c.observe(&format!("scale: {name}"), &p.scale, SCALE);
    let (_, signed) = grid;
    if !signed {
        c.observe(&format!("zero: {name}"), &p.zero, EXACT);
    }
}

/// The parameters for x, and its codes by them.
fn observe_fit(c: &mut Check, name: &str, x: &[f32], grid: Grid) {
    observe_parameters(c, name, x, grid);
    c.observe(&format!("codes: {name}"), &fit(x, grid).1, EXACT);
}

/// What `laws_hold` tells the truth of, in its order.
const LAWS: [&str; 4] = [
    "a value comes back with an error of at most half a step",
    "quantizing what codes stand for gives the same codes",
    "zero gets the code `zero`, which stands for exactly 0",
    "a larger value never gets a smaller code",
];

fn laws_hold(x: &[f32], p: &QParams, (bits, signed): Grid) -> [bool; 4] {
    let codes = |x: &[f32]| quantize(x, p, bits, signed);
    let values = dequantize(&codes(x), p);
    // The division, the product and the scale itself are rounded: 2⁻²⁴ of the value each.
    let half = |x: f32| 0.5 * f64::from(p.scale) + f64::from(x.abs()) * 2f64.powi(-22);
    let small = |(&x, &y): (&f32, &f32)| (f64::from(x) - f64::from(y)).abs() <= half(x);
    let mut sorted = x.to_vec();
    sorted.sort_by(f32::total_cmp);
    [
        x.iter().zip(&values).all(small),
        codes(&values) == codes(x),
        codes(&[0.0]) == [p.zero] && dequantize(&[p.zero], p) == [0.0],
        codes(&sorted).is_sorted(),
    ]
}
