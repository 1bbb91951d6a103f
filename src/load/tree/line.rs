//! Builds the inlines of one line of text from the parser's events.
//!
//! [`Line`] holds the marks that are open; its words wait in `waiting`, links and pictures
//! are made in `targets`. Notes are numbered in the tree.

use super::Tree;
use super::prepared::Prepared;
use super::targets::{self, Seen};
use super::waiting::Waiting;
use crate::model::{Audience, Block, Inline, InlineKind, Note, NoteId, PictureId};
use crate::problem::{Code, Problem};
use crate::text::Span;
use pulldown_cmark::{LinkType, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How deep marks may lie inside marks; deeper ones are dropped, their text stays.
const DEEPEST: usize = 16;
/// How many different tags are named per text.
const MOST_TAGS: usize = 20;

/// A mark that is open.
enum Mark {
    Line,
    Emphasis,
    Strong,
    Struck,
    Link { kind: LinkType, to: String, title: String },
    Picture { kind: LinkType, to: String, title: String },
}

struct Open {
    mark: Mark,
    start: usize,
    items: Vec<Inline>,
}

/// Builds one line after another.
pub(super) struct Line<'p, 't> {
    prepared: &'p Prepared<'p>,
    /// What came out so far.
    pub(super) tree: &'t mut Tree,
    open: Vec<Open>,
    /// Marks that are too deep and still open.
    through: usize,
    /// For each `~` mark that is open: whether it crosses out (`~~`) or stays text (`~`).
    strikes: Vec<bool>,
    links: usize,
    words: Waiting<'p>,
    /// Footnotes that were mentioned, by name in lower case.
    notes: BTreeMap<String, NoteId>,
    /// Explanations whose mark is still to come.
    waiting: BTreeMap<String, (Vec<Block>, Span)>,
    tags: BTreeSet<String>,
}

impl<'p, 't> Line<'p, 't> {
    pub(super) fn new(prepared: &'p Prepared<'p>, tree: &'t mut Tree) -> Self {
        Line {
            prepared,
            tree,
            open: Vec::new(),
            through: 0,
            strikes: Vec::new(),
            links: 0,
            words: Waiting::new(prepared),
            notes: BTreeMap::new(),
            waiting: BTreeMap::new(),
            tags: BTreeSet::new(),
        }
    }

    /// Tells whether a line is being built.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Begins a line.
    pub(super) fn begin(&mut self, start: usize) {
        self.words.stand_behind('\n');
        (self.through, self.links) = (0, 0);
        self.strikes.clear();
        self.open.clear();
        self.open.push(Open { mark: Mark::Line, start, items: Vec::new() });
    }

    /// Ends the line; breaks at its ends are left out.
    pub(super) fn finish(&mut self) -> Vec<Inline> {
        self.flush();
        while self.open.len() > 1 {
            self.close(self.prepared.text.len());
        }
        let mut items = self.open.pop().map(|line| line.items).unwrap_or_default();
        let is_break = |one: &Inline| {
            matches!(one.kind, InlineKind::SoftBreak | InlineKind::HardBreak)
        };
        while items.last().is_some_and(is_break) {
            items.pop();
        }
        let leading = items.iter().take_while(|one| is_break(one)).count();
        if leading > 0 {
            items.drain(..leading);
        }
        items
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let mut escaped = self.words.is_escaped(&range);
        if escaped && text.starts_with('<') && self.prepared.is_inserted(range.start - 1)
        {
            self.report_tag(range.start);
            escaped = false;
        }
        let wiki = matches!(
            self.open.last(),
            Some(Open { mark: Mark::Link { kind: LinkType::WikiLink { .. }, .. }, .. })
        );
        let literal = text.len() == range.len();
        if wiki && literal && self.prepared.has_inserted(range.clone()) {
            // The words of a wiki link come as they stand, what was put in included.
            let typed = self.prepared.without_inserted(range.clone());
            return self.words.add_typed(&typed, range);
        }
        self.words.add(text, range, escaped);
    }

    fn flush(&mut self) {
        let made = self.words.flush(self.links > 0, self.tree);
        self.push_all(made);
    }

    /// Adds code.
    pub(super) fn code(&mut self, text: &str, range: Range<usize>) {
        self.flush();
        let code = if self.prepared.has_inserted(range.clone()) {
            bare_code(&self.prepared.without_inserted(range.clone()))
        } else {
            text.to_string()
        };
        self.push(InlineKind::Code(code), range);
        self.words.stand_behind('x');
    }

    /// Adds the end of a line.
    pub(super) fn line_end(&mut self, range: Range<usize>, asked: bool) {
        self.flush();
        let kind = if asked { InlineKind::HardBreak } else { InlineKind::SoftBreak };
        self.push(kind, range);
        self.words.stand_behind('\n');
    }

    /// Adds a footnote mark.
    pub(super) fn note(&mut self, name: &str, range: Range<usize>) {
        self.flush();
        let span = self.prepared.span(range.clone());
        let next = NoteId(self.tree.notes.len() as u32);
        let key = name.to_lowercase();
        let id = *self.notes.entry(key.clone()).or_insert(next);
        if id == next {
            let (blocks, span) = match self.waiting.remove(&key) {
                Some((blocks, span)) => (Some(blocks), span),
                None => (None, span),
            };
            // Nobody but the family, until its place in the text is known.
            let audience = Audience::family();
            self.tree.notes.push(Note { name: name.into(), span, audience, blocks });
        }
        self.push(InlineKind::Note(id), range);
        self.words.stand_behind('x');
    }

    /// Gives a footnote its explanation; its mark may come later, or have come already.
    pub(super) fn explain(&mut self, name: &str, blocks: Vec<Block>, span: Span) {
        match self.notes.get(name).and_then(|id| self.tree.notes.get_mut(id.0 as usize)) {
            Some(note) => (note.blocks, note.span) = (Some(blocks), span),
            None => {
                self.waiting.insert(name.into(), (blocks, span));
            }
        }
    }

    /// Returns where the open line starts.
    pub(super) fn start_offset(&self) -> usize {
        self.open.first().map_or(0, |line| line.start)
    }

    /// Returns the caption of a picture as a line.
    pub(super) fn caption(&self, id: PictureId, span: Span) -> Vec<Inline> {
        let caption =
            self.tree.pictures.get(id.0 as usize).map(|one| one.caption.clone());
        let caption = caption.filter(|words| !words.is_empty());
        caption
            .map(|words| Inline { span, kind: InlineKind::Text(words) })
            .into_iter()
            .collect()
    }

    /// Begins a mark.
    pub(super) fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if matches!(tag, Tag::Strikethrough) {
            let crossed = self.prepared.text[range.clone()].starts_with("~~");
            self.strikes.push(crossed);
            if !crossed {
                self.text("~", range.start..range.start + 1);
                return;
            }
        }
        self.flush();
        if self.open.len() > DEEPEST {
            self.through += 1;
            return;
        }
        let mark = match tag {
            Tag::Emphasis => Mark::Emphasis,
            Tag::Strong => Mark::Strong,
            Tag::Strikethrough => Mark::Struck,
            Tag::Link { link_type: kind, dest_url, title, .. } => {
                self.links += 1;
                let (to, title) = (dest_url.into_string(), title.into_string());
                Mark::Link { kind, to, title }
            }
            Tag::Image { link_type: kind, dest_url, title, .. } => {
                self.links += 1;
                let (to, title) = (dest_url.into_string(), title.into_string());
                Mark::Picture { kind, to, title }
            }
            _ => Mark::Line,
        };
        self.open.push(Open { mark, start: range.start, items: Vec::new() });
    }

    /// Ends a mark.
    pub(super) fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if tag == TagEnd::Strikethrough && self.strikes.pop() == Some(false) {
            self.text("~", range.end.saturating_sub(1)..range.end);
            return;
        }
        self.flush();
        if self.through > 0 {
            self.through -= 1;
        } else if self.open.len() > 1 {
            self.close(range.end);
        }
    }

    fn close(&mut self, end: usize) {
        let Some(Open { mark, start, items }) = self.open.pop() else { return };
        let range = start..end.max(start);
        match mark {
            Mark::Line => self.push_all(items),
            Mark::Emphasis => self.push(InlineKind::Emphasis(items), range),
            Mark::Strong => self.push(InlineKind::Strong(items), range),
            Mark::Struck => self.push(InlineKind::Struck(items), range),
            Mark::Link { kind, to, title } => {
                self.links = self.links.saturating_sub(1);
                let items =
                    targets::with_title(items, &title, self.prepared.span(range.clone()));
                let seen = Seen { kind, to, items, range };
                let made = targets::link(self.prepared, self.tree, seen);
                self.push_all(made);
            }
            Mark::Picture { kind, to, title } => {
                self.links = self.links.saturating_sub(1);
                let seen = Seen { kind, to, items, range };
                let made = targets::picture(self.prepared, self.tree, seen, &title);
                self.push_all(made);
            }
        }
    }

    fn push(&mut self, kind: InlineKind, range: Range<usize>) {
        let span = self.prepared.span(range);
        if let Some(open) = self.open.last_mut() {
            open.items.push(Inline { span, kind });
        }
    }

    fn push_all(&mut self, items: Vec<Inline>) {
        if let Some(open) = self.open.last_mut() {
            open.items.extend(items);
        }
    }

    /// Reports a tag we keep as text, each once.
    fn report_tag(&mut self, start: usize) {
        let rest = &self.prepared.text[start..];
        let near = &rest[..rest.floor_char_boundary(80)];
        let end = near[1..]
            .find(['>', '\n', '<'])
            .map(|end| end + 1)
            .filter(|end| near[*end..].starts_with('>'));
        let Some(end) = end else { return };
        let name: String = near[1..end]
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        if self.tags.len() < MOST_TAGS && self.tags.insert(name) {
            let tag = near[..=end].to_string();
            let span = self.prepared.span(start..start + end + 1);
            self.tree.problems.push(Problem::at(Code::S04, span).with("x", tag));
        }
    }
}

/// Strips the back ticks off code and joins its lines.
fn bare_code(code: &str) -> String {
    let inner = code.trim_matches('`').replace('\n', " ");
    let spaced =
        inner.starts_with(' ') && inner.ends_with(' ') && !inner.trim().is_empty();
    match spaced {
        true => inner[1..inner.len() - 1].to_string(),
        false => inner,
    }
}
