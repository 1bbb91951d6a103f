//! Makes the edition for everybody.
//!
//! First the wall: which texts and parts go out. Everything after it sees only those.
//! Then addresses, links, pictures, lists, menu.

use super::attachments::Attachments;
use super::closed::ClosedFolders;
use super::cover::{self, Cover};
use super::edition::{AsEbook, Chosen, Edition, EntryId, OnPaper, Public};
use super::entries::Maker;
use super::finder::Finder;
use super::joins::{join_children, redirects, translations};
use super::left::Left;
use super::links::Index;
use super::lists::{self, Member};
use super::menu::menu;
use super::notes::{closed, unmark};
use super::parts::open_parts;
use super::pictures::{closed_pictures, without};
use super::places::places;
use super::reach::{place, reached, resolve};
use super::reader::Reads;
use super::rows::{terms, voices};
use super::{booklet, different, shown};
use crate::model::{Kind, Library, Link, Settings, Text, TextId, Tree};
use crate::problem::Problem;
use crate::text::Address;
use jiff::civil::Date;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The edition for everybody, and what was noticed while making it.
pub struct Composed<'a, R = Public> {
    /// The edition.
    pub edition: Edition<'a, R>,
    /// Problems V01–V04, V06–V11, P04, P05, P09, B07, B13, B14, L01, L03,
    /// L08, L10, L13.
    pub problems: Vec<Problem>,
    /// The texts that stay inside.
    pub withheld: Vec<Withheld>,
    /// The texts of the entries, by number.
    pub ids: Vec<TextId>,
    /// What links may name, for what is made later.
    pub(super) finder: Finder<'a>,
    /// The folders that say who may read them, for the same.
    pub(super) folders: ClosedFolders<'a>,
}

/// A text that stays inside.
#[derive(Debug, Clone)]
pub struct Withheld {
    /// Which.
    pub text: TextId,
    /// Why; none when a line in the text itself says so.
    pub reasons: Vec<Problem>,
}

/// Makes the edition for everybody from a library, on a day that is handed in.
pub fn public(library: &Library, today: Date) -> Composed<'_> {
    let Made { edition, problems, withheld, ids, finder, folders } =
        edition(library, Public::new(), today);
    Composed { edition, problems, withheld, ids, finder, folders }
}

/// Makes the edition for everybody on paper, on a day that is handed in; `at_site`: as a
/// file that can be had from the site, so with nothing that may not stand there.
pub fn on_paper(library: &Library, today: Date, at_site: bool) -> Composed<'_, OnPaper> {
    let Made { edition, problems, withheld, ids, finder, folders } =
        edition(library, OnPaper { at_site }, today);
    Composed { edition, problems, withheld, ids, finder, folders }
}

/// Makes the edition for everybody as an e-book; see [`on_paper`].
pub fn as_ebook(library: &Library, today: Date, at_site: bool) -> Composed<'_, AsEbook> {
    let Made { edition, problems, withheld, ids, finder, folders } =
        edition(library, AsEbook { at_site }, today);
    Composed { edition, problems, withheld, ids, finder, folders }
}

/// An edition as made.
pub(super) struct Made<'a, R> {
    /// The edition.
    pub(super) edition: Edition<'a, R>,
    /// Its texts, by the number of their entry.
    pub(super) ids: Vec<TextId>,
    /// What was noticed.
    pub(super) problems: Vec<Problem>,
    /// The texts that stay inside.
    pub(super) withheld: Vec<Withheld>,
    /// What links may name.
    pub(super) finder: Finder<'a>,
    /// The folders that say who may read them.
    pub(super) folders: ClosedFolders<'a>,
}

/// Makes the edition of one reader.
pub(super) fn edition<R: Reads>(
    library: &Library,
    reader: R,
    today: Date,
) -> Made<'_, R> {
    edition_in(library, reader, ClosedFolders::new(library, today), today)
}

/// The same, with the closed folders already found.
pub(super) fn edition_in<'a, R: Reads>(
    library: &'a Library,
    reader: R,
    folders: ClosedFolders<'a>,
    today: Date,
) -> Made<'a, R> {
    let mut problems = Vec::new();
    let (mut bodies, withheld) = pass(library, &reader, &folders, today, &mut problems);
    let more = named_files(library, &mut bodies);
    let out: Vec<TextId> = bodies.keys().copied().collect();
    let mut places = places(library, &out, &mut problems);
    let paths = places.of.keys().map(|&id| library.text(id).path.folder());
    let closed = folders;
    let folders = lists::folders(paths);
    let finder = Finder::new(
        library,
        |id| places.of.contains_key(&id),
        &terms(library, &places, &bodies),
        kind_folders(library, &out, folders.clone()),
    );
    let mut left = covered(library, &finder, &reader, &more, &mut bodies, &mut problems);
    let mut shut = BTreeSet::new();
    if reader.is_everybody() {
        shut = closed_pictures(library, &closed, &left);
        without(library, &shut, &mut left, &mut problems);
    }
    let voices = voices(library, &bodies);
    let terms = terms(library, &places, &bodies);
    let index = Index::new(library, &finder, &places, &terms, &bodies);
    let resolved = resolve(&index, &more, (&left, &shut), &mut problems);
    places.taken.extend(folders.values().cloned());
    let pictures = place(library, &left, &resolved);
    let maker = Maker {
        library,
        places: &places,
        voices: &voices,
        pictures: &pictures,
        attachments: &Attachments::new(library, &reached(&resolved)),
    };
    let mut made = maker.entries(bodies, left, resolved);
    let members: Vec<Member> = made
        .ids
        .iter()
        .map(|&id| member(library.text(id), places.indexes.contains(&id)))
        .collect();
    let lists = lists::lists(
        &mut made.entries,
        &members,
        &library.settings,
        &voices,
        &mut places,
        &folders,
    );
    booklet::fill(&mut made.entries, &lists, &mut problems);
    join_children(library, &made.ids, &mut made.entries);
    translations(library, &made.ids, &mut made.entries, &mut problems);
    let redirects =
        redirects(library, &made.ids, &made.entries, &lists, &places, &mut problems);
    let home = members.iter().position(|member| member.index && member.folder.is_empty());
    let mut chosen = Chosen {
        today,
        settings: settings(library, &finder, &made.ids),
        menu: menu(library, &made.entries, &made.ids, &lists, &mut problems),
        home: home.map(|at| EntryId(at as u32)),
        entries: made.entries.into_iter().map(Arc::new).collect(),
        lists,
        voices,
        terms,
        pictures: Arc::new(pictures),
        attachments: made.attachments,
        redirects,
        named: BTreeMap::new(),
    };
    // They stand where the entries stood, which took more room.
    chosen.entries.shrink_to_fit();
    let edition = Edition { reader, chosen };
    Made { edition, ids: made.ids, problems, withheld, finder, folders: closed }
}

