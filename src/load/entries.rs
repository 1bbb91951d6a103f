//! The lines of the block at the top become entries: a key, and the pieces of its value.
//!
//! [`read`] knows the flat forms people and other tools write: one line, `- ` lines,
//! lines that go on with an indent, `|` and `>`, brackets over several lines, and maps
//! inside maps, which it makes flat and marks with their section.

use super::block::Block;
use super::line;
use crate::kind::KeyRow;
use std::ops::Range;

/// A key with its value, as places in the text.
#[derive(Debug)]
pub(super) struct Entry {
    /// The key; for a loose line the whole line.
    pub(super) key: Range<usize>,
    /// The row of the key, when it is one that may stand at the top.
    pub(super) row: Option<&'static KeyRow>,
    /// The pieces of the value; none when empty.
    pub(super) pieces: Vec<Range<usize>>,
    /// How the pieces belong together.
    pub(super) shape: Shape,
    /// The key it lies under: `taxonomies`, `extra`.
    pub(super) section: Option<Range<usize>>,
}

/// How the pieces of a value belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One value, lines joined by spaces.
    Plain,
    /// One value, line ends kept (`|`).
    Literal,
    /// A list, one item a piece.
    Items,
    /// A line without a key.
    Loose,
}

/// Reads the entries of a block.
pub(super) fn read(text: &str, block: &Block) -> Vec<Entry> {
    let mut reader = Reader {
        text,
        toml: block.toml,
        json: block.json,
        entries: Vec::new(),
        section: None,
        scalar: false,
        open: None,
        last: TRIPLES.map(|mark| {
            let has = |line: &&Range<usize>| text[(*line).clone()].contains(mark);
            block.lines.iter().rfind(has).map_or(0, |line| line.start)
        }),
    };
    let mut lines = block.lines.iter();
    while let Some(range) = lines.next() {
        if text[range.clone()].trim_start().starts_with("<!--") {
            // A comment of several lines; without an end it is this line.
            let end = std::iter::once(range)
                .chain(lines.as_slice())
                .position(|line| text[line.clone()].contains("-->"));
            lines = lines.as_slice()[end.unwrap_or(0)..].iter();
            continue;
        }
        reader.line(range.clone());
    }
    for entry in &mut reader.entries {
        leave_comments(text, &mut entry.pieces);
    }
    reader.entries
}

/// Takes `<!-- … -->` out of a value: a comment never leaves the machine. Without an end
/// it takes the rest of the value, and never a key below it.
fn leave_comments(text: &str, pieces: &mut Vec<Range<usize>>) {
    if !pieces.iter().any(|piece| text[piece.clone()].contains("<!--")) {
        return;
    }
    let mut open = false;
    let mut kept = Vec::new();
    for piece in pieces.drain(..) {
        let mut at = piece.start;
        while at < piece.end {
            let mark = if open { "-->" } else { "<!--" };
            let found = text[at..piece.end].find(mark).map(|found| at + found);
            let end = found.unwrap_or(piece.end);
            if !open {
                let shown = line::trim_range(text, at..end);
                kept.extend((!shown.is_empty()).then_some(shown));
            }
            at = found.map_or(piece.end, |found| found + mark.len());
            open ^= found.is_some();
        }
    }
    *pieces = kept;
}

struct Reader<'a> {
    text: &'a str,
    toml: bool,
    json: bool,
    entries: Vec<Entry>,
    section: Option<Range<usize>>,
    /// Inside `|` or `>`: indented lines are text, whatever they look like.
    scalar: bool,
    /// Inside brackets or triple quotes: what ends them.
    open: Option<&'static str>,
    /// Where the last line starts that has triple quotes, of each kind.
    last: [usize; 2],
}

/// Marks around a value of several lines.
const TRIPLES: [&str; 2] = ["\"\"\"", "'''"];

