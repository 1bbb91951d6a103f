//! What stands in a booklet, in which order: the text of kind *booklet* says it with
//! headings (parts) and lists of links. Words and sources that it does not name come last.
//!
//! Entry: [`booklets`]; [`whole`] makes one of everything where no text asks for any.

use super::format::Format;
use crate::compose::{Destination, Edition, Entry, EntryId, ListKind};
use crate::lang::Lang;
use crate::model::{
    Block, BlockKind, Inline, InlineKind, Item, Key, Kind, Section, for_inner, for_lines,
    inlines, plain,
};
use crate::problem::{Code, Problem};
use crate::text::{Address, redact};
use std::collections::{BTreeMap, BTreeSet};

/// One booklet.
#[derive(Debug)]
pub struct Booklet<'e> {
    /// Name of its files, without extension: `samen-verder`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The text that asks for it; `None` for a booklet of everything.
    pub(super) entry: Option<&'e Entry<'e>>,
    /// Its language.
    pub lang: &'e Lang,
    /// What stands before the first part.
    pub(super) lead: Vec<&'e Block>,
    /// Its parts; the first has no title when texts stand before any heading.
    pub(super) parts: Vec<Part<'e>>,
}

/// A part of a booklet.
#[derive(Debug)]
pub(super) struct Part<'e> {
    /// Its heading; `None` for texts that stand in no part.
    pub(super) title: Option<&'e [Inline]>,
    /// What its opener says besides the texts.
    pub(super) lead: Vec<&'e Block>,
    /// Its texts.
    pub(super) texts: Vec<EntryId>,
}

impl Booklet<'_> {
    /// Returns all texts, in order.
    pub(super) fn texts(&self) -> impl Iterator<Item = EntryId> {
        self.parts.iter().flat_map(|part| part.texts.iter().copied())
    }

    /// Tells whether it has parts with a title.
    pub(super) fn has_parts(&self) -> bool {
        self.parts.iter().any(|part| part.title.is_some())
    }

    /// Tells whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.texts().next().is_none()
    }

    /// Returns the formats its text asks for (`formaat: A5, epub`); A5 is always among
    /// them.
    pub fn asked(&self) -> Vec<Format> {
        self.asked_beside(vec![Format::A5])
    }

    /// Returns the formats its text asks for on paper, and no other.
    pub fn asked_alone(&self) -> Vec<Format> {
        let mut formats = self.asked_beside(Vec::new());
        formats.retain(|one| *one != Format::Epub);
        formats
    }

    /// Adds the formats it asks for.
    fn asked_beside(&self, mut formats: Vec<Format>) -> Vec<Format> {
        let typed = self.said(Key::Format).unwrap_or_default();
        formats.extend(Format::list(&typed).filter_map(|name| Format::read(&name)));
        if self.wants(Key::SaddleStitch) {
            formats.push(Format::Sheets);
        }
        if self.wants(Key::LargePrint) {
            formats.push(Format::Large);
        }
        formats.sort_unstable();
        formats.dedup();
        formats
    }

    /// Returns what is noticed about the formats it asks for (D02).
    pub(super) fn unknown(&self) -> Vec<Problem> {
        let Some(field) = self.entry.and_then(|entry| entry.fields.get(Key::Format))
        else {
            return Vec::new();
        };
        let typed = self.said(Key::Format).unwrap_or_default();
        let names: Vec<&str> = Format::all().map(Format::name).collect();
        let unknown = Format::list(&typed).filter(|name| Format::read(name).is_none());
        unknown
            .map(|name| {
                Problem::at(Code::D02, field.value_span)
                    .with("x", name)
                    .with("list", names.join(", "))
            })
            .collect()
    }

    /// Tells whether its text says yes to a key.
    pub fn wants(&self, key: Key) -> bool {
        self.entry.is_some_and(|entry| entry.fields.is_yes(key))
    }

    /// Returns what its text says for a key.
    pub(super) fn said(&self, key: Key) -> Option<String> {
        let said = self.entry?.fields.text(key)?;
        Some(redact(said.trim()).into_owned()).filter(|said| !said.is_empty())
    }
}

