//! Locked pages of a build: for every plan, booklet or folder that names readers, and for
//! every reader with a card, a bundle of their own.

use super::{Request, Single, booklets};
use crate::compose::{self, Closed, Edition, One, Withheld};
use crate::files::{self, Files};
use crate::keys::{PlanKeys, ReaderKeys, Ring};
use crate::kind::anywhere;
use crate::lock::{Reader, list};
use crate::model::{FAMILY, Key, Kind, Library, Text, TextId};
use crate::output::html::outside;
use crate::output::locked::{
    self, Before, Bundle, Door, Parcel, Sealed, Style, WORDS, unlock_page,
};
use crate::problem::{Code, Failure, Problem, Where};
use crate::text::{Address, fold};
use crate::theme::Theme;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// What was made behind locks.
#[derive(Debug, Default)]
pub(super) struct Locks<'a> {
    /// The plans with at least one reader.
    pub(super) plans: Vec<Locked<'a>>,
    /// What was noticed: R01–R04, and pictures or files that could not come along.
    pub(super) problems: Vec<Problem>,
}

/// A plan, booklet or folder behind its lock.
#[derive(Debug)]
pub(super) struct Locked<'a> {
    /// Its title.
    pub(super) title: String,
    /// Its folder on the site.
    pub(super) plan: [u8; 16],
    /// The page with the lock.
    pub(super) door: String,
    /// Its readers.
    pub(super) readers: Vec<ForReader<'a>>,
}

/// What one reader gets.
#[derive(Debug)]
pub(super) struct ForReader<'a> {
    /// Their name: for the terminal, and never in anything that is made.
    pub(super) name: String,
    /// The blobs beside the page: of their files, with their names, and of their pages.
    files: Vec<(String, Vec<u8>)>,
    bundle: Bundle<'a>,
    /// The single file, when it was asked for: its name and the whole of it.
    pub(super) single: Option<(String, String)>,
    /// The texts in it.
    texts: BTreeSet<TextId>,
    noticed: Vec<Problem>,
}

/// Returns where the page with the lock of a plan stands.
pub(super) fn page(keys: &PlanKeys) -> Address {
    locked::address(&keys.header.plan, "index.html")
}

/// Tells whether a site has locked pages that were made with other keys than these: a
/// build would take them away from everybody who has a card.
pub(super) fn are_others_there(out: &Path, ring: &Ring) -> Result<bool, Failure> {
    let known: BTreeSet<Address> = ring.plans.values().map(page).collect();
    let all = files::listed(out)?;
    let mut locked = all.keys().filter(|address| locked::is_door(address));
    Ok(locked
        .any(|address| !known.contains(address) && out.join(address.as_str()).is_file()))
}

/// Writes the single files into a folder of their own; those of readers who are gone go.
pub(super) fn write_singles(
    locks: &Locks<'_>,
    folder: &Path,
) -> Result<Vec<Single>, Failure> {
    let mut out = Files::default();
    let mut singles = Vec::new();
    for (plan, reader, (name, page)) in locks.singles() {
        out.add(Address::new(name), || Ok(page.clone().into_bytes()));
        singles.push(Single {
            title: plan.title.clone(),
            reader: reader.name.clone(),
            path: folder.join(name),
            hash: files::hash(page.as_bytes()),
        });
    }
    files::write(&out, folder, &|_, _| {})?;
    Ok(singles)
}

/// Where the locked pages go, and where those of the last time are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Places<'a> {
    /// The site, when it goes to a folder.
    pub(super) out: Option<&'a Path>,
    /// The folder of single files, when they are asked for.
    pub(super) singles: Option<&'a Path>,
}

/// Makes all of them. Without keys nothing is made, and R02 says how to make some.
pub(super) fn make<'k>(
    library: &Library,
    theme: &Theme,
    ring: &'k Ring,
    request: &Request,
    withheld: &[Withheld],
    places: Places<'_>,
) -> Locks<'k> {
    let alone = places.singles.map(|_| Arc::new(Style::new(theme, true)));
    let style = Arc::new(Style::new(theme, false));
    let inside = withheld.iter().map(|one| one.text).collect();
    let desk = Desk { library, theme, request, places, inside, style, alone };
    let mut locks = Locks::default();
    let closed: Vec<TextId> = desk.closed().collect();
    let keys = |text: &Text| ring.plans.get(text.path.as_str());
    let made: Vec<_> = closed
        .par_iter()
        .filter_map(|&id| Some((id, library.text(id), keys(library.text(id))?)))
        .map(|(id, text, keys)| desk.one(id, text, keys))
        .collect();
    for (plan, mut problems) in made {
        locks.problems.append(&mut problems);
        locks.plans.extend(plan);
    }
    locks.problems.extend(desk.opens_nothing(ring, &closed));
    // Who reads a plan in a booklet has the card of the booklet.
    let has: BTreeSet<(TextId, String)> = locks.read().collect();
    for &id in &closed {
        let text = library.text(id);
        locks.problems.extend(desk.without_card(id, text, keys(text), &has));
    }
    locks
}

