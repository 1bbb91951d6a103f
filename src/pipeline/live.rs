//! The site of a folder, standing in memory: nothing is written, every file is made when
//! somebody asks for it.
//!
//! Setting booklets takes seconds, and pages tell how large they are. So a site stands with
//! the booklets of the one before; [`Live::press`] makes its own, beside the pages that are
//! asked for meanwhile, and from then on the site is the same as that of a build.

use super::haste::{Haste, at_the_press};
use super::remembered::Whose;
use super::shown::Shown;
use super::{Remembered, Request, add_new, booklets, locks};
use crate::check;
use crate::compose::{
    self, Chosen, Composed, Edition, Entry, EntryId, Looking, Public, Withheld,
};
use crate::files::{Files, Store};
use crate::keys::{Open, Place, ReaderKeys, Ring};
use crate::load::Loaded;
use crate::model::{Kind, Library, Text, TextId};
use crate::output::Download;
use crate::output::locked::Style;
use crate::output::site;
use crate::problem::{Failure, Problem};
use crate::text::Address;
use crate::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::Permissions;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::SystemTime;

/// A site that stands: what was read, what of it is for everybody, and its files.
pub struct Live<'a> {
    /// What was asked for.
    pub request: &'a Request,
    /// All that was read.
    pub library: &'a Arc<Library>,
    /// What everybody gets.
    pub edition: &'a Edition<'a, Public>,
    /// How it looks.
    pub theme: &'a Theme,
    /// The texts that stay inside, and why.
    pub withheld: &'a [Withheld],
    /// The texts of the entries of the edition, by number.
    ids: &'a [TextId],
    /// All of it, when it was made as a whole and not touched since.
    whole: Option<&'a Composed<'a>>,
    noticed: &'a [Problem],
    problems: OnceLock<Vec<Problem>>,
    pub(super) memory: &'a Mutex<Remembered>,
    /// The files of the site.
    files: RwLock<Arc<Shown<'a>>>,
    /// The booklets that pages tell of before this site has its own.
    known: Vec<Download>,
    pressed: OnceLock<Pressed>,
    /// Where the keys of readers stand.
    keys: Option<&'a Place>,
    behind: Mutex<Option<(Stamp, Arc<Behind>)>>,
    /// The style of pages behind a lock.
    pub(super) style: OnceLock<Arc<Style>>,
    /// What readers may take along whose pages were asked for.
    pub(super) along: Mutex<BTreeMap<Whose, Along>>,
}

/// What somebody may take along.
#[derive(Clone, Default)]
pub(super) struct Along {
    /// Whether it was set for this site; else it is of a while ago.
    pub(super) is_set: bool,
    pub(super) files: Vec<Download>,
}

/// Length, time and rights of the keys file: a card may be made while a preview stands.
type Stamp = Option<(u64, Option<SystemTime>, Permissions)>;

/// What stands behind locks.
pub struct Behind {
    /// The pages and blobs, as a build makes them; what build refuses, when it does.
    pub files: Result<Files<'static>, Failure>,
    problems: Vec<Problem>,
}

/// What came of setting booklets.
struct Pressed {
    /// Whether pages tell something else than before, and nobody heard it yet.
    tells: AtomicBool,
    problems: Vec<Problem>,
}

impl<'a> Live<'a> {
    /// Returns the files of the site. Once [`Live::press`] is done they are the same as
    /// a build makes; before that, what pages tell of booklets may be of a while ago.
    pub fn files(&self) -> Arc<Shown<'a>> {
        Arc::clone(&self.files.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the files to take one from: a booklet is never the one of a while ago.
    pub fn files_for(&self, address: &Address) -> Arc<Shown<'a>> {
        let files = self.files();
        if !is_booklet(address)
            || !self.known.iter().any(|one| one.address == *address) && files.has(address)
        {
            return files;
        }
        drop(files);
        self.set_once();
        self.files()
    }

