//! Trains the network of stage 4 on both splits of the tales, for some sizes, and lets it write.
//!
//! ```text
//! cargo run --release -p course --example mlp_tales -- CTX H STEPS B RATE SEEDS
//! ```
//!
//! tells, for D = 16: weights and bytes; operations of the training by the cost model, how long
//! they would take at the rate of large products here, and how long the tanh do; bits a character
//! on either split, mean and standard deviation over the seeds 1 to SEEDS, and how long a training
//! took; and what the last model writes.

use course::char_bigrams::{build_vocab, encode};
use course::mlp_cost_model::{Cfg, flops_train, params, predict_seconds};
use course::mlp_lm_forward::MlpLm;
use course::mlp_tales::{generate, train};
use kit::Rng;
use ndarray::Array2;
use std::hint::black_box;
use std::time::Instant;

const D: usize = 16;

fn main() {
    let numbers: Vec<f64> = std::env::args().skip(1).flat_map(|a| a.parse()).collect();
    let &[ctx, h, steps, batch, lr, seeds] = numbers.as_slice() else {
        eprintln!("six numbers are needed: CTX H STEPS B RATE SEEDS");
        std::process::exit(2);
    };
    let [ctx, h, steps, batch] = [ctx, h, steps, batch].map(|n| n as usize);
    let tales = kit::corpus::tales();
    let vocab = build_vocab(tales.text);
    let v = vocab.len();
    let [v64, d, c, h64] = [v, D, ctx, h].map(|n| n as u64);
    let sizes = Cfg {
        v: v64,
        d,
        ctx: c,
        h: h64,
    };
    let work = flops_train(&sizes, (steps * batch) as u64);
    let rate = gflops();
    println!("context {ctx}, H = {h}, {steps} steps of {batch}, rate {lr}");
    println!("  {} weights, {} bytes", params(&sizes), 4 * params(&sizes));
    println!("  {:.1} · 10⁹ operations in products", work as f64 / 1e9);
    println!(
        "  {:.2} s at {rate:.0} gflops, as products of 256 × 256 run here",
        predict_seconds(work, rate)
    );
    let bent = (steps * batch * h) as f64;
    println!(
        "  {:.2} s for {:.0} million tanh, one after the other",
        bent * tanh_seconds(),
        bent / 1e6
    );

    let mut last = None;
    for split in tales.splits() {
        let [text, val] = [&split.train, &split.val]
            .map(|part| encode(part, &vocab).expect("a text's characters are in its vocabulary"));
        let (mut bits, mut seconds) = (Vec::new(), Vec::new());
        for seed in 1..=seeds as u64 {
            let mut rng = Rng::new(seed, "mlp_tales");
            let mut m = MlpLm::init(v, D, ctx, h, || rng.normal());
            let windows = text.len() - ctx;
            let starts = Array2::from_shape_simple_fn((steps, batch), || rng.below(windows));
            let start = Instant::now();
            // Evaluated before and after, which is little beside the steps.
            let log = train(&mut m, &text, &val, &starts, lr as f32, 0);
            seconds.push(start.elapsed().as_secs_f64());
            let (_, nats) = log.val[log.val.len() - 1];
            bits.push(f64::from(nats) / std::f64::consts::LN_2);
            last = Some(m);
        }
        let (mean, deviation) = moments(&bits);
        let (time, _) = moments(&seconds);
        println!(
            "  {} held out: {mean:.3} bits (sd {deviation:.3}), {:.3} nats; {time:.2} s a training",
            split.held_out,
            mean * std::f64::consts::LN_2
        );
    }

    let Some(m) = last else { return };
    let prompt = "There was ";
    let ids = encode(prompt, &vocab).expect("a text's characters are in its vocabulary");
    let mut rng = Rng::new(1, "tale");
    let us: Vec<f64> = (0..400).map(|_| rng.uniform()).collect();
    let tale = generate(&m, &ids, &us, 0.7);
    let tale: String = tale.iter().map(|&id| vocab[id]).collect();
    println!("\n{prompt}{tale}");
}

/// Mean and standard deviation.
fn moments(x: &[f64]) -> (f64, f64) {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let squares: f64 = x.iter().map(|x| (x - mean).powi(2)).sum();
    (mean, (squares / (n - 1.0).max(1.0)).sqrt())
}

/// The time of a hyperbolic tangent.
fn tanh_seconds() -> f64 {
    let x = Array2::from_shape_fn((1000, 128), |(i, j)| {
        ((i * 128 + j) % 4001) as f32 / 1e3 - 2.0
    });
    best_of_ten(|| black_box(&x).mapv(f32::tanh)) / x.len() as f64
}

/// The rate of a product of two matrices that keeps one core busy.
fn gflops() -> f64 {
    let n = 256;
    let a = Array2::from_elem((n, n), 0.5f32);
    2.0 * (n as f64).powi(3) / best_of_ten(|| black_box(&a).dot(black_box(&a))) / 1e9
}

/// The least time that `f` takes, in seconds: others use the machine as well.
fn best_of_ten<R>(f: impl Fn() -> R) -> f64 {
    let time = |_| {
        let start = Instant::now();
        black_box(f());
        start.elapsed().as_secs_f64()
    };
    (0..10).map(time).fold(f64::INFINITY, f64::min)
}
