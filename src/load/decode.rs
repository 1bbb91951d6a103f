//! Bytes become text, whatever program saved them.
//!
//! [`decode`] is the entry: UTF-8, UTF-16 and Windows-1252, with or without a mark at the
//! start. Every line end becomes `\n`; what cannot be read becomes `�` and is reported.

use super::letters;
use crate::kind::packed::is_line_end;
use crate::problem::Code;
use memchr::{memchr, memchr_iter, memmem};
use std::ops::Range;

/// Most reports of unreadable characters in one file.
const MOST_REPORTS: usize = 20;

/// A text, and what was noticed: code and place in the text.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    /// The text: `\n` line ends, no byte order mark, no control characters but tab.
    pub(super) text: String,
    /// B01, B02, B03, B04, B12.
    pub(super) notes: Vec<(Code, Range<usize>)>,
}

/// Decodes a file. `None` when it is no text at all.
pub(super) fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    let mut notes = Vec::new();
    if is_other_format(&bytes) {
        return None;
    }
    let text = match utf16(&bytes) {
        Some(text) => {
            notes.push((Code::B03, 0..0));
            text
        }
        None => eight_bits(bytes, &mut notes),
    };
    let text = strip_marks(text, &mut notes);
    let decoded = if needs_cleaning(text.as_bytes()) {
        clean(&text, notes)?
    } else {
        Decoded { text, notes }
    };
    Some(doubt(decoded))
}

/// Says where letters changed on their way (B12), in place of how well we read it (B02).
fn doubt(mut decoded: Decoded) -> Decoded {
    let old = decoded.notes.iter().any(|(code, _)| *code == Code::B02);
    if let Some(word) = letters::changed(&decoded.text, old) {
        decoded.notes.retain(|(code, _)| *code != Code::B02);
        decoded.notes.push((Code::B12, word));
    }
    decoded
}

/// Files of well-known formats that somebody named `.md`.
fn is_other_format(bytes: &[u8]) -> bool {
    const STARTS: [&[u8]; 8] = [
        b"{\\rtf",
        b"PK\x03\x04",
        b"%PDF-",
        b"\x89PNG\r\n",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x1f\x8b\x08",
        b"\xd0\xcf\x11\xe0",
    ];
    STARTS.iter().any(|start| bytes.starts_with(start))
}

/// Decodes UTF-16, with a mark at the start or recognised by its many zero bytes.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (little, rest) = match bytes {
        [0xff, 0xfe, rest @ ..] => (true, rest),
        [0xfe, 0xff, rest @ ..] => (false, rest),
        _ => (guess_utf16(bytes)?, bytes),
    };
    let encoding = if little { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
    let (text, broken) = encoding.decode_without_bom_handling(rest);
    // Half a character: reported by `clean`, through a stand-in that no text holds.
    let text = if broken { text.replace('\u{fffd}', "\0") } else { text.into_owned() };
    Some(text)
}

/// Tells which half of each pair is often zero (spaces and Latin letters in UTF-16):
/// `Some(true)` for the second, little endian.
fn guess_utf16(bytes: &[u8]) -> Option<bool> {
    if bytes.len() < 4 || memchr(0, bytes).is_none() {
        return None;
    }
    let (even, odd) = (high_bytes(bytes, 0), high_bytes(bytes, 1));
    match (even, odd) {
        (false, true) => Some(true),
        (true, false) => Some(false),
        _ => None,
    }
}

/// Tells whether one half of all pairs looks like the high bytes of UTF-16: a few values
/// (the scripts of the text) make up nearly all, and zero is among them.
fn high_bytes(bytes: &[u8], skip: usize) -> bool {
    let mut counts = [0usize; 256];
    let mut all = 0;
    for &byte in bytes.iter().skip(skip).step_by(2) {
        counts[usize::from(byte)] += 1;
        all += 1;
    }
    if counts[0] * 20 < all || counts[0] < 2 {
        return false;
    }
    counts.sort_unstable();
    counts[253..].iter().sum::<usize>() * 10 >= all * 9
}

/// Decodes UTF-8, whole or broken, or else Windows-1252.
fn eight_bits(bytes: Vec<u8>, notes: &mut Vec<(Code, Range<usize>)>) -> String {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return text,
        Err(broken) => broken.into_bytes(),
    };
    if is_broken_utf8(&bytes) {
        // Reported by `clean`, as any other character that cannot be read; a stand-in
        // that no text holds keeps a typed `�` apart from a broken byte.
        let mut text = String::with_capacity(bytes.len() + 8);
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                text.push('\0');
            }
        }
        return text;
    }
    notes.push((Code::B02, 0..0));
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned()
}

