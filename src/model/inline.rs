//! What stands in a line of text.

use super::{LinkId, NoteId, PictureId};
use crate::lang::Lang;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// A piece of a line, with where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inline {
    /// Where it stands in its source.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// The kinds of pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InlineKind {
    /// Plain text; never contains markup.
    Text(String),
    /// `*emphasis*`.
    Emphasis(Vec<Inline>),
    /// `**strong**`.
    Strong(Vec<Inline>),
    /// `~~crossed out~~`.
    Struck(Vec<Inline>),
    /// `` `code` ``.
    Code(String),
    /// A link; the target is [`super::Text::links`] at this number.
    Link(LinkId, Vec<Inline>),
    /// A picture inside a line: [`super::Text::pictures`] at this number.
    Picture(PictureId),
    /// A passage in another language: `[merhaba](taal:tr)`.
    Language(Box<Foreign>),
    /// A footnote mark: [`super::Text::notes`] at this number.
    Note(NoteId),
    /// A line end in the source; shows as a space.
    SoftBreak,
    /// A line end the writer asked for.
    HardBreak,
}

/// A passage in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreign {
    /// Its language.
    pub lang: Lang,
    /// What it says.
    pub words: Vec<Inline>,
}

/// Returns the plain text of inlines, without marks, notes and pictures; breaks become
/// spaces.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(inlines, &mut text);
    text
}

fn push_plain(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(part) | InlineKind::Code(part) => text.push_str(part),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Link(_, inner) => push_plain(inner, text),
            InlineKind::Language(passage) => push_plain(&passage.words, text),
            InlineKind::SoftBreak | InlineKind::HardBreak => text.push(' '),
            InlineKind::Picture(_) | InlineKind::Note(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Block;

    /// A library of fifty thousand texts holds millions of them.
    #[test]
    fn pieces_and_blocks_are_small() {
        assert!(size_of::<Inline>() <= 48, "{}", size_of::<Inline>());
        assert!(size_of::<Block>() <= 80, "{}", size_of::<Block>());
    }
}
