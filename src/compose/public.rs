//! Makes the edition for everybody.
//!
//! First the wall: which texts and parts go out. Everything after it sees only those.
//! Then addresses, links, pictures, lists, menu.

use super::attachments::Attachments;
use super::different;
use super::edition::{
    Destination, Edition, Entry, EntryId, PlacedPicture, Public, VoiceRow,
};
use super::joins::{join_children, redirects, translations};
use super::links::largest;
use super::lists::{self, Member};
use super::menu::menu;
use super::notes::{closed, unmark};
use super::parts::open_parts;
use super::places::{Places, is_index, places};
use super::reach::{Leads, Resolved, Shown, resolve};
use super::reader::Reads;
use super::rows::{first_paragraph, shortened, terms, voices};
use super::used::Used;
use super::{booklet, shown};
use crate::model::{
    AssetId, BlockKind, Body, Key, Kind, Library, Link, Section, Text, TextId,
    walk_blocks,
};
use crate::problem::Problem;
use crate::text::{Address, redact};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The edition for everybody, and what was noticed while making it.
pub struct Composed<'a> {
    /// The edition.
    pub edition: Edition<'a, Public>,
    /// Problems V01–V04, V06, V07, P04, P05, P09, B07, L01, L03, L08, L10.
    pub problems: Vec<Problem>,
    /// The texts that stay inside.
    pub withheld: Vec<Withheld>,
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
    let (edition, problems, withheld) = edition(library, Public::new(), today);
    Composed { edition, problems, withheld }
}

/// Makes the edition of one reader.
fn edition<R: Reads>(
    library: &Library,
    reader: R,
    today: Date,
) -> (Edition<'_, R>, Vec<Problem>, Vec<Withheld>) {
    let mut problems = Vec::new();
    let (mut bodies, withheld) = pass(library, &reader, today, &mut problems);
    let more = named_files(library, &mut bodies);
    let used: BTreeMap<TextId, Used> = (bodies.iter())
        .map(|(&id, body)| (id, Used::of(library.text(id), body, &reader, &mut problems)))
        .collect();
    let out: Vec<TextId> = bodies.keys().copied().collect();
    let mut places = places(library, &out, &mut problems);
    let voices = voices(library, &bodies);
    let terms = terms(library, &places, &bodies);
    let folders = lists::folders(
        out.iter()
            .filter(|id| places.of.contains_key(id))
            .map(|&id| library.text(id).path.folder()),
    );
    let with_kinds = kind_folders(library, &out, folders.clone());
    let resolved = resolve(
        library,
        &places,
        &terms,
        &bodies,
        &more,
        &used,
        with_kinds,
        &mut problems,
    );
    places.taken.extend(folders.values().cloned());
    let mut shown = Shown::gather(library, &used, &resolved);
    let pictures = shown.place(library);
    let mut maker = Maker {
        library,
        places: &places,
        voices: &voices,
        pictures: &pictures,
        attachments: &Attachments::new(library),
    };
    let mut made = maker.entries(bodies, used, resolved);
    let members: Vec<Member> =
        made.ids.iter().map(|&id| member(library, library.text(id))).collect();
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
    let redirects = redirects(library, &made.ids, &made.entries, &lists, &places);
    let home = members.iter().position(|member| member.index && member.folder.is_empty());
    let edition = Edition {
        reader,
        today,
        settings: shown::settings(&library.settings),
        menu: menu(library, &made.entries, &made.ids, &lists, &mut problems),
        home: home.map(|at| EntryId(at as u32)),
        entries: made.entries,
        lists,
        voices,
        terms,
        pictures,
        attachments: made.attachments,
        redirects,
    };
    (edition, problems, withheld)
}

