//! The way through an e-book: contents, landmarks, and the pages of the A5 booklet.

use super::page::page;
use crate::output::html::covered;
use crate::output::print::book::Book;
use std::fmt::Write;

/// A line of the contents.
pub(super) struct Line {
    pub(super) title: String,
    /// The attributes that name its language, when it is not the one of the book.
    pub(super) lang: Option<String>,
    pub(super) href: String,
    pub(super) inner: Vec<Line>,
}

/// A page of the A5 booklet: its number and where it begins.
pub(super) type PagePlace = (usize, String);

/// Makes `nav.xhtml`; `cover` when there is a page for it.
pub(super) fn nav(
    book: &Book<'_>,
    lines: &[Line],
    pages: &[PagePlace],
    cover: bool,
) -> String {
    let lang = book.booklet.lang;
    let words = book.words(lang);
    let contents = words.get("booklet.contents");
    let mut body = format!(
        "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"inhoud\" aria-labelledby=\"inhoud_\">\n<h1 id=\"inhoud_\">{}</h1>\n",
        covered(contents)
    );
    // A list may not be empty.
    if lines.is_empty() {
        list(&[title_line(book)], &mut body);
    } else {
        list(lines, &mut body);
    }
    body.push_str("</nav>\n");
    let mut marks = vec![
        ("toc", "#inhoud".to_string(), contents.to_string()),
        ("titlepage", "titel.xhtml".to_string(), book.booklet.title.clone()),
    ];
    if cover {
        let said = words.get("booklet.cover").to_string();
        marks.insert(0, ("cover", "cover.xhtml".into(), said));
    }
    if let Some(first) = lines.first() {
        marks.push(("bodymatter", first.href.clone(), first.title.clone()));
    }
    let mut hidden = |kind: &str, role: &str, key: &str, inner: String| {
        let _ = write!(
            body,
            "<nav epub:type=\"{kind}\"{role} hidden=\"\" aria-label=\"{}\">\n<ol>\n{inner}</ol>\n</nav>\n",
            covered(words.get(key))
        );
    };
    let marks = marks.iter().map(|(kind, href, title)| {
        format!(
            "<li><a epub:type=\"{kind}\" href=\"{href}\">{}</a></li>\n",
            covered(title)
        )
    });
    hidden("landmarks", "", "booklet.landmarks", marks.collect());
    if !pages.is_empty() {
        let pages = pages
            .iter()
            .map(|(number, href)| format!("<li><a href=\"{href}\">{number}</a></li>\n"));
        let role = " role=\"doc-pagelist\"";
        hidden("page-list", role, "booklet.pages", pages.collect());
    }
    page(contents, lang, "inhoud", &body)
}

fn title_line(book: &Book<'_>) -> Line {
    let title = book.booklet.title.clone();
    Line { title, lang: None, href: "titel.xhtml".into(), inner: Vec::new() }
}

fn list(lines: &[Line], out: &mut String) {
    out.push_str("<ol>\n");
    for line in lines {
        let lang = line.lang.as_ref().map(|lang| format!(" {lang}")).unwrap_or_default();
        let title = covered(&line.title);
        let _ = write!(out, "<li><a href=\"{}\"{lang}>{title}</a>", line.href);
        if !line.inner.is_empty() {
            out.push('\n');
            list(&line.inner, out);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}
