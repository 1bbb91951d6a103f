//! The writer of one page: one string that grows, and what it must remember on the way.
//!
//! Its methods live in files of their own: lines in `inline`, blocks in `block`, tables in
//! `table`, agreements in `agreements`, pictures in `picture`, footnotes in `notes`. Here:
//! text itself, with covered numbers, glossary links and digits that keep their order.

use super::escape;
use super::shared::Shared;
use crate::compose::Entry;
use crate::lang::{Lang, Table};
use crate::model::{Audience, Block, Inline, InlineKind, NoteId, plain};
use crate::text::{
    Address, COVER, count_digits, find_bsn, has_foreign, has_rtl, other_way, spoken,
};
use std::collections::BTreeMap;
use std::ops::Range;

/// Name of the mark of a piece: no element has it.
pub(in crate::output) const PIECE: &str = "piece";

/// Writes the body of one entry.
pub(super) struct Writer<'w> {
    pub(super) out: String,
    pub(super) shared: &'w Shared<'w>,
    pub(super) entry: &'w Entry<'w>,
    /// The page it stands on: links are relative to it.
    pub(super) page: &'w Address,
    pub(super) words: &'w Table,
    pub(super) lang: &'w Lang,
    /// Above zero: no glossary links (headings, links, quotes, code).
    pub(super) quiet: u32,
    /// Whether the line is one piece: a word that is all of it gets no glossary link, which
    /// would be a small target in no running text.
    pub(super) single: bool,
    pub(super) in_link: bool,
    pub(super) tables: u32,
    /// The number of the next piece of the text, when pieces get a mark: see [`Self::piece`].
    pub(super) pieces: Option<usize>,
    /// Footnotes in the order of their first mark, with the number of marks.
    pub(super) notes: Vec<(NoteId, u32)>,
    /// Where each of them stands there.
    pub(super) note_places: BTreeMap<NoteId, usize>,
    /// Who may read what is around a part: only another audience is told.
    pub(super) audience: &'w Audience,
    cover: Cover,
    /// Terms that were linked on this page.
    seen: Vec<bool>,
}

/// Numbers to cover in the line being written: they may run over marks (`123**456**782`).
#[derive(Default)]
struct Cover {
    ranges: Vec<Range<usize>>,
    at: usize,
}

impl<'w> Writer<'w> {
    pub(super) fn new(
        shared: &'w Shared<'w>,
        entry: &'w Entry<'w>,
        page: &'w Address,
        words: &'w Table,
    ) -> Self {
        Writer {
            out: String::with_capacity(4096),
            shared,
            entry,
            page,
            words,
            lang: entry.lang,
            quiet: 0,
            single: false,
            in_link: false,
            tables: 0,
            pieces: None,
            notes: Vec::new(),
            note_places: BTreeMap::new(),
            audience: &Audience::Everyone,
            cover: Cover::default(),
            seen: vec![false; shared.glossary.len()],
        }
    }

    /// Takes what was written since the last time.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    /// Adds markup of our own.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Marks where a heading or a block of a part begins, for the pages of a booklet: no
    /// element of HTML, `output::print` puts something in its place.
    pub(super) fn piece(&mut self) {
        if let Some(number) = &mut self.pieces {
            *number += 1;
            let mark = format!("<{PIECE} {number}>");
            self.raw(&mark);
        }
    }

    /// Writes the blocks of a part.
    pub(super) fn pieces(&mut self, blocks: &'w [Block]) {
        for block in blocks {
            self.piece();
            self.blocks(std::slice::from_ref(block));
        }
    }

    /// Adds text that stands in no line: a name, a label, an attribute.
    pub(super) fn plain(&mut self, text: &str) {
        escape::push_covered(&mut self.out, text);
    }