/// Makes links of the files that booklets name; they were not typed as links.
fn named_files(
    library: &Library,
    bodies: &mut BTreeMap<TextId, Cow<'_, Body>>,
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
    today: Date,
    problems: &mut Vec<Problem>,
) -> (BTreeMap<TextId, Cow<'a, Body>>, Vec<Withheld>) {
    let mut bodies = BTreeMap::new();
    let mut withheld = Vec::new();
    for (id, text) in library.ids() {
        match reader.lets_in(text, today) {
            Ok(()) => {
                let (mut body, noticed) = open_parts(text, reader);
                problems.extend(noticed);
                unmark(text, &mut body, &closed(text, reader), problems);
                bodies.insert(id, different::gather(body, &text.lang));
            }
            Err(reasons) => {
                problems.extend(reasons.iter().cloned());
                withheld.push(Withheld { text: id, reasons });
            }
        }
    }
    (bodies, withheld)
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

/// Makes entries from texts.
struct Maker<'a, 'b> {
    library: &'a Library,
    places: &'b Places,
    voices: &'b [VoiceRow],
    pictures: &'b BTreeMap<AssetId, PlacedPicture<'a>>,
    attachments: &'b Attachments,
}

struct Made<'a> {
    ids: Vec<TextId>,
    entries: Vec<Entry<'a>>,
    attachments: BTreeMap<Address, &'a crate::model::Asset>,
}

impl<'a> Maker<'a, '_> {
    fn entries(
        &mut self,
        bodies: BTreeMap<TextId, Cow<'a, Body>>,
        mut used: BTreeMap<TextId, Used>,
        mut resolved: Resolved,
    ) -> Made<'a> {
        let mut made =
            Made { ids: Vec::new(), entries: Vec::new(), attachments: BTreeMap::new() };
        for (id, body) in bodies {
            let Some(address) = self.places.of.get(&id) else { continue };
            let leads = resolved.remove(&id).unwrap_or_default();
            let links =
                leads.into_iter().map(|one| self.place(one, &mut made.attachments));
            let links = links.collect();
            let used = used.remove(&id).unwrap_or_default();
            made.entries.push(self.entry(id, address.clone(), body, used, links));
            made.ids.push(id);
        }
        made
    }

    fn place(
        &self,
        leads: Leads,
        attachments: &mut BTreeMap<Address, &'a crate::model::Asset>,
    ) -> Destination {
        let id = match leads {
            Leads::To(destination) => return destination,
            Leads::Asset(id) => id,
        };
        let asset = self.library.asset(id);
        let address = match self.pictures.get(&id) {
            Some(placed) => largest(&placed.base, asset),
            None => self.attachments.get(id).cloned().inspect(|address| {
                attachments.insert(address.clone(), asset);
            }),
        };
        address.map_or(Destination::Nothing, Destination::File)
    }

    fn entry(
        &self,
        id: TextId,
        address: Address,
        body: Cow<'a, Body>,
        used: Used,
        links: Vec<Destination>,
    ) -> Entry<'a> {
        let text = self.library.text(id);
        let fields = &text.fields;
        let summary = fields
            .text(Key::Summary)
            .map(String::from)
            .or_else(|| first_words(&body))
            .unwrap_or_default();
        Entry {
            kind: text.kind,
            title: redact(&text.title),
            lang: &text.lang,
            address,
            summary: redact(&shortened(&summary, 180)).into_owned(),
            date: fields.date(Key::Date).or(fields.date(Key::MadeOn)),
            number: None,
            series: None,
            themes: Vec::new(),
            voices: self.voices_of(text, &body),
            fields: shown::fields(fields),
            links,
            pictures: used.pictures(text),
            image: text.image,
            notes: used.notes,
            list: None,
            translations: Vec::new(),
            children: Vec::new(),
            listed: !is_index(self.library, text),
            body,
        }
    }

    /// Returns the voices a text names, and the ones that are quoted in it.
    fn voices_of(&self, text: &Text, body: &Body) -> Vec<usize> {
        let mut roles: Vec<&str> =
            text.fields.list(Key::Voices).iter().map(|(role, _)| role.as_str()).collect();
        walk_blocks(body, &mut |block| {
            if let BlockKind::Quote { voice: Some(voice), .. } = &block.kind
                && text.kind != Kind::Plan
            {
                roles.push(&voice.role);
            }
        });
        let found: BTreeSet<usize> = roles
            .iter()
            .filter_map(|role| self.voices.iter().position(|voice| voice.is(role)))
            .collect();
        found.into_iter().collect()
    }
}

fn first_words(body: &Body) -> Option<String> {
    fn of(sections: &[Section]) -> Option<String> {
        sections
            .iter()
            .find_map(|part| first_paragraph(&part.blocks).or_else(|| of(&part.sections)))
    }
    first_paragraph(&body.lead).or_else(|| of(&body.sections))
}

fn member(library: &Library, text: &Text) -> Member {
    Member {
        folder: text.path.folder().to_string(),
        path: text.path.to_string(),
        index: is_index(library, text),
    }
}
