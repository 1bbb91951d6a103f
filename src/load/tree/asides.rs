//! Asides: comments that look like the definition of a link, `[//]: # (…)`.
//!
//! [`Asides`] is asked about every `[`, from the first to the last. What it looks up is
//! looked up once: a text may hold thousands of them.

use super::openings::{Mark, What};
use crate::text::{fold, lines_of};

/// Comments that look like the definition of a link.
pub(super) struct Asides<'t> {
    text: &'t str,
    /// Where a line ends with `)`: looked up once, from the first comment that asks.
    closes: Option<Vec<usize>>,
    /// Where the lines at hand end, up to the first empty one: looked up once for all of
    /// them.
    paragraph: usize,
    /// Where the next `)` stands: looked up once for all before it.
    bracket: Option<usize>,
    /// The last `[` that was asked about.
    asked: Option<usize>,
}

/// Names that stand for a comment, folded.
const NAMES: [&str; 6] = ["//", "comment", "comments", "opmerking", "notitie", "_"];

impl<'t> Asides<'t> {
    /// Looks in a text.
    pub(super) fn new(text: &'t str) -> Self {
        Asides { text, closes: None, paragraph: 0, bracket: None, asked: None }
    }

    /// Returns the comment that begins with the `[` at `at`.
    pub(super) fn comment(&mut self, at: usize) -> Option<Mark> {
        let text = self.text;
        // Only the first bracket of a line begins it.
        let before = self.asked.replace(at).and_then(|before| text.get(before..at));
        if before.is_some_and(|before| !before.contains('\n')) || !begins_line(text, at) {
            return None;
        }
        let line = text[at..].split('\n').next().unwrap_or_default();
        let (name, value) = line.get(1..)?.split_once("]:")?;
        if name.len() > 60 || name.contains(['[', ']']) {
            return None;
        }
        let value = value.trim();
        let bare = value.strip_prefix('#').or_else(|| value.strip_prefix("<>"));
        let marked = bare.is_some_and(|bare| {
            bare.starts_with([' ', '\t'])
                && bare.trim_start().starts_with(['(', '"', '\'', '“', '‘'])
        });
        let leads = !value.contains(' ') && value.contains(['/', '.', '#', '@']);
        let named = NAMES.contains(&fold(name.trim()).as_str());
        let end = at + line.len();
        if let ("#" | "<>" | "", true) = (value, named || name.trim().is_empty()) {
            return Some(self.below(at, end));
        }
        if !(marked || named && (!leads || name.trim() == "//")) {
            return None;
        }
        let words = bare.unwrap_or(value).trim_start();
        if !words.starts_with('(') || closes(words) {
            return Some(Mark { range: at..end, what: What::Whole });
        }
        match self.close_behind(end) {
            Some(end) => Some(Mark { range: at..end, what: What::Whole }),
            None => Some(Mark { range: at..end, what: What::WholeOpen(")") }),
        }
    }

    /// Returns a comment with its words on the lines below, up to the first empty one; a
    /// bracket that opens there goes on to its end.
    fn below(&mut self, at: usize, end: usize) -> Mark {
        let text = self.text;
        let last = self.paragraph_end(end);
        let words = text[end..last].trim();
        let last = last - (text[end..last].len() - text[end..last].trim_end().len());
        if !words.starts_with('(') || self.bracket_behind(end) < last {
            return Mark { range: at..last.max(end), what: What::Whole };
        }
        match self.close_behind(end) {
            Some(end) => Mark { range: at..end, what: What::Whole },
            None => Mark { range: at..last.max(end), what: What::WholeOpen(")") },
        }
    }

    /// Returns where the lines below the one that ends at an offset end.
    fn paragraph_end(&mut self, end: usize) -> usize {
        if self.paragraph <= end {
            let below = self.text[end..].split_inclusive('\n').skip(1);
            let words = below.take_while(|line| !line.trim().is_empty());
            let length: usize = words.map(str::len).sum();
            self.paragraph = end + length + usize::from(length > 0);
        }
        self.paragraph
    }

    /// Returns where the first `)` behind an offset stands, or the end of the text.
    fn bracket_behind(&mut self, from: usize) -> usize {
        if self.bracket.is_none_or(|at| at < from) {
            let at = self.text[from..].find(')').map_or(self.text.len(), |at| from + at);
            self.bracket = Some(at);
        }
        self.bracket.unwrap_or(self.text.len())
    }

    /// Returns the first end of a line behind an offset that follows a `)`.
    fn close_behind(&mut self, from: usize) -> Option<usize> {
        let text = self.text;
        let closes = self.closes.get_or_insert_with(|| {
            let mut at = 0;
            let mut closes = Vec::new();
            for line in lines_of(text) {
                at += line.len();
                let bare = line.trim_end();
                if bare.ends_with(')') {
                    closes.push(at - line.len() + bare.len());
                }
            }
            closes
        });
        closes.get(closes.partition_point(|end| *end <= from)).copied()
    }
}

/// Tells whether a bracket that opens closes on this line.
fn closes(words: &str) -> bool {
    let mut depth = 0;
    words.ends_with(')')
        || words.bytes().any(|byte| {
            depth += i32::from(byte == b'(') - i32::from(byte == b')');
            depth == 0
        })
}

/// Tells whether only the marks of quotes and lists stand before an offset on its line.
fn begins_line(text: &str, at: usize) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(80));
    let before = text[from..at].rsplit('\n').next().unwrap_or_default();
    before.chars().all(|c| {
        c.is_whitespace()
            || c.is_ascii_digit()
            || matches!(c, '>' | '-' | '*' | '+' | '.' | ')' | '\\')
    })
}