    /// Makes the booklets beside the site, once, and puts them in the files; then what
    /// readers take along whose pages were asked for. Tells, once, whether pages tell
    /// something else than before.
    pub fn press(&self) -> bool {
        let tells = self.set_once().tells.swap(false, Ordering::Relaxed);
        self.press_along() || tells
    }

    fn set_once(&self) -> &Pressed {
        self.pressed.get_or_init(|| at_the_press(|| self.set()))
    }

    fn set(&self) -> Pressed {
        let mut problems = Vec::new();
        let made = match booklets::wanted(self.library) && self.request.booklets {
            true => {
                let taken = |address: &Address| is_taken(self.edition, address);
                let (library, today) = (self.library, self.request.today);
                booklets::downloads(library, today, self.theme, &taken, &mut problems)
            }
            false => Vec::new(),
        };
        let tells =
            !made.iter().map(Download::told).eq(self.known.iter().map(Download::told));
        if made != self.known {
            locked(self.memory).keep(&made);
            let files = Shown::new(self.edition, self.theme, self.request, made);
            *self.files.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(files);
        }
        booklets::tidy();
        Pressed { tells: AtomicBool::new(tells), problems }
    }

    /// Returns what a build puts behind locks, with the keys that are there now. Made when it
    /// is asked for, and kept as long as the keys stay as they are; keys themselves are not
    /// kept, and none are ever made here.
    pub fn behind_locks(&self) -> Arc<Behind> {
        let stamp = self.keys.and_then(|place| {
            let facts = std::fs::metadata(&place.file).ok()?;
            Some((facts.len(), facts.modified().ok(), facts.permissions()))
        });
        let mut kept = self.behind.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, behind)) = kept.as_ref().filter(|kept| kept.0 == stamp) {
            return Arc::clone(behind);
        }
        let behind = Arc::new(at_the_press(|| self.lock()));
        *kept = Some((stamp, Arc::clone(&behind)));
        behind
    }

    /// Returns the texts that somebody with a card may read: the title, and the page with
    /// the lock.
    /// Nothing when the keys are not safe where they are.
    pub fn locked_plans(&self) -> Vec<(String, Address)> {
        let ring = self.ring().unwrap_or_default();
        let (library, today) = (self.library, self.request.today);
        let page = |id: TextId, text: &Text| {
            let keys = ring.plans.get(text.path.as_str())?;
            let may = |reader: &ReaderKeys| {
                !reader.term.is_over(today)
                    && compose::one(library, id, &reader.name, today).is_ok()
            };
            keys.readers.values().any(may).then(|| locks::page(keys))
        };
        let all = library.ids().filter(|(_, text)| text.part.is_none());
        all.filter_map(|(id, text)| Some((text.title.clone(), page(id, text)?))).collect()
    }

    fn ring(&self) -> Result<Ring, Failure> {
        let ring = self.keys.map(|place| Open::look(place, None)).transpose()?;
        Ok(ring.flatten().unwrap_or_default())
    }

    fn lock(&self) -> Behind {
        let ring = match self.ring() {
            Ok(ring) => ring,
            Err(refused) => return Behind { files: Err(refused), problems: Vec::new() },
        };
        let (library, theme, request) = (self.library, self.theme, self.request);
        let places = locks::Places::default();
        let made = locks::make(library, theme, &ring, request, self.withheld, places);
        Behind { files: Ok(made.files()), problems: made.problems }
    }

    /// Lets a site stand of a library that differs from this one only in what these texts
    /// say ([`crate::load::touch`]), for as long as `run` takes; it is made in no time. `None`
    /// when other pages would be other too: then all has to be made. What was noticed while
    /// reading stays as it was.
    pub fn touch<T>(
        &self,
        library: &Arc<Library>,
        texts: &BTreeSet<TextId>,
        run: impl FnOnce(&Live<'_>) -> T,
    ) -> Option<T> {
        let made = self.whole?.touch(self.library, library, texts)?;
        let ground = Ground {
            request: self.request,
            theme: self.theme,
            ids: self.ids,
            noticed: self.noticed,
            memory: self.memory,
            keys: self.keys,
        };
        let files = self.files().like(&made.edition, self.theme);
        Some(run(&ground.live(library, (&made.edition, &made.withheld), files)))
    }

    /// Returns all that is noticed: what `check` tells, and what pages and booklets said
    /// while they were made, so far.
    pub fn noticed(&self) -> Vec<Problem> {
        let mut all = self.problems().to_vec();
        add_new(&mut all, self.theme.noticed());
        if let Some(pressed) = self.pressed.get() {
            add_new(&mut all, pressed.problems.clone());
        }
        let behind = self.behind.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, behind)) = behind.as_ref() {
            add_new(&mut all, behind.problems.clone());
        }
        all
    }

    /// Returns all that is noticed, as `check` tells it. The advice is made when this is
    /// asked for the first time.
    pub fn problems(&self) -> &[Problem] {
        let find = || {
            let mut problems = self.noticed.to_vec();
            problems.extend(self.advice());
            let today = self.request.today;
            add_new(&mut problems, booklets::noticed(self.library, self.theme, today));
            problems
        };
        self.problems.get_or_init(|| Haste::Calm.run(find))
    }

    fn advice(&self) -> Vec<Problem> {
        let options = check::Options { hints: self.request.hints };
        let today = self.request.today;
        // Nobody waits for the memory meanwhile: who reads needs the rest of it.
        let mut known = locked(self.memory).advice();
        let found = check::check_again(self.library, today, options, &mut known);
        locked(self.memory).noticed(known);
        found
    }

    /// Returns the page of a text, when everybody may read it.
    pub fn page(&self, text: TextId) -> Option<&Address> {
        page_of(self.edition, self.ids, text)
    }

    /// Returns the texts that stand on a page.
    pub fn texts_on(&self, page: &Address) -> Vec<TextId> {
        texts_on(self.edition, self.ids, page)
    }

    /// Returns the booklets that can be looked at.
    pub fn booklets(&self) -> Vec<Offer> {
        booklets::offers(self.library, self.request.today)
    }

    /// Makes a booklet; `None` when there is none of that name.
    pub fn booklet(&self, name: &str) -> Option<Vec<u8>> {
        let today = self.request.today;
        at_the_press(|| booklets::offered(self.library, self.theme, today, name))
    }

    /// Looks through the eyes of a reader; of the writer, who sees everything, when
    /// `reader` is `None`. Nothing of it is kept.
    pub fn look<T>(&self, reader: Option<&str>, run: impl FnOnce(&Look<'_>) -> T) -> T {
        let composed = compose::looking(self.library, reader, self.request.today);
        let files = site::looked(&composed.edition, self.theme);
        run(&Look { edition: &composed.edition, files: &files, ids: &composed.ids })
    }
}

