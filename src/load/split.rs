//! Several tips in one file become several texts.
//!
//! [`tips`] is the entry: each part at the top of the tree becomes a tip with its own
//! links, pictures and footnotes; the file keeps its lead.

use super::fields;
use super::line;
use crate::kind::{find_key, nearest_key};
use crate::model::{
    Block, BlockKind, Body, Field, Fields, Inline, InlineKind, Key, Kind, LinkId, NoteId,
    PictureId, Section, Text, Value, plain,
};
use crate::problem::Problem;
use crate::text::{Sources, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// Fields of the file that are not those of each tip in it.
const OWN: [Key; 13] = [
    Key::Kind,
    Key::Title,
    Key::Subtitle,
    Key::Summary,
    Key::Number,
    Key::Slug,
    Key::OldAddresses,
    Key::TranslationOf,
    Key::Image,
    Key::ImageAlt,
    Key::Cover,
    Key::Menu,
    Key::Order,
];

/// Splits a file with several tips: first the file with its lead, then its tips.
pub(super) fn tips(
    mut file: Text,
    sources: &Sources,
    problems: &mut Vec<Problem>,
) -> Vec<Text> {
    let sections = std::mem::take(&mut file.body.sections);
    let inherited = Fields {
        list: file
            .fields
            .list
            .iter()
            .filter(|one| !OWN.contains(&one.key))
            .cloned()
            .collect(),
        extra: Vec::new(),
    };
    let whole = file;
    let lead = Text { body: whole.body.clone(), ..empty(&whole) };
    let mut texts = vec![own(lead, &whole)];
    for section in sections {
        let tip = tip(&whole, &inherited, section, sources, problems);
        texts.push(own(tip, &whole));
    }
    texts
}

/// A copy of a text without tree and what belongs to it.
fn empty(whole: &Text) -> Text {
    Text {
        source: whole.source,
        path: whole.path.clone(),
        kind: whole.kind,
        title: whole.title.clone(),
        title_span: whole.title_span,
        title_typed: None,
        lang: whole.lang.clone(),
        fields: whole.fields.clone(),
        body: Default::default(),
        links: Vec::new(),
        pictures: Vec::new(),
        notes: Vec::new(),
        image: None,
        part: None,
    }
}

fn tip(
    whole: &Text,
    inherited: &Fields,
    mut part: Section,
    sources: &Sources,
    problems: &mut Vec<Problem>,
) -> Text {
    let source = part.span.source;
    let words = sources.get(source);
    let lines = key_lines(words.text(), &mut part);
    let mut top = fields::of_lines(source, words.text(), &words.path, lines);
    problems.append(&mut top.problems);
    let mut fields = inherited.clone();
    // A file that is a draft holds no tip that is not.
    let draft = fields.get(Key::Draft).is_some();
    top.fields.list.retain(|field| !(draft && field.key == Key::Draft));
    if let (Some(lang), None) = (part.lang.take(), top.fields.lang(Key::Language)) {
        let (key_span, value_span) = (part.span, part.span);
        let value = Value::Lang(lang);
        fields.list.push(Field { key: Key::Language, key_span, value_span, value });
    }
    fields.list.append(&mut top.fields.list);
    // A tip that some may read is no tip for everybody, its title neither.
    if !part.audience.is_everyone() {
        let (key_span, value_span) = (part.span, part.span);
        fields.list.retain(|field| field.key != Key::Draft);
        let value = Value::Yes(true);
        fields.list.push(Field { key: Key::Draft, key_span, value_span, value });
    }
    let (title, title_span) = title(whole, &fields, &part);
    Text {
        kind: Kind::Tip,
        title,
        title_span,
        lang: fields.lang(Key::Language).unwrap_or(&whole.lang).clone(),
        fields,
        part: Some(std::mem::take(&mut part.id)),
        body: body(part).into(),
        ..empty(whole)
    }
}

fn title(whole: &Text, fields: &Fields, part: &Section) -> (String, Span) {
    if let (Some(title), Some(field)) = (fields.text(Key::Title), fields.get(Key::Title))
    {
        return (title.to_string(), field.value_span);
    }
    let heading = plain(&part.title);
    let named = !heading.trim().is_empty();
    (if named { heading } else { whole.title.clone() }, part.span)
}

/// A part becomes the tree of a text; lines that are no keys of a text stay in it.
fn body(part: Section) -> Body {
    let mut body =
        Body { audience: part.audience, lead: part.blocks, sections: part.sections };
    raise(&mut body.sections);
    body.name_sections();
    if let (Some(first), Some(last)) = (part.attributes.first(), part.attributes.last()) {
        let span = first.span.to(last.span);
        let kind = BlockKind::Attributes(part.attributes);
        body.lead.insert(0, Block { span, kind });
    }
    body
}

/// The parts of a tip stand one level higher than in the file.
fn raise(sections: &mut [Section]) {
    for section in sections {
        section.level = section.level.saturating_sub(1).max(2);
        raise(&mut section.sections);
    }
}

/// Takes the lines `Kenmerk: waarde` directly below the heading of a tip: those that are
/// keys of a text. Lines the tree took as attributes, and a first paragraph of nothing
/// but such lines.
fn key_lines(text: &str, part: &mut Section) -> Vec<Range<usize>> {
    let own = part.span.source;
    let mut lines = Vec::new();
    part.attributes.retain(|one| {
        let range = one.span.range();
        let line = text.get(range.clone()).unwrap_or_default();
        let taken = one.span.source == own && !line.contains('\n') && is_key(line);
        if taken {
            lines.push(range);
        }
        !taken
    });
    let Some(Block { span, kind: BlockKind::Paragraph(_) }) = part.blocks.first() else {
        return lines;
    };
    let above = part.span.start as usize..span.start as usize;
    let between = text.get(above).unwrap_or("\n\n");
    let words = text.get(span.range()).unwrap_or_default().trim_end();
    if span.source == own && !between.contains("\n\n") && words.lines().all(is_key) {
        let mut at = span.start as usize;
        for line in words.split('\n') {
            lines.push(at..at + line.len());
            at += line.len() + 1;
        }
        part.blocks.remove(0);
    }
    lines
}

/// Tells whether a line is a key of a text, or nearly the one that keeps it inside.
fn is_key(line: &str) -> bool {
    let Some(split) = line::split_key(line, false) else { return false };
    let near = || nearest_key(&line[split.key.clone()], true).and_then(find_key);
    split.known.is_some()
        || (split.is_likely && near().is_some_and(|row| row.key == Key::Draft))
}

/// Gives a text its own lists of links, pictures and footnotes, out of those of the file.
fn own(mut text: Text, whole: &Text) -> Text {
    let mut numbers = Numbers::default();
    numbers.blocks(&mut text.body.lead);
    numbers.sections(&mut text.body.sections);
    let mut done = 0;
    // A footnote may hold links, and marks of other footnotes.
    while let Some(&at) = numbers.notes.order.get(done) {
        if let Some(mut note) = whole.notes.get(at as usize).cloned() {
            if let Some(blocks) = &mut note.blocks {
                numbers.blocks(blocks);
            }
            text.notes.push(note);
        }
        done += 1;
    }
    let links = numbers.links.order.iter();
    text.links = links.filter_map(|&at| whole.links.get(at as usize).cloned()).collect();
    let pictures = numbers.pictures.order.iter();
    text.pictures =
        pictures.filter_map(|&at| whole.pictures.get(at as usize).cloned()).collect();
    text
}

/// Old numbers in the order they get new ones.
#[derive(Default)]
struct Renumber {
    new: BTreeMap<u32, u32>,
    order: Vec<u32>,
}

impl Renumber {
    fn give(&mut self, old: u32) -> u32 {
        let next = self.order.len() as u32;
        *self.new.entry(old).or_insert_with(|| {
            self.order.push(old);
            next
        })
    }
}

#[derive(Default)]
struct Numbers {
    links: Renumber,
    pictures: Renumber,
    notes: Renumber,
}

impl Numbers {
    fn sections(&mut self, list: &mut [Section]) {
        for section in list {
            self.line(&mut section.title);
            section.attributes.iter_mut().for_each(|one| self.line(&mut one.value));
            self.blocks(&mut section.blocks);
            self.sections(&mut section.sections);
        }
    }

    fn line(&mut self, line: &mut [Inline]) {
        for inline in line {
            match &mut inline.kind {
                InlineKind::Link(id, inner) => {
                    *id = LinkId(self.links.give(id.0));
                    self.line(inner);
                }
                InlineKind::Picture(id) => *id = PictureId(self.pictures.give(id.0)),
                InlineKind::Note(id) => *id = NoteId(self.notes.give(id.0)),
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Struck(inner) => self.line(inner),
                InlineKind::Language(passage) => self.line(&mut passage.words),
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::SoftBreak
                | InlineKind::HardBreak => {}
            }
        }
    }

    fn blocks(&mut self, list: &mut [Block]) {
        for block in list {
            self.block(&mut block.kind);
        }
    }

    fn block(&mut self, block: &mut BlockKind) {
        match block {
            BlockKind::Paragraph(line) | BlockKind::Subhead(line) => self.line(line),
            BlockKind::Quote { blocks, .. }
            | BlockKind::Callout { blocks, .. }
            | BlockKind::Group { blocks, .. } => self.blocks(blocks),
            BlockKind::List { items, .. } => {
                items.iter_mut().for_each(|item| self.blocks(&mut item.blocks));
            }
            BlockKind::Definitions(list) => {
                for one in list {
                    self.line(&mut one.term);
                    one.meanings.iter_mut().for_each(|blocks| self.blocks(blocks));
                }
            }
            BlockKind::Table(table) => {
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|cell| self.line(&mut cell.content));
            }
            BlockKind::Figure { picture, caption } => {
                *picture = PictureId(self.pictures.give(picture.0));
                self.line(caption);
            }
            BlockKind::Attributes(list) => {
                list.iter_mut().for_each(|one| self.line(&mut one.value));
            }
            BlockKind::Agreements { .. }
            | BlockKind::People(_)
            | BlockKind::Entries(_) => {
                self.plan_block(block);
            }
            BlockKind::Code { .. } | BlockKind::Rule | BlockKind::PageBreak => {}
        }
    }

    fn plan_block(&mut self, block: &mut BlockKind) {
        match block {
            BlockKind::Agreements { columns, list } => {
                columns.iter_mut().for_each(|title| self.line(title));
                for one in list {
                    for line in [
                        &mut one.who,
                        &mut one.what,
                        &mut one.when,
                        &mut one.notice,
                        &mut one.status_typed,
                        &mut one.learned,
                    ] {
                        self.line(line);
                    }
                    one.other.iter_mut().for_each(|line| self.line(line));
                    self.blocks(&mut one.more);
                }
            }
            BlockKind::People(list) => {
                for one in list {
                    self.line(&mut one.note);
                    self.blocks(&mut one.more);
                }
            }
            BlockKind::Entries(list) => {
                for one in list {
                    self.line(&mut one.what);
                    self.blocks(&mut one.more);
                }
            }
            _ => {}
        }
    }
}
