//! Pages about what stumbled: a page that could not be made, and the mistakes in a theme:
//! what we saw, in which file, on which line, what that line says, and what can be done.

use super::OWN;
use super::answer::{Answer, HTML, PLAIN};
use super::guard::Ask;
use super::pages;
use crate::lang::Lang;
use crate::pipeline::Live;
use crate::problem::{Problem, Where, once, said};

/// Number and phrase of a page that could not be made.
const STUMBLED: (u16, &str) = (500, "Internal Server Error");

/// Where the mistakes in the theme stand.
pub(super) const THEME: &str = "/_boekje/theme";

/// Returns the page; it changes by itself when the place is put right.
pub(super) fn page(
    live: &Live<'_>,
    problem: &Problem,
    lang: &Lang,
    ask: &Ask,
    mark: &str,
) -> Answer {
    let title = lang.terminal().get("serve.stumbled");
    let html = whole(title, &tale(live, problem, lang), lang);
    pages::page(HTML, html.into_bytes(), ask, mark).with_status(STUMBLED)
}

/// Returns the page with all mistakes in the theme. Pages of the site are whole meanwhile:
/// a build makes them so too, with the templates that come along with boekje.
pub(super) fn theme(live: &Live<'_>, lang: &Lang, ask: &Ask, mark: &str) -> Answer {
    let words = lang.terminal();
    let all = once(&live.noticed(), &live.library.sources, lang);
    let of_theme = |problem: &&Problem| matches!(problem.place, Where::Theme(..));
    let tales: String =
        all.iter().filter(of_theme).map(|it| tale(live, it, lang)).collect();
    let body = match tales.is_empty() {
        true => element("p", words.get("serve.theme-calm")),
        false => tales,
    };
    let home = words.get("serve.theme-home");
    let body = format!("{body}<p><a href=\"/\">{}</a></p>\n", escape(home));
    let html = whole(words.get("serve.theme"), &body, lang);
    pages::page(HTML, html.into_bytes(), ask, mark)
}

/// Returns a page that tells one thing.
pub(super) fn told(sentence: &str, lang: &Lang) -> Answer {
    let title = lang.terminal().get("serve.stumbled");
    let html = whole(title, &element("p", sentence), lang);
    Answer::new(HTML, html.into_bytes()).with_status(STUMBLED)
}

/// Returns the answer when not even a problem came back.
pub(super) fn silent() -> Answer {
    let words = b"This page could not be made.\n".as_slice();
    Answer::new(PLAIN, words).with_status(STUMBLED)
}

/// Tells of one problem: its place first, then all that we have to say.
fn tale(live: &Live<'_>, problem: &Problem, lang: &Lang) -> String {
    let said = said(problem, &live.library.sources, lang);
    let (line, column) = (said.start.line.to_string(), said.start.column.to_string());
    let place = lang.terminal().say(
        "problem.place",
        &[("file", said.file.as_str()), ("line", &line), ("column", &column)],
    );
    let place = if said.file.is_empty() { "" } else { &place };
    [
        element("h2", place),
        element("p", &format!("{} {}", said.code, said.see)),
        element("pre", &source_line(problem, live)),
        element("p", &said.now),
        element("p", &said.you),
    ]
    .concat()
}

/// Longest source line that is shown, in letters.
const SHOWN: usize = 300;

/// Returns the line a problem stands in, of a text or of the theme.
pub(super) fn source_line(problem: &Problem, live: &Live<'_>) -> String {
    let line = match &problem.place {
        Where::Span(span) => {
            let text = live.library.sources.get(span.source).text();
            let before = text.get(..span.start as usize).unwrap_or_default();
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let line = text.get(start..).and_then(|rest| rest.lines().next());
            line.map(str::to_string)
        }
        Where::Theme(file, line, _) => live.theme.line(file, *line),
        _ => None,
    };
    line.unwrap_or_default().chars().take(SHOWN).collect()
}

/// Returns an element with words in it; nothing without words.
fn element(tag: &str, words: &str) -> String {
    match words.is_empty() {
        true => String::new(),
        false => format!("<{tag}>{}</{tag}>\n", escape(words)),
    }
}

fn whole(title: &str, body: &str, lang: &Lang) -> String {
    let (tag, dir, title) = (escape(lang.tag()), lang.dir(), escape(title));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/{OWN}/tale.css\">\n\
         </head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n",
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