/// A booklet that can be looked at.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Name of its file: `samen-large.pdf`.
    pub name: String,
    /// Title of the booklet.
    pub title: String,
    /// What it is: a name of `output::print::Format`.
    pub format: &'static str,
}

/// The site through the eyes of somebody.
pub struct Look<'a> {
    /// What they get.
    edition: &'a Edition<'a, Looking>,
    /// The files of that site.
    pub files: &'a Files<'a>,
    ids: &'a [TextId],
}

impl Look<'_> {
    /// Returns the texts that stand on a page.
    pub fn texts_on(&self, page: &Address) -> Vec<TextId> {
        texts_on(self.edition, self.ids, page)
    }

    /// Returns the page of a text, when this reader may read it.
    pub fn page(&self, text: TextId) -> Option<&Address> {
        page_of(self.edition, self.ids, text)
    }
}

fn texts_on(edition: &Chosen<'_>, ids: &[TextId], page: &Address) -> Vec<TextId> {
    let here = edition.entries().zip(ids);
    here.filter(|(entry, _)| entry.address == *page).map(|(_, &id)| id).collect()
}

fn page_of<'e>(
    edition: &'e Chosen<'_>,
    ids: &[TextId],
    text: TextId,
) -> Option<&'e Address> {
    let at = ids.iter().position(|&id| id == text)?;
    Some(&edition.entry(EntryId(at as u32)).address)
}

