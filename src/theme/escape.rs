//! Values on their way into a page: marks become harmless, forbidden characters go, and a
//! letter with its accent is one character, as the web asks.
//!
//! In place of Tera's own, which lets through what may not stand in HTML at all.

use crate::text::{is_forbidden, nfc, suspects};
use std::io::{Result, Write};

/// Writes a value, escaped for text and for attributes in either kind of quotes.
pub(super) fn escape(value: &str, out: &mut dyn Write) -> Result<()> {
    let value = &*nfc(value);
    let mut clean = 0;
    for (at, c) in suspects(value) {
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            _ if is_forbidden(c) => "",
            _ => continue,
        };
        out.write_all(value.get(clean..at).unwrap_or_default().as_bytes())?;
        out.write_all(instead.as_bytes())?;
        clean = at + c.len_utf8();
    }
    out.write_all(value.get(clean..).unwrap_or_default().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(value: &str) -> String {
        let mut out = Vec::new();
        escape(value, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn marks_are_harmless_and_forbidden_characters_go() {
        assert_eq!(
            escaped("<b a=\"'&'\">é😀"),
            "&lt;b a=&quot;&#39;&amp;&#39;&quot;&gt;é😀"
        );
        assert_eq!(escaped("a\u{0}b\u{85}c\u{ffff}d\u{fdd0}\te\n"), "abcd\te\n");
        assert_eq!(escaped("Zoe\u{308}"), "Zo\u{eb}");
    }

    proptest::proptest! {
        #[test]
        fn nothing_comes_out_raw(value in "(\\PC|[<>&\"'\u{0}\u{85}\u{fffe}]){0,60}") {
            let raw = ['<', '>', '"', '\'', '\u{0}', '\u{85}', '\u{fffe}'];
            proptest::prop_assert!(!escaped(&value).contains(raw));
        }
    }
}
