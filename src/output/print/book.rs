//! What all texts of one booklet share while they are written: who is in it, where links
//! inside it lead, pictures, fonts, paper.

use super::letters::printable;
use super::literal::literal;
use super::order::Booklet;
use super::paper::Paper;
use super::world::Fonts;
use crate::compose::{Destination, Edition, Entry, EntryId, VoiceRow};
use crate::lang::{Lang, Table};
use crate::model::{AssetId, Kind, Settings};
use crate::output::html::Shared;
use crate::text::{Address, Span};
use crate::theme::Theme;
use jiff::civil::Date;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// One booklet on one paper, before anything is written.
pub(super) struct Book<'e> {
    pub(super) booklet: &'e Booklet<'e>,
    pub(super) paper: Paper,
    pub(super) theme: &'e Theme,
    pub(super) fonts: &'e Fonts,
    pub(super) settings: &'e Settings,
    pub(super) today: Date,
    pub(super) shared: &'e Shared<'e>,
    pub(super) voices: &'e [VoiceRow],
    /// Texts of this booklet.
    pub(super) entries: BTreeMap<EntryId, &'e Entry<'e>>,
    /// Pictures that could be made: path and sizes of each.
    pub(super) pictures: &'e BTreeMap<AssetId, Shown>,
    /// Page → the text that stands for it.
    places: BTreeMap<&'e Address, EntryId>,
    /// Places in texts that links may lead to.
    anchors: BTreeSet<String>,
    /// Characters no font has, with their first place.
    pub(super) missing: RefCell<BTreeMap<char, Span>>,
}

/// A picture as the typesetter sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Path in its world.
    pub(super) path: String,
    /// Width in pixels.
    pub(super) width: u32,
    /// Height in pixels.
    pub(super) height: u32,
    /// Whether it is a drawing in lines.
    pub(super) drawing: bool,
}

impl<'e> Book<'e> {
    /// Gathers what the texts share.
    pub(super) fn new<R>(
        edition: &'e Edition<'e, R>,
        booklet: &'e Booklet<'e>,
        paper: Paper,
        theme: &'e Theme,
        fonts: &'e Fonts,
        shared: &'e Shared<'e>,
        pictures: &'e BTreeMap<AssetId, Shown>,
    ) -> Book<'e> {
        let entries: BTreeMap<EntryId, &Entry<'_>> =
            booklet.texts().map(|id| (id, edition.entry(id))).collect();
        let mut places: BTreeMap<&Address, EntryId> = BTreeMap::new();
        let mut anchors = BTreeSet::new();
        for (&id, entry) in &entries {
            places.insert(&entry.address, id);
            for &child in &entry.children {
                places.entry(&edition.entry(child).address).or_insert(id);
            }
            let sections = entry.body.all_sections();
            anchors.extend(sections.iter().map(|section| anchor(id, &section.id)));
        }
        Book {
            booklet,
            paper,
            theme,
            fonts,
            settings: edition.settings(),
            today: edition.today(),
            shared,
            voices: edition.voices(),
            entries,
            pictures,
            places,
            anchors,
            missing: RefCell::default(),
        }
    }

    /// Returns words with a sign in the place of what no font has, and notes it.
    pub(super) fn printable<'t>(&self, words: &'t str, span: Span) -> Cow<'t, str> {
        printable(words, self.fonts, span, &mut self.missing.borrow_mut())
    }

    /// Returns words of ours or of the booklet as a literal.
    pub(super) fn literal(&self, words: &str) -> String {
        literal(&self.printable(words, Span::default()))
    }

    /// Returns the texts with their ids, in the order of the booklet.
    pub(super) fn texts(&self) -> impl Iterator<Item = (EntryId, &'e Entry<'e>)> {
        let ids = self.booklet.texts();
        ids.filter_map(|id| Some((id, *self.entries.get(&id)?)))
    }

    /// Returns the words of a language.
    pub(super) fn words(&self, lang: &Lang) -> &'e Table {
        self.theme.words(lang)
    }

    /// Returns the name of the place a link inside the booklet leads to; `None` when what
    /// it points to does not stand in this booklet.
    pub(super) fn place(
        &self,
        from: EntryId,
        leads: &Destination,
    ) -> Option<(EntryId, String)> {
        let (id, inside) = match leads {
            Destination::Page(address, inside) => {
                (*self.places.get(address)?, inside.as_deref())
            }
            Destination::Here(inside) => (from, Some(inside.as_str())),
            _ => return None,
        };
        let within = inside.map(|inside| anchor(id, inside));
        let known = within.filter(|name| self.anchors.contains(name));
        Some((id, known.unwrap_or_else(|| name(id))))
    }

    /// Returns the place of a term of the glossary.
    pub(super) fn term(&self, address: &Address, inside: &str) -> Option<String> {
        let id = *self.places.get(address)?;
        let within = anchor(id, inside);
        Some(if self.anchors.contains(&within) { within } else { name(id) })
    }

    /// Returns the level of the title of a text: one below its part, if it has one.
    pub(super) fn level(&self, id: EntryId) -> u8 {
        let part = self.booklet.parts.iter().find(|part| part.texts.contains(&id));
        if part.is_some_and(|part| part.title.is_some()) { 2 } else { 1 }
    }

    /// Returns the number before a tip, in words: "Tip 3".
    pub(super) fn kicker(&self, entry: &Entry<'_>) -> Option<String> {
        let words = self.words(entry.lang);
        match (entry.kind, entry.number) {
            (Kind::Tip, Some(number)) => {
                Some(words.say("page.number", &[("n", &number.to_string())]))
            }
            (Kind::Tip | Kind::Story | Kind::Plan, _) => {
                let kind = crate::kind::row(entry.kind).name;
                Some(words.get(&format!("kind.{kind}")).to_string())
            }
            _ => None,
        }
    }
}

/// Returns the name of a text as a place.
pub(super) fn name(id: EntryId) -> String {
    format!("t{}", id.0)
}

/// Returns the name of a place inside a text.
pub(super) fn anchor(id: EntryId, inside: &str) -> String {
    format!("t{}-{inside}", id.0)
}
