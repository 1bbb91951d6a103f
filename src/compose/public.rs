//! Makes the edition for everybody.
//!
//! First the wall: which texts and parts go out. Everything after it sees only those.
//! Then addresses, links, pictures, lists, menu.

use super::edition::{
    Destination, Edition, Entry, EntryId, List, MenuItem, PlacedPicture, Public, Term,
    VoiceRow,
};
use super::links::{Found, Index, attachment, largest};
use super::lists::{self, Member};
use super::places::{Places, folder_address, is_index, old_address, places};
use super::rows::{first_paragraph, shortened, terms, voices};
use super::wall;
use crate::model::{
    AssetId, BlockKind, Body, InlineKind, Key, Kind, Library, LinkId, NoteId, PictureId,
    Section, Target, Text, TextId, walk_blocks, walk_inlines,
};
use crate::problem::{Code, Problem};
use crate::text::{Address, Slugs, fold, fold_key, redact};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The edition for everybody, and what was noticed while making it.
pub struct Composed<'a> {
    /// The edition.
    pub edition: Edition<'a, Public>,
    /// Problems V01–V04, V06, V07, P04, P05, P09, B07, L01, L03.
    pub problems: Vec<Problem>,
    /// How many texts stay inside.
    pub withheld: usize,
}

/// Makes the edition for everybody from a library, on a day that is handed in.
pub fn public(library: &Library, today: Date) -> Composed<'_> {
    let mut problems = Vec::new();
    let (bodies, withheld) = pass(library, today, &mut problems);
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
    let resolved = resolve(library, &places, &terms, &bodies, with_kinds, &mut problems);
    places.taken.extend(folders.values().cloned());
    let mut shown = Shown::gather(library, &bodies, &resolved);
    let pictures = shown.place(library);
    let mut made =
        Maker { library, places: &places, voices: &voices, pictures: &pictures }
            .entries(&bodies, resolved);
    let members: Vec<Member> =
        made.ids.iter().map(|&id| member(library.text(id))).collect();
    let lists = lists::lists(
        &mut made.entries,
        &members,
        &library.settings,
        &voices,
        &mut places,
        &folders,
    );
    join_children(library, &made.ids, &mut made.entries);
    translations(library, &made.ids, &mut made.entries);
    let redirects = redirects(&made.entries, &lists, &places);
    let home = members.iter().position(|member| member.index && member.folder.is_empty());
    let edition = Edition {
        reader: Public(()),
        today,
        settings: &library.settings,
        menu: menu(library, &made.entries, &made.ids, &lists),
        home: home.map(|at| EntryId(at as u32)),
        entries: made.entries,
        lists,
        voices,
        terms,
        pictures,
        attachments: made.attachments,
        redirects,
    };
    Composed { edition, problems, withheld }
}

