use attention_backward::attention_backward;
use kit::prelude::*;

pub fn main() {
    checks(&[
        (
            "one query, one key: all that comes back goes to the value",
            one_key,
        ),
        ("two queries and two keys, by hand", by_hand),
        ("a causal query sees the keys up to its own", causal_by_hand),
        ("what the values get is what came back", conserved),
        ("the first causal query has nothing to choose", causal),
        ("nothing comes back to keys of the future", future),
        ("one vector more on every key changes nothing", shifted_keys),
        ("the gradients are the derivatives", derivatives),
        ("no array of n m d elements is built", memory),
    ])
}

type Gradients = (Array2<f64>, Array2<f64>, Array2<f64>);

/// What attention is given, and what comes back to it.
struct Inputs {
    q: Array2<f64>,
    k: Array2<f64>,
    v: Array2<f64>,
    dout: Array2<f64>,
}

impl Inputs {
    /// Random ones; the keys and what comes back are views with strides.
    fn random(c: &mut Check, n: usize, m: usize, d: usize, dv: usize) -> Self {
        Self {
            q: c.normal((n, d)),
            k: c.normal((d, m)).reversed_axes(),
            v: c.normal((m, dv)),
            dout: c.normal((dv, n)).reversed_axes(),
        }
    }

    fn given(&self, c: &mut Check) {
        c.given("q", &self.q);
        c.given("k", &self.k);
        c.given("v", &self.v);
        c.given("dout", &self.dout);
    }

    fn gradients(&self, causal: bool) -> Gradients {
        attention_backward(&self.q, &self.k, &self.v, causal, &self.dout)
    }

    fn fits(&self, (dq, dk, dv): &Gradients) -> bool {
        dq.dim() == self.q.dim() && dk.dim() == self.k.dim() && dv.dim() == self.v.dim()
    }
}

fn observe(c: &mut Check, (dq, dk, dv): &Gradients) {
    c.observe("dq", dq, G64);
    c.observe("dk", dk, G64);
    c.observe("dv", dv, G64);
}

fn one_key(c: &mut Check) {
    // P is 1, whatever q and k are: dq = dk = 0, and dv = dout.
    let inputs = Inputs {
        q: array![[2.0]],
        k: array![[3.0]],
        v: array![[5.0, 7.0]],
        dout: array![[1.0, 2.0]],
    };
    inputs.given(c);
    observe(c, &inputs.gradients(false));
}

fn by_hand(c: &mut Check) {
    // P = [¾ ¼] [½ ½], dP = [4 0] [8 0], its mean 3 and 4, dS = [¾ -¾] [2 -2], and 1/√d is ½.
    // dq = [⅜ 0 0 0] [1 0 0 0], dk = ±[¾ ln 3 0 0 0], dv = [7/4] [5/4].
    let mut q = Array2::zeros((2, 4));
    q[[0, 0]] = 2.0 * 3f64.ln();
    let mut k = Array2::zeros((2, 4));
    k[[0, 0]] = 1.0;
    let (v, dout) = (array![[4.0], [0.0]], array![[1.0], [2.0]]);
    let inputs = Inputs { q, k, v, dout };
    inputs.given(c);
    observe(c, &inputs.gradients(false));
}

fn causal_by_hand(c: &mut Check) {
    // P = [1 0 0] [¾ ¼ 0] [⅖ ⅕ ⅖], dS = [0 0 0] [¾ -¾ 0] [8/25 -16/25 8/25].
    let inputs = Inputs {
        q: array![[0.0], [3f64.ln()], [2f64.ln()]],
        k: array![[1.0], [0.0], [1.0]],
        v: array![[4.0], [0.0], [4.0]],
        dout: array![[1.0], [1.0], [1.0]],
    };
    inputs.given(c);
    observe(c, &inputs.gradients(true));
}

fn conserved(c: &mut Check) {
    let inputs = Inputs::random(c, 3, 4, 2, 5);
    inputs.given(c);
    let gradients = inputs.gradients(false);
    observe(c, &gradients);
    if !inputs.fits(&gradients) {
        return;
    }
    let (dq, dk, dv) = gradients;
    // A query's weights sum to 1, so that all it gets back goes to the values.
    same_sums(
        c,
        &dv,
        &inputs.dout,
        "the rows of dv sum to what those of dout do",
    );
    // Both are <dS, S>: in S = QKᵀ/√d, 1 % more of Q is 1 % more of K.
    let (of_q, of_k) = ((&dq * &inputs.q).sum(), (&dk * &inputs.k).sum());
    c.close(of_q, of_k, G64, "<q, dq> is <k, dk>");
}

fn causal(c: &mut Check) {
    let inputs = Inputs::random(c, 4, 4, 3, 2);
    inputs.given(c);
    let gradients = inputs.gradients(true);
    observe(c, &gradients);
    if inputs.fits(&gradients) {
        let (dq, dk, dv) = gradients;
        let first = dq.row(0).iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        c.close(
            first,
            0.0,
            G64,
            "query 0 has one key only: the largest of its dq is 0",
        );
        same_sums(
            c,
            &dv,
            &inputs.dout,
            "the rows of dv sum to what those of dout do",
        );
        same_sums(c, &dk, &Array2::zeros((1, 3)), "the rows of dk sum to 0");
    }
    let plot = heard(c);
    c.plot(plot);
}

