//! The edition of one reader of a plan, a booklet or a folder: the same wall, with another
//! question.
//!
//! A plan comes alone; a booklet with the texts it names; a folder with what lies in it;
//! each with what everybody may read of the glossary and the voices. An edition tells
//! nothing of other readers: not their parts, and not their names.

use super::closed::{ClosedFolders, has_readers, is_first, lies_in, names};
use super::edition::{Destination, Edition, Entry, EntryId, List, ListKind};
use super::public::{Made, edition_in};
use super::reader::Reads;
use super::wall::{self, Channel};
use crate::kind::{signs, words::read_yes};
use crate::model::{
    Audience, Block, BlockKind, Body, FAMILY, Key, Kind, Library, Section, Text, TextId,
    for_inner_mut,
};
use crate::problem::Problem;
use crate::text::{TextPath, fold};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One reader of one plan, booklet or folder. Only this room can make one.
#[derive(Debug, PartialEq, Eq)]
pub struct One {
    group: String,
    root: TextId,
    scope: Scope,
    /// The texts that came along.
    has: BTreeSet<TextId>,
}

/// Which texts may come along.
#[derive(Debug, PartialEq, Eq)]
enum Scope {
    /// None.
    Alone,
    /// Those in a folder.
    Folder(String),
    /// Those of these files.
    Files(BTreeSet<TextPath>),
    /// All that the reader may read: to see which ones a booklet names.
    All,
}

impl One {
    /// Returns the name of the reader, folded.
    pub fn group(&self) -> &str {
        &self.group
    }

    /// Tells whether this is the family, which reads everything.
    pub fn is_family(&self) -> bool {
        self.group == FAMILY
    }

    /// Returns the texts that came along.
    pub fn texts(&self) -> &BTreeSet<TextId> {
        &self.has
    }

    fn comes(&self, text: &Text) -> bool {
        match &self.scope {
            Scope::Alone => false,
            Scope::Folder(folder) => lies_in(&text.path, folder),
            Scope::Files(files) => files.contains(&text.path),
            Scope::All => true,
        }
    }

    /// Returns a reader of whatever names them.
    pub(super) fn anywhere(reader: &str) -> One {
        let root = TextId(u32::MAX);
        let has = BTreeSet::new();
        One { group: fold(reader.trim()), root, scope: Scope::All, has }
    }

    /// Tells whether this reader may have a text beside the one that names them.
    pub(super) fn may_have(
        &self,
        text: &Text,
        folders: &ClosedFolders<'_>,
        today: Date,
    ) -> bool {
        if wall::is_held(text, today) || !folders.let_in(&text.path, &self.group) {
            return false;
        }
        let closed = has_readers(text) || folders.holds(&text.path);
        match text.kind {
            Kind::Site => true,
            Kind::Plan => agrees(text, self, today) && names(text, &self.group),
            _ if !closed => wall::verdict(text, today, Channel::Site).is_ok(),
            _ => {
                agrees(text, self, today)
                    && (!has_readers(text) || names(text, &self.group))
            }
        }
    }
}

/// Why a reader gets no edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// The text does not name this reader, or not any more.
    NotNamed,
    /// The text is a draft, or waits for its day, or had its day, or its people said no.
    Waits,
    /// There is no part for this reader.
    NoPart,
}

impl Reads for One {
    fn lets_in(
        &self,
        id: TextId,
        text: &Text,
        folders: &ClosedFolders<'_>,
        today: Date,
    ) -> Result<(), Vec<Problem>> {
        let own = id == self.root || text.kind == Kind::Site;
        let shared = matches!(text.kind, Kind::Words | Kind::Voices) || self.comes(text);
        let may = own || shared && self.may_have(text, folders, today);
        if may { Ok(()) } else { Err(Vec::new()) }
    }

    fn may_read(&self, audience: &Audience) -> bool {
        audience.allows(&self.group)
    }

    fn is_everybody(&self) -> bool {
        false
    }
}

/// Makes the edition of one reader, on a day that is handed in. `root` is the plan, the
/// booklet, or the first text of the folder that names them.
pub fn one<'a>(
    library: &'a Library,
    root: TextId,
    reader: &str,
    today: Date,
) -> Result<(Edition<'a, One>, Vec<Problem>), Closed> {
    let text = library.text(root);
    let scope = match text.kind {
        Kind::Booklet => Scope::All,
        _ if is_first(text) && has_readers(text) => {
            Scope::Folder(text.path.folder().to_string())
        }
        _ => Scope::Alone,
    };
    let is_folder = matches!(scope, Scope::Folder(_));
    let group = fold(reader.trim());
    let one = |scope| One { group: group.clone(), root, scope, has: BTreeSet::new() };
    let reader = one(scope);
    let folders = ClosedFolders::new(library, today);
    if !names(text, &reader.group) || !folders.let_in(&text.path, &reader.group) {
        return Err(Closed::NotNamed);
    }
    if wall::is_held(text, today) || !agrees(text, &reader, today) {
        return Err(Closed::Waits);
    }
    let mut made = edition_in(library, reader, folders.clone(), today);
    if text.kind == Kind::Booklet {
        let files = named_by(library, &made, root);
        made = edition_in(library, one(Scope::Files(files)), folders, today);
    }
    let Made { mut edition, problems, ids, .. } = made;
    let home = ids.iter().position(|&id| id == root).ok_or(Closed::NoPart)?;
    let others = ids.iter().enumerate().filter(|&(at, &id)| {
        at != home && !matches!(library.text(id).kind, Kind::Words | Kind::Voices)
    });
    if others.count() == 0 && is_empty(&edition.entries[home].body) {
        return Err(Closed::NoPart);
    }
    shelve(&mut edition, home, is_folder);
    edition.reader.has = ids.iter().copied().collect();
    if edition.reader.is_family() {
        let named = text.fields.list(Key::Readers).iter().map(|(name, _)| name.trim());
        let named = named.chain([FAMILY]).map(|name| (fold(name), name.to_string()));
        edition.chosen.named = named.collect();
    } else {
        let own = Audience::groups([edition.reader.group.as_str()]);
        for (entry, id) in edition.chosen.entries.iter_mut().zip(&ids) {
            forget_others(Arc::make_mut(entry), library.text(*id), &own);
        }
    }
    Ok((edition, problems))
}