struct Desk<'a> {
    library: &'a Library,
    theme: &'a Theme,
    request: &'a Request,
    places: Places<'a>,
    /// The texts that are not for everybody.
    inside: BTreeSet<TextId>,
    style: Arc<Style>,
    /// The style of single files, when they are asked for.
    alone: Option<Arc<Style>>,
}

impl Desk<'_> {
    /// Returns the texts that may have readers.
    fn closed(&self) -> impl Iterator<Item = TextId> {
        let may = |text: &Text| {
            text.part.is_none()
                && (text.kind == Kind::Plan || text.fields.get(Key::Readers).is_some())
        };
        self.library.ids().filter(move |(_, text)| may(text)).map(|(id, _)| id)
    }

    /// Makes a plan for all its readers, and says what was noticed.
    fn one<'k>(
        &self,
        id: TextId,
        text: &Text,
        keys: &'k PlanKeys,
    ) -> (Option<Locked<'k>>, Vec<Problem>) {
        let mut problems = Vec::new();
        let made: Vec<_> = keys
            .readers
            .values()
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|reader| self.reader(id, text, keys, reader))
            .collect();
        let mut readers = Vec::new();
        for made in made {
            match made {
                Ok(mut made) => {
                    problems.append(&mut made.noticed);
                    readers.push(made);
                }
                Err(problem) => problems.push(problem),
            }
        }
        let plan = (!readers.is_empty()).then(|| Locked {
            title: text.title.clone(),
            plan: keys.header.plan,
            door: self.door(text, keys, None),
            readers,
        });
        (plan, problems)
    }

    /// Makes the page with the lock.
    fn door(
        &self,
        text: &Text,
        keys: &PlanKeys,
        inside: Option<&[(String, Vec<u8>)]>,
    ) -> String {
        let exit = &self.exit(text);
        unlock_page(&Door { header: &keys.header, lang: &text.lang, exit, inside })
    }

    /// Returns where "leave quickly" goes: a locked page always has it. Where the text says
    /// otherwise is part of the text, and comes with it when it is open.
    fn exit(&self, text: &Text) -> String {
        let own = self.library.settings.quick_exit.as_deref();
        own.and_then(outside).unwrap_or_else(|| anywhere(&text.lang))
    }

    /// Makes what one reader gets, or says why there is nothing.
    fn reader<'k>(
        &self,
        id: TextId,
        text: &Text,
        keys: &'k PlanKeys,
        reader: &'k ReaderKeys,
    ) -> Result<ForReader<'k>, Problem> {
        let said = |code| self.about(code, text, &reader.name);
        if reader.term.is_over(self.request.today) {
            let until = reader.term.until.map(|day| day.to_string());
            return Err(said(Code::R03).with("d", until.unwrap_or_default()));
        }
        let edition = self.edition(id, &reader.name).map_err(|closed| match closed {
            Closed::NoPart => said(Code::R01),
            Closed::NotNamed | Closed::Waits => said(Code::R04),
        })?;
        let mut missed = Vec::new();
        let downloads = match self.request.booklets {
            true => booklets::to_take_along(&edition, self.theme, &mut missed),
            false => Vec::new(),
        };
        let one = Reader::new(&keys.header, &reader.key);
        let before = self.before(&keys.header.plan, &one);
        let parcel = Parcel {
            edition: &edition,
            theme: self.theme,
            downloads: &downloads,
            style: &self.style,
            until: reader.term.until,
            before: &before,
        };
        let sealed = locked::seal(&parcel, one)?;
        let single = match &self.alone {
            Some(style) => {
                let name = locked::single_name(&one);
                let old =
                    self.places.singles.and_then(|it| files::read(&it.join(&name)).ok());
                let old = old.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                let before = &before.in_single(&one, old.as_deref());
                let alone = locked::seal(&Parcel { style, before, ..parcel }, one)?;
                let mut blobs = alone.files;
                blobs.extend(alone.bundle.seal().map(|it| (alone.bundle.name(), it)));
                Some((name, self.door(text, keys, Some(&blobs))))
            }
            None => None,
        };
        let Sealed { files, bundle, mut noticed } = sealed;
        noticed.append(&mut missed);
        let texts = edition.reader().texts().clone();
        Ok(ForReader { name: reader.name.clone(), files, bundle, single, texts, noticed })
    }

    /// Looks how large the blobs of a reader are in the site that is there now.
    fn before(&self, plan: &[u8; 16], reader: &Reader<'_>) -> Before {
        Before::look(reader, |name| {
            let address = locked::address(plan, &format!("{name}.bin"));
            files::read(&self.places.out?.join(address.as_str())).ok()
        })
    }

    fn edition(&self, id: TextId, reader: &str) -> Result<Edition<'_, One>, Closed> {
        let (edition, _) = compose::one(self.library, id, reader, self.request.today)?;
        Ok(edition)
    }

    /// Says which readers have no card yet, and how to make one.
    fn without_card(
        &self,
        id: TextId,
        text: &Text,
        keys: Option<&PlanKeys>,
        read: &BTreeSet<(TextId, String)>,
    ) -> Option<Problem> {
        // What everybody may read needs no card.
        if !self.inside.contains(&id) {
            return None;
        }
        let has = |name: &str| {
            let name = fold(name.trim());
            keys.is_some_and(|keys| keys.readers.contains_key(&name))
                || read.contains(&(id, name))
        };
        let list = text.fields.list(Key::Readers).iter();
        let without: Vec<&str> = list
            .map(|(name, _)| name.trim())
            .filter(|name| !has(name) && fold(name) != FAMILY)
            .filter(|name| self.edition(id, name).is_ok())
            .collect();
        let first = without.first()?;
        Some(self.about(Code::R02, text, first).with("list", without.join(", ")))
    }

    /// Says which cards lead nowhere: their text is not there, or names no readers now.
    fn opens_nothing(&self, ring: &Ring, closed: &[TextId]) -> Vec<Problem> {
        let closed: BTreeSet<&str> =
            closed.iter().map(|id| self.library.text(*id).path.as_str()).collect();
        let mut problems = Vec::new();
        for (path, keys) in &ring.plans {
            let names: Vec<&str> =
                keys.readers.values().map(|one| one.name.as_str()).collect();
            let Some(first) = names.first() else { continue };
            if closed.contains(path.as_str()) {
                continue;
            }
            match self.library.all().find(|text| text.path.as_str() == path) {
                Some(text) => {
                    let said = names.iter().map(|name| self.about(Code::R04, text, name));
                    problems.extend(said);
                }
                None => problems.push(self.gone(path, first, &names.join(", "))),
            }
        }
        problems
    }

    /// Says that there are cards of a text that is not there.
    fn gone(&self, path: &str, first: &str, list: &str) -> Problem {
        let (code, place) = (Code::R08, Where::Folder);
        Problem { code, place, args: Vec::new() }
            .with("f", path)
            .with("list", list)
            .with("n", first)
            .with("dir", self.request.dir.display().to_string())
    }

    fn about(&self, code: Code, text: &Text, name: &str) -> Problem {
        let list = text.fields.list(Key::Readers);
        let named = list.iter().find(|(typed, _)| fold(typed.trim()) == fold(name));
        let place = named.map_or(text.title_span, |(_, span)| *span);
        Problem::at(code, place)
            .with("n", name)
            .with("t", text.title.clone())
            .with("dir", self.request.dir.display().to_string())
    }
}

