use alias_sampler::{Alias, build, draw};
use kit::count::{Counted, Operations, operations};
use kit::prelude::*;
use std::collections::HashMap;
use std::sync::OnceLock;

pub fn main() {
    checks(&[
        ("a cell belongs to its own symbol and to one other", inside),
        ("where a symbol's share ends, the other's begins", borders),
        ("a heavy symbol gives what a light one lacks", gifts),
        (
            "a giver that is light afterwards gets a gift itself",
            chains,
        ),
        ("the cells of every law add up to it", laws),
        (
            "evenly spaced u draw each symbol by its probability",
            shares,
        ),
        ("a table takes a few operations for each symbol", costs),
        ("a draw costs the same among many symbols", draw_costs),
        ("the words of the tales keep their frequencies", words),
    ])
}

/// The largest f64 below 1, which is the largest u there is.
const LAST_U: f64 = 1.0 - f64::EPSILON / 2.0;

// ---------------------------------------------------------------------- draws from given tables

fn drawn(c: &mut Check, name: &str, cells: &[(f64, usize)], us: &[f64]) {
    let table = Alias {
        keep: cells.iter().map(|&(keep, _)| keep).collect(),
        alias: cells.iter().map(|&(_, alias)| alias).collect(),
    };
    c.given(&format!("keep, {name}"), &table.keep);
    c.given(&format!("alias, {name}"), &table.alias);
    c.given(&format!("u, {name}"), us);
    let symbols: Vec<usize> = us.iter().map(|&u| draw(&table, u)).collect();
    c.observe(&format!("drawn, {name}"), &symbols, EXACT);
}

fn inside(c: &mut Check) {
    let us = [0.1, 0.3, 0.6, 0.7, 0.8, 0.9];
    drawn(c, "two cells", &[(1.0, 0), (0.5, 0)], &us); // 0 0 1 1 0 0
    // Sixteenths: four to a cell.
    let cells = [(0.25, 2), (1.0, 1), (0.0, 3), (0.75, 1)];
    let us: Vec<f64> = (0..16).map(|i| (f64::from(i) + 0.5) / 16.0).collect();
    drawn(c, "four cells", &cells, &us); // 0 2 2 2 · 1 1 1 1 · 3 3 3 3 · 3 3 3 1
    drawn(c, "one cell", &[(1.0, 0)], &[0.0, 0.5, LAST_U]);
}

fn borders(c: &mut Check) {
    // What has nothing of a cell is not drawn where the cell begins: 1, 1, 3, 2.
    let cells = [(0.0, 1), (1.0, 1), (0.25, 3), (0.0, 2)];
    drawn(c, "four cells", &cells, &[0.0, 0.25, 0.5625, 0.75]);
    // The last u is in the last cell, be their number a power of 2 or not.
    let cells = [(1.0, 0), (1.0, 1), (0.5, 0)];
    drawn(c, "the last u", &cells, &[0.5, 5.0 / 6.0, LAST_U]);
}

// ---------------------------------------------------------------------- tables

/// What each symbol has in all cells together; NaN where a cell's rest is nobody's.
fn probabilities(table: &Alias<f64>) -> Array1<f64> {
    let v = table.keep.len();
    let mut p = Array1::zeros(v);
    for (cell, &keep) in table.keep.iter().enumerate() {
        p[cell] += keep;
        if keep < 1.0 {
            match table.alias.get(cell) {
                Some(&alias) if alias < v => p[alias] += 1.0 - keep,
                _ => p[cell] = f64::NAN,
            }
        }
    }
    p / v as f64
}

fn built(c: &mut Check, name: &str, p: &ArrayRef1<f64>) {
    c.given(&format!("p, {name}"), p);
    let table = build(p);
    let own = probabilities(&table);
    c.observe(&format!("what symbols have, {name}"), &own, T64);
    c.holds(
        table
            .keep
            .iter()
            .all(|&keep| (0.0..1.0 + 1e-12).contains(&keep)),
        "a share of a cell lies between 0 and 1",
    );
}

