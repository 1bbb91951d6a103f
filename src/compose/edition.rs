//! What one reader gets: everything ordered, numbered and resolved.

use crate::lang::Lang;
use crate::model::{
    Asset, AssetId, Fields, Kind, Note, NoteId, Picture, PictureId, Settings, Tree,
    as_sum,
};
use crate::text::Address;
use jiff::civil::Date;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// The reader "everybody". Only this room can make one.
#[derive(Debug, PartialEq, Eq)]
pub struct Public(());

impl Public {
    pub(super) fn new() -> Public {
        Public(())
    }
}

/// Everybody who holds the booklet, on paper or as PDF: a story may go there and not on the
/// site, or the other way round.
#[derive(Debug, PartialEq, Eq)]
pub struct OnPaper {
    /// The booklet can be had from the site: only what may stand there too.
    pub(super) at_site: bool,
}

/// Everybody who holds the booklet as an e-book.
#[derive(Debug, PartialEq, Eq)]
pub struct AsEbook {
    /// The e-book can be had from the site: only what may stand there too.
    pub(super) at_site: bool,
}

/// What one reader gets. Holds no reference to the texts of the library, and its fields
/// are closed: only this room makes one, so what is not in here cannot be reached by an
/// output, and an `Edition<Public>` always came through the wall.
#[derive(Debug)]
pub struct Edition<'a, R> {
    pub(super) reader: R,
    pub(super) chosen: Chosen<'a>,
}

impl<'a, R> Edition<'a, R> {
    /// Returns who reads.
    pub fn reader(&self) -> &R {
        &self.reader
    }
}

impl<'a, R> Deref for Edition<'a, R> {
    type Target = Chosen<'a>;

    fn deref(&self) -> &Chosen<'a> {
        &self.chosen
    }
}

/// What was chosen for a reader, whoever that is. An output asks for an [`Edition`] of the
/// right reader at its door; behind that door it needs to know no more than this.
#[derive(Debug, Clone)]
pub struct Chosen<'a> {
    pub(super) today: Date,
    pub(super) settings: Settings,
    /// An edition that differs in one text shares the others.
    pub(super) entries: Vec<Arc<Entry<'a>>>,
    pub(super) home: Option<EntryId>,
    pub(super) lists: Vec<List>,
    pub(super) menu: Vec<MenuItem>,
    pub(super) voices: Vec<VoiceRow>,
    pub(super) terms: Vec<Term>,
    pub(super) pictures: Arc<BTreeMap<AssetId, PlacedPicture<'a>>>,
    pub(super) attachments: BTreeMap<Address, &'a Asset>,
    pub(super) redirects: BTreeMap<Address, EntryId>,
    pub(super) named: BTreeMap<String, String>,
}

impl<'a> Chosen<'a> {
    /// Returns the day the edition is made, as handed in.
    pub fn today(&self) -> Date {
        self.today
    }

    /// Returns the settings of the site. The menu as typed is not in there: see
    /// [`Chosen::menu`].
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns all texts with a page of their own, and the ones that feed lists (words,
    /// voices).
    pub fn entries(
        &self,
    ) -> impl DoubleEndedIterator<Item = &Entry<'a>> + ExactSizeIterator + Clone {
        self.entries.iter().map(|entry| &**entry)
    }

    /// Returns the text of the home page, when there is one.
    pub fn home(&self) -> Option<EntryId> {
        self.home
    }

    /// Returns the lists: per kind, theme, folder.
    pub fn lists(&self) -> &[List] {
        &self.lists
    }

    /// Returns the menu, in order.
    pub fn menu(&self) -> &[MenuItem] {
        &self.menu
    }

    /// Returns the voices: the built-in ones and those of the booklet.
    pub fn voices(&self) -> &[VoiceRow] {
        &self.voices
    }

    /// Returns the terms of the glossary, in order.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Returns the pictures that these texts show, and where they go.
    pub fn pictures(&self) -> &BTreeMap<AssetId, PlacedPicture<'a>> {
        &self.pictures
    }

    /// Returns the other files these texts link to, and where they go.
    pub fn attachments(&self) -> &BTreeMap<Address, &'a Asset> {
        &self.attachments
    }

    /// Returns the readers of a plan, folded, with their names as typed: for the family, which
    /// sees who reads what. For everybody else there are none.
    pub fn named(&self) -> &BTreeMap<String, String> {
        &self.named
    }

    /// Returns old addresses with the page that took their place.
    pub fn redirects(&self) -> &BTreeMap<Address, EntryId> {
        &self.redirects
    }

    /// Returns an entry; ids come from this edition.
    pub fn entry(&self, id: EntryId) -> &Entry<'a> {
        &self.entries[id.0 as usize]
    }

    /// Returns the language of what stands at an address; of the site when it is neither a
    /// list nor a text.
    pub fn lang_at(&self, address: &Address) -> &Lang {
        let list = self.lists.iter().find(|list| list.address == *address);
        let entry = || self.entries.iter().find(|entry| entry.address == *address);
        list.map(|list| &list.lang)
            .or_else(|| entry().map(|entry| entry.lang))
            .unwrap_or(&self.settings.lang)
    }

    /// Returns the texts of a list, with those of the lists below it behind.
    pub fn texts_of(&self, list: &List) -> Vec<EntryId> {
        let mut all = list.entries.clone();
        for &below in &list.lists {
            all.extend(
                self.lists.get(below).into_iter().flat_map(|one| self.texts_of(one)),
            );
        }
        all
    }

    /// Returns all entries with their ids.
    pub fn ids(&self) -> impl Iterator<Item = (EntryId, &Entry<'a>)> {
        self.entries().enumerate().map(|(at, entry)| (EntryId(at as u32), entry))
    }
}

