//! A text made ready for the parser, and the way back to its source.
//!
//! [`Prepared::new`] applies [`Edit`]s. Where nothing is edited, nothing is copied. Every
//! offset in the prepared text maps back to an offset in the source, so that spans point
//! to what was typed.

use crate::text::{SourceId, Span};
use pulldown_cmark::Options;
use std::borrow::Cow;
use std::ops::Range;

/// One change before parsing, in bytes of the source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edit {
    /// Where.
    pub(super) at: usize,
    /// How many bytes are left out.
    pub(super) delete: usize,
    /// What comes in their place.
    pub(super) insert: Cow<'static, str>,
}

impl Edit {
    /// Puts something in.
    pub(super) fn insert(at: usize, insert: &'static str) -> Self {
        Edit { at, delete: 0, insert: insert.into() }
    }

    /// Leaves something out.
    pub(super) fn delete(range: Range<usize>) -> Self {
        Edit { at: range.start, delete: range.len(), insert: "".into() }
    }
}

/// A stretch of the prepared text.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// Where it starts in the prepared text.
    prepared: usize,
    /// Where it starts in the source.
    source: usize,
    /// Whether it was put in; else it is a copy.
    inserted: bool,
}

/// The text the parser reads.
pub(super) struct Prepared<'a> {
    /// The text.
    pub(super) text: Cow<'a, str>,
    whole: &'a str,
    source: SourceId,
    stretches: Vec<Stretch>,
}

impl<'a> Prepared<'a> {
    /// Applies edits to `range` of a source's text. They may come in any order and
    /// overlap: what one leaves out, another cannot bring back.
    pub(super) fn new(
        whole: &'a str,
        source: SourceId,
        range: Range<usize>,
        edits: &mut Vec<Edit>,
    ) -> Self {
        let first = Stretch { prepared: 0, source: range.start, inserted: false };
        if edits.is_empty() {
            let text = Cow::Borrowed(whole.get(range).unwrap_or_default());
            return Prepared { text, whole, source, stretches: vec![first] };
        }
        edits.sort();
        edits.dedup();
        let mut text = String::with_capacity(range.len() + edits.len() * 2);
        let mut stretches = Vec::with_capacity(edits.len() * 2 + 1);
        let mut done = range.start;
        for (index, edit) in edits.iter().enumerate() {
            let next = edits.get(index + 1);
            let gone = next.is_some_and(|next| next.at == edit.at && next.delete > 0);
            if gone && edit.insert == "\\" {
                // What was shielded goes altogether.
                continue;
            }
            if edit.at < done {
                // Inside what was left out: only more may go.
                done = done.max(edit.at + edit.delete);
                continue;
            }
            if edit.at > done {
                let copy =
                    Stretch { prepared: text.len(), source: done, inserted: false };
                stretches.push(copy);
                text.push_str(whole.get(done..edit.at).unwrap_or_default());
            }
            if !edit.insert.is_empty() {
                let put =
                    Stretch { prepared: text.len(), source: edit.at, inserted: true };
                stretches.push(put);
                text.push_str(&edit.insert);
            }
            done = done.max(edit.at + edit.delete);
        }
        let rest = Stretch { prepared: text.len(), source: done, inserted: false };
        stretches.push(rest);
        text.push_str(whole.get(done..range.end).unwrap_or_default());
        Prepared { text: Cow::Owned(text), whole, source, stretches }
    }