/// Says that pages cannot be sealed: they are longer than four gigabytes.
fn too_long(plan: &Locked<'_>) -> Problem {
    let (code, place) = (Code::B08, Where::Folder);
    Problem { code, place, args: Vec::new() }.with("f", plan.title.clone())
}

impl Locks<'_> {
    /// Returns who reads which text behind a lock, by their folded names.
    fn read(&self) -> impl Iterator<Item = (TextId, String)> {
        let readers = self.plans.iter().flat_map(|plan| &plan.readers);
        readers.flat_map(|one| one.texts.iter().map(|id| (*id, fold(&one.name))))
    }

    /// Adds everything to the files of the site.
    pub(super) fn add<'a>(&'a self, files: &mut Files<'a>) {
        if self.plans.is_empty() {
            return;
        }
        files.add(Address::new(WORDS), || {
            Ok(list().collect::<Vec<_>>().join("\n").into_bytes())
        });
        for plan in &self.plans {
            files.add(locked::address(&plan.plan, "index.html"), || {
                Ok(plan.door.clone().into_bytes())
            });
            let blob = |name: &str| locked::address(&plan.plan, &format!("{name}.bin"));
            for reader in &plan.readers {
                for (name, bytes) in &reader.files {
                    files.add(blob(name), || Ok(bytes.clone()));
                }
                let address = blob(&reader.bundle.name());
                files.add(address, || reader.bundle.seal().ok_or_else(|| too_long(plan)));
            }
        }
    }

    /// Returns everything as files that stand by themselves.
    pub(super) fn files(&self) -> Files<'static> {
        let mut made = Files::default();
        self.add(&mut made);
        let mut files = Files::default();
        for address in made.addresses() {
            if let Some(Ok(bytes)) = made.make(address) {
                files.add(address.clone(), move || Ok(bytes.clone()));
            }
        }
        files
    }

    /// Returns the single files.
    pub(super) fn singles(
        &self,
    ) -> impl Iterator<Item = (&Locked<'_>, &ForReader<'_>, &(String, String))> {
        let all = self
            .plans
            .iter()
            .flat_map(|plan| plan.readers.iter().map(move |reader| (plan, reader)));
        all.filter_map(|(plan, reader)| Some((plan, reader, reader.single.as_ref()?)))
    }
}
