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
    let mut rest = text;
    while !rest.is_empty() {
        // Nearly all of it is plain letters: those go a word at a time.
        let end = rest.bytes().position(|b| !b.is_ascii_alphanumeric());
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        let start = out.len();
        out.push_str(word);
        out[start..].make_ascii_lowercase();
        let mut signs = after.chars();
        if let Some(c) = signs.next() {
            sign(out, c);
        }
        rest = signs.as_str();
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Adds what is no plain letter.
fn sign(out: &mut String, c: char) {
    if c.is_ascii() {
        one(out, c);
    } else if !is_unseen(c) {
        let folded = std::iter::once(c).nfkd().filter(|&c| !is_combining_mark(c));
        folded.flat_map(char::to_lowercase).for_each(|c| one(out, c));
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

    proptest::proptest! {
        #[test]
        fn words_at_a_time_are_letters_at_a_time(text in "[a-zA-Z0-9 .,é\u{301}ß\u{ad}Ａ-]{0,40}") {
            let mut slow = String::from(" ");
            for c in text.chars() {
                sign(&mut slow, c.to_ascii_lowercase());
            }
            if !slow.ends_with(' ') {
                slow.push(' ');
            }
            proptest::prop_assert_eq!(plain(&text), slow);
        }
    }
}
