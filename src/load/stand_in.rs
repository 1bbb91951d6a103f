//! Stands in for the tree until it is there: all text as one paragraph.

use super::tree::{Reading, Tree};
use crate::model::{Block, BlockKind, Inline, InlineKind};
use crate::text::Span;

/// Reads a source as plain text.
pub(super) fn read(reading: &Reading) -> Tree {
    let span = Span::new(reading.source, reading.range.clone());
    let text = reading.sources.slice(span).trim().to_string();
    let line = vec![Inline { span, kind: InlineKind::Text(text) }];
    let mut tree = Tree::default();
    tree.body.audience = reading.default_audience.clone();
    tree.body.lead = vec![Block { span, kind: BlockKind::Paragraph(line) }];
    tree
}
