//! Text of a writer, made safe to print: it can say anything and do nothing.
//!
//! Control characters could move the cursor or colour the screen, marks of direction
//! could turn a line around, and nothing-wide characters could hide in a name.

use std::borrow::Cow;

/// Tells whether a character does something instead of saying something.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns the text with spaces for tabs and line ends, and `<U+202E>` for every other
/// character that acts.
pub(crate) fn neutral(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => shown.push(' '),
            c if acts(c) => shown.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_shown_as_a_name() {
        assert_eq!(neutral("a\tb"), "a b");
        assert_eq!(neutral("\u{1b}[2J"), "<U+001B>[2J");
        assert_eq!(neutral("ja\u{202e}een"), "ja<U+202E>een");
        assert!(matches!(neutral("één مرحبا 👩‍👧"), Cow::Borrowed(_)));
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_acts_is_left(text in proptest::collection::vec(proptest::char::any(), 0..40)) {
            let text: String = text.into_iter().collect();
            let shown = neutral(&text).into_owned();
            proptest::prop_assert!(!shown.chars().any(acts));
        }
    }
}
