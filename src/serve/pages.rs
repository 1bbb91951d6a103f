//! The pages of the site, as the preview serves them: the bytes of a build, and two lines
//! more for a browser that goes to a page.

use super::OWN;
use super::answer::{Answer, HTML, kind_of};
use super::guard::{Ask, Refusal};
use crate::compose::fixed;
use crate::files::Store;
use crate::problem::Problem;
use crate::text::Address;

/// Answers for a file of a site; `mark` tells which site it is. A file that cannot be made
/// gives its problem.
pub(super) fn answer(
    files: &dyn Store,
    ask: &Ask,
    asked: &str,
    mark: &str,
) -> Result<Answer, Problem> {
    let address = match asked {
        "" => Address::new(fixed::HOME),
        folder if folder.ends_with('/') => Address::new(&format!("{folder}index.html")),
        file => Address::new(file),
    };
    if let Some(made) = files.bytes(&address) {
        return Ok(page(kind_of(&address), made?, ask, mark));
    }
    if files.has(&Address::new(&format!("{asked}/index.html"))) {
        return Ok(Answer::elsewhere(&Address::new(&ask.joined()), true));
    }
    lost(files, ask, mark)
}

/// Answers that nothing is there: with the page of the site, where a page was expected.
fn lost(files: &dyn Store, ask: &Ask, mark: &str) -> Result<Answer, Problem> {
    let page_of_site = ask.html.then(|| files.bytes(&Address::new(fixed::NOT_FOUND)));
    match page_of_site.flatten() {
        Some(made) => {
            Ok(page(HTML, made?, ask, mark).with_status(Refusal::Missing.status()))
        }
        None => Ok(Answer::refused(Refusal::Missing)),
    }
}

/// Returns bytes as they are, or with the lines of the preview in their head.
pub(super) fn page(kind: &'static str, bytes: Vec<u8>, ask: &Ask, mark: &str) -> Answer {
    let is_shown = ask.document && kind == HTML;
    let end = is_shown.then(|| memchr::memmem::find(&bytes, b"</head>"));
    match end.flatten() {
        Some(at) => Answer::new(
            kind,
            [&bytes[..at], live(mark).as_bytes(), &bytes[at..]].concat(),
        ),
        None => Answer::new(kind, bytes),
    }
}

/// Returns what a page of the preview has more than a page of the site.
fn live(mark: &str) -> String {
    format!(
        "<link rel=\"stylesheet\" href=\"/{OWN}/live.css\">\
         <script src=\"/{OWN}/live.js?v={mark}\" defer></script>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Files;

    fn files() -> Files<'static> {
        let mut files = Files::default();
        for (address, bytes) in [
            ("index.html", "<head></head>home"),
            ("404.html", "<head></head>lost"),
            ("a/index.html", "a"),
            ("a/x.css", "x"),
        ] {
            files.add(Address::new(address), move || Ok(bytes.into()));
        }
        files
    }

    fn served(path: &[&str], document: bool, html: bool) -> String {
        let path = path.iter().map(|name| name.to_string()).collect();
        let ask = Ask { path, document, html, ..Ask::default() };
        let mut out = Vec::new();
        let answer = answer(&files(), &ask, &ask.joined(), "x-1").expect("an answer");
        answer.write(&mut out, false).expect("memory takes all");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn the_bytes_of_the_site() {
        assert!(served(&[""], false, true).ends_with("\r\n\r\n<head></head>home"));
        let page = served(&[""], true, true);
        assert!(page.contains("/_boekje/live.js") && page.ends_with("</head>home"));
        assert!(served(&["a", "x.css"], true, true).ends_with("\r\n\r\nx"));
        assert!(served(&["a", ""], false, true).ends_with("\r\n\r\na"));
        assert!(served(&["a"], false, true).contains("\r\nLocation: /a/\r\n"));
    }

    #[test]
    fn what_is_not_there() {
        let page = served(&["weg"], false, true);
        assert!(page.starts_with("HTTP/1.1 404 ") && page.ends_with("lost"));
        let plain = served(&["weg"], false, false);
        assert!(plain.contains("text/plain") && !plain.contains("weg"), "{plain}");
    }
}