fn gifts(c: &mut Check) {
    built(c, "a quarter first", &array![0.25, 0.75]);
    built(c, "an eighth last", &array![0.875, 0.125]);
    built(c, "certain", &array![1.0]);
    built(c, "even", &array![0.25, 0.25, 0.25, 0.25]);
    built(c, "one for all", &array![0.125, 0.125, 0.625, 0.125]);
    built(c, "certain among four", &array![0.0, 0.0, 1.0, 0.0]);
}

fn chains(c: &mut Check) {
    // Weights 5/4, ¼, 9/4, ¼: one of the heavy two needs a gift in the end.
    let sixteenths = array![5.0, 1.0, 9.0, 1.0] / 16.0;
    built(c, "sixteenths", &sixteenths);
    let steps = array![0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 7.0, 9.0] / 32.0;
    built(c, "steps", &steps);
    built(c, "steps backwards", &steps.slice(s![..;-1]));
}

/// A law on `v` symbols, the more uneven the larger `spread`; two of them never occur.
fn uneven(c: &mut Check, v: usize, spread: f64) -> Array1<f64> {
    let mut p = c.normal(v).mapv(|z| (spread * z).exp());
    let gap = c.rng().below(v);
    p[gap] = 0.0;
    p[(gap + 3) % v] = 0.0;
    let sum = p.sum();
    p / sum
}

fn laws(c: &mut Check) {
    let laws: Vec<Array1<f64>> = (6..36).map(|v| uneven(c, v, 1.5)).collect();
    let all: Array1<f64> = laws.iter().flatten().copied().collect();
    c.given("laws of 6, 7, … 35 symbols, one after the other", &all);
    let (mut all, mut wrong) = (Vec::new(), None);
    for p in &laws {
        let own = probabilities(&build(p));
        let mut pairs = own.iter().zip(p).enumerate();
        let differs = pairs.find(|(_, (own, p))| !T64.accepts(**own, **p));
        wrong = wrong.or(differs.map(|(i, (own, expected))| (p, i, *own, *expected)));
        all.extend(own);
    }
    c.observe_large("what all symbols have", &Array1::from(all), T64);
    if let Some((p, i, own, expected)) = wrong {
        let p = p.to_vec();
        let law = format!("the cells give symbol {i} its probability, where p = {p:?}");
        c.close(own, expected, T64, &law);
    }
}

fn shares(c: &mut Check) {
    // Sixty-fourths, put into eight cells one by one: every weight is a multiple of 1/8, so
    // that eight u to a cell meet each symbol exactly as often as its count says.
    let mut counts = [0usize; 8];
    (0..64).for_each(|_| counts[c.rng().below(6) + 1] += 1);
    let p: Array1<f64> = counts.iter().map(|&n| n as f64 / 64.0).collect();
    c.given("p", &p);
    let table = build(&p);
    let mut times = [0usize; 8];
    for i in 0..64 {
        let symbol = draw(&table, (f64::from(i) + 0.5) / 64.0);
        if let Some(times) = times.get_mut(symbol) {
            *times += 1;
        }
    }
    c.observe("times drawn", &times[..], EXACT);
}

// ---------------------------------------------------------------------- costs

/// p ∝ 1/rank, as words have it (Zipf).
fn zipf(v: usize) -> Array1<Counted> {
    let p = Array1::from_shape_fn(v, |rank| 1.0 / (rank + 1) as f64);
    let sum = p.sum();
    p.mapv(|p| Counted(p / sum))
}

fn costs(c: &mut Check) {
    let v = 1024;
    let mut p = zipf(v).to_vec();
    c.rng().shuffle(&mut p); // sorted already, it would be easy to sort
    let p = Array1::from(p);
    c.given("p", &p.mapv(|p| p.0));
    let (_, cost) = operations(|| build(&p));
    bounded(c, "1,024 symbols", &cost, [5 * v, 6 * v]);
}

fn bounded(c: &mut Check, what: &str, cost: &Operations, [comparisons, flops]: [usize; 2]) {
    let name = format!("comparisons for a table of {what}");
    c.at_most(&name, cost.comparisons as f64, comparisons as f64);
    let name = format!("+, − and × for a table of {what}");
    c.at_most(&name, cost.flops() as f64, flops as f64);
}