    /// Adds ` lang="…" dir="…"`.
    pub(super) fn lang_attributes(&mut self, lang: &Lang) {
        self.raw(" lang=\"");
        self.plain(lang.tag());
        self.raw("\" dir=\"");
        self.raw(lang.dir());
        self.raw("\"");
    }

    /// Runs `write` in another language.
    pub(super) fn within(&mut self, lang: &'w Lang, write: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.lang, lang);
        write(self);
        self.lang = around;
    }

    /// Runs `write` without glossary links.
    pub(super) fn quietly(&mut self, write: impl FnOnce(&mut Self)) {
        self.quiet += 1;
        write(self);
        self.quiet -= 1;
    }

    /// Writes a whole line: a paragraph, a heading, a cell.
    pub(super) fn line(&mut self, line: &'w [Inline]) {
        let mut cover = Cover::default();
        if digits(line) >= 9 {
            cover.ranges = find_bsn(&plain(line));
        }
        let around = std::mem::replace(&mut self.cover, cover);
        let single = std::mem::replace(&mut self.single, line.len() == 1);
        let rtl = self.lang.is_rtl();
        // Most lines hold no other letters, and are done here.
        if rtl || mixed(line) {
            self.foreign(line, rtl);
        } else {
            self.inlines(line);
        }
        (self.cover, self.single) = (around, single);
    }

    /// Writes a line that may be in another language than the text around it, and nobody
    /// said so: which way it runs, and which language its letters tell.
    fn foreign(&mut self, line: &'w [Inline], rtl: bool) {
        let words = unmarked(line);
        let lang = spoken(&words, self.lang.primary());
        let lang = lang.map_or(String::new(), |lang| format!(" lang=\"{lang}\""));
        let (open, close) = match other_way(&words, rtl) {
            Some(true) => (format!("<bdi class=\"whole\" dir=\"rtl\"{lang}>"), "</bdi>"),
            Some(false) => (format!("<bdi class=\"whole\" dir=\"ltr\"{lang}>"), "</bdi>"),
            None if lang.is_empty() => (lang, ""),
            None => (format!("<span{lang}>"), "</span>"),
        };
        self.raw(&open);
        self.inlines(line);
        self.raw(close);
    }

    /// Opens a span for words that may be in another language, when their letters tell.
    pub(super) fn spoken(&mut self, class: &str, words: &str) {
        self.raw(&format!("<span class=\"{class}\""));
        if let Some(lang) = spoken(words, self.lang.primary()) {
            self.raw(&format!(" lang=\"{lang}\""));
        }
        self.raw(">");
    }

    /// Counts a space of the line that is written as something else.
    pub(super) fn step(&mut self) {
        self.cover.at += 1;
    }

    /// Writes text of the line, parts of covered numbers left out.
    pub(super) fn text(&mut self, text: &str) {
        let start = self.cover.at;
        self.cover.at += text.len();
        if self.cover.ranges.is_empty() {
            return self.open_text(text);
        }
        let mut from = 0;
        for range in std::mem::take(&mut self.cover.ranges) {
            let left = range.start.saturating_sub(start).min(text.len()).max(from);
            let right = range.end.saturating_sub(start).min(text.len()).max(from);
            if left < right {
                self.open_text(text.get(from..left).unwrap_or_default());
                if range.start >= start {
                    self.raw(COVER);
                }
                from = right;
            }
            self.cover.ranges.push(range);
        }
        self.open_text(text.get(from..).unwrap_or_default());
    }

