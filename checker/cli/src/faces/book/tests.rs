//! A small book, and what must hold for its links.

use super::{Book, files, way};
use crate::course::Manifest;
use crate::course::sample::INFO;
use std::collections::HashMap;
use std::path::Path;

const NOTES: &str = "\
# Counting

Pairs are counted: $\\sum_b C_{ab} = N_a$ (see [slopes](../03_slopes/README.md#why), and
`count_bug`).

## How

```rust
let pairs = text.windows(2); // each \"neighbouring\" pair
```

The [checks](count_pairs/checks.rs) and [the site](https://example.org/a?b=1).
";

fn made(counting: &str) -> Result<HashMap<String, String>, String> {
    let manifest = Manifest::parse(INFO, Path::new("info.toml")).map_err(|e| e.to_string())?;
    let notes = [
        ("01_counting", counting),
        ("03_slopes", "# Slopes\n\n## Why\n"),
    ];
    let notes = notes.map(|(folder, text)| (folder.to_owned(), text.to_owned()));
    let book = Book {
        manifest: &manifest,
        notes: &notes.into(),
        plots: &HashMap::new(),
        root: "../..",
    };
    let files = files(&book).map_err(|e| e.to_string())?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let named = files
        .iter()
        .map(|file| (file.name.clone(), text(&file.contents)));
    Ok(named.collect())
}

#[test]
fn a_small_book() {
    let files = made(NOTES).unwrap();
    insta::assert_snapshot!("index", files["index.html"]);
    insta::assert_snapshot!("stage", files["01_counting.html"]);
}

#[test]
fn a_formula_that_cannot_be_set_is_named_by_file_and_line() {
    let error = made("# T\n\nFirst $\\foo$ and\n$x_$.\n").unwrap_err();
    assert_eq!(
        error,
        "formulas that cannot be set:\n\
         exercises/01_counting/README.md:3: \\foo: unknown command \\foo\n\
         exercises/01_counting/README.md:4: x_: _ lacks an argument"
    );
}

#[test]
fn the_way_to_the_course_is_relative() {
    let way = |from: &str, to: &str| way(Path::new(from), Path::new(to));
    assert_eq!(way("/a/course/target/book", "/a/course"), "../..");
    assert_eq!(way("/a/b", "/a/my course"), "../my%20course");
    assert_eq!(way("/a", "/a"), ".");
}
