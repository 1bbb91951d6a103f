//! One line of the block at the top, seen from outside: a key, an item, a comment.

use crate::kind::{KeyRow, clothes::seen, find_key};
use crate::model::Key;
use std::ops::Range;

/// Longest name of a key, in characters, and most words in it.
const LONGEST_KEY: (usize, usize) = (40, 6);

/// What a line looks like from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing.
    Blank,
    /// `# …`.
    Comment,
    /// `- …`.
    Item,
    /// Goes on with what stands above it.
    Indented,
    /// `[taxonomies]`, in TOML.
    Section,
    /// `Kenmerk: waarde`; with the key when we know it.
    Key(Option<Key>),
    /// Anything else.
    Other,
}

/// A line with its place.
pub(super) struct Line {
    /// Where it stands, without its end.
    pub(super) range: Range<usize>,
    /// Where the next one starts.
    pub(super) next: usize,
    /// What it looks like.
    pub(super) look: Look,
}

impl Line {
    /// Returns the line that starts at a byte.
    pub(super) fn at(text: &str, start: usize, toml: bool) -> Line {
        let rest = &text[start..];
        let (end, next) = match rest.find('\n') {
            Some(at) => (start + at, start + at + 1),
            None => (text.len(), text.len()),
        };
        let line = &text[start..end];
        Line { range: start..end, next, look: look(line, toml) }
    }

    /// Returns its words.
    pub(super) fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.range.clone()]
    }
}

fn look(line: &str, toml: bool) -> Look {
    let trimmed = line.trim();
    if trimmed.is_empty() {
        Look::Blank
    } else if line.starts_with('#') {
        Look::Comment
    } else if is_item(trimmed) {
        Look::Item
    } else if toml && trimmed.starts_with('[') {
        Look::Section
    } else {
        let indent = line.len() - line.trim_start().len();
        let key = split_key(line, toml).filter(|split| split.is_likely);
        match key.map(|split| split.known.map(|row| row.key)) {
            // A whole block with a small indent is still a block.
            Some(Some(key)) if indent < 4 && !line.starts_with('\t') => {
                Look::Key(Some(key))
            }
            _ if indent > 0 => Look::Indented,
            Some(key) => Look::Key(key),
            None => Look::Other,
        }
    }
}

/// Tells whether a trimmed line is an item of a list.
pub(super) fn is_item(trimmed: &str) -> bool {
    trimmed == "-" || trimmed.starts_with("- ") || trimmed.starts_with("-\t")
}

/// A line split in key and value.
pub(super) struct Split {
    /// The key, in the line.
    pub(super) key: Range<usize>,
    /// Where the value starts: behind the separator.
    pub(super) value: usize,
    /// The key, when it is one that may stand at the top.
    pub(super) known: Option<&'static KeyRow>,
    /// Whether a person would call this a key with a value.
    pub(super) is_likely: bool,
    /// Whether the key is typed in bold: `**Titel:** Kom terug`.
    pub(super) is_bold: bool,
}

/// Splits at the first colon (in TOML: the first equals sign or colon).
pub(super) fn split_key(line: &str, toml: bool) -> Option<Split> {
    if let Some(split) = split_bold(line) {
        return Some(split);
    }
    let colon = line.find([':', '：']);
    let at = match line.find('=') {
        Some(equals) if colon.is_none() || toml => {
            colon.map_or(equals, |colon| colon.min(equals))
        }
        _ => colon?,
    };
    let key = trim_range(line, 0..at);
    let name = clean(&line[key.clone()]);
    if name.is_empty() {
        return None;
    }
    let known = find_key(&seen(name)).filter(|row| row.top);
    let width = line[at..].chars().next().map_or(1, char::len_utf8);
    let behind = &line[at + width..];
    let open = behind.is_empty() || behind.starts_with(char::is_whitespace);
    let plain = name.chars().count() <= LONGEST_KEY.0
        && name.split_whitespace().count() <= LONGEST_KEY.1
        && !name.contains(|c| "[]()<>{}|*`!?,;\"“”".contains(c));
    let is_likely =
        known.is_some() || (plain && (open || toml) && (toml || colon == Some(at)));
    Some(Split { key, value: at + width, known, is_likely, is_bold: false })
}

/// Splits `**Titel:** Kom terug` and `**Titel**: Kom terug`, when we know the key.
fn split_bold(line: &str) -> Option<Split> {
    let mark =
        ["**", "__"].into_iter().find(|mark| line.trim_start().starts_with(mark))?;
    let start = line.len() - line.trim_start().len() + mark.len();
    let end = start + line[start..].find(mark)?;
    let (inner, behind) = (&line[start..end], end + mark.len());
    let (name, value) = match inner.trim_end().strip_suffix([':', '：']) {
        Some(name) => (name, behind),
        None => {
            let rest = line[behind..].trim_start();
            let colon = rest.chars().next().filter(|c| matches!(c, ':' | '：'))?;
            (inner, line.len() - rest.len() + colon.len_utf8())
        }
    };
    let key = trim_range(line, start..start + name.len());
    let known = find_key(&seen(clean(&line[key.clone()]))).filter(|row| row.top)?;
    Some(Split { key, value, known: Some(known), is_likely: true, is_bold: true })
}

/// Takes quotes, and marks nobody sees, off a key.
pub(super) fn clean(key: &str) -> &str {
    key.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
    })
}

/// Returns `range` without white space at its ends.
pub(super) fn trim_range(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = &text[range.clone()];
    let start = range.start + (inside.len() - inside.trim_start().len());
    start..start.max(range.end - (inside.len() - inside.trim_end().len()))
}

/// Splits a line of JSON at its commas, outside quotes, brackets and braces.
pub(super) fn json_parts(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let (mut parts, mut start) = (Vec::new(), line.start);
    let (mut quoted, mut escaped, mut depth) = (false, false, 0usize);
    for (at, c) in text[line.clone()].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                parts.push(start..line.start + at);
                start = line.start + at + 1;
            }
            _ => {}
        }
    }
    parts.push(start..line.end);
    parts
}