/// Covers the names of what stays inside; returns what is left of each text besides its
/// tree.
fn covered<'a>(
    library: &'a Library,
    finder: &Finder<'a>,
    reader: &impl Reads,
    more: &BTreeMap<TextId, Vec<Link>>,
    bodies: &mut BTreeMap<TextId, Cow<'a, Tree>>,
    problems: &mut Vec<Problem>,
) -> BTreeMap<TextId, Left<'a>> {
    let ids: Vec<TextId> = bodies.keys().copied().collect();
    let look = |&id: &TextId| {
        let more = more.get(&id).map_or(&[][..], Vec::as_slice);
        Cover::of(library, finder, (id, library.text(id)), more, bodies)
    };
    let covers: Vec<Cover<'a, '_>> = ids.par_iter().map(look).collect();
    let one = |((&id, body), cover): ((&TextId, &mut Cow<'a, Tree>), Cover<'a, '_>)| {
        let (text, mut problems) = (library.text(id), Vec::new());
        cover.body(body);
        booklet::cover(text, body, finder);
        let left = Left::of(text, body, reader, &cover, &mut problems);
        (id, left, problems)
    };
    // The settings are no page.
    let pages = bodies.iter_mut().zip(covers);
    let pages = pages.filter(|((id, _), _)| library.text(**id).kind != Kind::Site);
    let pages: Vec<_> = pages.collect();
    let made: Vec<_> = pages.into_par_iter().map(one).collect();
    let mut left = BTreeMap::new();
    for (id, one, noticed) in made {
        left.insert(id, one);
        problems.extend(noticed);
    }
    left
}

/// Makes links of the files that booklets name; they were not typed as links.
fn named_files(
    library: &Library,
    bodies: &mut BTreeMap<TextId, Cow<'_, Tree>>,
) -> BTreeMap<TextId, Vec<Link>> {
    let mut links = BTreeMap::new();
    for (&id, body) in bodies {
        let text = library.text(id);
        let named = booklet::name_files(text, body);
        if !named.is_empty() {
            links.insert(id, named);
        }
    }
    links
}

/// Lets through the wall what may go out.
fn pass<'a>(
    library: &'a Library,
    reader: &impl Reads,
    folders: &ClosedFolders<'_>,
    today: Date,
    problems: &mut Vec<Problem>,
) -> (BTreeMap<TextId, Cow<'a, Tree>>, Vec<Withheld>) {
    let mut bodies = BTreeMap::new();
    let mut withheld = Vec::new();
    for (id, text) in library.ids() {
        match reader.lets_in(id, text, folders, today) {
            Ok(()) => {
                bodies.insert(id, passed(text, reader, problems));
            }
            Err(reasons) => {
                problems.extend(reasons.iter().cloned());
                withheld.push(Withheld { text: id, reasons });
            }
        }
    }
    (bodies, withheld)
}

/// Returns what of the tree of a text that goes out is for a reader.
pub(super) fn passed<'a>(
    text: &'a Text,
    reader: &impl Reads,
    problems: &mut Vec<Problem>,
) -> Cow<'a, Tree> {
    let (mut body, noticed) = open_parts(text, reader);
    problems.extend(noticed);
    unmark(text, &mut body, &closed(text, reader), problems);
    different::gather(body, &text.lang)
}

/// Adds the folders of kinds, so that `[tips](tips/)` works wherever tips lie.
fn kind_folders(
    library: &Library,
    out: &[TextId],
    mut folders: BTreeMap<String, Address>,
) -> BTreeMap<String, Address> {
    for row in crate::kind::KINDS.iter().filter(|row| !row.folders.is_empty()) {
        if out.iter().any(|&id| library.text(id).kind == row.kind) {
            let folder = lists::kind_folder(row, &library.settings.lang, &folders);
            let address = Address::new(&format!("{folder}/index.html"));
            folders.entry(folder).or_insert(address);
        }
    }
    folders
}

fn settings(library: &Library, finder: &Finder<'_>, ids: &[TextId]) -> Settings {
    let out: Vec<&Text> = ids.iter().map(|&id| library.text(id)).collect();
    let lang = &library.settings.lang;
    shown::settings(library, &out, |typed| cover::setting(finder, lang, typed))
}

fn member(text: &Text, index: bool) -> Member {
    Member { folder: text.path.folder().to_string(), path: text.path.to_string(), index }
}
