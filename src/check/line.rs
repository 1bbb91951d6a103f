//! One line of a text as a reader sees it, and the way back to where it was typed.

use crate::lang::Lang;
use crate::model::{Inline, InlineKind};
use crate::text::{Sources, Span};
use std::ops::Range;

/// What stands around a line.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    /// Its language.
    pub(super) lang: &'a Lang,
    /// Whether it is the writer's own prose: no quote, code, source, or example of what
    /// to avoid. Only there hints may look.
    pub(super) prose: bool,
    /// Whether everybody may read it, when the text goes public.
    pub(super) open: bool,
}

/// A line of plain text: a paragraph, a heading, a cell.
pub(super) struct Line<'a> {
    /// What it says. Line ends in the source are spaces, asked-for line ends `\n`.
    pub(super) text: String,
    /// What stands around it.
    pub(super) standing: Standing<'a>,
    /// Emphasis: often a term somebody speaks about. In bytes of `text`.
    pub(super) cited: Vec<Range<usize>>,
    /// Code, and words in another language.
    pub(super) foreign: Vec<Range<usize>>,
    pieces: Vec<Piece>,
}

/// A stretch of the line that came from one place.
struct Piece {
    /// Where it starts in the line.
    at: usize,
    span: Span,
    /// Whether the source says exactly the same there.
    exact: bool,
}

impl<'a> Line<'a> {
    /// Makes a line of inlines.
    pub(super) fn of(
        inlines: &[Inline],
        standing: Standing<'a>,
        sources: &Sources,
    ) -> Self {
        let mut line = Line::empty(standing);
        line.push_all(inlines, sources);
        line
    }

    /// Makes a line of words that were typed as they are.
    pub(super) fn plain(
        text: &str,
        span: Span,
        standing: Standing<'a>,
        sources: &Sources,
    ) -> Self {
        let mut line = Line::empty(standing);
        line.push(text, span, sources);
        line
    }

    fn empty(standing: Standing<'a>) -> Self {
        Line {
            text: String::new(),
            standing,
            cited: Vec::new(),
            foreign: Vec::new(),
            pieces: Vec::new(),
        }
    }

    fn push(&mut self, text: &str, span: Span, sources: &Sources) {
        let exact = sources.slice(span) == text;
        self.pieces.push(Piece { at: self.text.len(), span, exact });
        self.text.push_str(text);
    }

    fn push_all(&mut self, inlines: &[Inline], sources: &Sources) {
        for inline in inlines {
            let from = self.text.len();
            match &inline.kind {
                InlineKind::Text(text) => self.push(text, inline.span, sources),
                InlineKind::Code(text) => {
                    self.push(text, inline.span, sources);
                    self.foreign.push(from..self.text.len());
                }
                InlineKind::Emphasis(inner) => {
                    self.push_all(inner, sources);
                    self.cited.push(from..self.text.len());
                }
                InlineKind::Language(passage) => {
                    self.push_all(&passage.words, sources);
                    self.foreign.push(from..self.text.len());
                }
                InlineKind::Strong(inner)
                | InlineKind::Struck(inner)
                | InlineKind::Link(_, inner) => self.push_all(inner, sources),
                InlineKind::SoftBreak => self.push(" ", inline.span, sources),
                InlineKind::HardBreak => self.push("\n", inline.span, sources),
                InlineKind::Picture(_) | InlineKind::Note(_) => {}
            }
        }
    }

    /// Returns where a part of the line was typed. When the source says it in other
    /// letters (`&amp;`, a straight quote), the part is looked for there; when it is not
    /// found, the whole stretch is meant.
    pub(super) fn span(&self, part: Range<usize>, sources: &Sources) -> Span {
        let last = part.end.saturating_sub(1).max(part.start);
        let (Some(first), Some(last)) = (self.piece(part.start), self.piece(last)) else {
            return self.pieces.first().map(|piece| piece.span).unwrap_or_default();
        };
        let from = self.typed(first, part.clone(), sources);
        let to = self.typed(last, part, sources);
        from.to(to)
    }

    fn piece(&self, at: usize) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)
    }

    /// Returns where the share of a piece in a part was typed.
    fn typed(&self, number: usize, part: Range<usize>, sources: &Sources) -> Span {
        let piece = &self.pieces[number];
        let end = self.pieces.get(number + 1).map_or(self.text.len(), |next| next.at);
        let (start, end) = (part.start.max(piece.at), part.end.min(end));
        let source = piece.span.source;
        let at = piece.span.start as usize;
        if piece.exact {
            let shifted = |offset: usize| at + offset.saturating_sub(piece.at);
            return Span::new(source, shifted(start)..shifted(end));
        }
        let words = self.text.get(start..end).unwrap_or_default();
        let before = self.text.get(piece.at..start).unwrap_or_default();
        let typed = sources.slice(piece.span);
        let earlier = before.matches(words).count();
        match typed.match_indices(words).nth(earlier) {
            Some((found, _)) if !words.is_empty() => {
                Span::new(source, at + found..at + found + words.len())
            }
            _ => piece.span,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Source, TextPath};

    #[test]
    fn a_part_is_found_where_it_was_typed() {
        let mut sources = Sources::default();
        let typed = "De &amp; *cliënt* in\nde 'casus'";
        let source = sources.add(Source::new(TextPath::new("a.md"), typed.into()));
        let span = |words: &str| {
            let at = typed.find(words).expect("typed");
            Span::new(source, at..at + words.len())
        };
        let text = |text: &str, words: &str| Inline {
            span: span(words),
            kind: InlineKind::Text(text.into()),
        };
        let inlines = [
            text("De & ", "De &amp; "),
            Inline {
                span: span("*cliënt*"),
                kind: InlineKind::Emphasis(vec![text("cliënt", "cliënt")]),
            },
            text(" in", " in"),
            Inline { span: span("\n"), kind: InlineKind::SoftBreak },
            text("de ‘casus’", "de 'casus'"),
        ];
        let lang = Lang::dutch();
        let standing = Standing { lang: &lang, prose: true, open: true };
        let line = Line::of(&inlines, standing, &sources);
        assert_eq!(line.text, "De & cliënt in de ‘casus’");
        let back = |words: &str| {
            let at = line.text.find(words).expect("in the line");
            sources.slice(line.span(at..at + words.len(), &sources)).to_string()
        };
        assert_eq!(back("cliënt"), "cliënt");
        assert_eq!(back("casus"), "casus");
        assert_eq!(back("cliënt in de"), "cliënt* in\nde");
        assert_eq!(&line.text[line.cited[0].clone()], "cliënt");
        assert_eq!(line.span(0..0, &sources).start, 0);
    }
}
