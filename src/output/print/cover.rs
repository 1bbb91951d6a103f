//! Covers citizen service numbers in a line, also where they run over marks
//! (`123**456**782`): what a literal alone could not see.

use crate::model::{Inline, InlineKind, plain};
use crate::text::{COVER, find_bsn};
use std::borrow::Cow;
use std::ops::Range;

/// Returns the line with every number covered.
pub(super) fn covered(line: &[Inline]) -> Cow<'_, [Inline]> {
    let words = plain(line);
    if words.chars().filter(|c| c.is_numeric()).count() < 9 {
        return Cow::Borrowed(line);
    }
    let ranges = find_bsn(&words);
    if ranges.is_empty() {
        return Cow::Borrowed(line);
    }
    let mut line = line.to_vec();
    let mut at = 0;
    cover(&mut line, &ranges, &mut at);
    Cow::Owned(line)
}

fn cover(line: &mut [Inline], ranges: &[Range<usize>], at: &mut usize) {
    for inline in line {
        match &mut inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => {
                let start = *at;
                *at += text.len();
                *text = without(text, start, ranges);
            }
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Link(_, inner) => cover(inner, ranges, at),
            InlineKind::Language(passage) => cover(&mut passage.words, ranges, at),
            InlineKind::SoftBreak | InlineKind::HardBreak => *at += 1,
            InlineKind::Picture(_) | InlineKind::Note(_) => {}
        }
    }
}

/// Returns the part of the line that begins at `start`, without what is covered; the
/// cover stands where the number begins.
fn without(text: &str, start: usize, ranges: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        let left = range.start.saturating_sub(start).min(text.len()).max(from);
        let right = range.end.saturating_sub(start).min(text.len()).max(from);
        if left < right {
            out.push_str(text.get(from..left).unwrap_or_default());
            if range.start >= start {
                out.push_str(COVER);
            }
            from = right;
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn a_number_over_marks_is_covered_once() {
        let piece = |kind| Inline { span: Span::default(), kind };
        let text = |words: &str| piece(InlineKind::Text(words.into()));
        let line = [
            text("nr 123"),
            piece(InlineKind::Strong(vec![text("456")])),
            text("782 einde"),
        ];
        assert_eq!(plain(&covered(&line)), format!("nr {COVER} einde"));
        assert_eq!(plain(&covered(&line[..1])), "nr 123");
    }
}