/// Names an entry of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// One text as this reader gets it. As a row of bytes it is without the numbers of others,
/// which change when there is one more, and tells of its tree what that was made of.
#[derive(Debug, Clone, Serialize)]
pub struct Entry<'a> {
    /// What it is.
    pub kind: Kind,
    /// Title, without numbers that may not go out.
    pub title: Cow<'a, str>,
    /// Language.
    pub lang: &'a Lang,
    /// Where its page stands.
    pub address: Address,
    /// A sentence or two: `kort:`, else the first paragraph, shortened.
    pub summary: String,
    /// The day it was written (`datum:`, `gemaakt op:`).
    pub date: Option<Date>,
    /// Shown number of a tip; its address never depends on it.
    pub number: Option<i64>,
    /// Its series with its neighbours, when it has one.
    #[serde(skip)]
    pub series: Option<Series>,
    /// Themes: indices in [`Chosen::lists`].
    pub themes: Vec<usize>,
    /// Roles that speak in it: indices in [`Chosen::voices`].
    pub voices: Vec<usize>,
    /// Its fields, as far as pages may show them: see `super::shown`.
    pub fields: Fields,
    /// Its tree, only the parts this reader may read.
    #[serde(serialize_with = "as_sum")]
    pub body: Cow<'a, Tree>,
    /// Where its links lead, by [`crate::model::LinkId`].
    pub links: Vec<Destination>,
    /// The pictures its tree shows, and the one of the text as a whole.
    pub pictures: BTreeMap<PictureId, Box<Picture>>,
    /// Its picture as a whole.
    pub image: Option<PictureId>,
    /// The footnotes its tree marks, with only the parts this reader may read.
    pub notes: BTreeMap<NoteId, Box<Note>>,
    /// The list it belongs to (its kind or folder): index in [`Chosen::lists`].
    pub list: Option<usize>,
    /// The same text in other languages.
    #[serde(skip)]
    pub translations: Vec<EntryId>,
    /// For several tips in one file: the tips, in order, on the page of the file.
    #[serde(skip)]
    pub children: Vec<EntryId>,
    /// Whether it stands in lists, search, feed and sitemap.
    pub listed: bool,
}

/// Where a text stands in a row of texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Name of the row.
    pub name: String,
    /// The one before.
    pub previous: Option<EntryId>,
    /// The one after.
    pub next: Option<EntryId>,
}

/// Where a link leads for this reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Destination {
    /// Another site, mail, telephone.
    Outside(String),
    /// A page of this edition, and an anchor on it.
    Page(Address, Option<String>),
    /// An anchor on the same page.
    Here(String),
    /// A file that is published as it is, and the page of it, from 1.
    File(Address, Option<u32>),
    /// Nothing: show the text without a link.
    Nothing,
}

/// A list of texts with a page of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// What it gathers.
    pub kind: ListKind,
    /// Its title.
    pub title: String,
    /// Its language.
    pub lang: Lang,
    /// Where it stands.
    pub address: Address,
    /// The text that introduces it (`index.md` of a folder).
    pub intro: Option<EntryId>,
    /// Its texts, in order.
    pub entries: Vec<EntryId>,
    /// Lists below it (folders in a folder): indices in [`Chosen::lists`].
    pub lists: Vec<usize>,
}

/// What a list gathers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListKind {
    /// All texts of a kind.
    Kind(Kind),
    /// All texts of a theme.
    Theme,
    /// All texts a voice speaks in.
    Voice,
    /// All texts of a folder.
    Folder,
}

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub address: Address,
}

/// A voice: its word and its shape tell it apart, colour comes last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoiceRow {
    /// Name for CSS and shapes: a built-in one, or `own-1` to `own-4`.
    pub name: String,
    /// The word people read; empty: the word of the page's language, `voice.<name>`.
    pub word: String,
    /// What it means.
    pub meaning: String,
    /// Words people type for it, folded.
    pub typed: Vec<String>,
}

/// A term of the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term.
    pub title: String,
    /// Other forms.
    pub also: Vec<String>,
    /// The page and the anchor of its explanation.
    pub address: Address,
    /// The anchor.
    pub anchor: String,
    /// The explanation in plain words, shortened.
    pub meaning: String,
}

impl VoiceRow {
    /// Tells whether a typed role names this voice.
    pub fn is(&self, role: &str) -> bool {
        let role = crate::text::fold(role.trim());
        self.typed.contains(&role)
    }
}

/// A picture of this edition.
#[derive(Debug, Clone)]
pub struct PlacedPicture<'a> {
    /// The file.
    pub asset: &'a Asset,
    /// Address without size and extension: `beeld/stoel`; `-480.webp` comes behind.
    pub base: String,
}