    /// Writes text that holds no covered number, with its glossary links.
    fn open_text(&mut self, text: &str) {
        if self.quiet > 0 || self.in_link || self.seen.is_empty() {
            return self.marks(text);
        }
        let mut from = 0;
        for (range, at) in self.shared.glossary.find(text, self.lang.primary()) {
            let Some(term) = self.shared.glossary.term(at) else { continue };
            let around = [&text[..range.start], &text[range.end..]];
            if self.single && !around.iter().any(|it| it.contains(char::is_alphanumeric))
            {
                continue;
            }
            let new =
                self.seen.get_mut(at).is_some_and(|seen| !std::mem::replace(seen, true));
            if !new || term.address == *self.page {
                continue;
            }
            self.marks(&text[from..range.start]);
            self.raw("<a class=\"term\" href=\"");
            let link = self.page.link_to(&term.address);
            self.plain(&link);
            if !term.anchor.is_empty() {
                self.raw("#");
                self.plain(&term.anchor);
            }
            self.raw("\">");
            self.marks(&text[range.clone()]);
            self.raw("</a>");
            from = range.end;
        }
        self.marks(&text[from..]);
    }

    /// Writes text with what the way of writing asks for: telephone numbers that keep their
    /// order in a text from right to left.
    fn marks(&mut self, text: &str) {
        if self.lang.is_rtl() || has_rtl(text) {
            self.digits_in_order(text);
        } else {
            escape::push(&mut self.out, text);
        }
    }

    fn digits_in_order(&mut self, text: &str) {
        let mut from = 0;
        for range in groups_of_digits(text) {
            escape::push(&mut self.out, &text[from..range.start]);
            self.raw("<bdi dir=\"ltr\">");
            escape::push(&mut self.out, &text[range.clone()]);
            self.raw("</bdi>");
            from = range.end;
        }
        escape::push(&mut self.out, &text[from..]);
    }
}

/// Counts the digits of a line, and no further than anyone needs.
fn digits(line: &[Inline]) -> usize {
    line.iter()
        .map(|inline| match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => count_digits(text),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Link(_, inner) => digits(inner),
            InlineKind::Language(passage) => digits(&passage.words),
            _ => 0,
        })
        .sum()
}

/// Tells whether a line holds letters of another script that nobody marked.
fn mixed(line: &[Inline]) -> bool {
    line.iter().any(|inline| match &inline.kind {
        InlineKind::Text(text) => has_foreign(text),
        InlineKind::Emphasis(inner)
        | InlineKind::Strong(inner)
        | InlineKind::Struck(inner)
        | InlineKind::Link(_, inner) => mixed(inner),
        _ => false,
    })
}

/// Returns the words of a line that have no language of their own.
pub(in crate::output) fn unmarked(line: &[Inline]) -> String {
    let mut words = String::new();
    for inline in line {
        match &inline.kind {
            InlineKind::Text(text) => words.push_str(text),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Link(_, inner) => words.push_str(&unmarked(inner)),
            _ => words.push(' '),
        }
    }
    words
}

/// Returns runs like `06 - 12 34 56 78` and `+31 (0)20`: at least two groups of digits, or
/// one with a plus.
pub(in crate::output) fn groups_of_digits(text: &str) -> Vec<Range<usize>> {
    let joins = |c: char| matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}');
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) =
        text[rest..].find(|c: char| c == '+' || c.is_ascii_digit()).map(|at| at + rest)
    {
        let mut end = start;
        let mut groups = 0;
        let mut inside = false;
        for (at, c) in text[start..].char_indices() {
            if c.is_ascii_digit() {
                groups += u32::from(!inside);
                inside = true;
                end = start + at + 1;
            } else if joins(c) || (at == 0 && c == '+') {
                inside = false;
            } else {
                break;
            }
        }
        if groups > 1 || (groups == 1 && text[start..].starts_with('+')) {
            found.push(start..end);
        }
        rest = end.max(start + 1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_digits() {
        let found = |text: &'static str| {
            groups_of_digits(text)
                .into_iter()
                .map(|range| &text[range])
                .collect::<Vec<_>>()
        };
        assert_eq!(found("bel 06 - 12 34 nu, of 3"), ["06 - 12 34"]);
        assert_eq!(found("+31 (0)20 é 12-3"), ["+31 (0)20", "12-3"]);
        assert_eq!(found("2026 + x"), Vec::<&str>::new());
    }
}
