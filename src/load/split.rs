//! Several tips in one file become several texts.
//!
//! [`tips`] is the entry: each part at the top of the tree becomes a tip with its own
//! links, pictures and footnotes; the file keeps its lead.

use super::entries::{Entry, Shape};
use super::line;
use super::values::{self, Asked};
use crate::kind::find_key;
use crate::model::{
    Attribute, Block, BlockKind, Body, Field, Fields, Inline, InlineKind, Key, Kind,
    LinkId, NoteId, PictureId, Section, Text, Value, plain,
};
use crate::problem::Problem;
use crate::text::{SourceId, Span};
use std::collections::BTreeMap;

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
pub(super) fn tips(mut file: Text, problems: &mut Vec<Problem>) -> Vec<Text> {
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
        let tip = tip(&whole, &inherited, section, problems);
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
        lang: whole.lang.clone(),
        fields: whole.fields.clone(),
        body: Body::default(),
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
    part: Section,
    problems: &mut Vec<Problem>,
) -> Text {
    let mut body =
        Body { audience: part.audience, lead: part.blocks, sections: part.sections };
    raise(&mut body.sections);
    body.name_sections();
    let mut fields = inherited.clone();
    let mut shown = Vec::new();
    for attribute in part.attributes {
        match field(&attribute, problems) {
            Some(field) => fields.list.push(field),
            None => shown.push(attribute),
        }
    }
    if !shown.is_empty() {
        let span = shown.iter().skip(1).fold(shown[0].span, |all, one| all.to(one.span));
        body.lead.insert(0, Block { span, kind: BlockKind::Attributes(shown) });
    }
    if let Some(lang) = part.lang {
        let (key_span, value_span) = (part.span, part.span);
        fields.list.push(Field {
            key: Key::Language,
            key_span,
            value_span,
            value: Value::Lang(lang),
        });
    }
    let title = plain(&part.title);
    Text {
        kind: Kind::Tip,
        title: if title.trim().is_empty() { whole.title.clone() } else { title },
        title_span: part.span,
        lang: fields.lang(Key::Language).unwrap_or(&whole.lang).clone(),
        fields,
        body,
        part: Some(part.id),
        ..empty(whole)
    }
}

/// The parts of a tip stand one level higher than in the file.
fn raise(sections: &mut [Section]) {
    for section in sections {
        section.level = section.level.saturating_sub(1).max(2);
        raise(&mut section.sections);
    }
}

/// A line `Kenmerk: waarde` below the heading of a tip is a field of that tip.
fn field(attribute: &Attribute, problems: &mut Vec<Problem>) -> Option<Field> {
    let row = find_key(line::clean(&attribute.name)).filter(|row| row.top)?;
    let words = plain(&attribute.value);
    let pieces = Some(0..words.len()).filter(|all| !all.is_empty()).into_iter().collect();
    let entry =
        Entry { key: 0..0, row: None, pieces, shape: Shape::Plain, section: None };
    let asked = Asked { key: row.key, kind: row.value, typed: &attribute.name };
    let mut found = Vec::new();
    let mut value = values::read(SourceId(0), &words, &entry, &asked, &mut found)?;
    // Places in the words of the line are no places in the file: the line stands for all.
    let place = attribute.span;
    for mut problem in found {
        problem.place = crate::problem::Where::Span(place);
        problems.push(problem);
    }
    if let Value::List(list) = &mut value {
        list.iter_mut().for_each(|(_, span)| *span = place);
    }
    let end = Span { start: place.end, ..place };
    Some(Field { key: row.key, key_span: place, value_span: end, value })
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
                | InlineKind::Struck(inner)
                | InlineKind::Language(_, inner) => self.line(inner),
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
