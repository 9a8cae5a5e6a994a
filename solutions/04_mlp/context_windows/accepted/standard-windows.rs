//! By the windows that slices have, and counts in place of subtractions.

use ndarray::Array2;

pub fn n_windows(n: usize, ctx: usize) -> usize {
    (0..n).skip(ctx).count()
}

pub fn windows(ids: &[usize], starts: &[usize], ctx: usize) -> (Array2<usize>, Vec<usize>) {
    let mut questions = Vec::new();
    let mut answers = Vec::new();
    for &start in starts {
        let window = ids.windows(ctx + 1).nth(start).expect("no window there");
        let (answer, question) = window.split_last().expect("C + 1 symbols");
        questions.extend_from_slice(question);
        answers.push(*answer);
    }
    let x = Array2::from_shape_vec((starts.len(), ctx), questions).expect("C for each start");
    (x, answers)
}

pub fn split(ids: &[usize], frac: f64) -> (&[usize], &[usize]) {
    let cut = (ids.len() as f64 * frac).trunc() as usize;
    (&ids[..cut], &ids[cut..])
}
