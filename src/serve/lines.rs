//! From the page to the source: which passage stands in which file, on which line.
//!
//! A page has no marks of it, its bytes are those of a build. So the browser gets the
//! passages in the order in which they stand, each with its first letters.

use super::eyes::Eyes;
use crate::model::{
    Block, BlockKind, Body, Inline, Library, Section, Text, for_inner, for_lines, plain,
};
use crate::pipeline::Live;
use crate::text::{Address, Source, SourceId, Span};
use serde::Serialize;

/// How many letters of a passage go along.
const LETTERS: usize = 40;

/// The passages of a page.
#[derive(Debug, Default, Serialize)]
pub(super) struct Lines {
    /// The file of the first text on the page.
    file: String,
    blocks: Vec<Passage>,
}

/// One passage.
#[derive(Debug, Serialize)]
struct Passage {
    /// The file, when it is another one than that of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    line: u32,
    text: String,
}

/// Returns the passages of a page.
pub(super) fn lines(live: &Live<'_>, page: &Address, eyes: &Eyes) -> Lines {
    let texts = eyes.texts_on(live, page);
    let Some(&first) = texts.first() else { return Lines::default() };
    let mut finder = Finder {
        library: live.library,
        own: live.library.text(first).source,
        blocks: Vec::new(),
        at: None,
    };
    for id in texts {
        finder.text(live.library.text(id));
    }
    Lines { file: live.library.text(first).path.to_string(), blocks: finder.blocks }
}

struct Finder<'a> {
    library: &'a Library,
    own: SourceId,
    blocks: Vec<Passage>,
    /// The last place that was counted to: file, byte, line. Most passages come after it.
    at: Option<(SourceId, usize, u32)>,
}

impl Finder<'_> {
    fn text(&mut self, text: &Text) {
        self.passage(text.title_span, &text.title);
        self.body(&text.body);
        for note in &text.notes {
            note.blocks.iter().for_each(|list| self.blocks(list));
        }
    }

    fn body(&mut self, body: &Body) {
        self.blocks(&body.lead);
        body.sections.iter().for_each(|one| self.section(one));
    }

    fn section(&mut self, section: &Section) {
        self.passage(section.span, &plain(&section.title));
        self.blocks(&section.blocks);
        section.sections.iter().for_each(|one| self.section(one));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let BlockKind::Code { text, .. } = &block.kind {
                self.passage(block.span, text);
            }
            for_lines(block, &mut |line| self.line(line));
            for_inner(block, &mut |inner| self.blocks(inner));
        }
    }

    fn line(&mut self, line: &[Inline]) {
        if let Some(first) = line.first() {
            self.passage(first.span, &plain(line));
        }
    }

    fn passage(&mut self, span: Span, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let text: String = words.join(" ").chars().take(LETTERS).collect();
        if text.is_empty() {
            return;
        }
        let source = self.library.sources.get(span.source);
        let other = (span.source != self.own).then(|| source.path.to_string());
        let line = self.count(source, span);
        self.blocks.push(Passage { file: other, line, text });
    }

    /// Returns the line of a span, counting on from the last one where that is before it.
    fn count(&mut self, source: &Source, span: Span) -> u32 {
        let to = span.start as usize;
        let (from, line) = match self.at {
            Some((id, at, line)) if id == span.source && at <= to => (at, line),
            _ => (0, 1),
        };
        let between = source.text().as_bytes().get(from..to).unwrap_or_default();
        let line = line + between.iter().filter(|&&byte| byte == b'\n').count() as u32;
        self.at = Some((span.source, to, line));
        line
    }
}
