//! The marks that begin and end comments, however they were typed.
//!
//! [`opening`] and [`closing`] read one at its first byte: escaped, as entities, with wide
//! or invisible characters in it. [`percent`] and [`note`] know those of other tools.

use crate::kind::clothes::visible;
use crate::text::fold;
use std::ops::Range;

/// How strictly a mark was typed; a comment ends at a mark that is as strict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    /// `<!--` and `-->`.
    Exact,
    /// With long dashes, other brackets, or `&lt;`.
    Loose,
    /// With one hyphen.
    Thin,
}

/// A mark that may begin or end a comment.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What it does.
    pub(super) what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Begins a comment.
    Open(Typed),
    /// Ends one.
    Close(Typed),
    /// `%%`; whether it may begin a comment.
    Percent(bool),
    /// A whole comment: a line, or lines up to their `)`.
    Whole,
    /// The same, without its end: what would end it.
    WholeOpen(&'static str),
}

/// What may stand for `<`, for `!` and for `>`.
const LEFT: [char; 3] = ['<', '‹', '＜'];
const BANG: [char; 3] = ['!', '！', 'ǃ'];
const RIGHT: [char; 3] = ['>', '›', '＞'];

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '−' | '－' | '﹣')
}

fn is_unseen(c: char) -> bool {
    c == '\u{fffd}' || visible(c).is_none() || (c.is_control() && !c.is_whitespace())
}

/// Characters as people type them when they may not: names, and numbers.
const NAMED: [(&str, char); 7] = [
    ("lt", '<'),
    ("gt", '>'),
    ("excl", '!'),
    ("hyphen", '-'),
    ("dash", '-'),
    ("ndash", '–'),
    ("mdash", '—'),
];

/// Reads the character that begins the text, with its length: as it is, behind a
/// backslash, or as an entity, with or without its semicolon.
fn sign(text: &str) -> Option<(char, usize)> {
    let first = text.chars().next()?;
    let behind = text.get(1..).unwrap_or_default();
    match first {
        '\\' => {
            let next = behind.chars().next().filter(char::is_ascii_punctuation)?;
            Some((next, 2))
        }
        '&' => entity(behind).map(|(c, length)| (c, length + 1)),
        c => Some((c, c.len_utf8())),
    }
}

fn entity(behind: &str) -> Option<(char, usize)> {
    let count = |from: usize, is: fn(&u8) -> bool| {
        behind.bytes().skip(from).take(12).take_while(is).count()
    };
    let (c, end) = match behind.as_bytes() {
        [b'#', b'x' | b'X', ..] => {
            let end = 2 + count(2, u8::is_ascii_hexdigit);
            (char::from_u32(u32::from_str_radix(behind.get(2..end)?, 16).ok()?)?, end)
        }
        [b'#', ..] => {
            let end = 1 + count(1, u8::is_ascii_digit);
            (char::from_u32(behind.get(1..end)?.parse().ok()?)?, end)
        }
        _ => {
            let end = count(0, u8::is_ascii_alphabetic);
            let name = behind.get(..end)?.to_ascii_lowercase();
            (NAMED.iter().find(|(known, _)| *known == name)?.1, end)
        }
    };
    let closed = behind.as_bytes().get(end) == Some(&b';');
    Some((c, end + usize::from(closed)))
}

/// Reads on from `at`, past what nobody sees, when the next character is one of some.
fn next(text: &str, mut at: usize, is: impl Fn(char) -> bool) -> Option<(char, usize)> {
    for _ in 0..16 {
        let (c, length) = sign(text.get(at..)?)?;
        at += length;
        if is(c) {
            return Some((c, at));
        }
        if !is_unseen(c) {
            return None;
        }
    }
    None
}

/// As [`next`], with one space before it.
fn next_spaced(
    text: &str,
    at: usize,
    is: impl Fn(char) -> bool + Copy,
) -> Option<(char, usize)> {
    next(text, at, is).or_else(|| {
        let (_, behind) = next(text, at, |c| c == ' ')?;
        next(text, behind, is)
    })
}

