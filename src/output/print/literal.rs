//! Words of a writer as string literals of Typst: nothing they type can run as code.
//!
//! [`push`] is the only way from a text into a generated file. Characters that may stand
//! in no document go, runs of white space become one space, and a word that is longer than
//! a line gets places to break.

use crate::text::{COVER, redact};
use unicode_normalization::UnicodeNormalization;

/// Letters in a row without a place to break, above which we make places.
const LONG: usize = 24;
/// Letters between two places in a word that is too long.
const STEP: usize = 12;

/// Adds a literal with its quotes; numbers that may not go out are covered.
pub(super) fn push(out: &mut String, text: &str) {
    out.push('"');
    escape(out, &tidy(&redact(text)));
    out.push('"');
}

/// Returns a literal with its quotes.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push(&mut out, text);
    out
}

/// Adds a literal of which every character counts: code, an address.
pub(super) fn push_exact(out: &mut String, text: &str) {
    out.push('"');
    escape(out, &redact(text));
    out.push('"');
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("    "),
            c if forbidden(c) => {}
            c => out.push(c),
        }
    }
}

/// Returns the text with composed letters, single spaces, and places to break.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    let mut space = false;
    for c in text.replace(COVER, "■■■").nfc() {
        if matches!(c, ' ' | '\n' | '\t' | '\r') {
            if !space {
                out.push(' ');
            }
            (space, run) = (true, 0);
            continue;
        }
        space = false;
        run = if breaks(c) { 0 } else { run + 1 };
        out.push(c);
        if run >= LONG && run.is_multiple_of(STEP) {
            out.push('\u{200b}');
        } else if matches!(c, '/' | '_' | '=' | '&' | '@') {
            // An address may go on in the next line.
            out.push('\u{200b}');
        }
    }
    out
}

/// Tells whether a line may end behind a character.
fn breaks(c: char) -> bool {
    c == '-' || c == '/' || c.is_whitespace() || ('\u{2e80}'..='\u{9fff}').contains(&c)
}

/// Tells whether a character may stand in no document, or would turn text around where
/// nobody sees it.
fn forbidden(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}'
        | '\u{fff9}'..='\u{fffb}' | '\u{202d}' | '\u{202e}' | '\u{feff}')
        || (c as u32) & 0xfffe == 0xfffe
        || ('\u{e000}'..='\u{f8ff}').contains(&c)
        || c as u32 >= 0xe0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_quotes() {
        assert_eq!(literal("a\"#b\\c"), "\"a\\\"#b\\\\c\"");
        assert_eq!(literal("a\u{0} \n  b"), "\"a b\"");
        assert_eq!(literal("nummer 123456782"), "\"nummer ■■■\"");
        assert_eq!(literal("e\u{301}"), "\"é\"");
    }

    #[test]
    fn a_long_word_gets_places_to_break() {
        let long = literal(&"x".repeat(110));
        let longest = long.split('\u{200b}').map(str::len).max().unwrap_or(0);
        assert!(longest <= LONG + 2, "{long}");
        assert!(!literal("arbeidsongeschiktheid").contains('\u{200b}'));
    }

    proptest::proptest! {
        #[test]
        fn typst_reads_back_one_string(text in "\\PC{0,60}|[\"\\\\#\u{0}\n\u{202e}]{0,20}") {
            let made = literal(&text);
            let root = typst::syntax::parse_code(&made);
            proptest::prop_assert!(root.errors_and_warnings().0.is_empty());
            proptest::prop_assert_eq!(root.children().count(), 1);
        }
    }
}
