//! The pages of the site, as the preview serves them: the bytes of a build, and two lines
//! more for a browser that goes to a page.

use super::answer::{Answer, HTML, kind_of};
use super::guard::{Ask, Refusal};
use crate::compose::fixed;
use crate::files::Files;
use crate::problem::Problem;
use crate::text::Address;

/// What a page of the preview has more than a page of the site.
const LIVE: &[u8] = b"<link rel=\"stylesheet\" href=\"/_boekje/live.css\">\
    <script src=\"/_boekje/live.js\" defer></script>\n";

/// Answers for the file of a site that was asked for; a file that cannot be made gives its
/// problem.
pub(super) fn answer(files: &Files<'_>, ask: &Ask) -> Result<Answer, Problem> {
    let asked = ask.joined();
    let address = match asked.as_str() {
        "" => Address::new(fixed::HOME),
        folder if folder.ends_with('/') => Address::new(&format!("{folder}index.html")),
        file => Address::new(file),
    };
    if let Some(made) = files.make(&address) {
        return Ok(page(kind_of(&address), made?, ask));
    }
    let folder = Address::new(&format!("{asked}/"));
    if files.contains(&Address::new(&format!("{}/index.html", folder.as_str()))) {
        return Ok(Answer::elsewhere(&folder, true));
    }
    lost(files, ask)
}

/// Answers that nothing is there: with the page of the site, where a page was expected.
fn lost(files: &Files<'_>, ask: &Ask) -> Result<Answer, Problem> {
    let page_of_site = ask.html.then(|| files.make(&Address::new(fixed::NOT_FOUND)));
    match page_of_site.flatten() {
        Some(made) => Ok(page(HTML, made?, ask).with_status(Refusal::Missing.status())),
        None => Ok(Answer::refused(Refusal::Missing)),
    }
}

/// Returns bytes as they are, or with the lines of the preview in their head.
pub(super) fn page(kind: &'static str, bytes: Vec<u8>, ask: &Ask) -> Answer {
    const END: &[u8] = b"</head>";
    let end = bytes.windows(END.len()).position(|part| part == END);
    match end.filter(|_| ask.document && kind == HTML) {
        Some(at) => Answer::new(kind, [&bytes[..at], LIVE, &bytes[at..]].concat()),
        None => Answer::new(kind, bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let answer = answer(&files(), &ask).expect("an answer");
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
