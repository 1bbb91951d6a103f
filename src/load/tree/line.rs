//! Builds the inlines of one line of text from the parser's events.
//!
//! [`Line`] collects text until something else comes, then sets its quotes, finds bare
//! addresses and gives each piece its span. Links, pictures and notes are numbered in
//! the tree.

use super::links::{self, Leads};
use super::prepared::Prepared;
use super::{Tree, smart};
use crate::lang::Lang;
use crate::model::{
    Block, Inline, InlineKind, Link, LinkId, Note, NoteId, Picture, PictureId, Target,
};
use crate::problem::{Code, Problem};
use crate::text::{Span, fold};
use pulldown_cmark::{LinkType, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How deep marks may lie inside marks; deeper ones are dropped, their text stays.
const DEEPEST: usize = 16;
/// How many different tags are named per text.
const MOST_TAGS: usize = 20;

/// A piece of the text that waits.
struct Piece {
    /// Where it starts in the waiting text.
    at: usize,
    /// Where it stands in the prepared text.
    range: Range<usize>,
    /// Whether every byte stands there as it is.
    literal: bool,
}

/// A mark that is open.
enum Mark {
    Line,
    Emphasis,
    Strong,
    Struck,
    Link { kind: LinkType, to: String },
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
    text: String,
    pieces: Vec<Piece>,
    /// Offsets in the waiting text that were escaped: no quotes are set there.
    kept: Vec<usize>,
    before: char,
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
            text: String::new(),
            pieces: Vec::new(),
            kept: Vec::new(),
            before: '\n',
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
        self.before = '\n';
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
        let escaped = range.start > 0
            && self.prepared.text.as_bytes().get(range.start - 1) == Some(&b'\\')
            && self.pieces.last().is_none_or(|last| last.range.end < range.start);
        if escaped && text.starts_with('<') && self.prepared.is_inserted(range.start - 1)
        {
            self.report_tag(range.start);
        } else if escaped {
            self.kept.push(self.text.len());
        }
        let literal = text.len() == range.len();
        let wiki = matches!(
            self.open.last(),
            Some(Open { mark: Mark::Link { kind: LinkType::WikiLink { .. }, .. }, .. })
        );
        if wiki && literal && self.prepared.has_inserted(range.clone()) {
            // The words of a wiki link come as they stand, what was put in included.
            let typed = self.prepared.without_inserted(range.clone());
            self.kept.extend(self.text.len()..self.text.len() + typed.len());
            self.pieces.push(Piece { at: self.text.len(), range, literal: false });
            return self.text.push_str(&typed);
        }
        let at = self.text.len();
        if !literal {
            self.kept.extend(at..at + text.len());
        }
        self.text.push_str(text);
        self.pieces.push(Piece { at, range, literal });
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
        self.before = 'x';
    }

    /// Adds the end of a line.
    pub(super) fn line_end(&mut self, range: Range<usize>, asked: bool) {
        self.flush();
        let kind = if asked { InlineKind::HardBreak } else { InlineKind::SoftBreak };
        self.push(kind, range);
        self.before = '\n';
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
            self.tree.notes.push(Note { name: name.into(), span, blocks });
        }
        self.push(InlineKind::Note(id), range);
        self.before = 'x';
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
            Tag::Link { link_type: kind, dest_url, .. } => {
                self.links += 1;
                Mark::Link { kind, to: dest_url.into_string() }
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
            Mark::Link { kind, to } => {
                self.links = self.links.saturating_sub(1);
                self.link(kind, &to, items, range);
            }
            Mark::Picture { kind, to, title } => {
                self.links = self.links.saturating_sub(1);
                self.picture(kind, to, &title, items, range);
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

    fn report(
        &mut self,
        code: Code,
        range: Range<usize>,
        name: &'static str,
        value: &str,
    ) {
        let span = self.prepared.span(range);
        self.tree.problems.push(Problem::at(code, span).with(name, value));
    }

    /// Reports a tag we keep as text, each once.
    fn report_tag(&mut self, start: usize) {
        let rest = &self.prepared.text[start..];
        let near = &rest[..super::prepared::floor(rest, 80)];
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
            self.report(Code::S04, start..start + end + 1, "x", &tag);
        }
    }

    fn link(
        &mut self,
        kind: LinkType,
        to: &str,
        items: Vec<Inline>,
        range: Range<usize>,
    ) {
        let span = self.prepared.span(range.clone());
        self.report_spaces(to, range.clone());
        let target =
            match wiki_target(kind, to).map_or_else(|| links::classify(to), Leads::To) {
                Leads::To(target) => target,
                Leads::Language(name) => {
                    match Lang::read(&name) {
                        Some(lang) => self.push(InlineKind::Language(lang, items), range),
                        None => {
                            self.report(Code::K12, range, "v", &name);
                            self.push_all(items);
                        }
                    }
                    return;
                }
            };
        if target == Target::Dropped {
            self.report(Code::L07, range.clone(), "x", to);
        }
        let id = self.add_link(span, target);
        self.push(InlineKind::Link(id, items), range);
    }

    fn add_link(&mut self, span: Span, target: Target) -> LinkId {
        self.tree.links.push(Link { span, target });
        LinkId(self.tree.links.len() as u32 - 1)
    }

    fn picture(
        &mut self,
        kind: LinkType,
        to: String,
        title: &str,
        items: Vec<Inline>,
        range: Range<usize>,
    ) {
        self.report_spaces(&to, range.clone());
        if links::is_dropped(&to) {
            let shown: String = to.chars().take(60).collect();
            self.report(Code::L07, range, "x", &shown);
            self.push_all(items);
            return;
        }
        let mut alt = self.description(&items);
        if let LinkType::WikiLink { has_pothole } = kind {
            let size = alt.bytes().all(|b| b.is_ascii_digit() || b == b'x');
            if !has_pothole || size {
                alt.clear();
            }
        }
        let decorative = matches!(
            fold(title.trim()).as_str(),
            "versiering" | "decoration" | "decoratie" | "decorative"
        );
        let caption = if decorative { "" } else { title.trim() };
        let caption =
            smart::set(caption, '\n', '\n', &[]).unwrap_or_else(|| caption.into());
        let span = self.prepared.span(range.clone());
        let path = if to.contains("://") { to } else { links::decode(to.trim()) };
        let picture = Picture { span, path, alt, caption, decorative, asset: None };
        self.tree.pictures.push(picture);
        let id = PictureId(self.tree.pictures.len() as u32 - 1);
        self.push(InlineKind::Picture(id), range);
    }

    /// Returns the words between `![` and `]`, also those of pictures inside.
    fn description(&self, items: &[Inline]) -> String {
        let mut words = String::new();
        crate::model::inlines(items, &mut |inline| match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => words.push_str(text),
            InlineKind::SoftBreak | InlineKind::HardBreak => words.push(' '),
            InlineKind::Picture(id) => {
                if let Some(picture) = self.tree.pictures.get(id.0 as usize) {
                    words.push_str(&picture.alt);
                }
            }
            _ => {}
        });
        words.trim().to_string()
    }

    fn report_spaces(&mut self, to: &str, range: Range<usize>) {
        if to.contains(' ') && self.prepared.has_inserted(range.clone()) {
            self.report(Code::L02, range, "x", to);
        }
    }

    /// Turns the waiting text into inlines.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let seen = Seen::new(text.as_bytes());
        if seen.note {
            self.report_notes(&text);
        }
        let found = if seen.address && self.links == 0 {
            links::find_bare(&text)
        } else {
            Vec::new()
        };
        let mut done = 0;
        for bare in found {
            self.push_text(&text, done..bare.range.start, seen.marks);
            let span = self.span_of(bare.range.clone());
            let shown = InlineKind::Text(text[bare.range.clone()].into());
            let id = self.add_link(span, Target::Outside(bare.target));
            let kind = InlineKind::Link(id, vec![Inline { span, kind: shown }]);
            self.push_all(vec![Inline { span, kind }]);
            (done, self.before) = (bare.range.end, 'x');
        }
        self.push_text(&text, done..text.len(), seen.marks);
        self.pieces.clear();
        self.kept.clear();
        self.text = text;
        self.text.clear();
    }

    fn push_text(&mut self, text: &str, range: Range<usize>, marks: bool) {
        let part = &text[range.clone()];
        let Some(last) = part.chars().next_back() else { return };
        let span = self.span_of(range.clone());
        let set = marks
            .then(|| {
                let index = |offset| self.kept.partition_point(|at| *at < offset);
                let kept = &self.kept[index(range.start)..index(range.end)];
                let kept: Vec<usize> = kept.iter().map(|at| at - range.start).collect();
                let after = text[range.end..].chars().next();
                smart::set(
                    part,
                    self.before,
                    after.unwrap_or_else(|| self.after()),
                    &kept,
                )
            })
            .flatten();
        self.before = last;
        let kind = InlineKind::Text(set.unwrap_or_else(|| part.to_string()));
        if let Some(open) = self.open.last_mut() {
            open.items.push(Inline { span, kind });
        }
    }

    /// Returns the character behind the waiting text, marks passed over.
    fn after(&self) -> char {
        let end = self.pieces.last().map_or(0, |piece| piece.range.end);
        let rest = self.prepared.text.get(end..).unwrap_or_default();
        rest.chars().take(8).find(|c| !"*_~[]`\\".contains(*c)).unwrap_or('\n')
    }

    /// Returns the span of a range in the waiting text.
    fn span_of(&self, range: Range<usize>) -> Span {
        let find = |at: usize| {
            let index = self.pieces.partition_point(|piece| piece.at <= at);
            self.pieces.get(index.saturating_sub(1))
        };
        let start = find(range.start).map_or(0, |piece| {
            piece.range.start + if piece.literal { range.start - piece.at } else { 0 }
        });
        let end = find(range.end.saturating_sub(1)).map_or(start, |piece| {
            if piece.literal {
                piece.range.start + (range.end - piece.at)
            } else {
                piece.range.end
            }
        });
        self.prepared.span(start..end.max(start))
    }

    /// Reports footnote marks that stayed text: they have no explanation.
    fn report_notes(&mut self, text: &str) {
        for (at, _) in text.match_indices("[^") {
            let rest = &text[at + 2..];
            let Some(end) = rest.find([']', '[', ' ', '\n']) else { continue };
            let meant = end > 0 && rest[end..].starts_with(']');
            if meant && self.kept.binary_search(&at).is_err() {
                let span = self.span_of(at..at + 3 + end);
                let problem = Problem::at(Code::L04, span).with("x", &rest[..end]);
                self.tree.problems.push(problem);
            }
        }
    }
}

