//! Floor 9: walks the journey: load → check → compose → output → files.
//!
//! The one caller of the stages; booklets go their own way (`booklets`). [`fn@check`] stops before anything is made; [`build`] goes to
//! the end. Both collect problems and go on; only what the machine refuses ends the run.

#[cfg(feature = "print")]
mod booklets;
#[cfg(not(feature = "print"))]
#[path = "pipeline/no_booklets.rs"]
mod booklets;
#[cfg(feature = "print")]
mod for_reader;
mod haste;
mod live;
mod locks;
mod made_of;
mod notes;
mod opened;
mod reason;
mod receipt;
mod remembered;
mod say;
mod secrets;
mod shown;
mod verify;
mod watch;

pub use crate::output::locked::reader_script;
#[cfg(feature = "print")]
pub use booklets::{Printed, forms, print, reader_card};
#[cfg(feature = "print")]
pub use for_reader::print_for;
pub use haste::Haste;
pub use live::{Behind, Live, Look, Offer, live};
pub use notes::Notes;
pub use reason::reason;
pub use receipt::{Receipt, Said, cache, look};
pub use remembered::{Remembered, Whose};
pub use shown::Shown;
pub use verify::{Published, Verified, fingerprint, verify};

use crate::check;
use crate::compose;
use crate::files;
use crate::keys::{Open, Place, Ring};
use crate::load::{self, Seen};
use crate::lock::Drawer;
use crate::model::Library;
use crate::output::Beside;
use crate::output::site::{self, SiteOptions};
use crate::problem::{Failure, Problem, Where, add_new};
use crate::text::{Address, SourceId};
use crate::theme::Theme;
use jiff::civil::Date;
use made_of::MadeOf;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// What to read, and how.
#[derive(Debug, Clone)]
pub struct Request {
    /// The folder of texts.
    pub dir: PathBuf,
    /// The day it is: consent ends, texts appear. Handed in, never looked up.
    pub today: Date,
    /// Whether the site gets a search index.
    pub search: bool,
    /// Whether the site gets the booklets that texts ask for.
    pub booklets: bool,
    /// Whether word hints are wanted (`check` yes, `build` no).
    pub hints: bool,
}

/// What was read, and what was noticed.
#[derive(Debug)]
pub struct Report {
    /// The library, for places and settings.
    pub library: Library,
    /// All problems; the views sort them.
    pub problems: Vec<Problem>,
    /// The texts that stay inside.
    pub withheld: Vec<compose::Withheld>,
}

/// Where a build is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading texts.
    Reading,
    /// Deciding who gets what.
    Composing,
    /// Setting booklets.
    Printing,
    /// Making pages.
    Making {
        /// Files made so far.
        done: usize,
        /// Files to make.
        total: usize,
    },
    /// Putting the finished site in its place.
    Writing,
}

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// What was read and noticed.
    pub report: Report,
    /// Pages of the site.
    pub pages: usize,
    /// Booklets beside it: their addresses.
    pub booklets: Vec<String>,
    /// Locked pages, and readers who can open them.
    pub locked: (usize, usize),
    /// How many private things were looked for in all that goes out.
    pub looked_for: usize,
    /// The single files, in order.
    pub singles: Vec<Single>,
    /// Files that are new or differ.
    pub written: usize,
    /// Files that were the same already.
    pub unchanged: usize,
    /// Files of ours that are no longer there.
    pub deleted: usize,
    /// Whether the new site is in place; `false`: the old one stays whole.
    pub published: bool,
    /// How it lies on the disk, where that is noted for the next build.
    pub site: Option<[u8; 32]>,
}

/// Reads and checks a folder; makes nothing.
pub fn check(request: &Request) -> Result<Report, Failure> {
    let load::Loaded { library, mut problems } = read(&request.dir)?;
    problems.extend(advice(&library, request, None));
    let composed = compose::public(&library, request.today);
    problems.extend(composed.problems);
    let withheld = composed.withheld;
    let (theme, noticed) = theme(&library, &request.dir);
    problems.extend(noticed);
    add_new(&mut problems, booklets::noticed(&library, &theme, request.today));
    Ok(Report { library, problems, withheld })
}

/// What was looked at before a build.
pub struct Before {
    /// The folder.
    pub seen: Seen,
    /// What other builds of it worked out.
    pub notes: Option<Notes>,
}

/// Builds the site of a folder into `out`, without keys: nothing goes out behind a lock.
pub fn build(
    request: &Request,
    out: &Path,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Built, Failure> {
    build_with(request, None, &Private::default(), out, progress)
}

/// What readers with a card need.
#[derive(Debug, Clone, Copy, Default)]
pub struct Private<'a> {
    /// Where the keys stand.
    pub keys: Option<&'a Place>,
    /// Where the single files go, when they are wanted: for who gets the page by mail.
    pub singles: Option<&'a Path>,
}

/// A single file that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Single {
    /// The title of the plan.
    pub title: String,
    /// The reader it is for.
    pub reader: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its SHA-256, to print on paper.
    pub hash: String,
}