    /// Returns what was typed at a span of this source.
    pub(super) fn typed(&self, span: Span) -> &'a str {
        self.whole.get(span.range()).unwrap_or_default()
    }

    fn at(&self, offset: usize) -> usize {
        self.stretches.partition_point(|one| one.prepared <= offset).saturating_sub(1)
    }

    /// Returns where a byte of the prepared text came from.
    pub(super) fn source_at(&self, offset: usize) -> usize {
        let one = self.stretches[self.at(offset)];
        if one.inserted { one.source } else { one.source + (offset - one.prepared) }
    }

    /// Returns where a range that ends here ends in the source.
    fn source_end(&self, offset: usize) -> usize {
        match offset.checked_sub(1) {
            None => self.source_at(0),
            Some(last) => {
                let one = self.stretches[self.at(last)];
                let length = if one.inserted { 0 } else { offset - one.prepared };
                one.source + length
            }
        }
    }

    /// Returns the source's range of a range in the prepared text.
    pub(super) fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_at(range.start);
        if range.is_empty() {
            return start..start;
        }
        start..self.source_end(range.end).max(start)
    }

    /// Returns the span of a range in the prepared text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, self.source_range(range))
    }

    /// Returns the span of a block, without the empty lines behind it.
    pub(super) fn span_of_block(&self, range: Range<usize>) -> Span {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let end = range.start + text.trim_end().len();
        self.span(range.start..end)
    }

    /// Tells whether the byte here was put in.
    pub(super) fn is_inserted(&self, offset: usize) -> bool {
        self.stretches.len() > 1 && self.stretches[self.at(offset)].inserted
    }

    /// Tells whether anything was put into a range.
    pub(super) fn has_inserted(&self, range: Range<usize>) -> bool {
        self.stretches.len() > 1
            && self.stretches[self.at(range.start)..]
                .iter()
                .take_while(|one| one.prepared < range.end)
                .any(|one| one.inserted)
    }

    /// Returns a range of the prepared text without what was put in: for code, where
    /// nothing may change.
    pub(super) fn without_inserted(&self, range: Range<usize>) -> Cow<'_, str> {
        let slice = |from, to| self.text.get(from..to).unwrap_or_default();
        if !self.has_inserted(range.clone()) {
            return Cow::Borrowed(slice(range.start, range.end));
        }
        let mut text = String::with_capacity(range.len());
        for at in self.at(range.start)..self.stretches.len() {
            let one = self.stretches[at];
            if one.prepared >= range.end {
                break;
            }
            let end = self.stretches.get(at + 1).map_or(range.end, |next| next.prepared);
            if !one.inserted {
                text.push_str(slice(one.prepared.max(range.start), end.min(range.end)));
            }
        }
        Cow::Owned(text)
    }
}

/// Returns what we ask of the parser. Heading attributes stay off: they would swallow
/// words. Quotes and dashes are set by `smart`.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(text: &str, mut edits: Vec<Edit>) -> Prepared<'_> {
        Prepared::new(text, SourceId(0), 0..text.len(), &mut edits)
    }

    #[test]
    fn nothing_to_do_copies_nothing() {
        assert!(matches!(prepared("abc", vec![]).text, Cow::Borrowed("abc")));
    }

    #[test]
    fn every_place_leads_back() {
        let made = prepared(
            "a<b>c<!-- x -->d",
            vec![Edit::insert(1, "\\"), Edit::delete(5..15)],
        );
        assert_eq!(made.text, "a\\<b>cd");
        assert_eq!(made.source_range(2..5), 1..4);
        assert_eq!(made.source_range(5..7), 4..16);
        assert_eq!(made.source_range(5..6), 4..5);
        assert_eq!(made.without_inserted(0..7), "a<b>cd");
        assert!(made.is_inserted(1) && !made.is_inserted(2));
    }

    #[test]
    fn what_was_left_out_stays_out() {
        let made = prepared(
            "0123456789",
            vec![Edit::delete(2..6), Edit::insert(4, "X"), Edit::delete(5..8)],
        );
        assert_eq!(made.text, "0189");
    }

    proptest::proptest! {
        #[test]
        fn ranges_stay_in_the_source(cuts in proptest::collection::vec((0usize..40, 0usize..5, 0usize..3), 0..12), from in 0usize..60, len in 0usize..60) {
            let text = "abcdefghijklmnopqrstuvwxyzabcdefghijklmn";
            let edits = cuts.into_iter()
                .map(|(at, delete, insert)| Edit { at, delete: delete.min(40 - at), insert: ["", "-", "\\\n"][insert].into() })
                .collect();
            let made = prepared(text, edits);
            let from = from.min(made.text.len());
            let range = made.source_range(from..(from + len).min(made.text.len()));
            proptest::prop_assert!(range.start <= range.end && range.end <= text.len());
            // What is copied leads back to the same letter.
            for (at, letter) in made.text.char_indices().filter(|&(at, _)| !made.is_inserted(at)) {
                proptest::prop_assert_eq!(text[made.source_at(at)..].chars().next(), Some(letter));
            }
        }
    }
}
