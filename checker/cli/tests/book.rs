//! The course as a book, made by the built program: every formula is there, every link leads
//! somewhere, nothing comes from the network.

mod support;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use std::fs;
use std::path::Path;
use support::html::{assert_links_resolve, assert_self_contained, elements};
use support::test_course::STAGE;
use support::{TestCourse, llmlings, llmlings_in, repository};

/// How many formulas the notes of a stage hold, in the line and set apart.
fn formulas(stage: &str) -> (usize, usize) {
    let notes = repository().join("exercises").join(stage).join("README.md");
    let notes = fs::read_to_string(&notes).unwrap_or_else(|e| panic!("{}: {e}", notes.display()));
    let options = Options::ENABLE_MATH | Options::ENABLE_TABLES | Options::ENABLE_GFM;
    let (mut inline, mut display) = (0, 0);
    for event in Parser::new_ext(&notes, options) {
        match event {
            Event::InlineMath(_) => inline += 1,
            Event::DisplayMath(_) => display += 1,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "math" => {
                display += 1;
            }
            _ => {}
        }
    }
    (inline, display)
}

/// The files of a folder with this ending.
fn files(folder: &Path, ending: &str) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(ending)).collect();
    names.sort();
    names
}

#[test]
fn the_course_as_a_book() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("a book");
    let out = folder.display().to_string();
    let ran = llmlings_in(&repository(), &["book", "--out", &out]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("index.html"), "{}", ran.stdout);

    let pages = files(&folder, ".html");
    assert!(pages.len() > 5, "{pages:?}");
    let mut figures = 0;
    for page in &pages {
        let text = fs::read_to_string(folder.join(page)).unwrap();
        assert_self_contained(page, &text);
        assert_links_resolve(&folder, page);
        figures += text.matches("<figure class=\"plot\">").count();
        if page == "index.html" {
            continue;
        }
        let elements = elements(&text).unwrap_or_else(|e| panic!("{page}: {e}"));
        let of = |class| {
            elements
                .iter()
                .filter(|e| e.get("class") == Some(class))
                .count()
        };
        let set = (of("math"), of("formula"));
        assert_eq!(set, formulas(page.trim_end_matches(".html")), "{page}");
    }
    assert!(figures > 0, "no pictures: {}", ran.stderr);
    let style = fs::read_to_string(folder.join("book.css")).unwrap();
    assert_self_contained("book.css", &style);
    assert!(folder.join("math.woff2").exists());
}

#[test]
fn a_formula_that_cannot_be_set_is_an_error_and_writes_nothing() {
    let notes = "# Sums\n\nLet $x$ be.\n\n$$\\softmax x$$\n";
    let course = TestCourse::new()
        .exercise("twice")
        .file(&format!("exercises/{STAGE}/README.md"), notes)
        .build();
    let ran = llmlings(&course, &["book"]);
    assert_eq!(ran.code, 6, "{}", ran.stderr);
    let place = format!("exercises/{STAGE}/README.md:5: \\softmax x: unknown command");
    assert!(ran.stderr.contains(&place), "{}", ran.stderr);
    assert!(!course.path("target/book/index.html").exists());
}
