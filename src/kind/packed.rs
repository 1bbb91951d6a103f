//! Keys packed where no key stands: two on one line, inside braces, in the words of a
//! value, under another key.
//!
//! [`read`] is the entry. It only closes, and only at a value that is clear: `nee`,
//! `verhaal`, a day. What is no more than a sentence about consent says nothing.

use super::clothes::{MARKS, bare};
use super::find_key;
use super::signs::{self, Sign};
use super::words::read_yes;
use crate::model::Key;
use crate::text::fold;

/// Longest value that can be clear, in bytes.
const LONGEST: usize = 60;

/// Most marks of one piece that are looked at.
const MOST: usize = 8;

/// What may stand between two keys.
fn is_break(c: char) -> bool {
    matches!(c, '{' | '}' | '[' | ']' | ',' | '|') || is_line_end(c)
}

/// Tells whether some programs end a line with a character, and others do not.
pub fn is_line_end(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Tells what the keys packed in some words are a sign of.
pub fn read(words: &str) -> Option<Sign> {
    words.split(is_break).filter(|piece| piece.contains(MARKS)).filter_map(piece).max()
}

fn piece(piece: &str) -> Option<Sign> {
    let marks = piece.char_indices().filter(|(_, c)| MARKS.contains(c)).take(MOST);
    let found = marks.filter_map(|(at, mark)| {
        let value = piece.get(at + mark.len_utf8()..)?;
        let value = value.split(';').next().unwrap_or_default().trim_matches(is_quote);
        if value.is_empty() || value.len() > LONGEST {
            return None;
        }
        let before = piece.get(..at)?.split(';').next_back()?;
        let mut words: Vec<&str> = before.split_whitespace().rev().take(3).collect();
        words.reverse();
        (0..words.len()).find_map(|from| {
            let key = bare(&words.get(from..)?.join(" "));
            clear(key.trim_matches(is_quote), value)
        })
    });
    found.max()
}

fn is_quote(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '*' | '`')
}

/// Reads a key with a value that can only be a value.
fn clear(key: &str, value: &str) -> Option<Sign> {
    if key.is_empty() {
        return None;
    }
    let row = find_key(key).map(|row| row.key);
    if row == Some(Key::Status) {
        return signs::is_rough(value).then_some(Sign::Inside);
    }
    let sign = signs::read(&format!("{key}: {value}"), false)?;
    let few = value.split_whitespace().count() <= 2;
    let folded = fold(value);
    let said = ["ingetrok", "teruggetrok", "withdr", "nog niet", "not yet"];
    let is_clear = read_yes(value).is_some()
        || folded.starts_with(|c: char| c.is_ascii_digit())
        || (few && said.iter().any(|word| folded.starts_with(word)))
        || signs::says(value) == Some(true) && few
        || (few && row == Some(Key::Kind))
        || (few && sign == Sign::Plan);
    // A yes says nothing here.
    (is_clear && (sign != Sign::Story || row == Some(Key::Kind))).then_some(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_on_one_line() {
        for words in [
            "a concept: ja",
            "a; concept: ja",
            "a  toestemming: nee",
            "{concept: ja}",
            "\"title\":\"a\",\"draft\":true",
            "a\u{2028}concept: ja\u{2029}taal: nl",
            "published=false",
            "openbaar: nee",
            "status: concept",
            "private: true",
            "a toestemming: ingetrokken",
        ] {
            assert_eq!(read(words), Some(Sign::Inside), "{words}");
        }
        assert_eq!(read("a soort: verhaal"), Some(Sign::Story));
        assert_eq!(read("soort=verhaal"), Some(Sign::Story));
    }

    #[test]
    fn words_about_keys_say_nothing() {
        for words in [
            "Toestemming: nee zeggen mag altijd",
            "Toestemming: ja",
            "concept: nee",
            "consent = true",
            "openbaar: ja, draft: false",
            "a: b: c",
            "https://a.nl/?draft=x",
            "",
        ] {
            assert_eq!(read(words), None, "{words}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_words_may_be_read(words in "([:=;,{} ]|concept|ja|\u{2028}|\\PC){0,20}") {
            read(&words);
        }
    }
}