/// Tells UTF-8 with some damage from Windows-1252: by which of the two explains more.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut letters, mut strays) = (0usize, 0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        for &byte in chunk.invalid() {
            if is_1252_text(byte) {
                letters += 1;
            } else {
                strays += 1;
            }
        }
    }
    if good > 0 {
        // A stray byte is nothing anybody types in Windows-1252.
        return good + strays >= letters;
    }
    // A file cut off in the middle of a character: `é` is C3 A9 and only C3 is left.
    let cut = letters <= 2
        && std::str::from_utf8(bytes).is_err_and(|broken| {
            broken.error_len().is_none()
                && matches!(
                    &bytes[broken.valid_up_to()..],
                    [0xc2 | 0xc3 | 0xe2] | [0xe2, _]
                )
        });
    cut || strays > letters
}

/// Tells whether a byte is something people type in Windows-1252.
fn is_1252_text(byte: u8) -> bool {
    matches!(byte, 0x80 | 0x82..=0x8c | 0x8e | 0x91..=0x9c | 0x9e..=0xfd)
}

/// Takes byte order marks off the start.
fn strip_marks(text: String, notes: &mut Vec<(Code, Range<usize>)>) -> String {
    let bare = text.trim_start_matches('\u{feff}');
    if bare.len() == text.len() {
        return text;
    }
    notes.push((Code::B01, 0..0));
    bare.to_string()
}

/// Tells whether there may be something to clean; most texts have nothing.
fn needs_cleaning(bytes: &[u8]) -> bool {
    let odd = |byte: u8| {
        (byte < 0x20 && byte != b'\n' && byte != b'\t') || byte == 0x7f || byte >= 0xef
    };
    // All of it is looked at without a stop: that is quicker than to stop at once.
    bytes.iter().fold(false, |found, byte| found | odd(*byte))
        || memmem::find_iter(bytes, b"\xe2\x80")
            .take_while(|at| *at < TOP.0)
            .any(|at| matches!(bytes.get(at + 2), Some(0xa8 | 0xa9)))
        || memchr_iter(0xc2, bytes)
            .any(|at| bytes.get(at + 1).is_some_and(|next| *next < 0xa0))
}

/// Puts `\n` at line ends and `�` for characters that cannot be read. `None` when that
/// are so many that this is no text.
fn clean(text: &str, mut notes: Vec<(Code, Range<usize>)>) -> Option<Decoded> {
    let mut out = String::with_capacity(text.len());
    let (mut unread, mut all, mut reports) = (0usize, 0usize, 0usize);
    let mut reported_here = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        all += 1;
        match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push('\n');
                reported_here = false;
            }
            '\n' => {
                out.push('\n');
                reported_here = false;
            }
            c if is_line_end(c) && keys_near(&out, chars.clone()) => out.push('\n'),
            '\u{b}' | '\u{c}' => out.push(' '),
            _ if is_unreadable(c) => {
                unread += 1;
                let at = out.len();
                out.push(char::REPLACEMENT_CHARACTER);
                if !reported_here && reports < MOST_REPORTS {
                    notes.push((Code::B04, at..out.len()));
                    reports += 1;
                    reported_here = true;
                }
            }
            _ => out.push(c),
        }
    }
    if unread >= 8 && unread * 20 > all {
        return None;
    }
    Some(Decoded { text: out, notes })
}

/// Longest top in which another line end may end a line, and how far a key is looked for.
const TOP: (usize, usize) = (8192, 48);

/// Tells whether another line end stands between keys at the top of a text: what follows
/// looks like a key or a fence, or what stands before it is a fence.
fn keys_near(before: &str, after: std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    if before.len() > TOP.0 || before.trim_start().contains("\n\n") {
        return false;
    }
    let is_fence = |c: char| matches!(c, '-' | '+' | ' ');
    let last = before.rsplit('\n').next().unwrap_or_default();
    let next: String = after
        .take(TOP.1)
        .take_while(|c| !matches!(c, '\n' | '\r') && !is_line_end(*c))
        .collect();
    next.contains([':', '=', '：'])
        || next.chars().all(is_fence)
        || last.chars().all(is_fence)
}