fn is_empty(body: &Body) -> bool {
    body.lead.is_empty() && body.sections.is_empty()
}

/// Returns the files of the texts a booklet leads to.
fn named_by(library: &Library, made: &Made<'_, One>, root: TextId) -> BTreeSet<TextPath> {
    let Some(home) = made.ids.iter().position(|&id| id == root) else {
        return BTreeSet::new();
    };
    let entries = &made.edition.chosen.entries;
    let led = |one: &Destination| match one {
        Destination::Page(address, _) => {
            let at = entries.iter().position(|entry| entry.address == *address)?;
            made.ids.get(at).map(|&id| library.text(id).path.clone())
        }
        _ => None,
    };
    entries[home].links.iter().filter_map(led).collect()
}

/// Leaves of the lists only the contents of a folder: a bundle has no other pages of lists.
fn shelve(edition: &mut Edition<'_, One>, home: usize, is_folder: bool) {
    let chosen = &mut edition.chosen;
    let mut seen = BTreeSet::from([EntryId(home as u32)]);
    let in_order =
        |list: &&List| matches!(list.kind, ListKind::Kind(_) | ListKind::Folder);
    let order = chosen.lists.iter().filter(in_order).flat_map(|list| &list.entries);
    let order: Vec<EntryId> = order.copied().filter(|&id| seen.insert(id)).collect();
    chosen.lists = Vec::new();
    chosen.menu = Vec::new();
    chosen.redirects.clear();
    chosen.home = Some(EntryId(home as u32));
    let is_folder = is_folder && !order.is_empty();
    for (at, entry) in chosen.entries.iter_mut().enumerate() {
        let entry = Arc::make_mut(entry);
        entry.themes = Vec::new();
        entry.list = (is_folder && at != home).then_some(0);
    }
    if is_folder {
        let first = &chosen.entries[home];
        chosen.lists.push(List {
            kind: ListKind::Folder,
            title: first.title.to_string(),
            lang: first.lang.clone(),
            address: first.address.clone(),
            intro: chosen.home,
            entries: order,
            lists: Vec::new(),
        });
    }
}

/// Tells whether the people of a text agree that this reader has it: a story needs their
/// yes, a plan only that nobody took it back. The family keeps its plan.
fn agrees(text: &Text, reader: &One, today: Date) -> bool {
    let no = |typed| read_yes(typed) != Some(true);
    match text.kind {
        Kind::Plan => {
            reader.is_family() || !text.fields.text(Key::Consent).is_some_and(no)
        }
        Kind::Story => wall::story(text, today, Channel::Site).is_ok(),
        _ if signs::tells_story(&text.fields) => {
            wall::story(text, today, Channel::Site).is_ok()
        }
        _ => true,
    }
}

/// Takes out of an entry what tells of other readers, and the picture of a plan whose
/// beginning is not for this one.
pub(super) fn forget_others(entry: &mut Entry<'_>, text: &Text, own: &Audience) {
    let closed = match (&text.body.audience, own) {
        (Audience::Everyone, _) => false,
        (Audience::Groups(may), Audience::Groups(own)) => {
            own.iter().any(|group| !may.contains(group))
        }
        _ => true,
    };
    if closed && let Some(image) = entry.image.take() {
        entry.pictures.remove(&image);
    }
    if text.kind == Kind::Plan {
        entry.fields.list.retain(|field| field.key != Key::For);
    }
    let body = entry.body.to_mut();
    body.audience = narrowed(&body.audience, own);
    blocks(&mut body.lead, own);
    sections(&mut body.sections, own);
    for note in entry.notes.values_mut() {
        note.audience = narrowed(&note.audience, own);
        note.blocks.iter_mut().for_each(|list| blocks(list, own));
    }
}

/// Returns the audience as this reader may know it: themselves and the family.
fn narrowed(audience: &Audience, own: &Audience) -> Audience {
    if audience.is_everyone() { Audience::Everyone } else { own.clone() }
}

fn sections(list: &mut [Section], own: &Audience) {
    for section in list {
        section.audience = narrowed(&section.audience, own);
        section.attributes.retain(|one| one.key != Some(Key::For));
        blocks(&mut section.blocks, own);
        sections(&mut section.sections, own);
    }
}

fn blocks(list: &mut Vec<Block>, own: &Audience) {
    for block in list {
        if let BlockKind::Group { audience, .. } = &mut block.kind {
            *audience = narrowed(audience, own);
        }
        for_inner_mut(block, &mut |inner| blocks(inner, own));
    }
}
