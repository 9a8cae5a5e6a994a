use super::*;

const TEXT: &str = "/// ¼ of x.\nfn quarter(x: f64) -> f64 {\n    x * 0.25\n}\n";

fn proposed(start: [usize; 2], end: [usize; 2], name: &str, replacement: &str) -> Vec<u8> {
    let position = |[line, column]: [usize; 2]| serde_json::json!({"line": line, "column": column});
    serde_json::json!([{
        "name": format!("solutions/quarter/solution.rs:3:7: {name}"),
        "replacement": replacement,
        "span": {"start": position(start), "end": position(end)},
    }])
    .to_string()
    .into_bytes()
}

fn divided() -> Mutant {
    let list = proposed([3, 7], [3, 8], "replace * with / in quarter", "/");
    proposals::mutants(TEXT, &list).unwrap().remove(0)
}

#[test]
fn a_proposal_changes_its_place_alone() {
    let mutant = divided();
    assert_eq!(mutant.change, "replace * with / in quarter");
    assert_eq!((mutant.line_number, mutant.line.as_str()), (3, "x * 0.25"));
    assert_eq!(mutant.text, TEXT.replace('*', "/"));
}

#[test]
fn columns_are_counted_in_characters() {
    let list = proposed([1, 5], [1, 6], "replace ¼ with ½", "½");
    let mutant = proposals::mutants(TEXT, &list).unwrap().remove(0);
    assert_eq!(mutant.text, TEXT.replace('¼', "½"));
}

#[test]
fn a_place_outside_the_text_is_no_mutant() {
    for (start, end) in [([3, 7], [9, 1]), ([0, 1], [1, 1]), ([1, 90], [1, 91])] {
        let list = proposed(start, end, "replace", "");
        let why = proposals::mutants(TEXT, &list).unwrap_err().to_string();
        assert!(why.contains("lies outside the text"), "{why}");
    }
}

#[test]
fn who_passes_survives_unless_it_is_explained() {
    let explained = |line: &str| Equivalent {
        change: "replace * with / in quarter".into(),
        line: line.into(),
        why: "x is 0".into(),
    };
    let passed = |explanations: &[Equivalent]| fate(&divided(), Verdict::Passed, explanations);
    assert_eq!(passed(&[]), Ok(Fate::Survived));
    assert_eq!(passed(&[explained("x * 0.5")]), Ok(Fate::Survived));
    let equivalent = Fate::Equivalent("x is 0".into());
    assert_eq!(passed(&[explained("x * 0.25")]), Ok(equivalent));
}