/// Lets a site stand for as long as `run` takes, with the memory of the one before: what
/// was read, and the booklets that pages tell of until this site has set its own. `keys`:
/// where the keys of readers stand; they are read when somebody looks behind a lock.
pub fn live<T>(
    request: &Request,
    keys: Option<&Place>,
    memory: &Mutex<Remembered>,
    haste: Haste,
    run: impl FnOnce(&Live<'_>) -> T,
) -> Result<T, Failure> {
    let read = || {
        let mut remembered = locked(memory);
        let loaded = remembered.read(&request.dir)?;
        let theme = remembered.theme(&loaded.library, &request.dir);
        Ok((loaded, theme, remembered.downloads()))
    };
    let (loaded, (theme, noticed), known) = haste.run(read)?;
    let Loaded { library, mut problems } = loaded;
    let library = Arc::new(library);
    let mut composed = haste.run(|| compose::public(&library, request.today));
    problems.append(&mut composed.problems);
    problems.extend(noticed);
    let known = still(known, request, &library, &composed.edition);
    let (ids, noticed) = (composed.ids.as_slice(), problems.as_slice());
    let ground = Ground { request, theme: &theme, ids, noticed, memory, keys };
    let made = (&composed.edition, composed.withheld.as_slice());
    let files = Shown::new(&composed.edition, &theme, request, known);
    Ok(run(&Live { whole: Some(&composed), ..ground.live(&library, made, files) }))
}

/// What a site stands on, whatever its texts say.
struct Ground<'a> {
    request: &'a Request,
    theme: &'a Theme,
    ids: &'a [TextId],
    noticed: &'a [Problem],
    memory: &'a Mutex<Remembered>,
    keys: Option<&'a Place>,
}

impl<'a> Ground<'a> {
    fn live(
        self,
        library: &'a Arc<Library>,
        (edition, withheld): (&'a Edition<'a, Public>, &'a [Withheld]),
        files: Shown<'a>,
    ) -> Live<'a> {
        let Ground { request, theme, ids, noticed, memory, keys } = self;
        let known = files.downloads.clone();
        Live {
            request,
            library,
            edition,
            theme,
            withheld,
            ids,
            whole: None,
            noticed,
            problems: OnceLock::new(),
            memory,
            files: RwLock::new(Arc::new(files)),
            known,
            pressed: OnceLock::new(),
            keys,
            behind: Mutex::default(),
            style: OnceLock::new(),
            along: Mutex::default(),
        }
    }
}

/// Returns those of the booklets of a while ago that this site may still tell of.
fn still(
    known: Vec<Download>,
    request: &Request,
    library: &Library,
    edition: &Edition<'_, Public>,
) -> Vec<Download> {
    if !request.booklets || !booklets::wanted(library) {
        return Vec::new();
    }
    let is_there = |one: &Download| {
        let booklet = |entry: &Entry<'_>| {
            entry.kind == Kind::Booklet && entry.address == one.booklet
        };
        edition.entries().any(booklet) && !is_taken(edition, &one.address)
    };
    known.into_iter().filter(is_there).collect()
}

/// Tells whether a file of somebody's own stands at an address.
fn is_taken(edition: &Chosen<'_>, address: &Address) -> bool {
    edition.attachments().contains_key(address)
}

/// Tells whether a booklet could stand at an address.
fn is_booklet(address: &Address) -> bool {
    let name = address.as_str();
    name.ends_with(".pdf") || name.ends_with(".epub")
}

pub(super) fn locked(memory: &Mutex<Remembered>) -> MutexGuard<'_, Remembered> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}
