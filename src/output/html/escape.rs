//! Text on its way into HTML or XML: marks become harmless, forbidden characters go, and a
//! letter with its accent is one character, as the web asks.
//!
//! Everything an author can type passes [`push`] or one of its wrappers. The same rules
//! serve text and attributes between double quotes, in HTML and in XML.

use crate::text::{is_forbidden, nfc, redact, suspects};

/// Adds `text` to `out`, escaped for text and for attributes between double quotes.
pub fn push(out: &mut String, text: &str) {
    let text = &*nfc(text);
    let mut clean = 0;
    for (at, c) in suspects(text) {
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            _ if is_forbidden(c) => "",
            _ => continue,
        };
        out.push_str(&text[clean..at]);
        out.push_str(instead);
        clean = at + c.len_utf8();
    }
    out.push_str(&text[clean..]);
}

/// Adds `text` escaped, with every citizen service number covered.
pub fn push_covered(out: &mut String, text: &str) {
    push(out, &redact(text));
}

/// Returns `text` escaped, with every citizen service number covered.
pub fn covered(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_covered(&mut out, text);
    out
}

/// Returns the text with a capital in front.
pub(in crate::output) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String =
        letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_harmless_and_forbidden_characters_go() {
        assert_eq!(covered("<script>\"&'é😀"), "&lt;script&gt;&quot;&amp;'é😀");
        assert_eq!(
            covered("a\u{0}b\u{85}c\u{ffff}d\u{1ffff}e\u{fdd0}\tf\n"),
            "abcde\tf\n"
        );
        assert_eq!(covered("\u{a0}©\u{feff}"), "\u{a0}©\u{feff}");
        assert_eq!(covered("Zoe\u{308}"), "Zo\u{eb}");
        assert_eq!(covered("nummer 123456782"), "nummer ▇▇▇");
    }

    proptest::proptest! {
        #[test]
        fn nothing_comes_out_raw(text in "(\\PC|[<>&\"\u{0}\u{85}\u{fffe}]){0,60}") {
            let out = covered(&text);
            let raw = ['<', '>', '"', '\u{0}', '\u{85}', '\u{fffe}'];
            proptest::prop_assert!(!out.contains(raw));
        }
    }
}
