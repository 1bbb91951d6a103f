//! Addresses on paper: a number behind each link, and at the end of the text the address
//! with a square to point a telephone at (`qr: ja`).

use super::literal;
use super::writer::Writer;
use crate::model::Key;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// White around the squares, in squares, as the norm asks.
const QUIET: usize = 4;

impl Writer<'_> {
    /// Returns the number of an address on the web in this text; `None` when the booklet
    /// does not ask for squares, or the address is no page.
    pub(super) fn number_of(&mut self, address: &str) -> Option<usize> {
        let page = address.starts_with("https://") || address.starts_with("http://");
        if !page || !self.book.booklet.wants(Key::Qr) {
            return None;
        }
        let known = self.addresses.iter().position(|one| one == address);
        let at = known.unwrap_or_else(|| {
            self.addresses.push(address.to_string());
            self.addresses.len() - 1
        });
        Some(at + 1)
    }

    /// The addresses of this text, each with its square.
    pub(super) fn web_addresses(&mut self) {
        if self.addresses.is_empty() {
            return;
        }
        self.code("t.addresses(");
        self.literal(self.words.get("booklet.addresses"));
        self.code(", (");
        for (at, address) in std::mem::take(&mut self.addresses).iter().enumerate() {
            let shown = short(address);
            self.code(&format!("({}, ", at + 1));
            self.literal(shown);
            self.code(", ");
            match kept(address) {
                Some(svg) => literal::push_exact(&mut self.out, &svg),
                None => self.code("none"),
            }
            self.code(", ");
            self.literal(&self.words.say("booklet.qr", &[("address", shown)]));
            self.code("), ");
        }
        self.code("));\n");
    }
}

/// Returns an address as people type it.
fn short(address: &str) -> &str {
    let rest = address.strip_prefix("https://").or(address.strip_prefix("http://"));
    rest.unwrap_or(address).trim_end_matches('/')
}

/// Draws the square of a link. Choosing the pattern of one costs more than setting the page
/// around it, and a preview sets that page again and again.
#[comemo::memoize]
fn kept(address: &str) -> Option<String> {
    svg(address)
}

/// Draws the square; `None` when the address is too long for one.
pub(super) fn svg(address: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let width = code.width();
    let whole = width + 2 * QUIET;
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, n) = (x + QUIET, y + QUIET, run.len());
                let _ = write!(path, "M{x} {y}h{n}v1h-{n}z");
            }
            x += run.len();
        }
    }
    Some(format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {whole} {whole}' shape-rendering='crispEdges'><rect width='{whole}' height='{whole}' fill='#fff'/><path d='{path}' fill='#000'/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_for_an_address_and_none_for_a_book() {
        let made = svg("https://voorbeeld.nl/tips").expect("short");
        assert!(made.contains("viewBox='0 0 33 33'"), "{made}");
        // The corner that tells a camera where the square begins.
        assert!(made.contains("M4 4h7v1h-7z") && made.contains("M4 5h1v1h-1z"));
        assert_eq!(svg(&"x".repeat(5000)), None);
        assert_eq!(short("https://voorbeeld.nl/"), "voorbeeld.nl");
    }
}
