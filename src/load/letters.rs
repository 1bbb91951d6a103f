//! Letters that changed on their way: `cafÃ©` for `café`, `cafŽ` from an old Mac.
//!
//! [`changed`] finds the first word that nobody typed like that; [`mended`] says what it
//! may have been. It only looks: what is shown stays as it was read.

use memchr::memchr_iter;
use std::ops::Range;

/// Longest word in a message, in bytes.
const LONGEST: usize = 60;

/// Returns the first word with letters that changed. `old`: the text was read as
/// Windows-1252, and may have been saved by something older.
pub(super) fn changed(text: &str, old: bool) -> Option<Range<usize>> {
    let at = if old { old_letter(text) } else { doubled(text) }?;
    let from = text[..at].rfind(char::is_whitespace).map_or(0, |space| {
        space + text[space..].chars().next().map_or(1, char::len_utf8)
    });
    let to = text[at..].find(char::is_whitespace).map_or(text.len(), |end| at + end);
    let from = from.max(text.floor_char_boundary(at.saturating_sub(LONGEST)));
    Some(from..to.min(text.floor_char_boundary(at + LONGEST)))
}

/// Returns the same word as it was before UTF-8 was read as Windows-1252.
pub(super) fn mended(word: &str) -> Option<String> {
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(word);
    let mended = String::from_utf8(bytes.into_owned()).ok()?;
    (!lost && mended != word && !mended.chars().any(char::is_control)).then_some(mended)
}

/// Finds UTF-8 that was read as Windows-1252 and saved again: `Ã©`, `â€™`, `Â°`.
fn doubled(text: &str) -> Option<usize> {
    // All three begin with this byte.
    for at in memchr_iter(0xc3, text.as_bytes()) {
        let mut chars = text[at..].chars();
        let (Some(c), Some(next)) = (chars.next(), chars.next()) else { continue };
        let found = match c {
            'Ã' => {
                is_tail(next) && next != '\u{a0}'
                    || next == '\u{a0}' && low_near(text, at)
            }
            'Â' => ('\u{a1}'..='\u{bf}').contains(&next),
            'â' => next == '€',
            _ => false,
        };
        if found {
            return Some(at);
        }
    }
    None
}

/// Tells whether a small letter stands before a place.
fn low_near(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_lowercase)
}

/// Tells whether Windows-1252 shows the second byte of a letter like this.
fn is_tail(c: char) -> bool {
    ('\u{80}'..='\u{bf}').contains(&c) || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".contains(c)
}

/// Finds a letter of an old Mac or of DOS that was read as Windows-1252: a sign or a
/// capital right behind a small letter.
fn old_letter(text: &str) -> Option<usize> {
    let (mut first, mut odd, mut good) = (None, 0usize, 0usize);
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        if !c.is_ascii() && is_old(before, c, next) {
            first.get_or_insert(at);
            odd += 1;
        } else if !c.is_ascii() && c.is_lowercase() {
            good += 1;
        }
        before = c;
    }
    first.filter(|_| odd >= good)
}

fn is_old(before: char, c: char, next: char) -> bool {
    let behind = before.is_ascii_lowercase();
    let between = behind && next.is_ascii_lowercase();
    match c {
        // Twice the same, as in `één`.
        'Ž' | '‚' if before == c => true,
        '‚' | '„' | '‡' | 'ˆ' | '‰' | '‹' | 'ƒ' => behind,
        '‘' | '•' | '”' | '“' | '¡' | '¢' | '¤' => between,
        c => behind && c.is_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, old: bool) -> Option<&str> {
        changed(text, old).map(|range| &text[range])
    }

    #[test]
    fn letters_that_were_read_twice() {
        for (typed, meant) in [
            ("cafÃ©", "café"),
            ("fotoâ€™s", "foto’s"),
            ("ideeÃ«n", "ideeën"),
            ("20Â°C", "20°C"),
            ("â€œja", "“ja"),
        ] {
            let text = format!("Een regel.\n\nEn {typed} hier.");
            assert_eq!(word(&text, false), Some(typed));
            assert_eq!(mended(typed).as_deref(), Some(meant));
        }
        for text in ["café", "SÃO PAULO", "château", "Âge", "€ 5", "Ã", "20 °C", "foto’s"]
        {
            assert_eq!(word(text, false), None, "{text}");
            assert_eq!(mended(text), None, "{text}");
        }
    }

    #[test]
    fn letters_of_old_machines() {
        for text in ["cafŽ", "caf‚", "ideeŽn", "idee‘n", "idee‰n", "fotoÕs", "ŽŽn", "‚‚n"]
        {
            assert_eq!(word(&format!("Hier. {text} daar"), true), Some(text));
        }
        for text in [
            "café",
            "foto’s",
            "‘s avonds",
            "hij zei: „ja”",
            "Škoda",
            "naïef… ja",
            "één • twee",
            "crème-brûlée cafÉ",
        ] {
            assert_eq!(word(text, true), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_looked_at(text in "(\\PC|[Ãâ€©™ \u{a0}ŽéÂ]){0,80}", old in proptest::bool::ANY) {
            if let Some(range) = changed(&text, old) {
                proptest::prop_assert!(text.get(range).is_some_and(|word| !word.is_empty()));
            }
        }
    }
}
