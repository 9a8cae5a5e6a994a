//! The pages of a book.

use super::{Book, File, Unset, links};
use crate::course::{Exercise, Kind, Spiral, Stage};
use crate::faces::number::count;
use crate::faces::page::markdown::{self, Document, Links};
use crate::faces::page::{Looks, escape, page, phrase};
use crate::faces::svg;
use std::fmt::Write as _;

/// The style sheet, beside the pages.
const LOOKS: Looks<'static> = Looks::File("book.css");

/// The stages before and after one.
pub(super) struct Neighbours<'a> {
    pub before: Option<&'a Stage>,
    pub after: Option<&'a Stage>,
}

/// The first page: all spirals, stages and exercises.
pub(super) fn index(book: &Book<'_>) -> File {
    let title = escape(&book.manifest.title);
    let mut body = format!(
        "<header>\n<h1>{title}</h1>\n<p class=\"lead\">The notes of all stages: every formula \
         derived, every number printed by code that runs. To do the exercises, start \
         <code>llmlings</code> in the course’s folder.</p>\n</header>\n<main class=\"index\">\n"
    );
    for spiral in &book.manifest.spirals {
        spiral_in_index(book, spiral, &mut body);
    }
    body.push_str("</main>\n");
    File::text("index.html", page(&book.manifest.title, &LOOKS, &body))
}

fn spiral_in_index(book: &Book<'_>, spiral: &Spiral, body: &mut String) {
    let _ = writeln!(body, "<section>\n<h2>{}</h2>", escape(&spiral.title));
    if spiral.stages.is_empty() {
        body.push_str("<p class=\"later\">Still to come.</p>\n");
    }
    for stage in &spiral.stages {
        let page = links::page(&stage.folder);
        let (number, title) = (stage.number, phrase(&stage.title));
        let _ = writeln!(
            body,
            "<h3><span class=\"number\">{number}</span> <a href=\"{page}\">{title}</a></h3>\n<ul>"
        );
        for exercise in &stage.exercises {
            let link = links::exercise(book, &exercise.id).unwrap_or_default();
            let (title, id) = (phrase(&exercise.title), escape(&exercise.id));
            let _ = writeln!(
                body,
                "<li><a href=\"{link}\">{title}</a> <code>{id}</code></li>"
            );
        }
        body.push_str("</ul>\n");
    }
    body.push_str("</section>\n");
}

/// The page of a stage.
pub(super) fn stage(
    book: &Book<'_>,
    stage: &Stage,
    neighbours: &Neighbours<'_>,
) -> Result<File, Vec<Unset>> {
    let notes = book.notes.get(&stage.folder).map_or("", String::as_str);
    let links = Links {
        target: &|link| links::target(book, &stage.folder, link),
        code: &|code| links::exercise(book, code),
    };
    let document = markdown::document(notes, &links)?;
    let title = match document.title.as_str() {
        "" => escape(&stage.title),
        title => title.to_owned(),
    };
    let turn = turn(neighbours);
    let mut body = format!(
        "<header>\n<p class=\"where\"><a href=\"index.html\">{}</a></p>\n\
         <h1><span class=\"number\">{}</span> {title}</h1>\n</header>\n",
        escape(&book.manifest.title),
        stage.number
    );
    body.push_str(&contents(&document, stage));
    let _ = write!(body, "<main>\n{}", document.body);
    body.push_str(&exercises(book, stage));
    let _ = write!(body, "</main>\n{turn}");
    let title = format!("{} {} · {}", stage.number, stage.title, book.manifest.title);
    let name = format!("{}.html", stage.folder);
    Ok(File::text(name, page(&title, &LOOKS, &body)))
}

/// The way to the neighbours.
fn turn(neighbours: &Neighbours<'_>) -> String {
    let link = |stage: Option<&Stage>, rel: &str, before: &str, after: &str| match stage {
        None => "<span></span>".into(),
        Some(stage) => format!(
            "<a rel=\"{rel}\" href=\"{}\">{before}{} {}{after}</a>",
            links::page(&stage.folder),
            stage.number,
            escape(&stage.title)
        ),
    };
    format!(
        "<nav class=\"turn\" aria-label=\"Stages\">\n{}\n<a href=\"index.html\">Contents</a>\n{}\n</nav>\n",
        link(neighbours.before, "prev", "← ", ""),
        link(neighbours.after, "next", "", " →"),
    )
}

/// What a page holds.
fn contents(document: &Document, stage: &Stage) -> String {
    let mut list = String::from("<nav class=\"contents\" aria-label=\"This stage\">\n<ul>\n");
    for (name, heading) in &document.chapters {
        let name = escape(name);
        let _ = writeln!(list, "<li><a href=\"#{name}\">{heading}</a></li>");
    }
    if !stage.exercises.is_empty() {
        list.push_str("<li><a href=\"#exercises\">Exercises</a></li>\n");
    }
    list + "</ul>\n</nav>\n"
}

fn exercises(book: &Book<'_>, stage: &Stage) -> String {
    if stage.exercises.is_empty() {
        return String::new();
    }
    let mut section = String::from("<section id=\"exercises\">\n<h2>Exercises</h2>\n");
    for exercise in &stage.exercises {
        let (title, id) = (phrase(&exercise.title), escape(&exercise.id));
        let file = format!("exercises/{}/{}/src/lib.rs", stage.folder, exercise.id);
        let _ = write!(
            section,
            "<article id=\"exercise-{id}\">\n<h3>{title} <code>{id}</code></h3>\n<p>{}</p>\n\
             <p class=\"file\"><a href=\"{}\">{}</a></p>\n",
            facts(book, exercise),
            links::file(book, &file),
            escape(&file),
        );
        if let Some(question) = &exercise.guess {
            let question = phrase(question);
            let _ = writeln!(section, "<p class=\"guess\">Guess first: {question}</p>");
        }
        for plot in book.plots.get(&exercise.id).into_iter().flatten() {
            section.push_str(&svg::figure(plot));
        }
        section.push_str("</article>\n");
    }
    section + "</section>\n"
}

/// What an exercise is, in one line.
fn facts(book: &Book<'_>, exercise: &Exercise) -> String {
    let what = match exercise.kind {
        Kind::Todo => "Write what is missing",
        Kind::Bug => "Find what is wrong",
        Kind::Predict => "Guess, then measure",
        Kind::Perf => "Do it with less",
        Kind::Capstone => "Put it together",
    };
    let minutes = count(exercise.minutes as usize, "minute", "minutes");
    let difficulty = exercise.difficulty;
    let mut facts = format!("{what} · difficulty {difficulty} of 4 · about {minutes}");
    let earlier = exercise.revisits.iter().map(|id| {
        let link = links::exercise(book, id).unwrap_or_default();
        format!("<a href=\"{link}\"><code>{}</code></a>", escape(id))
    });
    let earlier: Vec<String> = earlier.collect();
    if !earlier.is_empty() {
        let _ = write!(facts, " · builds on {}", earlier.join(", "));
    }
    facts
}
