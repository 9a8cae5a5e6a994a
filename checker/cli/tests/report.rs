//! The report on a learner's course, made by the built program: self-contained, and true of
//! what the answers show now.

mod support;

use std::fs;
use support::html::{assert_links_resolve, assert_self_contained, elements};
use support::{TestCourse, llmlings, sample};

/// Checks that also tell a number and draw, with names that would be markup.
fn checks() -> String {
    let last = r#""the sum is doubled");"#;
    let shows = r#"
            c.tell("sum <b>of</b> y", y.sum(), "units & more");
            c.plot(kit::Plot::Series(kit::Series {
                title: "</svg><script>y</script>".into(),
                lines: vec![kit::Line {
                    label: "<i>".into(),
                    points: y.iter().map(|&y| (y, y)).collect(),
                }],
                ..kit::Series::default()
            }));"#;
    let checks = sample::CHECKS.replace(last, &format!("{last}{shows}"));
    assert_ne!(checks, sample::CHECKS);
    checks
}

fn course() -> TestCourse {
    TestCourse::new()
        .exercise("first")
        .info("title", r#""Twice <b> & `double`""#)
        .checks(&checks())
        .answer(sample::SOLUTION)
        .exercise("second")
        .answer(sample::SOLUTION)
        .exercise("third")
        .build()
}

fn report(course: &TestCourse) -> String {
    let ran = llmlings(course, &["report"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let file = course.path("target/report.html");
    assert_eq!(ran.stdout.trim(), file.display().to_string());
    let html = fs::read_to_string(file).unwrap();
    assert_self_contained("report.html", &html);
    assert!(!html.contains("url("), "the page holds all that it needs");
    assert_links_resolve(&course.path("target"), "report.html");
    html
}

#[test]
fn a_report_tells_what_the_answers_show_now() {
    let course = course();
    let html = report(&course);
    assert!(html.contains("0 of 3 exercises passed"), "{html}");

    llmlings(&course, &["check"]);
    llmlings(&course, &["hint", "second"]);
    let html = report(&course);
    assert!(
        html.contains("2 of 3 exercises passed, 20 of 30 points"),
        "{html}"
    );
    assert!(html.contains("<code>double</code>"), "{html}");
    assert!(html.contains("sum &lt;b&gt;of&lt;/b&gt; y"), "{html}");
    assert!(html.contains("units &amp; more"), "{html}");
    assert_eq!(html.matches("<figure").count(), 1, "{html}");
    assert!(html.contains("<td>1 of 3</td>"), "{html}");

    // What no longer passes says so, in words that are not markup.
    let broken = r#"compile_error!("<img src=x onerror=alert(1)>");"#;
    fs::write(course.answer_file("second"), broken).unwrap();
    let html = report(&course);
    assert!(html.contains("One was changed since it passed."), "{html}");
    assert!(html.contains("it does not compile: &lt;img"), "{html}");
    let pictures = elements(&html).unwrap();
    assert!(pictures.iter().all(|element| element.name != "img"));
}

#[test]
fn a_report_is_written_where_it_is_wanted_and_changes_no_record() {
    let course = course();
    llmlings(&course, &["check"]);
    let state = || fs::read_to_string(course.path(".llmlings/state.json")).unwrap();
    let before = state();
    let ran = llmlings(&course, &["report", "--out", "made here/mine.html"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert_links_resolve(&course.path("made here"), "mine.html");
    assert_eq!(state(), before);
    let ran = llmlings(&course, &["report", "--out", "info.toml/x.html"]);
    assert_eq!(ran.code, 4, "{}{}", ran.stdout, ran.stderr);
}
