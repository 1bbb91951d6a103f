//! The page for a page that could not be made: what we saw, where, and what can be done.

use super::answer::{Answer, PLAIN};
use super::guard::Ask;
use super::{pages, state};
use crate::lang::Lang;
use crate::pipeline::Live;
use crate::problem::{Problem, said};

/// Number and phrase of a page that could not be made.
const STUMBLED: (u16, &str) = (500, "Internal Server Error");

/// Returns the page; it changes by itself when the place is put right.
pub(super) fn page(
    live: &Live<'_>,
    problem: &Problem,
    lang: &Lang,
    ask: &Ask,
    mark: &str,
) -> Answer {
    let said = said(problem, &live.library.sources, lang);
    let words = lang.terminal();
    let place = words.say(
        "problem.place",
        &[
            ("file", said.file.as_str()),
            ("line", &said.start.line.to_string()),
            ("column", &said.start.column.to_string()),
        ],
    );
    let title = words.get("serve.stumbled");
    let mut body = String::new();
    let mut add = |tag: &str, text: &str| {
        if !text.is_empty() {
            body.push_str(&format!("<{tag}>{}</{tag}>\n", escape(text)));
        }
    };
    add("h1", title);
    add("p", &format!("{} {}", said.code, said.see));
    add("p", if said.file.is_empty() { "" } else { &place });
    add("pre", &state::source_line(problem, &live.library.sources));
    add("p", &said.now);
    add("p", &said.you);
    let html = whole(title, &body, lang);
    pages::page(super::answer::HTML, html.into_bytes(), ask, mark).with_status(STUMBLED)
}

/// Returns a page that tells one thing.
pub(super) fn told(sentence: &str, lang: &Lang) -> Answer {
    let title = lang.terminal().get("serve.stumbled");
    let (title_shown, sentence) = (escape(title), escape(sentence));
    let body = format!("<h1>{title_shown}</h1>\n<p>{sentence}</p>\n");
    let html = whole(title, &body, lang);
    Answer::new(super::answer::HTML, html.into_bytes()).with_status(STUMBLED)
}

fn whole(title: &str, body: &str, lang: &Lang) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n\
         </head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escape(lang.tag()),
        escape(title),
    )
}

/// Returns the answer when not even a problem came back.
pub(super) fn silent() -> Answer {
    let words = b"This page could not be made.\n".as_slice();
    Answer::new(PLAIN, words).with_status(STUMBLED)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
