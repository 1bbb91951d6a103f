//! Text that waits until something else comes.
//!
//! The parser hands a sentence out in pieces. [`Waiting`] keeps them together, so that
//! quotes and addresses are seen whole; [`Waiting::flush`] makes inlines of them.

use super::links;
use super::prepared::Prepared;
use super::{Tree, smart};
use crate::model::{Inline, InlineKind, Link, LinkId, Target};
use crate::problem::{Code, Problem};
use crate::text::{ByteSet, Span};
use std::ops::Range;

/// A piece of the text that waits.
struct Piece {
    /// Where it starts in the waiting text.
    at: usize,
    /// Where it stands in the prepared text.
    range: Range<usize>,
    /// Whether every byte stands there as it is.
    literal: bool,
}

/// The text that waits.
pub(super) struct Waiting<'p> {
    prepared: &'p Prepared<'p>,
    text: String,
    pieces: Vec<Piece>,
    /// Offsets in the waiting text that were escaped: no quotes are set there.
    kept: Vec<usize>,
    /// The character before it.
    before: char,
}

impl<'p> Waiting<'p> {
    pub(super) fn new(prepared: &'p Prepared<'p>) -> Self {
        Waiting {
            prepared,
            text: String::new(),
            pieces: Vec::new(),
            kept: Vec::new(),
            before: '\n',
        }
    }

    /// Says what stands before the text to come: quotes are set by it.
    pub(super) fn stand_behind(&mut self, before: char) {
        self.before = before;
    }

    /// Tells whether a back slash stands before a range, outside what waits.
    pub(super) fn is_escaped(&self, range: &Range<usize>) -> bool {
        range.start > 0
            && self.prepared.text.as_bytes().get(range.start - 1) == Some(&b'\\')
            && self.pieces.last().is_none_or(|last| last.range.end < range.start)
    }

    /// Adds text; `escaped` when its first character is meant as it stands.
    pub(super) fn add(&mut self, text: &str, range: Range<usize>, escaped: bool) {
        let at = self.text.len();
        let literal = text.len() == range.len();
        if !literal {
            self.kept.extend(at..at + text.len());
        } else if escaped {
            self.kept.push(at);
        }
        self.text.push_str(text);
        self.pieces.push(Piece { at, range, literal });
    }

    /// Adds words as they were typed; nothing in them is set.
    pub(super) fn add_typed(&mut self, typed: &str, range: Range<usize>) {
        let at = self.text.len();
        self.kept.extend(at..at + typed.len());
        self.pieces.push(Piece { at, range, literal: false });
        self.text.push_str(typed);
    }

    /// Turns the waiting text into inlines; inside a link no addresses are looked for.
    pub(super) fn flush(&mut self, linked: bool, tree: &mut Tree) -> Vec<Inline> {
        let mut made = Vec::new();
        if self.text.is_empty() {
            return made;
        }
        let text = std::mem::take(&mut self.text);
        let seen = Seen::new(text.as_bytes());
        if seen.note {
            self.report_notes(&text, tree);
        }
        let found =
            if seen.address && !linked { links::find_bare(&text) } else { Vec::new() };
        let mut done = 0;
        for bare in found {
            made.extend(self.set(&text, done..bare.range.start, seen.marks));
            let span = self.span_of(bare.range.clone());
            let shown = InlineKind::Text(text[bare.range.clone()].into());
            let target = Target::Outside(bare.target);
            tree.links.push(Link { span, target });
            let id = LinkId(tree.links.len() as u32 - 1);
            let kind = InlineKind::Link(id, vec![Inline { span, kind: shown }]);
            made.push(Inline { span, kind });
            (done, self.before) = (bare.range.end, 'x');
        }
        made.extend(self.set(&text, done..text.len(), seen.marks));
        self.pieces.clear();
        self.kept.clear();
        self.text = text;
        self.text.clear();
        made
    }

    /// Makes a text of a range, with its quotes and dashes set.
    fn set(&mut self, text: &str, range: Range<usize>, marks: bool) -> Option<Inline> {
        let part = &text[range.clone()];
        let last = part.chars().next_back()?;
        let span = self.span_of(range.clone());
        let set = marks
            .then(|| {
                let index = |offset| self.kept.partition_point(|at| *at < offset);
                let kept = &self.kept[index(range.start)..index(range.end)];
                let kept: Vec<usize> = kept.iter().map(|at| at - range.start).collect();
                let after = text[range.end..].chars().next();
                let after = after.unwrap_or_else(|| self.after());
                smart::set(part, self.before, after, &kept)
            })
            .flatten();
        self.before = last;
        let kind = InlineKind::Text(set.unwrap_or_else(|| part.to_string()));
        Some(Inline { span, kind })
    }

    /// Returns the character behind the waiting text, marks passed over.
    fn after(&self) -> char {
        let end = self.pieces.last().map_or(0, |piece| piece.range.end);
        let rest = self.prepared.text.get(end..).unwrap_or_default();
        rest.chars().take(8).find(|c| !"*_~[]`\\".contains(*c)).unwrap_or('\n')
    }

    /// Returns the span of a range in the waiting text.
    fn span_of(&self, range: Range<usize>) -> Span {
        let find = |at: usize| {
            let index = self.pieces.partition_point(|piece| piece.at <= at);
            self.pieces.get(index.saturating_sub(1))
        };
        let start = find(range.start).map_or(0, |piece| {
            piece.range.start + if piece.literal { range.start - piece.at } else { 0 }
        });
        let end = find(range.end.saturating_sub(1)).map_or(start, |piece| {
            if piece.literal {
                piece.range.start + (range.end - piece.at)
            } else {
                piece.range.end
            }
        });
        self.prepared.span(start..end.max(start))
    }

    /// Reports footnote marks that stayed text: they have no explanation.
    fn report_notes(&self, text: &str, tree: &mut Tree) {
        for (at, _) in text.match_indices("[^") {
            let rest = &text[at + 2..];
            let Some(end) = rest.find([']', '[', ' ', '\n']) else { continue };
            let meant = end > 0 && rest[end..].starts_with(']');
            if meant && self.kept.binary_search(&at).is_err() {
                let span = self.span_of(at..at + 3 + end);
                let problem = Problem::at(Code::L04, span).with("x", &rest[..end]);
                tree.problems.push(problem);
            }
        }
    }
}

/// What a text may hold that asks for a closer look.
struct Seen {
    /// Quotes, double dashes, three dots.
    marks: bool,
    /// Something like an address.
    address: bool,
    /// Something like a footnote mark.
    note: bool,
}

/// The bytes at which something may begin; most are none of them.
const MARKS: ByteSet = ByteSet::of(b"'\"-.@:[");

impl Seen {
    fn new(bytes: &[u8]) -> Self {
        let mut seen = Seen { marks: false, address: false, note: false };
        let marks = bytes.iter().enumerate().filter(|(_, byte)| MARKS.has(**byte));
        for (at, byte) in marks {
            let next = || bytes.get(at + 1);
            match byte {
                b'\'' | b'"' => seen.marks = true,
                b'-' | b'.' if next() == Some(byte) => seen.marks = true,
                b'@' => seen.address = true,
                b':' if next() == Some(&b'/') => seen.address = true,
                b'.' if at >= 3 && bytes[at - 1].eq_ignore_ascii_case(&b'w') => {
                    seen.address = true;
                }
                b'[' if next() == Some(&b'^') => seen.note = true,
                _ => {}
            }
        }
        seen
    }
}