/// Builds the site of a folder into `out`, with the pages that readers open with the keys
/// that stand at a place. `before` is what was looked at already. Refuses keys
/// that are not safe there.
pub fn build_with(
    request: &Request,
    before: Option<Before>,
    private: &Private<'_>,
    out: &Path,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Built, Failure> {
    outside(&request.dir, out)?;
    if let Some(singles) = private.singles {
        apart(&request.dir, out, singles)?;
    }
    let ring = keys(private.keys, out)?;
    progress(Step::Reading);
    let (seen, notes) = match before {
        Some(Before { seen, notes }) => (Some(seen), notes),
        None => (None, None),
    };
    let drawers = notes.as_ref().map(Notes::drawers);
    let loaded = match seen {
        Some(seen) => some(load::read_seen(seen, drawers.as_ref()), &request.dir),
        None => read(&request.dir),
    };
    let load::Loaded { mut library, mut problems } = loaded?;
    progress(Step::Composing);
    let kept = drawers.map(|drawers| drawers.texts);
    problems.extend(advice(&library, request, kept.as_deref()));
    drop(kept);
    library.sources.let_go(&named(&problems));
    let notes = notes.map(Notes::keep_texts);
    let composed = compose::public(&library, request.today);
    problems.extend(composed.problems.iter().cloned());
    let (theme, noticed) = theme(&library, &request.dir);
    problems.extend(noticed);
    let downloads = match request.booklets && booklets::wanted(&library) {
        true => {
            progress(Step::Printing);
            let taken =
                |address: &Address| composed.edition.attachments().contains_key(address);
            booklets::downloads(&library, request.today, &theme, &taken, &mut problems)
        }
        false => Vec::new(),
    };
    let booklets = downloads.iter().map(|one| one.address.as_str().to_string()).collect();
    let options = SiteOptions { search: request.search };
    let places = locks::Places { out: Some(out), singles: private.singles };
    let (withheld, edition) = (&composed.withheld, &composed.edition);
    let (mut locks, watch) = rayon::join(
        || locks::make(&library, &theme, &ring, request, withheld, places),
        || watch::Watch::new(&library, withheld, edition, &theme),
    );
    let watch = watch.map_err(|_| Failure::refused("look-too-much", &request.dir))?;
    add_new(&mut problems, std::mem::take(&mut locks.problems));
    let shares = booklets::share_pictures(&composed.edition, &theme);
    let noted = notes.as_ref().map(|notes| &*notes.files.drawer);
    let beside = Beside { downloads, shares, notes: noted };
    let mut files = site::site(&composed.edition, &theme, options, beside);
    let pages =
        files.addresses().filter(|address| address.as_str().ends_with(".html")).count();
    locks.add(&mut files);
    let making = |done, total| {
        progress(if done < total { Step::Making { done, total } } else { Step::Writing });
    };
    watch.others(out)?;
    let look = |address: &Address, bytes: &[u8]| watch.look(&library, address, bytes);
    let made_of = noted.map(|drawer| MadeOf::new(drawer, request, &theme, &watch, out));
    let before = made_of.as_ref().map(|made_of| |site: &[u8; 32]| made_of.before(site));
    let before = before.as_ref().map(|before| before as &files::Before<'_>);
    let how = files::How { progress: &making, look: &look, before };
    let written = files::write_as(&files, out, how)?;
    drop(files);
    let stumbled = theme.noticed();
    // A page on which a template stumbled is told of each time it is made.
    let made_of = made_of.filter(|_| stumbled.is_empty());
    if let (Some(made_of), Some(site)) = (made_of, &written.site) {
        made_of.note(&written.sums, site);
    }
    if let Some(notes) = notes {
        notes.keep();
    }
    problems.extend(written.problems);
    problems.extend(stumbled);
    let singles = match private.singles.filter(|_| written.published) {
        Some(folder) => locks::write_singles(&locks, folder)?,
        None => Vec::new(),
    };
    let withheld = composed.withheld;
    let locked =
        (locks.plans.len(), locks.plans.iter().map(|plan| plan.readers.len()).sum());
    Ok(Built {
        report: Report { library, problems, withheld },
        pages,
        booklets,
        locked,
        singles,
        looked_for: watch.count(),
        written: written.written,
        unchanged: written.unchanged,
        deleted: written.deleted,
        published: written.published,
        site: written.site,
    })
}

/// Reads the keys. A site with locked pages stays as it is when their keys are not there.
fn keys(place: Option<&Place>, out: &Path) -> Result<Ring, Failure> {
    let ring = place.map(|place| Open::look(place, Some(out))).transpose()?;
    let ring = ring.flatten().unwrap_or_default();
    match locks::are_others_there(out, &ring)? {
        true => Err(Failure::refused("keys-lost", out)),
        false => Ok(ring),
    }
}

/// Reads the folder. One without any text is most likely another folder than was meant:
/// going on would put an empty site in the place of a good one.
fn read(dir: &Path) -> Result<load::Loaded, Failure> {
    some(load::read(dir)?, dir)
}

/// Reads the folder, with the memory of the time before.
fn read_again(dir: &Path, memory: &mut load::Memory) -> Result<load::Loaded, Failure> {
    some(load::read_again(dir, memory)?, dir)
}

/// Refuses a folder without a text.
fn some(loaded: load::Loaded, dir: &Path) -> Result<load::Loaded, Failure> {
    if loaded.library.sources.iter().next().is_none() {
        return Err(Failure::refused("no-text", dir));
    }
    Ok(loaded)
}

fn advice(library: &Library, request: &Request, drawer: Option<&Drawer>) -> Vec<Problem> {
    let (today, options) = (request.today, check::Options { hints: request.hints });
    match drawer {
        Some(drawer) => check::check_kept(library, today, options, drawer),
        None => check::check(library, today, options),
    }
}

/// Returns the sources in which something was noticed: their lines are shown.
fn named(problems: &[Problem]) -> BTreeSet<SourceId> {
    let span = |problem: &Problem| match problem.place {
        Where::Span(span) => Some(span.source),
        Where::File(_) | Where::Theme(..) | Where::Folder => None,
    };
    problems.iter().filter_map(span).collect()
}

/// Loads the theme.
fn theme(library: &Library, dir: &Path) -> (Theme, Vec<Problem>) {
    let (theme, mut problems) =
        Theme::load(&library.settings.theme, themes(dir).as_deref());
    place(&mut problems, library);
    (theme, problems)
}

/// Returns the folder that holds `themes/`: it lies among the texts, or beside a folder of
/// texts that is called `content`.
fn themes(dir: &Path) -> Option<PathBuf> {
    let real = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
    let beside =
        real.parent().filter(|_| real.file_name().is_some_and(|n| n == "content"));
    let has = |dir: &&Path| dir.join("themes").is_dir();
    Some(real.as_path()).filter(has).or(beside.filter(has)).map(Path::to_path_buf)
}

/// Tells where the name of the theme was typed: the theme does not know, the library does.
fn place(problems: &mut [Problem], library: &Library) {
    for problem in problems.iter_mut().filter(|problem| problem.place == Where::Folder) {
        if let Some(span) = library.settings.theme_span {
            problem.place = Where::Span(span);
        }
    }
}

/// Refuses an output folder that holds the texts, or that has texts in it: the next build
/// would read its own pages, or not read those texts, and a mistake could remove somebody's
/// work.
fn outside(dir: &Path, out: &Path) -> Result<(), Failure> {
    let (texts, site) = (real(dir), real(out));
    if texts.starts_with(&site) {
        return Err(Failure::refused("out-inside", out));
    }
    // A site inside the folder of texts is fine in a folder of its own: reading skips a
    // folder with our list of files. With anything else in it, that would be skipped too.
    if site.starts_with(&texts) && holds_others(&site) {
        return Err(Failure::refused("out-with-texts", out));
    }
    Ok(())
}

/// Refuses a folder for single files that lies in the site, where all could fetch them, or
/// among the texts, or that holds either.
fn apart(dir: &Path, out: &Path, singles: &Path) -> Result<(), Failure> {
    let (texts, site, own) = (real(dir), real(out), real(singles));
    let near = |other: &Path| own.starts_with(other) || other.starts_with(&own);
    if near(&site) || near(&texts) {
        return Err(Failure::refused("single-inside", singles));
    }
    Ok(())
}

/// Makes a file that only its owner can read, for words that open a lock; nothing that is
/// there is written over. Refuses a place among the texts or in a site: from there all
/// could fetch it.
#[cfg(feature = "print")]
pub fn private_file(dir: &Path, path: &Path) -> Result<std::fs::File, Failure> {
    let (texts, own) = (real(dir), real(path));
    let in_site = own.ancestors().any(|above| above.join(files::LIST).is_file());
    if own.starts_with(&texts) || in_site {
        return Err(Failure::refused("card-inside", path));
    }
    crate::keys::private_file(path).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::refused("exists", path),
        _ => Failure::writing(path, cause),
    })
}

/// Returns a path with links followed, also when its last names are not there yet.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut known = path.as_path();
    let mut rest = Vec::new();
    loop {
        if let Ok(real) = known.canonicalize() {
            return rest.iter().rev().fold(real, |path: PathBuf, name| path.join(name));
        }
        match (known.parent(), known.file_name()) {
            (Some(above), Some(name)) => {
                rest.push(name.to_os_string());
                known = above;
            }
            _ => return path,
        }
    }
}

/// Tells whether a folder holds what reading would miss: any file before our first build,
/// texts after it. Hidden files are never read.
fn holds_others(site: &Path) -> bool {
    let built = site.join(files::LIST).is_file();
    let is_hidden = |name: &OsStr| name.to_string_lossy().starts_with('.');
    walkdir::WalkDir::new(site)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()))
        .flatten()
        .filter(|entry| !entry.file_type().is_dir())
        .any(|entry| !built || load::is_text_name(&entry.file_name().to_string_lossy()))
}