/// Returns the booklets that texts of this edition ask for, sorted by address.
pub fn booklets<'e, R>(edition: &'e Edition<'e, R>) -> Vec<Booklet<'e>> {
    let shelf = Shelf::of(edition);
    let mut slugs = crate::text::Slugs::default();
    let asked = edition.entries().filter(|entry| entry.kind == Kind::Booklet);
    let mut asked: Vec<&Entry<'_>> = asked.collect();
    asked.sort_by_key(|entry| entry.address.as_str());
    asked
        .into_iter()
        .map(|entry| {
            let mut reading = Reading::new(&shelf, entry);
            let mut first = Part { title: None, lead: Vec::new(), texts: Vec::new() };
            reading.blocks(&entry.body.lead, &mut first);
            let lead = std::mem::take(&mut first.lead);
            let mut parts = vec![first];
            reading.sections(&entry.body.sections, &mut parts);
            parts.push(reading.rest());
            parts.retain(|part| {
                !part.texts.is_empty() || !part.lead.is_empty() || part.title.is_some()
            });
            Booklet {
                slug: slugs.take(&entry.title, "boekje"),
                title: entry.title.to_string(),
                entry: Some(entry),
                lang: entry.lang,
                lead,
                parts,
            }
        })
        .collect()
}

/// Returns a booklet of all texts: pages, tips, stories, plans, words, sources.
pub fn whole<'e, R>(edition: &'e Edition<'e, R>) -> Booklet<'e> {
    let shelf = Shelf::of(edition);
    let mut named = BTreeSet::new();
    let mut texts = Vec::new();
    let kinds = [Kind::Page, Kind::Tips, Kind::Tip, Kind::Story, Kind::Plan];
    let back = [Kind::Words, Kind::Sources];
    for kind in kinds.into_iter().chain(back) {
        for &id in shelf.order.iter().filter(|id| edition.entry(**id).kind == kind) {
            shelf.take(id, &mut named, &mut texts);
        }
    }
    let title = redact(&edition.settings().title).into_owned();
    Booklet {
        slug: crate::text::slug(&title),
        title,
        entry: None,
        lang: &edition.settings().lang,
        lead: Vec::new(),
        parts: vec![Part { title: None, lead: Vec::new(), texts }],
    }
}

/// Returns the first text of an edition, with all that came along, as a booklet of its own.
pub fn first<'e, R>(edition: &'e Edition<'e, R>) -> Option<Booklet<'e>> {
    let entry = edition.entry(edition.home()?);
    let title = redact(&entry.title).into_owned();
    let slug = crate::text::slug(&title);
    Some(Booklet { slug, title, entry: Some(entry), lang: entry.lang, ..whole(edition) })
}

/// Returns the first text of an edition as a booklet of its own when it is a plan, with the
/// formats that it asks for on paper: what one reader of a plan may take along.
pub fn plan<'e, R>(edition: &'e Edition<'e, R>) -> Option<(Booklet<'e>, Vec<Format>)> {
    let is_plan = edition.entry(edition.home()?).kind == Kind::Plan;
    let booklet = first(edition).filter(|_| is_plan)?;
    let formats = booklet.asked_alone();
    (!formats.is_empty()).then_some((booklet, formats))
}

/// The texts of an edition by address, and in the order of its lists.
struct Shelf<'e> {
    by_address: BTreeMap<&'e Address, EntryId>,
    children: BTreeMap<EntryId, &'e [EntryId]>,
    kinds: BTreeMap<EntryId, Kind>,
    order: Vec<EntryId>,
}

