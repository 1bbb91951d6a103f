//! Text as a row of words: small letters and digits, no accents, one space between.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Returns the words of a text, with a space before and behind each.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push(&mut out, text);
    out
}

/// Adds the words of a text.
pub(super) fn push(out: &mut String, text: &str) {
    if !out.ends_with(' ') {
        out.push(' ');
    }
    for c in text.chars() {
        if c.is_ascii() {
            one(out, c.to_ascii_lowercase());
        } else if !is_unseen(c) {
            let folded = std::iter::once(c).nfkd().filter(|&c| !is_combining_mark(c));
            folded.flat_map(char::to_lowercase).for_each(|c| one(out, c));
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

fn one(out: &mut String, c: char) {
    if c.is_alphanumeric() {
        out.push(c);
    } else if !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Signs inside words that nobody sees.
fn is_unseen(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_alike_however_they_are_written() {
        for text in
            ["Café, Noor!", "  cafe\u{301} — NOOR", "ca\u{ad}fé\nnoor", "ｃafe.noor"]
        {
            assert_eq!(plain(text), " cafe noor ", "{text}");
        }
        assert_eq!(plain(""), " ");
    }
}
