//! Takes writing off text: markup, entities, percent signs, the escapes of JSON.

use memchr::{memchr, memchr3};

/// What a text says, apart by where it says it.
#[derive(Debug, Default)]
pub(super) struct Unwrapped {
    /// What people see.
    pub(super) seen: String,
    /// Values of attributes that people or machines are told: alt, title, addresses.
    pub(super) told: String,
    /// Everything inside tags.
    pub(super) tags: String,
}

/// Letters of the longest tag in a word or sentence.
const LONGEST: usize = 6;

/// Attributes whose values say something.
const TELLING: [&str; 11] = [
    "alt",
    "title",
    "content",
    "aria-label",
    "href",
    "src",
    "srcset",
    "label",
    "value",
    "placeholder",
    "summary",
];

/// Named entities that may stand in words.
const NAMED: [(&str, char); 36] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("shy", '\u{ad}'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("euml", 'ë'),
    ("ecirc", 'ê'),
    ("aacute", 'á'),
    ("agrave", 'à'),
    ("auml", 'ä'),
    ("acirc", 'â'),
    ("aring", 'å'),
    ("oacute", 'ó'),
    ("ograve", 'ò'),
    ("ouml", 'ö'),
    ("ocirc", 'ô'),
    ("iacute", 'í'),
    ("igrave", 'ì'),
    ("iuml", 'ï'),
    ("icirc", 'î'),
    ("uacute", 'ú'),
    ("ugrave", 'ù'),
    ("uuml", 'ü'),
    ("ucirc", 'û'),
    ("ccedil", 'ç'),
    ("ntilde", 'ñ'),
    ("oslash", 'ø'),
    ("szlig", 'ß'),
    ("rsquo", '’'),
    ("lsquo", '‘'),
    ("ndash", '–'),
    ("mdash", '—'),
];

/// Unwraps a text.
pub(super) fn unwrap(text: &str) -> Unwrapped {
    let mut out =
        Unwrapped { seen: String::with_capacity(text.len()), ..Unwrapped::default() };
    let mut rest = text;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        unescape(&rest[..at], &mut out.seen);
        let after = &rest[at + 1..];
        let end = memchr(b'>', after.as_bytes()).unwrap_or(after.len());
        let tag = &after[..end];
        if !is_inline(tag) {
            out.seen.push(' ');
        }
        inside(tag, &mut out);
        rest = after.get(end + 1..).unwrap_or_default();
    }
    unescape(rest, &mut out.seen);
    out
}

/// Tells whether a tag stands in a word or sentence: without it that goes on.
fn is_inline(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').as_bytes();
    let end = name.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len());
    let mut small = [0; LONGEST];
    let Some(small) = small.get_mut(..end) else { return false };
    small.copy_from_slice(&name[..end]);
    small.make_ascii_lowercase();
    matches!(
        &*small,
        b"a" | b"abbr"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"code"
            | b"em"
            | b"i"
            | b"ins"
            | b"kbd"
            | b"mark"
            | b"q"
            | b"s"
            | b"small"
            | b"span"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"u"
            | b"wbr"
    )
}

fn inside(tag: &str, out: &mut Unwrapped) {
    unescape(tag, &mut out.tags);
    out.tags.push(' ');
    let mut rest = tag;
    while let Some(at) = memchr(b'=', rest.as_bytes()) {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        let gap = before.bytes().rposition(|b| matches!(b, b' ' | b'\n' | b'\t' | b'/'));
        let name = &before[gap.map_or(0, |gap| gap + 1)..];
        let (value, next) = match after.bytes().next() {
            Some(quote @ (b'"' | b'\'')) => cut(&after[1..], quote),
            _ => cut(after, b' '),
        };
        if is_telling(name) {
            unescape(value, &mut out.told);
            out.told.push(' ');
        }
        rest = next;
    }
}

/// Returns what stands before a sign, and what behind it.
fn cut(text: &str, sign: u8) -> (&str, &str) {
    match memchr(sign, text.as_bytes()) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    }
}

fn is_telling(name: &str) -> bool {
    let own =
        name.as_bytes().get(..5).is_some_and(|it| it.eq_ignore_ascii_case(b"data-"));
    own || TELLING.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// Writes text without its escapes, all ways at once.
fn unescape(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let found = match bytes[at] {
            b'&' => entity(rest),
            b'%' => percent(rest, out),
            b'\\' => json(rest),
            _ => None,
        };
        match found {
            Some((c, length)) => {
                out.extend(c);
                at += length;
            }
            None => {
                let plain = memchr3(b'&', b'%', b'\\', &bytes[at + 1..]);
                let end = plain.map_or(rest.len(), |more| more + 1);
                out.push_str(&rest[..end]);
                at += end;
            }
        }
    }
}

fn entity(text: &str) -> Option<(Option<char>, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let code = match hex {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((Some(c), end + 1))
}

/// Decodes a run of `%41%C3%A9` into `out`.
fn percent(text: &str, out: &mut String) -> Option<(Option<char>, usize)> {
    let mut bytes = Vec::new();
    let mut at = 0;
    while text.as_bytes().get(at) == Some(&b'%') {
        let Some(byte) =
            text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok())
        else {
            break;
        };
        bytes.push(byte);
        at += 3;
    }
    if bytes.is_empty() {
        return None;
    }
    out.push_str(&String::from_utf8_lossy(&bytes));
    Some((None, at))
}

/// Decodes `\u00e9`, and takes `\n` and `\"` for a space.
fn json(text: &str) -> Option<(Option<char>, usize)> {
    match text.as_bytes().get(1)? {
        b'u' => {
            let code = u32::from_str_radix(text.get(2..6)?, 16).ok()?;
            Some((Some(char::from_u32(code).unwrap_or(' ')), 6))
        }
        b'n' | b't' | b'r' | b'"' | b'/' => Some((Some(' '), 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::plain;

    #[test]
    fn writing_comes_off() {
        for text in [
            "No<em>or</em> is <b>thuis</b>",
            "N&#111;&#x6F;r&nbsp;is thuis",
            "Noor%20is%20thuis",
            r"N\u006f\u006fr is\nthuis",
            "<p>Noor</p><p>is thuis</p>",
        ] {
            assert_eq!(plain(&unwrap(text).seen), " noor is thuis ", "{text}");
        }
        let tag = unwrap("<img class=\"oma\" alt=\"Noor is\" data-x='thuis' src=a>");
        assert_eq!(plain(&tag.told), " noor is thuis a ");
        assert!(tag.tags.contains("oma") && !tag.seen.contains("Noor"));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "[<>=&%\\\\u#;\"' a-zé0-9/-]{0,60}") { unwrap(&text); }
    }
}
