//! Pages of an e-book: what stands around a text, its opener, what its teller agreed to.

use crate::compose::{Entry, EntryId};
use crate::lang::{Lang, Table};
use crate::model::{Key, Kind};
use crate::output::html::covered;
use crate::output::print::book::Book;
use crate::output::print::{front, text};
use std::fmt::Write;

/// Makes a page.
pub(super) fn page(title: &str, lang: &Lang, class: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{tag}\" xml:lang=\"{tag}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n<title>{}</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n<body class=\"{class}\">\n{body}</body>\n</html>\n",
        lang.dir(),
        covered(title),
        tag = lang.tag()
    )
}

/// Makes the page of a cover picture.
pub(super) fn cover(book: &Book<'_>, path: &str, alt: &str) -> String {
    let words = book.words(book.booklet.lang);
    let said = words.get("booklet.cover");
    let body = format!(
        "<section epub:type=\"cover\" aria-label=\"{}\">\n<img class=\"cover\" src=\"{path}\" role=\"doc-cover\" alt=\"{}\"/>\n</section>\n",
        covered(said),
        covered(alt)
    );
    page(said, book.booklet.lang, "omslag", &body)
}

/// Makes the title page with the colophon.
pub(super) fn title(book: &Book<'_>) -> String {
    let booklet = book.booklet;
    let words = book.words(booklet.lang);
    let mut body =
        String::from("<section epub:type=\"titlepage\" aria-labelledby=\"titel_\">\n");
    let _ = writeln!(body, "<h1 id=\"titel_\">{}</h1>", covered(&booklet.title));
    line(&mut body, "lead", booklet.said(Key::Subtitle).as_deref());
    line(&mut body, "by", booklet.said(Key::Authors).as_deref());
    body.push_str("</section>\n<section epub:type=\"colophon\" role=\"doc-colophon\">\n");
    list(&front::colophon_lines(book), &mut body);
    for key in ["booklet.withdrawn", "booklet.made-with"] {
        let _ = writeln!(body, "<p>{}</p>", covered(words.get(key)));
    }
    body.push_str("</section>\n");
    page(&booklet.title, booklet.lang, "titel", &body)
}

/// Makes the first page of a part: its title, what it says, and what is in it.
pub(super) fn part(
    book: &Book<'_>,
    title: &str,
    lead: &str,
    texts: &[(EntryId, &Entry<'_>)],
) -> String {
    let lang = book.booklet.lang;
    let mut body = format!(
        "<section epub:type=\"part\" role=\"doc-part\" aria-labelledby=\"titel_\">\n<h1 id=\"titel_\">{}</h1>\n{lead}",
        covered(title)
    );
    if !texts.is_empty() {
        body.push_str("<ol>\n");
        for &(id, entry) in texts {
            let title = covered(&entry.title);
            let number = entry.number.map(|n| format!("{n}. ")).unwrap_or_default();
            let said = match entry.lang != lang {
                true => format!("<span {}>{title}</span>", language(entry.lang)),
                false => title,
            };
            let _ = writeln!(
                body,
                "<li><a href=\"{}\">{number}{said}</a></li>",
                super::file_of(id)
            );
        }
        body.push_str("</ol>\n");
    }
    body.push_str("</section>\n");
    page(title, lang, "deel", &body)
}

/// Returns the attributes that name a language.
pub(super) fn language(lang: &Lang) -> String {
    let (tag, dir) = (lang.tag(), lang.dir());
    format!("lang=\"{tag}\" xml:lang=\"{tag}\" dir=\"{dir}\"")
}

/// Makes the opener of a text: number, title, lead, who made it, what to know first.
pub(super) fn opener(book: &Book<'_>, entry: &Entry<'_>) -> String {
    let words = book.words(entry.lang);
    let fields = &entry.fields;
    let mut out = String::new();
    line(&mut out, "kicker", book.kicker(entry).as_deref());
    let _ = writeln!(out, "<h1 id=\"titel_\">{}</h1>", covered(&entry.title));
    line(&mut out, "lead", fields.text(Key::Subtitle).or(fields.text(Key::Summary)));
    line(&mut out, "by", text::by(entry, words).as_deref());
    let voices = entry.voices.iter().filter(|_| entry.kind == Kind::Tip);
    let voices: Vec<String> = voices
        .filter_map(|&at| text::voice(book, at, words))
        .map(|(name, word, _)| shaped(name, &word))
        .collect();
    if !voices.is_empty() {
        let _ = writeln!(out, "<p class=\"who\">{}</p>", voices.join(", "));
    }
    if let (Kind::Story, Some(note)) = (entry.kind, fields.text(Key::ContentNote)) {
        let _ = writeln!(
            out,
            "<div class=\"content-note\" role=\"note\"><p><strong>{}</strong></p><p>{}</p></div>",
            covered(words.get("story.note")),
            covered(note)
        );
    }
    list(&text::facts(entry, words), &mut out);
    out
}

/// Makes the list of who speaks in the booklet.
pub(super) fn voices(book: &Book<'_>, words: &Table) -> String {
    let mut out = String::from("<ul class=\"who\">\n");
    for at in 0..book.voices.len() {
        let Some((name, word, meaning)) = text::voice(book, at, words) else { continue };
        let rest = if meaning.is_empty() {
            String::new()
        } else {
            format!(": {}", covered(&meaning))
        };
        let _ = writeln!(out, "<li>{}{rest}</li>", shaped(name, &word));
    }
    out.push_str("</ul>\n");
    out
}

/// The word of a voice with its shape, which says nothing of its own.
fn shaped(name: &str, word: &str) -> String {
    format!(
        "<span class=\"voice-word voice-{name}\"><span class=\"voice-shape\" aria-hidden=\"true\"></span>{}</span>",
        covered(word)
    )
}

/// Makes what the teller agreed to; empty when there is nothing to say.
pub(super) fn consent(sentences: &[String]) -> String {
    if sentences.is_empty() {
        return String::new();
    }
    format!("<p class=\"consent\">{}</p>\n", covered(&sentences.join(" ")))
}

fn line(out: &mut String, class: &str, said: Option<&str>) {
    if let Some(said) = said {
        let _ = writeln!(out, "<p class=\"{class}\">{}</p>", covered(said));
    }
}

fn list(rows: &[(String, String)], out: &mut String) {
    if rows.is_empty() {
        return;
    }
    out.push_str("<dl class=\"facts\">\n");
    for (label, said) in rows {
        let _ = writeln!(
            out,
            "<div><dt>{}</dt><dd>{}</dd></div>",
            covered(label),
            covered(said)
        );
    }
    out.push_str("</dl>\n");
}