/// Lets through the wall what may go out.
fn pass<'a>(
    library: &'a Library,
    today: Date,
    problems: &mut Vec<Problem>,
) -> (BTreeMap<TextId, Cow<'a, Body>>, usize) {
    let mut bodies = BTreeMap::new();
    let mut withheld = 0;
    for (id, text) in library.ids() {
        match wall::verdict(text, today) {
            Ok(()) => {
                let (body, noticed) = wall::open_parts(text);
                problems.extend(noticed);
                bodies.insert(id, body);
            }
            Err(reasons) => {
                problems.extend(reasons);
                withheld += 1;
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

/// Where the links of one text lead: pages, and files that are still to be placed.
type Resolved = BTreeMap<TextId, Vec<Leads>>;

enum Leads {
    To(Destination),
    Asset(AssetId),
}

fn resolve<'a>(
    library: &'a Library,
    places: &'a Places,
    terms: &'a [Term],
    bodies: &'a BTreeMap<TextId, Cow<'a, Body>>,
    folders: BTreeMap<String, Address>,
    problems: &mut Vec<Problem>,
) -> Resolved {
    let index = Index::new(library, places, terms, bodies, folders);
    let mut resolved = BTreeMap::new();
    for (&id, body) in bodies {
        let text = library.text(id);
        let used = match body {
            Cow::Owned(body) => Some(Used::of(text, body)),
            Cow::Borrowed(_) => None,
        };
        let mut leads = Vec::with_capacity(text.links.len());
        for (at, link) in text.links.iter().enumerate() {
            let link_id = LinkId(at as u32);
            if used.as_ref().is_some_and(|used| !used.links.contains(&link_id)) {
                leads.push(Leads::To(Destination::Nothing));
                continue;
            }
            leads.push(match index.resolve(id, link) {
                Found::To(destination) => Leads::To(destination),
                Found::Nearly(destination, problem) => {
                    problems.push(problem);
                    Leads::To(destination)
                }
                Found::Nowhere(problem) => {
                    problems.push(problem);
                    Leads::To(Destination::Nothing)
                }
                Found::Asset(asset) if may_leave(library, asset) => Leads::Asset(asset),
                Found::Asset(_) => {
                    let typed = match &link.target {
                        Target::Inside { path, .. } => path.as_str(),
                        _ => "",
                    };
                    problems.push(Problem::at(Code::L01, link.span).with("x", typed));
                    Leads::To(Destination::Nothing)
                }
            });
        }
        resolved.insert(id, leads);
    }
    resolved
}

fn may_leave(library: &Library, asset: AssetId) -> bool {
    let asset = library.asset(asset);
    asset.facts.is_some() || attachment(asset).is_some()
}

/// What a body shows of its text: parts that were taken out take their links, pictures
/// and notes with them.
#[derive(Default)]
struct Used {
    links: BTreeSet<LinkId>,
    pictures: BTreeSet<PictureId>,
    notes: BTreeSet<NoteId>,
}

impl Used {
    fn of(text: &Text, body: &Body) -> Used {
        let mut used = Used::default();
        walk_inlines(body, &mut |inline| used.see(&inline.kind));
        walk_blocks(body, &mut |block| used.see_block(&block.kind));
        // Notes may point to notes: go on until nothing new is seen.
        let mut open: Vec<NoteId> = used.notes.iter().copied().collect();
        while let Some(note) = open.pop() {
            let blocks =
                text.notes.get(note.0 as usize).and_then(|note| note.blocks.clone());
            let body = Body { lead: blocks.unwrap_or_default(), ..Body::default() };
            let before = used.notes.clone();
            walk_inlines(&body, &mut |inline| used.see(&inline.kind));
            walk_blocks(&body, &mut |block| used.see_block(&block.kind));
            open.extend(used.notes.difference(&before));
        }
        used
    }

    fn see(&mut self, inline: &InlineKind) {
        match inline {
            InlineKind::Link(link, _) => _ = self.links.insert(*link),
            InlineKind::Picture(picture) => _ = self.pictures.insert(*picture),
            InlineKind::Note(note) => _ = self.notes.insert(*note),
            _ => {}
        }
    }

    fn see_block(&mut self, block: &BlockKind) {
        if let BlockKind::Figure { picture, .. } = block {
            self.pictures.insert(*picture);
        }
    }
}

/// The files that these texts show or link to.
struct Shown {
    pictures: BTreeSet<AssetId>,
}

impl Shown {
    fn gather(
        library: &Library,
        bodies: &BTreeMap<TextId, Cow<'_, Body>>,
        resolved: &Resolved,
    ) -> Shown {
        let mut pictures = BTreeSet::new();
        for (&id, body) in bodies {
            let text = library.text(id);
            let used = matches!(body, Cow::Owned(_)).then(|| Used::of(text, body));
            for (at, picture) in text.pictures.iter().enumerate() {
                let at = PictureId(at as u32);
                let seen = used.as_ref().is_none_or(|used| used.pictures.contains(&at))
                    || text.image == Some(at);
                pictures.extend(picture.asset.filter(|_| seen));
            }
            pictures.extend(resolved[&id].iter().filter_map(|leads| match leads {
                Leads::Asset(asset) => Some(*asset),
                Leads::To(_) => None,
            }));
        }
        pictures.retain(|asset| library.asset(*asset).facts.is_some());
        Shown { pictures }
    }

    /// Gives each picture its address.
    fn place<'a>(
        &mut self,
        library: &'a Library,
    ) -> BTreeMap<AssetId, PlacedPicture<'a>> {
        let mut names = Slugs::default();
        std::mem::take(&mut self.pictures)
            .into_iter()
            .map(|id| {
                let asset = library.asset(id);
                let base = format!("beeld/{}", names.take(asset.path.stem(), "beeld"));
                (id, PlacedPicture { asset, base })
            })
            .collect()
    }
}

/// Makes entries from texts.
struct Maker<'a, 'b> {
    library: &'a Library,
    places: &'b Places,
    voices: &'b [VoiceRow],
    pictures: &'b BTreeMap<AssetId, PlacedPicture<'a>>,
}

struct Made<'a> {
    ids: Vec<TextId>,
    entries: Vec<Entry<'a>>,
    attachments: BTreeMap<Address, &'a crate::model::Asset>,
}

