//! What a page is made of, added up: as long as that is the same, so is the page.
//!
//! A page of a text is made of that text, of what others tell of themselves where it names
//! them (its row, its translations, its tips), and of what all pages share. A page of a list
//! is made of the text that introduces it and of what the texts in it tell of themselves,
//! the register of what all do. All other pages gather from too many places: they are always
//! made.

use super::exit;
use super::feed::feeds;
use super::frame::Site;
use super::home;
use crate::compose::{Entry, EntryId, List};
use crate::files::Sum;
use crate::model::{Kind, Settings};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Adds up what all pages share, besides the theme, the search and the program.
fn shared(site: &Site<'_>) -> Sum {
    *site.shared.get_or_init(|| add_up_shared(site))
}

fn add_up_shared(site: &Site<'_>) -> Sum {
    let edition = site.edition;
    let mut sum = Sha256::new();
    let mut add = |part: String| {
        sum.update((part.len() as u64).to_le_bytes());
        sum.update(part);
    };
    // Where something was typed is not on a page.
    let settings = Settings { theme_span: None, ..edition.settings().clone() };
    add(format!("{settings:?} {:?}", edition.menu()));
    add(format!("{:?} {:?}", edition.voices(), edition.terms()));
    add(format!("{:?} {:?} {:?}", edition.named(), site.shares, site.above));
    for list in edition.lists() {
        let List { kind, title, lang, address, intro: _, entries: _, lists } = list;
        let count = edition.texts_of(list).len();
        add(format!("{kind:?} {title:?} {lang:?} {address:?} {lists:?} {count}"));
    }
    for item in edition.menu() {
        add(format!("{:?}", edition.lang_at(&item.address)));
    }
    let feed = feeds(edition).into_iter().next();
    add(format!("{:?}", feed.map(|feed| feed.address)));
    add(format!("{:?}", exit::anywhere_asked(edition)));
    for entry in edition.entries() {
        match entry.kind {
            Kind::Access => add(format!("{:?}", face(entry))),
            Kind::Words => add(format!("{:?} {:?}", entry.address, entry.lang)),
            _ => (),
        }
    }
    sum.finalize().into()
}

/// Adds up what the page of a text is made of; once for all that ask.
pub(super) fn text(site: &Site<'_>, id: EntryId) -> Option<Sum> {
    let sums = site.sums.get_or_init(|| site.none());
    *sums.get(id.0 as usize)?.get_or_init(|| add_up_text(site, id))
}

fn add_up_text(site: &Site<'_>, id: EntryId) -> Option<Sum> {
    let entry = site.edition.entry(id);
    if entry.kind == Kind::Access || home::is_translated(site, id) {
        return None;
    }
    let mut adding = Adder::new(shared(site));
    adding.add(entry)?;
    adding.add(&site.told_downloads(entry))?;
    let faces = |ids: &[EntryId]| -> Option<Vec<Sum>> {
        ids.iter().map(|&id| face_of(site, id)).collect()
    };
    if let Some(row) = &entry.series {
        let face = |id: Option<EntryId>| id.map(|id| face_of(site, id));
        adding.add(&(&row.name, face(row.previous), face(row.next)))?;
    }
    adding.add(&(faces(&entry.children)?, faces(&entry.translations)?))?;
    for picture in entry.pictures.values() {
        let placed = picture.asset.and_then(|asset| site.edition.pictures().get(&asset));
        adding.add(&placed.map(|one| (&one.base, format!("{:?}", one.asset.facts))))?;
    }
    Some(adding.sum())
}

/// Adds up what the page of a list is made of.
pub(super) fn list(site: &Site<'_>, at: usize) -> Option<Sum> {
    let list = site.edition.lists().get(at)?;
    let mut adding = Adder::new(shared(site));
    adding.add(&at)?;
    for &id in &list.entries {
        adding.add(&face_of(site, id)?)?;
    }
    match list.intro {
        Some(id) => adding.add(&text(site, id)?)?,
        None => adding.add(&())?,
    }
    Some(adding.sum())
}

/// Adds up what the register is made of: what all texts in it tell of themselves.
pub(super) fn register(site: &Site<'_>) -> Option<Sum> {
    let mut adding = Adder::new(shared(site));
    for (id, _) in site.edition.ids().filter(|(_, entry)| entry.listed) {
        adding.add(&face_of(site, id)?)?;
    }
    Some(adding.sum())
}

/// Adds up what a text tells of itself on other pages; once for all that ask.
fn face_of(site: &Site<'_>, id: EntryId) -> Option<Sum> {
    let faces = site.faces.get_or_init(|| site.none());
    let sum = || {
        let mut adding = Adder(Sha256::new());
        adding.add(&face(site.edition.entry(id)))?;
        Some(adding.sum())
    };
    *faces.get(id.0 as usize)?.get_or_init(sum)
}

/// Returns what a text tells of itself on other pages.
fn face<'e>(entry: &'e Entry<'_>) -> impl Serialize + std::fmt::Debug + use<'e> {
    (
        (entry.kind, &entry.title, entry.lang, &entry.address, &entry.summary),
        (entry.date, entry.number, &entry.voices, &entry.fields, entry.listed),
    )
}

/// Adds up values.
struct Adder(Sha256);

impl Adder {
    fn new(shared: Sum) -> Adder {
        Adder(Sha256::new_with_prefix(shared))
    }

    fn add(&mut self, value: &impl Serialize) -> Option<()> {
        let bytes = postcard::to_extend(value, Vec::with_capacity(1 << 12)).ok()?;
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        Some(())
    }

    fn sum(self) -> Sum {
        self.0.finalize().into()
    }
}