fn future(c: &mut Check) {
    let mut inputs = Inputs::random(c, 4, 4, 2, 1);
    let only = inputs.dout.row(1).to_owned();
    inputs.dout.fill(0.0);
    inputs.dout.row_mut(1).assign(&only);
    inputs.given(c);
    let gradients = inputs.gradients(true);
    observe(c, &gradients);
    if inputs.fits(&gradients) {
        let (_, dk, dv) = gradients;
        let later = |a: &Array2<f64>| a.slice(s![2.., ..]).iter().all(|&x| x == 0.0);
        c.holds(
            later(&dk) && later(&dv),
            "if only query 1 gets something back, keys and values 2 and 3 get nothing",
        );
    }
}

fn shifted_keys(c: &mut Check) {
    let mut inputs = Inputs::random(c, 2, 3, 2, 2);
    let (dq, dk, _) = inputs.gradients(false);
    let more = c.normal(2);
    inputs.k += &more;
    inputs.given(c);
    let gradients = inputs.gradients(false);
    c.observe("dq", &gradients.0, G64);
    if inputs.fits(&gradients) && dq.dim() == inputs.q.dim() && dk.dim() == inputs.k.dim() {
        let apart =
            |a: &Array2<f64>, b: &Array2<f64>| (a - b).iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        c.close(
            apart(&gradients.0, &dq),
            0.0,
            G64,
            "dq is as before: the largest difference is 0",
        );
        c.close(
            apart(&gradients.1, &dk),
            0.0,
            G64,
            "dk is as before: the largest difference is 0",
        );
    }
}

fn derivatives(c: &mut Check) {
    let inputs = Inputs::random(c, 3, 3, 2, 2);
    inputs.given(c);
    let gradients = inputs.gradients(true);
    c.observe("dk", &gradients.1, G64);
    if !inputs.fits(&gradients) {
        return;
    }
    let Inputs { q, k, v, dout } = &inputs;
    let loss = |q: &ArrayRef2<f64>, k: &ArrayRef2<f64>, v: &ArrayRef2<f64>| {
        (causal_attention(q, k, v) * dout).sum()
    };
    let (dq, dk, dv) = gradients;
    c.derivative(
        q,
        &dq,
        &|q| loss(q, k, v),
        "<dq, d> is how fast <dout, out> changes along d",
    );
    c.derivative(
        k,
        &dk,
        &|k| loss(q, k, v),
        "<dk, d> is how fast <dout, out> changes along d",
    );
    c.derivative(
        v,
        &dv,
        &|v| loss(q, k, v),
        "<dv, d> is how fast <dout, out> changes along d",
    );
}

fn memory(c: &mut Check) {
    let (n, d) = (64, 32);
    let inputs = Inputs::random(c, n, n, d, d);
    // Eight arrays of n·n and eight of n·d: 393 kB. One of n·n·d takes 1,049 kB.
    let bound = 8 * 8 * (n * n + n * d);
    c.peak_bytes("peak bytes, n = m = 64, d = 32", bound, || {
        inputs.gradients(false)
    });
    let (_, cost) = kit::alloc::count(|| inputs.gradients(true));
    c.tell(
        "memory for 64 queries and keys",
        cost.peak_bytes as f64,
        "bytes at most alive",
    );
    let inputs = Inputs::random(c, 2 * n, 2 * n, d, d);
    let (_, cost) = kit::alloc::count(|| inputs.gradients(true));
    c.tell("and for 128", cost.peak_bytes as f64, "bytes at most alive");
}

/// States that two arrays have the same sums down their columns.
fn same_sums(c: &mut Check, a: &Array2<f64>, b: &Array2<f64>, law: &str) {
    let (a, b) = (a.sum_axis(Axis(0)), b.sum_axis(Axis(0)));
    let off = (0..a.len())
        .find(|&j| !G64.accepts(a[j], b[j]))
        .unwrap_or(0);
    c.close(a[off], b[off], G64, &format!("{law}, in column {off}"));
}

/// The forward pass, a query at a time.
fn causal_attention(q: &ArrayRef2<f64>, k: &ArrayRef2<f64>, v: &ArrayRef2<f64>) -> Array2<f64> {
    let mut out = Array2::zeros((q.nrows(), v.ncols()));
    for i in 0..q.nrows() {
        let weights = (0..=i).map(|j| (q.row(i).dot(&k.row(j)) / (q.ncols() as f64).sqrt()).exp());
        let weights: Vec<f64> = weights.collect();
        let total: f64 = weights.iter().sum();
        for (j, w) in weights.iter().enumerate() {
            out.row_mut(i).scaled_add(w / total, &v.row(j));
        }
    }
    out
}

/// What each of eight values gets back from each of eight queries alone: p, by way of dv.
fn heard(c: &mut Check) -> Plot {
    let n = 8;
    let mut inputs = Inputs::random(c, n, n, 3, 1);
    inputs.q *= 2.0;
    let mut values = Vec::new();
    for i in 0..n {
        inputs.dout = Array2::zeros((n, 1));
        inputs.dout[[i, 0]] = 1.0;
        let (_, _, dv) = inputs.gradients(true);
        values.extend(dv.iter().copied());
    }
    let names = || (0..n).map(|i| i.to_string()).collect();
    Plot::Heat(Heat {
        title: "what a value gets back from a query is the weight that the query gave it".into(),
        rows: ("query".into(), names()),
        columns: ("value".into(), names()),
        values,
    })
}