fn draw_costs(c: &mut Check) {
    let (v, n) = (1024, 64);
    c.given("V", &v);
    c.given("draws", &n);
    let table = build(&zipf(v));
    let us = evenly(n);
    let (_, cost) = operations(|| us.iter().map(|&u| draw(&table, u)).max());
    let name = "comparisons in 64 draws from 1,024 symbols";
    c.at_most(name, cost.comparisons as f64, 2.0 * n as f64);
}

fn evenly(n: usize) -> Vec<Counted> {
    let u = |i| (i as f64 + 0.5) / n as f64;
    (0..n).map(|i| Counted(u(i))).collect()
}

// ---------------------------------------------------------------------- the tales, and numbers

/// The law of the tales' words, the commonest first. No seed matters to it: it is made once.
fn law_of_words() -> &'static Array1<f64> {
    static LAW: OnceLock<Array1<f64>> = OnceLock::new();
    LAW.get_or_init(|| {
        let text = corpus::corpus().text.to_lowercase();
        let mut times: HashMap<&str, usize> = HashMap::new();
        let words = text.split(|c: char| !c.is_alphabetic());
        words.for_each(|word| *times.entry(word).or_default() += usize::from(!word.is_empty()));
        let mut times: Vec<usize> = times.into_values().collect();
        times.sort_unstable_by(|a, b| b.cmp(a));
        let total = times.iter().sum::<usize>() as f64;
        times.iter().map(|&n| n as f64 / total).collect()
    })
}

fn words(c: &mut Check) {
    let p = law_of_words();
    c.given("p", p);
    c.observe_large("what words have", &probabilities(&build(p)), T64);
    look_back(c);
}

/// Comparisons a draw, on average: down the running sums, by bisecting them, by the table.
fn comparisons(v: usize) -> [f64; 3] {
    let p = zipf(v);
    let n = 256;
    let us = evenly(n);
    let mut sum = 0.0;
    let sums: Vec<Counted> = p
        .iter()
        .map(|p| {
            sum += p.0;
            Counted(sum)
        })
        .collect();
    let table = build(&p);
    let a_draw = |draw: &dyn Fn(Counted) -> usize| {
        let (_, cost) = operations(|| us.iter().map(|&u| draw(u)).max());
        cost.comparisons as f64 / n as f64
    };
    [
        a_draw(&|u| sums.iter().take_while(|&&end| end <= u).count()),
        a_draw(&|u| sums.partition_point(|&end| end <= u)),
        a_draw(&|u| draw(&table, u)),
    ]
}

/// The sizes of the picture; the last is GPT-2's vocabulary.
const SIZES: [usize; 6] = [2, 8, 64, 512, 4096, 50_257];

fn look_back(c: &mut Check) {
    if operations(|| build(&zipf(512))).1.comparisons > 5 * 512 {
        return; // too slow for the largest
    }
    static COSTS: OnceLock<[[f64; 3]; 6]> = OnceLock::new();
    let costs = COSTS.get_or_init(|| SIZES.map(comparisons));
    let largest = SIZES[5];
    let names = ["running sums", "bisection", "your table"];
    for (name, cost) in names.iter().zip(costs[5]) {
        let name = format!("a draw among 50,257 symbols, {name}");
        c.tell(&name, cost, "comparisons");
    }
    let (_, cost) = operations(|| build(&zipf(largest)));
    let made = cost.comparisons + cost.flops();
    c.tell("making the table", made as f64, "operations");
    let [_, bisection, table] = costs[5];
    let more = made as f64 - largest as f64; // than running sums
    c.tell(
        "it has paid after",
        (more / (bisection - table)).ceil(),
        "draws",
    );
    let line = |k: usize| Line {
        label: names[k].into(),
        points: SIZES
            .iter()
            .zip(costs)
            .map(|(&v, cost)| (v as f64, cost[k]))
            .collect(),
    };
    c.plot(Plot::Series(Series {
        title: "A table takes one comparison a draw, be there two symbols or fifty thousand".into(),
        x: "V, symbols with p ∝ 1/rank".into(),
        y: "comparisons a draw".into(),
        log_x: true,
        log_y: true,
        lines: (0..3).map(line).collect(),
    }));
}
