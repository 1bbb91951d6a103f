//! What one reader gets: everything ordered, numbered and resolved.

use crate::lang::Lang;
use crate::model::{Asset, AssetId, Body, Fields, Kind, Note, Picture, Settings};
use crate::text::Address;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The reader "everybody". Only this room can make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Public(pub(super) ());

/// What one reader gets. Holds no reference to the library: what is not in here cannot
/// be reached by an output.
#[derive(Debug)]
pub struct Edition<'a, R> {
    /// Who reads.
    pub reader: R,
    /// The day the edition is made, as handed in.
    pub today: Date,
    /// Settings of the site.
    pub settings: &'a Settings,
    /// All texts with a page of their own, and the ones that feed lists (words, voices).
    pub entries: Vec<Entry<'a>>,
    /// The text of the home page, when there is one.
    pub home: Option<EntryId>,
    /// Lists: per kind, theme, folder.
    pub lists: Vec<List>,
    /// The menu, in order.
    pub menu: Vec<MenuItem>,
    /// Voices: the built-in ones and those of the booklet.
    pub voices: Vec<VoiceRow>,
    /// Terms of the glossary, in order.
    pub terms: Vec<Term>,
    /// Pictures that these texts show, and where they go.
    pub pictures: BTreeMap<AssetId, PlacedPicture<'a>>,
    /// Other files these texts link to, and where they go.
    pub attachments: BTreeMap<Address, &'a Asset>,
    /// Old addresses → the page that took their place.
    pub redirects: BTreeMap<Address, EntryId>,
}

impl<R> Edition<'_, R> {
    /// Returns an entry; ids come from this edition.
    pub fn entry(&self, id: EntryId) -> &Entry<'_> {
        &self.entries[id.0 as usize]
    }

    /// Returns all entries with their ids.
    pub fn ids(&self) -> impl Iterator<Item = (EntryId, &Entry<'_>)> {
        self.entries.iter().enumerate().map(|(at, entry)| (EntryId(at as u32), entry))
    }
}

/// Names an entry of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// One text as this reader gets it.
#[derive(Debug)]
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
    pub series: Option<Series>,
    /// Themes: indices in [`Edition::lists`].
    pub themes: Vec<usize>,
    /// Roles that speak in it: indices in [`Edition::voices`].
    pub voices: Vec<usize>,
    /// Its fields.
    pub fields: &'a Fields,
    /// Its tree, only the parts this reader may read.
    pub body: Cow<'a, Body>,
    /// Where its links lead, by [`crate::model::LinkId`].
    pub links: Vec<Destination>,
    /// Its pictures, by [`crate::model::PictureId`].
    pub pictures: &'a [Picture],
    /// Its picture as a whole.
    pub image: Option<crate::model::PictureId>,
    /// Its footnotes, by [`crate::model::NoteId`].
    pub notes: &'a [Note],
    /// The list it belongs to (its kind or folder): index in [`Edition::lists`].
    pub list: Option<usize>,
    /// The same text in other languages.
    pub translations: Vec<EntryId>,
    /// For several tips in one file: the tips, in order, on the page of the file.
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Another site, mail, telephone.
    Outside(String),
    /// A page of this edition, and an anchor on it.
    Page(Address, Option<String>),
    /// An anchor on the same page.
    Here(String),
    /// A file that is published as it is.
    File(Address),
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
    /// Lists below it (folders in a folder): indices in [`Edition::lists`].
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