impl Reader<'_> {
    fn line(&mut self, line: Range<usize>) {
        let whole = &self.text[line.clone()];
        let trimmed = line::trim_range(self.text, line.clone());
        let words = &self.text[trimmed.clone()];
        let indented = whole.starts_with([' ', '\t']);
        if words.is_empty() {
            return;
        }
        if let Some(end) = self.open {
            if indented || !self.is_forgotten(&line, end) {
                return self.go_on(trimmed, words, end);
            }
            self.open = None;
        }
        if self.scalar && indented {
            return self.push(trimmed);
        }
        self.scalar = false;
        if whole.starts_with('#') {
            return;
        }
        if self.toml && words.starts_with('[') {
            let name = words.trim_matches(['[', ']']);
            let start = trimmed.start + words.find(name).unwrap_or(0);
            self.section = Some(start..start + name.len());
        } else if line::is_item(words) {
            self.item(trimmed, words);
        } else if indented && !self.entries.is_empty() {
            self.indented(line, trimmed);
        } else {
            self.key(line, trimmed);
        }
    }

    /// Tells whether a line is a key again, because somebody forgot the end of the value
    /// above it.
    fn is_forgotten(&self, line: &Range<usize>, end: &str) -> bool {
        let ends = TRIPLES.iter().zip(self.last).find(|(mark, _)| **mark == end);
        ends.is_none_or(|(_, last)| last < line.start)
            && line::split_key(&self.text[line.clone()], self.toml)
                .is_some_and(|split| split.known.is_some())
    }

    /// A line inside brackets: the piece grows until they close.
    fn go_on(&mut self, trimmed: Range<usize>, words: &str, end: &'static str) {
        if let Some(piece) = self.entries.last_mut().and_then(|one| one.pieces.last_mut())
        {
            piece.end = trimmed.end;
        }
        if words.contains(end) {
            self.open = None;
        }
    }

    fn item(&mut self, trimmed: Range<usize>, words: &str) {
        let item = line::trim_range(self.text, trimmed.start + 1..trimmed.end);
        match self.entries.last_mut() {
            Some(entry)
                if entry.shape == Shape::Items
                    || (entry.shape == Shape::Plain && entry.pieces.is_empty()) =>
            {
                entry.shape = Shape::Items;
                if !item.is_empty() {
                    entry.pieces.push(item);
                }
            }
            _ => self.loose(trimmed.start..trimmed.start + words.len()),
        }
    }

    /// An indented line: more of the value above, or a key inside a key.
    fn indented(&mut self, line: Range<usize>, trimmed: Range<usize>) {
        let split = line::split_key(&self.text[trimmed.clone()], self.toml);
        let split = split.filter(|split| split.is_likely);
        let Some(last) = self.entries.last_mut() else { return };
        match split {
            _ if last.shape == Shape::Items => {
                if let Some(piece) = last.pieces.last_mut() {
                    piece.end = trimmed.end;
                }
            }
            Some(_) if last.section.is_some() => {
                let section = last.section.clone();
                self.key(line, trimmed);
                self.in_section(section);
            }
            Some(_) if last.pieces.is_empty() && last.shape == Shape::Plain => {
                let section = Some(last.key.clone());
                self.entries.pop();
                self.key(line, trimmed);
                self.in_section(section);
            }
            // A whole block with an indent before every line.
            Some(split) if split.known.is_some() => self.key(line, trimmed),
            _ => last.pieces.push(trimmed),
        }
    }

    fn in_section(&mut self, section: Option<Range<usize>>) {
        if let Some(entry) = self.entries.last_mut() {
            entry.section = section;
        }
    }

    fn key(&mut self, line: Range<usize>, trimmed: Range<usize>) {
        let words = &self.text[line.clone()];
        let Some(split) = line::split_key(words, self.toml) else {
            return self.loose(trimmed);
        };
        let key = line.start + split.key.start..line.start + split.key.end;
        let mut value = line::trim_range(self.text, line.start + split.value..line.end);
        if self.json && self.text[value.clone()].ends_with(',') {
            value.end -= 1;
        }
        let typed = &self.text[value.clone()];
        let mut shape = Shape::Plain;
        let mut pieces = vec![value];
        if let Some(scalar) = scalar(typed) {
            (self.scalar, shape) = (true, scalar);
            pieces.clear();
        } else if typed.is_empty() {
            pieces.clear();
        } else {
            self.open = opened(typed);
        }
        let section = self.section.clone();
        self.entries.push(Entry { key, row: split.known, pieces, shape, section });
    }

    fn loose(&mut self, line: Range<usize>) {
        let section = self.section.clone();
        self.entries.push(Entry {
            key: line,
            row: None,
            pieces: Vec::new(),
            shape: Shape::Loose,
            section,
        });
    }

    fn push(&mut self, piece: Range<usize>) {
        if let Some(entry) = self.entries.last_mut() {
            entry.pieces.push(piece);
        }
    }
}