impl<'a> Maker<'a, '_> {
    fn entries(
        &mut self,
        bodies: &BTreeMap<TextId, Cow<'a, Body>>,
        mut resolved: Resolved,
    ) -> Made<'a> {
        let mut made =
            Made { ids: Vec::new(), entries: Vec::new(), attachments: BTreeMap::new() };
        for (&id, body) in bodies {
            let Some(address) = self.places.of.get(&id) else { continue };
            let leads = resolved.remove(&id).unwrap_or_default();
            let links =
                leads.into_iter().map(|one| self.place(one, &mut made.attachments));
            let links = links.collect();
            made.entries.push(self.entry(id, address.clone(), body.clone(), links));
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
            None => attachment(asset).inspect(|address| {
                attachments.entry(address.clone()).or_insert(asset);
            }),
        };
        address.map_or(Destination::Nothing, Destination::File)
    }

    fn entry(
        &self,
        id: TextId,
        address: Address,
        body: Cow<'a, Body>,
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
            fields,
            links,
            pictures: &text.pictures,
            image: text.image,
            notes: &text.notes,
            list: None,
            translations: Vec::new(),
            children: Vec::new(),
            listed: !is_index(text),
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

fn member(text: &Text) -> Member {
    Member {
        folder: text.path.folder().to_string(),
        path: text.path.to_string(),
        index: is_index(text),
    }
}

/// Tells the page of a file with several tips which tips it holds.
fn join_children(library: &Library, ids: &[TextId], entries: &mut [Entry<'_>]) {
    let mut by_source: BTreeMap<_, Vec<EntryId>> = BTreeMap::new();
    for (at, &id) in ids.iter().enumerate() {
        let text = library.text(id);
        if text.part.is_some() {
            by_source.entry(text.source).or_default().push(EntryId(at as u32));
        }
    }
    for (at, &id) in ids.iter().enumerate() {
        let text = library.text(id);
        if text.kind == Kind::Tips && text.part.is_none() {
            entries[at].children = by_source.remove(&text.source).unwrap_or_default();
        }
    }
}

/// Joins texts that are translations of one another (`vertaling van:`).
fn translations(library: &Library, ids: &[TextId], entries: &mut [Entry<'_>]) {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for (at, &id) in ids.iter().enumerate() {
        let text = library.text(id);
        for name in [text.path.as_str(), text.path.name(), text.path.stem(), &text.title]
        {
            names.entry(fold(name)).or_insert(at);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..ids.len() {
        if let Some(of) = entries[at].fields.text(Key::TranslationOf)
            && let Some(&original) = names.get(&fold(of.trim_start_matches(['.', '/'])))
            && original != at
        {
            groups.entry(original).or_insert_with(|| vec![original]).push(at);
        }
    }
    for group in groups.into_values() {
        for &at in &group {
            let others = group.iter().filter(|&&other| other != at);
            entries[at].translations =
                others.map(|&other| EntryId(other as u32)).collect();
        }
    }
}

/// Leads old addresses to the pages that took their place, where no page stands now.
fn redirects(
    entries: &[Entry<'_>],
    lists: &[List],
    places: &Places,
) -> BTreeMap<Address, EntryId> {
    let mut redirects = BTreeMap::new();
    let now: BTreeSet<&Address> = entries
        .iter()
        .map(|entry| &entry.address)
        .chain(lists.iter().map(|list| &list.address))
        .chain(&places.taken)
        .collect();
    for (at, entry) in entries.iter().enumerate() {
        for (typed, _) in entry.fields.list(Key::OldAddresses) {
            let old = old_address(typed).filter(|old| !now.contains(old));
            if let Some(old) = old {
                redirects.entry(old).or_insert(EntryId(at as u32));
            }
        }
    }
    redirects
}

/// Makes the menu: as the site says, else the lists of kinds and pages with `menu: ja`.
fn menu(
    library: &Library,
    entries: &[Entry<'_>],
    ids: &[TextId],
    lists: &[List],
) -> Vec<MenuItem> {
    let mut menu = Vec::new();
    if !library.settings.menu.is_empty() {
        for (typed, _) in &library.settings.menu {
            let (words, target) = typed
                .split_once(':')
                .map_or((None, typed.as_str()), |(w, t)| (Some(w), t));
            menu.extend(menu_item(words, target.trim(), library, entries, ids, lists));
        }
        return menu;
    }
    for list in lists {
        if let super::edition::ListKind::Kind(_) = list.kind
            && !list.address.as_str().trim_end_matches("/index.html").contains('/')
        {
            menu.push(MenuItem {
                title: list_title(list, library),
                address: list.address.clone(),
            });
        }
    }
    let mut pages: Vec<&Entry<'_>> = entries
        .iter()
        .filter(|entry| {
            entry.fields.list(Key::Menu).first().is_some_and(|(typed, _)| {
                crate::kind::words::read_yes(typed) == Some(true)
            })
        })
        .collect();
    pages.sort_by_key(|entry| entry.fields.number(Key::Order).unwrap_or(i64::MAX));
    menu.extend(pages.into_iter().map(|entry| MenuItem {
        title: entry.title.to_string(),
        address: entry.address.clone(),
    }));
    menu
}

fn list_title(list: &List, library: &Library) -> String {
    if !list.title.is_empty() {
        return list.title.clone();
    }
    let super::edition::ListKind::Kind(kind) = list.kind else { return String::new() };
    let name = crate::kind::row(kind).name;
    library.settings.lang.words().get(&format!("kinds.{name}")).to_string()
}

fn menu_item(
    words: Option<&str>,
    target: &str,
    library: &Library,
    entries: &[Entry<'_>],
    ids: &[TextId],
    lists: &[List],
) -> Option<MenuItem> {
    let wanted = fold_key(target.trim_matches('/'));
    let found = ids.iter().position(|&id| {
        let text = library.text(id);
        [text.path.as_str(), text.path.stem(), &text.title]
            .iter()
            .any(|name| fold_key(name) == wanted)
    });
    if let Some(at) = found {
        let title =
            words.map_or_else(|| entries[at].title.to_string(), |w| w.trim().to_string());
        return Some(MenuItem { title, address: entries[at].address.clone() });
    }
    let list = lists.iter().find(|list| {
        fold_key(&list_title(list, library)) == wanted
            || fold_key(&folder_address(
                list.address.as_str().trim_end_matches("/index.html"),
            )) == wanted
    })?;
    let title = words.map_or_else(|| list_title(list, library), |w| w.trim().to_string());
    Some(MenuItem { title, address: list.address.clone() })
}