impl<'e> Shelf<'e> {
    fn of<R>(edition: &'e Edition<'e, R>) -> Shelf<'e> {
        let mut seen = BTreeSet::new();
        let sorted = edition
            .lists()
            .iter()
            .filter(|list| matches!(list.kind, ListKind::Kind(_) | ListKind::Folder))
            .flat_map(|list| list.intro.into_iter().chain(list.entries.iter().copied()));
        let all = sorted.chain(edition.ids().map(|(id, _)| id));
        let order = all.filter(|&id| seen.insert(id)).collect();
        let ids = || edition.ids();
        Shelf {
            by_address: ids().map(|(id, entry)| (&entry.address, id)).collect(),
            children: ids().map(|(id, entry)| (id, entry.children.as_slice())).collect(),
            kinds: ids().map(|(id, entry)| (id, entry.kind)).collect(),
            order,
        }
    }

    /// Takes a text that was not taken before. Tips of one file stand in that file.
    fn take(&self, id: EntryId, named: &mut BTreeSet<EntryId>, into: &mut Vec<EntryId>) {
        if !matches!(self.kinds.get(&id), None | Some(Kind::Booklet | Kind::Site))
            && named.insert(id)
        {
            into.push(id);
            named.extend(self.children.get(&id).copied().unwrap_or_default());
        }
    }
}

/// Reading the text of one booklet.
struct Reading<'s, 'e> {
    shelf: &'s Shelf<'e>,
    entry: &'e Entry<'e>,
    named: BTreeSet<EntryId>,
}

impl<'s, 'e> Reading<'s, 'e> {
    fn new(shelf: &'s Shelf<'e>, entry: &'e Entry<'e>) -> Self {
        Reading { shelf, entry, named: BTreeSet::new() }
    }

    /// A heading of level two begins a part; what stands below deeper ones joins it.
    fn sections(&mut self, sections: &'e [Section], parts: &mut Vec<Part<'e>>) {
        for section in sections {
            let titled = !plain(&section.title).trim().is_empty();
            let title = titled.then_some(section.title.as_slice());
            let mut part = Part { title, lead: Vec::new(), texts: Vec::new() };
            self.blocks(&section.blocks, &mut part);
            parts.push(part);
            self.sections(&section.sections, parts);
        }
    }

    fn blocks(&mut self, blocks: &'e [Block], part: &mut Part<'e>) {
        for block in blocks {
            match &block.kind {
                BlockKind::List { items, .. } => {
                    let before = part.texts.len();
                    let mut other = false;
                    for item in items {
                        let found = self.texts_of(item);
                        other |= found.is_empty();
                        for id in found {
                            self.shelf.take(id, &mut self.named, &mut part.texts);
                        }
                    }
                    if other && part.texts.len() == before {
                        part.lead.push(block);
                    }
                }
                BlockKind::Group { blocks, .. } => self.blocks(blocks, part),
                _ => part.lead.push(block),
            }
        }
    }

    /// Returns the texts a list item links to.
    fn texts_of(&self, item: &'e Item) -> Vec<EntryId> {
        let mut found = Vec::new();
        self.links(&item.blocks, &mut found);
        found
    }

    fn links(&self, blocks: &'e [Block], found: &mut Vec<EntryId>) {
        for block in blocks {
            for_lines(block, &mut |line| {
                inlines(line, &mut |inline| {
                    let InlineKind::Link(link, _) = inline.kind else { return };
                    let leads = self.entry.links.get(link.0 as usize);
                    if let Some(Destination::Page(address, _)) = leads {
                        found.extend(self.shelf.by_address.get(address).copied());
                    }
                });
            });
            for_inner(block, &mut |inner| self.links(inner, found));
        }
    }

    /// Returns words and sources that were not named.
    fn rest(&mut self) -> Part<'e> {
        let mut texts = Vec::new();
        for kind in [Kind::Words, Kind::Sources] {
            for &id in &self.shelf.order {
                if self.shelf.kinds.get(&id) == Some(&kind) {
                    self.shelf.take(id, &mut self.named, &mut texts);
                }
            }
        }
        Part { title: None, lead: Vec::new(), texts }
    }
}