fn is_unreadable(c: char) -> bool {
    let code = c as u32;
    (c.is_control() && c != '\t')
        || (0xfdd0..=0xfdef).contains(&code)
        || code & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_line_ends_count_between_keys() {
        for end in ["\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
            let text = ["---", "titel: a", "concept: ja", "---", "Tekst"].join(end);
            let whole = "---\ntitel: a\nconcept: ja\n---\nTekst";
            assert_eq!(read(text.as_bytes()).0, whole, "{end:?}");
        }
        assert_eq!(read("# Een\u{b}dag".as_bytes()).0, "# Een dag");
    }

    fn read(bytes: &[u8]) -> (String, Vec<Code>) {
        let decoded = decode(bytes.to_vec()).expect("it is text");
        let codes = decoded.notes.iter().map(|(code, _)| *code).collect();
        (decoded.text, codes)
    }

    fn utf16_bytes(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn every_usual_encoding() {
        assert_eq!(
            read("één\r\ntwee\rdrie".as_bytes()),
            ("één\ntwee\ndrie".into(), vec![])
        );
        assert_eq!(read(b"\xef\xbb\xbfhoi"), ("hoi".into(), vec![Code::B01]));
        assert_eq!(read(b"caf\xe9 \x93ja\x94"), ("café “ja”".into(), vec![Code::B02]));
        assert_eq!(read(b"een\r\ncaf\x8e").1, [Code::B12]);
        assert_eq!(read("cafÃ©".as_bytes()), ("cafÃ©".into(), vec![Code::B12]));
        let text = "Één cliënt zei: kom terug.\nمرحبا\n";
        for little in [true, false] {
            let bare = utf16_bytes(text, little);
            assert_eq!(read(&bare), (text.into(), vec![Code::B03]));
            let mark: &[u8] = if little { &[0xff, 0xfe] } else { &[0xfe, 0xff] };
            assert_eq!(read(&[mark, &bare].concat()).0, text);
            let cut = read(&[mark, &bare, b"x"].concat());
            assert_eq!(cut, (format!("{text}\u{fffd}"), vec![Code::B03, Code::B04]));
        }
    }

    #[test]
    fn broken_bytes_among_good_ones_keep_the_good_ones() {
        let (text, codes) = read(b"\xc3\xa9\xc3\xa9n caf\xe9 daar\nhier \xff en \xfe\n");
        assert_eq!(text, "één caf� daar\nhier � en �\n");
        assert_eq!(codes, [Code::B04, Code::B04]);
        assert_eq!(read(b"koffie in het caf\xc3").0, "koffie in het caf�");
        assert_eq!(read(b"hier \xff staat").0, "hier � staat");
    }

    #[test]
    fn control_characters_show_and_are_reported_once_a_line() {
        let (text, codes) = read(b"a\0b\x01c\nd\x0ce\x0bf\ttab\x7f");
        assert_eq!(text, "a�b�c\nd e f\ttab�");
        assert_eq!(codes, [Code::B04, Code::B04]);
        assert_eq!(read("x\u{85}y \u{ffff}".as_bytes()).0, "x�y �");
        assert_eq!(read("een getypte \u{fffd}".as_bytes()).1, []);
    }

    #[test]
    fn no_more_than_twenty_reports() {
        let text = "dit is een lange regel met tekst \0\n".repeat(50);
        assert_eq!(read(text.as_bytes()).1.len(), MOST_REPORTS);
    }

    #[test]
    fn what_is_no_text_is_left() {
        assert!(decode(b"PK\x03\x04rest".to_vec()).is_none());
        let junk: Vec<u8> =
            (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(junk).is_none());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_decode_without_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            if let Some(decoded) = decode(bytes) {
                proptest::prop_assert!(!decoded.text.contains('\r'));
                for (_, range) in decoded.notes {
                    proptest::prop_assert!(decoded.text.get(range).is_some());
                }
            }
        }

        #[test]
        fn good_utf8_stays_as_it_is(text in "[\\PC\n]{0,80}") {
            proptest::prop_assume!(!text.starts_with('\u{feff}') && !text.chars().any(|c| is_unreadable(c) || is_line_end(c)));
            let read = decode(text.clone().into_bytes()).map(|decoded| decoded.text);
            proptest::prop_assert!(read.is_none() || read == Some(text));
        }
    }
}
