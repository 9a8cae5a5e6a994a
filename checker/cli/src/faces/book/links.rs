//! Where links lead from a page of the book.

use super::Book;
use crate::faces::page::href;
use std::path::{Component, Path};

/// The page of a stage.
pub(super) fn page(folder: &str) -> String {
    format!("{}.html", href(folder))
}

/// The place of an exercise in the page of its stage.
pub(super) fn exercise(book: &Book<'_>, id: &str) -> Option<String> {
    let entry = book.manifest.get(id)?;
    let page = page(&entry.stage.folder);
    Some(format!("{page}#exercise-{}", href(&entry.exercise.id)))
}

/// A file of the course, given from the course's folder.
pub(super) fn file(book: &Book<'_>, path: &str) -> String {
    format!("{}/{}", book.root, href(path))
}

/// Where a link in the notes of the stage in `folder` leads. Notes become pages; other files
/// of the course stay where they are.
pub(super) fn target(book: &Book<'_>, folder: &str, link: &str) -> String {
    if link.starts_with('#') || link.contains("://") || link.starts_with("mailto:") {
        return link.into();
    }
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, format!("#{anchor}")),
        None => (link, String::new()),
    };
    let mut parts = vec!["exercises", folder];
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    match parts.as_slice() {
        ["exercises", stage, "README.md"] | ["exercises", stage]
            if super::stages(book.manifest).any(|known| known.folder == *stage) =>
        {
            page(stage) + &anchor
        }
        parts => file(book, &parts.join("/")) + &anchor,
    }
}

/// The way from one folder to another as a URL: relative where the two have anything in
/// common, so that both can be moved together.
pub fn way(from: &Path, to: &Path) -> String {
    let (mut here, mut there) = (from.components().peekable(), to.components().peekable());
    if here.peek() != there.peek() {
        return format!("file:///{}", to.display()).replace('\\', "/");
    }
    while here.peek().is_some() && here.peek() == there.peek() {
        here.next();
        there.next();
    }
    let up = here.map(|_| "..".to_owned());
    let down = there.filter_map(|part| match part {
        Component::Normal(name) => Some(href(&name.to_string_lossy())),
        _ => None,
    });
    let parts: Vec<String> = up.chain(down).collect();
    match parts.is_empty() {
        true => ".".into(),
        false => parts.join("/"),
    }
}
