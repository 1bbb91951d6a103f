//! Text as a row of words: small letters and digits, no accents, one space between.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Returns the words of a text, with a space before and behind each.
pub fn plain(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 2);
    push(&mut out, text);
    // Only whole letters were added: nothing is lost here.
    String::from_utf8(out)
        .unwrap_or_else(|out| String::from_utf8_lossy(out.as_bytes()).into())
}

/// What a plain byte becomes: a small letter or digit, a space, or 0 for part of a letter
/// that is not plain.
const SMALL: [u8; 256] = {
    let mut small = [b' '; 256];
    let mut byte = 0;
    while byte < 256 {
        let at = byte as u8;
        if at.is_ascii_alphanumeric() {
            small[byte] = at.to_ascii_lowercase();
        } else if !at.is_ascii() {
            small[byte] = 0;
        }
        byte += 1;
    }
    small
};

/// Adds the words of a text.
pub(super) fn push(out: &mut Vec<u8>, text: &str) {
    space(out);
    let mut rest = text;
    while !rest.is_empty() {
        // Nearly all of it is plain: that goes a byte at a time.
        let easy = easy(out, rest.as_bytes());
        let mut signs = rest[easy..].chars();
        if let Some(c) = signs.next() {
            sign(out, c);
        }
        rest = signs.as_str();
    }
    space(out);
}

/// Adds the plain bytes that a text begins with, at most a few at a time: room is made for
/// all of them first. Returns how many there were.
fn easy(out: &mut Vec<u8>, text: &[u8]) -> usize {
    const MOST: usize = 128;
    let text = text.get(..MOST).unwrap_or(text);
    let mut at = out.len();
    let mut last = out.last().copied().unwrap_or(b' ');
    out.resize(at + text.len(), 0);
    let mut done = 0;
    for byte in text {
        let small = SMALL[usize::from(*byte)];
        if small == 0 {
            break;
        }
        // Written in any case, kept when it is no second space.
        out[at] = small;
        at += usize::from(small != b' ' || last != b' ');
        last = small;
        done += 1;
    }
    out.truncate(at);
    done
}

fn space(out: &mut Vec<u8>) {
    if out.last() != Some(&b' ') {
        out.push(b' ');
    }
}

/// Adds what is no plain letter.
fn sign(out: &mut Vec<u8>, c: char) {
    if c.is_ascii() {
        one(out, c.to_ascii_lowercase());
    } else if !is_unseen(c) {
        let folded = std::iter::once(c).nfkd().filter(|&c| !is_combining_mark(c));
        folded.flat_map(char::to_lowercase).for_each(|c| one(out, c));
    }
}

fn one(out: &mut Vec<u8>, c: char) {
    if c.is_alphanumeric() {
        out.extend(c.encode_utf8(&mut [0; 4]).bytes());
    } else {
        space(out);
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

    #[test]
    fn a_capital_is_small_wherever_it_stands() {
        let text = "X".repeat(1000);
        assert_eq!(plain(&text), format!(" {} ", text.to_lowercase()));
    }

    proptest::proptest! {
        #[test]
        fn words_at_a_time_are_letters_at_a_time(text in "[a-zA-Z0-9 .,é\u{301}ß\u{ad}Ａ-]{0,40}", more in "[A-Z ]{0,300}") {
            let text = text + &more;
            let mut slow = vec![b' '];
            for c in text.chars() {
                sign(&mut slow, c.to_ascii_lowercase());
            }
            space(&mut slow);
            proptest::prop_assert_eq!(plain(&text).into_bytes(), slow);
        }
    }
}
