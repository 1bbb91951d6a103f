//! Blocks of code: gathered while the parser goes through them, and judged at their end.

use super::prepared::{Edit, Prepared};
use super::{Tree, comments, repair};
use crate::model::{Block, BlockKind, Inline, InlineKind};
use crate::problem::{Code, Problem};
use pulldown_cmark::CodeBlockKind;
use std::ops::Range;

/// A block of code that is open.
pub(super) struct CodeBlock {
    language: String,
    text: String,
    /// Whether four spaces made it, not a fence.
    indented: bool,
    /// Where the parser saw the lines of an indented block begin.
    starts: Vec<usize>,
}

impl CodeBlock {
    pub(super) fn new(kind: &CodeBlockKind<'_>) -> Self {
        let (language, text, indented) = match kind {
            CodeBlockKind::Indented => (String::new(), String::new(), true),
            CodeBlockKind::Fenced(info) => {
                let (language, text) = read_info(info);
                (language, text, false)
            }
        };
        CodeBlock { language, text, indented, starts: Vec::new() }
    }

    /// Adds text, without what we put in.
    pub(super) fn text(
        &mut self,
        prepared: &Prepared<'_>,
        text: &str,
        range: Range<usize>,
    ) {
        if self.indented && (self.text.is_empty() || self.text.ends_with('\n')) {
            self.starts.push(range.start);
        }
        let literal = text.len() == range.len();
        let bare = prepared.without_inserted(range);
        self.text.push_str(if literal { &bare } else { text });
    }

    /// Tells whether this was a paragraph that only began with spaces.
    pub(super) fn is_paragraph(&self) -> bool {
        self.indented && !repair::looks_like_code(&self.text)
    }

    /// Tells whether fences made it: then comments in it are code too.
    pub(super) fn is_fenced(&self) -> bool {
        !self.indented
    }

    /// Makes the paragraph it was meant as (S03); `repairs` take the spaces off.
    pub(super) fn into_paragraph(
        self,
        prepared: &Prepared<'_>,
        range: Range<usize>,
        tree: &mut Tree,
        repairs: &mut Vec<Edit>,
    ) -> Block {
        repairs.extend(repair::indent(prepared, &self.starts));
        let kind = InlineKind::Text(self.text.trim().to_string());
        let span = prepared.span_of_block(range);
        if !comments::before(&self.text).trim().is_empty() {
            tree.problems.push(Problem::at(Code::S03, span));
        }
        Block { span, kind: BlockKind::Paragraph(vec![Inline { span, kind }]) }
    }

    /// Makes the block.
    pub(super) fn finish(mut self) -> BlockKind {
        if self.text.ends_with('\n') {
            self.text.pop();
        }
        BlockKind::Code { language: self.language, text: self.text }
    }
}

/// S08: a fence that no other closes.
pub(super) fn report_open(prepared: &Prepared<'_>, range: Range<usize>, tree: &mut Tree) {
    let typed = prepared.text.get(range.clone()).unwrap_or_default();
    let mark = if typed.starts_with('~') { '~' } else { '`' };
    let fence: String = typed.chars().take_while(|c| *c == mark).collect();
    let last = typed.trim_end().lines().skip(1).last().unwrap_or_default();
    let last = last.trim_start_matches(['>', ' ', '\t']).trim_end();
    let closed = last.len() >= fence.len() && last.chars().all(|c| c == mark);
    if fence.len() >= 3 && !closed {
        let span = prepared.span_of_block(range.start..range.start + fence.len());
        tree.problems.push(Problem::at(Code::S08, span).with("x", fence));
    }
}

/// Reads what stands behind a fence: the name of a language, or words that somebody wrote
/// there; those become the first line, so that they are not lost.
fn read_info(info: &str) -> (String, String) {
    let info = comments::before(info).trim();
    let first = info.split_whitespace().next().unwrap_or_default();
    let settings = info.contains([',', '=', '{']) || first == info;
    if !settings || first.len() > 30 {
        return (String::new(), format!("{info}\n"));
    }
    let name = first.split([',', '{']).next().unwrap_or_default();
    let keep = |c: &char| c.is_alphanumeric() || "+-#_.".contains(*c);
    (name.chars().filter(keep).collect(), String::new())
}