/// Reads the head of a value that stands below it: `|`, `>`, with `-`, `+` or a digit.
fn scalar(typed: &str) -> Option<Shape> {
    let shape = match typed.chars().next()? {
        '|' => Shape::Literal,
        '>' => Shape::Plain,
        _ => return None,
    };
    let rest = &typed[1..];
    (rest.len() <= 2 && rest.chars().all(|c| c.is_ascii_digit() || "+-".contains(c)))
        .then_some(shape)
}

/// Tells what ends a value that goes on below this line.
fn opened(typed: &str) -> Option<&'static str> {
    if typed.starts_with('[') && !typed.starts_with("[[") && !typed.contains(']') {
        return Some("]");
    }
    let triple =
        |mark: &str| typed.starts_with(mark) && !typed[mark.len()..].contains(mark);
    if triple("\"\"\"") {
        return Some("\"\"\"");
    }
    triple("'''").then_some("'''")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each entry as `section/key=piece|piece`.
    fn entries(text: &str) -> Vec<String> {
        let block = crate::load::block::find(text);
        read(text, &block)
            .iter()
            .map(|entry| {
                let section = entry.section.clone().map_or("", |section| &text[section]);
                let pieces: Vec<&str> =
                    entry.pieces.iter().map(|piece| &text[piece.clone()]).collect();
                format!("{section}/{}={}", &text[entry.key.clone()], pieces.join("|"))
            })
            .collect()
    }

    #[test]
    fn the_flat_forms() {
        let text = "---\ntitel: Kom: terug\n# stil\nthema:\n- a, b\n  - c\nkort: een\n  twee\n---\n";
        assert_eq!(
            entries(text),
            ["/titel=Kom: terug", "/thema=a, b|c", "/kort=een|twee"]
        );
        let text = "---\nkort: >-\n  een: x\n\n  twee\ntags: [a,\n  b]\ntitel: c\n---\n";
        assert_eq!(entries(text), ["/kort=een: x|twee", "/tags=[a,\n  b]", "/titel=c"]);
    }

    #[test]
    fn maps_in_maps_become_flat() {
        let text = "---\ntitel: a\nparams:\n  x: 1\n  y:\n    z: 2\ntaal: nl\n---\n";
        assert_eq!(
            entries(text),
            ["/titel=a", "params/x=1", "params/y=", "params/z=2", "/taal=nl"]
        );
        let text = "+++\ntitle = \"a = b: c\"\n[taxonomies]\ntags = [\"a\"]\n+++\n";
        assert_eq!(entries(text), ["/title=\"a = b: c\"", "taxonomies/tags=[\"a\"]"]);
    }

    #[test]
    fn comments_are_no_value() {
        let text = "---\ntitel: a <!-- b: c --> d<!-- e -->\n<!-- taal: en -->\nthema: [f, <!-- g,\n  h --> i]\nkort: <!-- j -->\nbron: k <!-- l\nconcept: ja\n---\n";
        assert_eq!(
            entries(text),
            ["/titel=a|d", "/thema=[f,|i]", "/kort=", "/bron=k", "/concept=ja"]
        );
        let text =
            "---\ntitel: a\n<!--\ntaal: en\n-->\nkort: b\n<!-- c\nconcept: ja\n---\n";
        assert_eq!(entries(text), ["/titel=a", "/kort=b", "/concept=ja"]);
    }

    #[test]
    fn a_forgotten_end_takes_no_key_below_it() {
        for (text, last) in [
            ("---\ntags: [a, b\ntoestemming: nee\n---\n", "/toestemming=nee"),
            ("---\nkort: \"\"\"a\nconcept: ja\n---\n", "/concept=ja"),
            ("+++\ntags=[\"a\",\n\"b\"\ndraft=true\n+++\n", "/draft=true"),
        ] {
            let found = entries(text);
            assert_eq!(found.last().map(String::as_str), Some(last), "{found:?}");
        }
        let whole = "---\nkort: \"\"\"a\ntoestemming: ja\n\"\"\"\ntaal: nl\n---\n";
        assert_eq!(entries(whole).len(), 2);
    }

    #[test]
    fn loose_lines_are_kept() {
        let text = "---\ntitel: a\nlos\n- b\ntaal: nl\n---\n";
        assert_eq!(entries(text), ["/titel=a", "/los=", "/- b=", "/taal=nl"]);
    }
}