/// Returns the opening mark that begins at a byte.
pub(super) fn opening(text: &str, at: usize) -> Option<Mark> {
    let (left, behind) = next(text, at, |c| LEFT.contains(&c))?;
    let (_, behind) = next_spaced(text, behind, |c| BANG.contains(&c))?;
    let (first, mut end) = next_spaced(text, behind, is_dash)?;
    let second = next(text, end, is_dash);
    let typed = match (first, second) {
        _ if left == '<' && text[at..].starts_with("<!--") => Typed::Exact,
        ('-', None) => Typed::Thin,
        _ => Typed::Loose,
    };
    if let (true, Some((_, behind))) = (first == '-', second) {
        end = behind;
    }
    Some(Mark { range: at..end, what: What::Open(typed) })
}

/// Returns the closing mark that ends with the bracket at `at`; it does not reach before
/// `from`.
pub(super) fn closing(text: &str, at: usize, from: usize) -> Option<Mark> {
    let (right, length) = sign(text.get(at..)?)?;
    if !RIGHT.contains(&right) {
        return None;
    }
    let before = text.get(from..at)?;
    let passed = |words: &'_ str| {
        let marks =
            words.chars().rev().take(16).take_while(|c| *c == '\\' || is_unseen(*c));
        words.len() - marks.map(char::len_utf8).sum::<usize>()
    };
    let before = before.get(..passed(before))?;
    let last = before.chars().next_back().filter(|c| is_dash(*c))?;
    let start = before.len() - last.len_utf8();
    let ahead = before.get(..passed(before.get(..start)?))?;
    let other = ahead.chars().next_back().filter(|c| is_dash(*c));
    let start = from + other.map_or(start, |other| ahead.len() - other.len_utf8());
    let range = start..at + length;
    let typed = match (last, other) {
        _ if text.get(range.clone()) == Some("-->") => Typed::Exact,
        ('-', None) => Typed::Thin,
        _ => Typed::Loose,
    };
    Some(Mark { range, what: What::Close(typed) })
}

/// Names of a note between writers, folded: `[[opmerking: …]]`.
const NOTES: [&str; 10] = [
    "opmerking",
    "opmerkingen",
    "comment",
    "comments",
    "notitie",
    "notities",
    "aantekening",
    "note",
    "todo",
    "remark",
];

/// Longest note, in bytes.
const LONGEST_NOTE: usize = 4000;

/// Returns the note between writers that begins at a byte.
pub(super) fn note(text: &str, at: usize) -> Option<Mark> {
    let inner = text.get(at..)?.strip_prefix("[[")?;
    let near = inner.get(..inner.floor_char_boundary(40))?;
    let (name, _) = near.split_once([':', '：'])?;
    if !NOTES.contains(&fold(name.trim()).as_str()) {
        return None;
    }
    let inner = inner.get(..inner.floor_char_boundary(LONGEST_NOTE))?;
    let (mut depth, mut skip) = (1, false);
    for (here, pair) in inner.as_bytes().windows(2).enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        match pair {
            b"[[" => (depth, skip) = (depth + 1, true),
            b"]]" => (depth, skip) = (depth - 1, true),
            _ => {}
        }
        if depth == 0 {
            return Some(Mark { range: at..at + 2 + here + 2, what: What::Whole });
        }
    }
    Some(Mark { range: at..at + 2, what: What::WholeOpen("]]") })
}

pub(super) fn percent(text: &str, at: usize) -> Option<Mark> {
    if !text[at..].starts_with("%%") {
        return None;
    }
    let opens = match text[..at].chars().next_back() {
        // `100%%` is a number, and `a%%b` mostly an address.
        Some(before) if before.is_alphabetic() => {
            let rest = &text[at + 2..];
            let near = &rest[..rest.floor_char_boundary(400)];
            near.split('\n').next().is_some_and(|line| line.contains("%%"))
        }
        Some(before) => !before.is_numeric(),
        None => true,
    };
    Some(Mark { range: at..at + 2, what: What::Percent(opens) })
}