/// Returns the target of a wiki link.
fn wiki_target(kind: LinkType, to: &str) -> Option<Target> {
    if !matches!(kind, LinkType::WikiLink { .. }) || to.contains("://") {
        return None;
    }
    let to = to.trim().trim_end_matches('\\');
    if links::is_dropped(to) {
        return Some(Target::Dropped);
    }
    let (title, fragment) = links::split_fragment(to);
    let fragment = fragment.filter(|words| !words.is_empty()).map(String::from);
    let title = title.to_string();
    Some(match title.is_empty() {
        true => Target::Inside { path: title, fragment },
        false => Target::Title { title, fragment },
    })
}

/// What a text may hold that asks for a closer look.
struct Seen {
    /// Quotes, double dashes, three dots.
    marks: bool,
    /// Something like an address.
    address: bool,
    /// Something like a footnote mark.
    note: bool,
}

impl Seen {
    fn new(bytes: &[u8]) -> Self {
        let mut seen = Seen { marks: false, address: false, note: false };
        for (at, byte) in bytes.iter().enumerate() {
            let next = || bytes.get(at + 1);
            match byte {
                b'\'' | b'"' => seen.marks = true,
                b'-' | b'.' if next() == Some(byte) => seen.marks = true,
                b'@' => seen.address = true,
                b':' if next() == Some(&b'/') => seen.address = true,
                b'.' if at >= 3 && bytes[at - 1].eq_ignore_ascii_case(&b'w') => {
                    seen.address = true;
                }
                b'[' if next() == Some(&b'^') => seen.note = true,
                _ => {}
            }
        }
        seen
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
