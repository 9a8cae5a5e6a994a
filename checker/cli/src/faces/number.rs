//! Numbers as people read them.

use std::time::Duration;

/// With up to `digits` significant digits and no trailing zeros; whole numbers below a
/// million keep all their digits, and what is far from one is written as a power of ten.
pub(super) fn significant(x: f64, digits: usize) -> String {
    if x == 0.0 {
        return "0".into();
    }
    if !x.is_finite() {
        return x.to_string();
    }
    let scientific = format!("{x:.*e}", digits.max(1) - 1);
    let (mantissa, power) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let power: i32 = power.parse().unwrap_or(0);
    if !(-4..6).contains(&power) && (x != x.trunc() || x.abs() >= 1e6) {
        return format!("{}e{power}", without_zeros(mantissa));
    }
    let decimals = (digits as i32 - 1 - power).max(0) as usize;
    without_zeros(&format!("{x:.decimals$}")).into()
}

/// Without the zeros at the end of a fraction.
fn without_zeros(text: &str) -> &str {
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.')
}

/// Thousands separated; whole numbers exact, others to six digits.
pub(super) fn grouped(x: f64) -> String {
    if x == x.trunc() && x.abs() < 1e15 {
        return separated(&format!("{}", x + 0.0));
    }
    separated(&significant(x, 6))
}

/// Commas between the thousands of a plain decimal number.
pub(super) fn separated(text: &str) -> String {
    let (sign, rest) = text.split_at(usize::from(text.starts_with('-')));
    let end = rest.find(['.', 'e']).unwrap_or(rest.len());
    let (whole, fraction) = rest.split_at(end);
    if whole.len() < 4 || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return text.into();
    }
    let mut grouped = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// Digits after the point; none where the point is not what orders the number.
fn decimals(text: &str) -> usize {
    match text.split_once('.') {
        Some((_, fraction)) if !text.contains('e') => fraction.len(),
        _ => 0,
    }
}

/// As [`significant`], but with the same number of digits after every point, so that points
/// stand under one another when the texts are right-aligned.
pub(super) fn even(numbers: &[f64], digits: usize) -> Vec<String> {
    let texts = numbers.iter().map(|&x| significant(x, digits));
    let texts: Vec<String> = texts.collect();
    let most = texts.iter().map(|text| decimals(text)).max().unwrap_or(0);
    let even = |(&x, text): (&f64, String)| match x.is_finite() && !text.contains('e') {
        true => format!("{:.most$}", x + 0.0),
        false => text,
    };
    numbers.iter().zip(texts).map(even).collect()
}

/// Spaces after each text, so that points (where there is one) stand under one another when
/// the texts are right-aligned.
pub(super) fn point_aligned(texts: &mut [String]) {
    let tail = |text: &str| text.find('.').map_or(0, |point| text.len() - point);
    let most = texts.iter().map(|text| tail(text)).max().unwrap_or(0);
    for text in texts.iter_mut() {
        let missing = most - tail(text);
        text.push_str(&" ".repeat(missing));
    }
}

/// Both values with as few digits, but six, as tell them apart: the digits that agree
/// after the first difference are noise.
pub(super) fn told_apart(one: &str, other: &str) -> (String, String) {
    let (Ok(x), Ok(y)) = (one.parse::<f64>(), other.parse::<f64>()) else {
        return (one.into(), other.into());
    };
    if x == x.trunc() && y == y.trunc() {
        return (one.into(), other.into());
    }
    let digits = digits_apart(6, &[(x, y)]);
    (significant(x, digits), significant(y, digits))
}

/// How many significant digits tell each pair of different numbers apart; never less than
/// `least`.
pub(super) fn digits_apart(least: usize, pairs: &[(f64, f64)]) -> usize {
    let apart = |digits: &usize| {
        let mut pairs = pairs.iter();
        pairs.all(|&(x, y)| {
            let same = x == y || !(x - y).is_finite();
            same || significant(x, *digits) != significant(y, *digits)
        })
    };
    (least..17).find(apart).unwrap_or(17)
}

/// `n` of something, with its plural where it is not one.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    let noun = if n == 1 { one } else { many };
    format!("{} {noun}", grouped(n as f64))
}

/// A time to a precision that a person cares for.
pub(super) fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        ..0.001 => "less than 1 ms".into(),
        ..1.0 => format!("{:.0} ms", seconds * 1e3),
        ..10.0 => format!("{} s", without_zeros(&format!("{seconds:.2}"))),
        _ => format!("{seconds:.0} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_digits_and_powers_of_ten_where_zeros_would_be_counted() {
        let shown = [1.0, 1234567.0, 0.1 + 0.2, 1e-7, 123456.7, -0.0, 99999.96];
        let shown = shown.map(|x| significant(x, 3));
        assert_eq!(
            shown,
            ["1", "1.23e6", "0.3", "1e-7", "123457", "0", "100000"]
        );
        assert_eq!(significant(f64::NAN, 3), "NaN");
        assert_eq!(significant(f64::NEG_INFINITY, 3), "-inf");
    }

    #[test]
    fn thousands_are_separated() {
        let shown = [999.0, 1234.0, -1234567.0, 1234.5, f64::INFINITY, 1e300].map(grouped);
        let expected = ["999", "1,234", "-1,234,567", "1,234.5", "inf", "1e300"];
        assert_eq!(shown, expected);
    }

    #[test]
    fn values_are_shown_to_the_digit_that_differs() {
        let (x, y) = told_apart("0.3333333333333333", "0.25");
        assert_eq!((x.as_str(), y.as_str()), ("0.333333", "0.25"));
        let (x, y) = told_apart("0.12345678", "0.12345679");
        assert_eq!((x.as_str(), y.as_str()), ("0.12345678", "0.12345679"));
        assert_eq!(told_apart("\"a\"", "3").0, "\"a\"");
    }

    #[test]
    fn points_stand_under_one_another() {
        let texts = even(&[0.25, -3.0, f64::NAN, 1.0 / 3.0], 2);
        assert_eq!(texts, ["0.25", "-3.00", "NaN", "0.33"]);
        let mut texts = ["0.25", "-3"].map(String::from);
        point_aligned(&mut texts);
        assert_eq!(texts, ["0.25", "-3   "]);
    }

    #[test]
    fn times_are_as_exact_as_anybody_cares_for() {
        let shown = [0.2, 80.4, 1512.0, 60_000.0].map(|ms| time(Duration::from_secs_f64(ms / 1e3)));
        assert_eq!(shown, ["less than 1 ms", "80 ms", "1.51 s", "60 s"]);
    }
}
