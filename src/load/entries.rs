//! The lines of the block at the top become entries: a key, and the pieces of its value.
//!
//! [`read`] knows the flat forms people and other tools write: one line, `- ` lines,
//! lines that go on with an indent, `|` and `>`, brackets over several lines, and maps
//! inside maps, which it makes flat and marks with their section. Comments are left out.

use super::block::Block;
use super::line;
use super::tree::comments_in;
use super::within::End;
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
    /// Whether it may be the words of a value that began above it: see `within`.
    pub(super) inside: bool,
}

impl Entry {
    /// Returns where it stands, from its key to the end of its value.
    pub(super) fn range(&self) -> Range<usize> {
        let end = self.pieces.last().map_or(self.key.end, |piece| piece.end);
        self.key.start..end
    }
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
        cut: false,
        within: None,
        last: TRIPLES.map(|mark| {
            let has = |line: &&Range<usize>| text[(*line).clone()].contains(mark);
            block.lines.iter().rfind(has).map_or(0, |line| line.start)
        }),
    };
    for range in shown(text, block) {
        if block.json {
            line::json_parts(text, range).into_iter().for_each(|part| reader.line(part));
        } else {
            reader.line(range);
        }
    }
    for entry in &mut reader.entries {
        leave_comments(text, &mut entry.pieces);
    }
    reader.entries
}

/// Returns the lines of a block that are no comment. A comment of several lines begins
/// where a line does; without an end it is its line.
pub(super) fn shown(text: &str, block: &Block) -> Vec<Range<usize>> {
    let (Some(first), Some(last)) = (block.lines.first(), block.lines.last()) else {
        return Vec::new();
    };
    let (start, end) = (first.start, last.end.max(first.start));
    let mut comments = comments_in(&text[start..end]).into_iter().peekable();
    let mut until = 0;
    let mut is_shown = |range: &Range<usize>| {
        let trimmed = line::trim_range(text, range.clone());
        while let Some((comment, closed)) =
            comments.next_if(|(comment, _)| comment.start + start <= trimmed.start)
        {
            if closed && comment.start + start == trimmed.start {
                until = comment.end + start;
            }
        }
        let own = || comments_in(&text[trimmed.clone()]);
        trimmed.start >= until && own().first().is_none_or(|(own, _)| own.start != 0)
    };
    block.lines.iter().filter(|line| is_shown(line)).cloned().collect()
}

/// Takes comments out of a value: they never leave the machine. Without an end one takes
/// the rest of the value, and never a key below it.
fn leave_comments(text: &str, pieces: &mut Vec<Range<usize>>) {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
    let start = first.start;
    let found = comments_in(&text[start..last.end]);
    if found.is_empty() {
        return;
    }
    let mut found = found.iter().map(|(one, _)| one.start + start..one.end + start);
    let mut next = found.next();
    let mut kept = Vec::new();
    for piece in pieces.drain(..) {
        let mut at = piece.start;
        let mut keep = |range: Range<usize>| {
            let shown = line::trim_range(text, range);
            kept.extend((!shown.is_empty()).then_some(shown));
        };
        while let Some(comment) = next.clone().filter(|one| one.start < piece.end) {
            keep(at..comment.start.max(at));
            at = comment.end.min(piece.end).max(at);
            if comment.end > piece.end {
                break;
            }
            next = found.next();
        }
        keep(at..piece.end);
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
    /// Below a comment inside brackets: the next line is a piece of its own.
    cut: bool,
    /// What ends a value that began above this line, as far as anybody can tell.
    within: Option<End>,
    /// Where the last line starts that has triple quotes, of each kind.
    last: [usize; 2],
}

/// Marks around a value of several lines.
const TRIPLES: [&str; 2] = ["\"\"\"", "'''"];

impl Reader<'_> {
    fn line(&mut self, line: Range<usize>) {
        let (within, before) = (self.within.take(), self.entries.len());
        self.one_line(line.clone());
        // A key inside a section takes the place of an empty one above it.
        let at = before.min(self.entries.len().saturating_sub(1));
        if let Some(end) = within {
            for entry in &mut self.entries[at..] {
                entry.inside |= entry.key.start >= line.start;
            }
            if !end.is_in(&self.text[line]) {
                self.within = within;
            }
        }
    }

    fn one_line(&mut self, line: Range<usize>) {
        let whole = &self.text[line.clone()];
        let trimmed = line::trim_range(self.text, line.clone());
        let words = &self.text[trimmed.clone()];
        let indented = whole.starts_with([' ', '\t']);
        if words.is_empty() {
            return;
        }
        if let Some(end) = self.open {
            if is_remark(words) {
                self.cut = true;
                return;
            }
            if indented || !self.is_forgotten(&line, end) {
                return self.go_on(trimmed, words, end);
            }
            self.open = None;
        }
        if is_remark(words) {
            return;
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
        let cut = std::mem::take(&mut self.cut);
        match self.entries.last_mut() {
            Some(entry) if cut => entry.pieces.push(trimmed),
            Some(entry) => {
                if let Some(piece) = entry.pieces.last_mut() {
                    piece.end = trimmed.end;
                }
            }
            None => {}
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
                if !item.is_empty() && !is_remark(&self.text[item.clone()]) {
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
        self.within = End::of(typed);
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
        let row = split.known;
        self.entries.push(Entry { key, row, pieces, shape, section, inside: false });
    }

    fn loose(&mut self, line: Range<usize>) {
        let section = self.section.clone();
        self.entries.push(Entry {
            key: line,
            row: None,
            pieces: Vec::new(),
            shape: Shape::Loose,
            section,
            inside: false,
        });
    }

    fn push(&mut self, piece: Range<usize>) {
        if let Some(entry) = self.entries.last_mut() {
            entry.pieces.push(piece);
        }
    }
}

/// Tells whether trimmed words are a remark of who wrote the keys: `# later`.
fn is_remark(words: &str) -> bool {
    words.strip_prefix('#').is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
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
    fn comments_of_every_kind_and_remarks() {
        let text = "---\n%% titel: x %%\ntitel: a ‹!– X –› b %% X %%\n‹!– X\nkort: X –›\nkort: c &lt;!-- X --&gt; d\n---\n";
        assert_eq!(entries(text), ["/titel=a|b", "/kort=c|d"]);
        let text = "---\nkort: |\n  # X\n  a\ntags: [b,\n# X\n  c]\nthema:\n  - d\n  # X\n  - # X\n  - e\ntaal: nl\n---\n";
        assert_eq!(entries(text), ["/kort=a", "/tags=[b,|c]", "/thema=d|e", "/taal=nl"]);
    }

    #[test]
    fn json_on_one_line() {
        let text = "{\"title\":\"a, b\",\"tags\":[\"c\",\"d\"],\"draft\":true}\n\nx";
        let found = entries(text);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[2].contains("draft") && found[2].ends_with("=true"));
    }

    #[test]
    fn loose_lines_are_kept() {
        let text = "---\ntitel: a\nlos\n- b\ntaal: nl\n---\n";
        assert_eq!(entries(text), ["/titel=a", "/los=", "/- b=", "/taal=nl"]);
    }
}
