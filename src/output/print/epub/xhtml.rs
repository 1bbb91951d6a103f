//! HTML of ours as XHTML for an e-book: elements without content closed, one size of each
//! picture, links that lead inside the book or out of it.
//!
//! Only what [`crate::output::html`] wrote comes in here: every mark of a writer is
//! escaped, so a `<` always begins an element of ours, and a `>` always ends it.

use crate::output::html::PIECE;
use std::fmt::Write;

/// Where things of the site stand in the book.
pub(super) trait Places {
    /// Returns where a link leads; `None`: show its words without a link.
    fn link(&mut self, href: &str) -> Option<String>;
    /// Returns the path of a picture; `None` when it is not in the book.
    fn picture(&mut self, src: &str) -> Option<String>;
    /// Returns what marks the page of the A5 booklet that begins with this piece.
    fn page(&mut self, piece: usize) -> Option<String>;
}

/// Elements that hold nothing.
const EMPTY: [&str; 5] = ["br", "hr", "wbr", "img", "input"];

/// Makes XHTML of a piece of HTML.
pub(super) fn xhtml(html: &str, places: &mut impl Places) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    // Links that lead nowhere: their end goes too. Links never stand in links.
    let mut dropped = false;
    let mut cards = false;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>').map(|at| open + at) else {
            out.push_str("&lt;");
            rest = &rest[open + 1..];
            continue;
        };
        let tag = &rest[open + 1..close];
        rest = &rest[close + 1..];
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        match name {
            "table" => cards = tag.contains("\"agreements\""),
            "/table" => cards = false,
            _ => {}
        }
        match name {
            "picture" | "/picture" | "source" => {}
            PIECE => {
                let number =
                    tag.rsplit(' ').next().and_then(|number| number.parse().ok());
                out.push_str(
                    &number.and_then(|number| places.page(number)).unwrap_or_default(),
                );
            }
            "img" => picture(tag, places, &mut out),
            "a" => {
                let href = attribute(tag, "href").and_then(|href| places.link(href));
                dropped = href.is_none();
                if let Some(href) = href {
                    link(tag, &href, &mut out);
                }
            }
            "/a" if std::mem::take(&mut dropped) => {}
            name if EMPTY.contains(&name) => {
                let _ = write!(out, "<{tag}/>");
            }
            _ => {
                let _ = match role(tag).filter(|_| cards) {
                    Some(role) => write!(out, "<{tag} role=\"{role}\">"),
                    None => write!(out, "<{tag}>"),
                };
            }
        }
    }
    out.push_str(rest);
    out
}

/// Returns what a piece of a table is. Agreements look like cards, as on paper: what no
/// longer looks like a table, readers do not always tell as one.
fn role(tag: &str) -> Option<&'static str> {
    Some(match tag.split(' ').next()? {
        "table" => "table",
        "thead" | "tbody" => "rowgroup",
        "tr" => "row",
        "th" if attribute(tag, "scope") == Some("col") => "columnheader",
        "th" => "rowheader",
        "td" => "cell",
        _ => return None,
    })
}

fn picture(tag: &str, places: &mut impl Places, out: &mut String) {
    let alt = attribute(tag, "alt").unwrap_or_default();
    match attribute(tag, "src").and_then(|src| places.picture(src)) {
        Some(src) => {
            let _ = write!(out, "<img src=\"{src}\" alt=\"{alt}\"/>");
        }
        None => out.push_str(alt),
    }
}

fn link(tag: &str, href: &str, out: &mut String) {
    out.push_str("<a href=\"");
    out.push_str(href);
    out.push('"');
    for name in ["id", "class", "role", "aria-label"] {
        if let Some(value) = attribute(tag, name) {
            let _ = write!(out, " {name}=\"{value}\"");
            if name == "role" && value == "doc-noteref" {
                out.push_str(" epub:type=\"noteref\"");
            }
        }
    }
    out.push('>');
}

/// Returns the value of an attribute, as it is escaped.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let at = tag.match_indices(name).find_map(|(at, _)| {
        let before = tag[..at].ends_with([' ', '\n']);
        let value = tag[at + name.len()..].strip_prefix("=\"")?;
        before.then_some(value)
    })?;
    at.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Here;

    impl Places for Here {
        fn link(&mut self, href: &str) -> Option<String> {
            (href != "weg.html").then(|| href.replace(".html", ".xhtml"))
        }
        fn picture(&mut self, src: &str) -> Option<String> {
            src.ends_with("a-960.jpg").then(|| "beeld/1.jpg".to_string())
        }
        fn page(&mut self, piece: usize) -> Option<String> {
            (piece == 2).then(|| "<b/>".to_string())
        }
    }

    #[test]
    fn elements_close_and_links_lead_inside() {
        let made = |html| xhtml(html, &mut Here);
        assert_eq!(made("a<br>\nb<hr>c"), "a<br/>\nb<hr/>c");
        assert_eq!(made("<a href=\"x.html\">x</a>"), "<a href=\"x.xhtml\">x</a>");
        assert_eq!(made("<a href=\"weg.html\"><em>x</em></a>!"), "<em>x</em>!");
        assert_eq!(
            made(
                "<picture><source srcset=\"w\"><img src=\"a-960.jpg\" srcset=\"b\" alt=\"Een &quot;a&quot;\"></picture>"
            ),
            "<img src=\"beeld/1.jpg\" alt=\"Een &quot;a&quot;\"/>"
        );
        assert_eq!(made("<img src=\"b.jpg\" alt=\"niets\">"), "niets");
        assert_eq!(made("<piece 1><p>a</p><piece 2>"), "<p>a</p><b/>");
        assert_eq!(made("los < eind"), "los &lt; eind");
    }

    #[test]
    fn agreements_that_look_like_cards_are_told_as_a_table() {
        let made = |html| xhtml(html, &mut Here);
        assert_eq!(
            made(
                "<table class=\"agreements\"><tr class=\"a\"><th scope=\"row\" data-label=\"Wie:\">N</th><td>x</td></tr></table><table class=\"table\"><tr>"
            ),
            "<table class=\"agreements\" role=\"table\"><tr class=\"a\" role=\"row\"><th scope=\"row\" data-label=\"Wie:\" role=\"rowheader\">N</th><td role=\"cell\">x</td></tr></table><table class=\"table\"><tr>"
        );
        assert_eq!(
            made("<table class=\"agreements\"><thead><tr><th scope=\"col\">"),
            "<table class=\"agreements\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\"><th scope=\"col\" role=\"columnheader\">"
        );
    }
}
