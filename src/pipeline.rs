//! Floor 7: walks the journey: load → check → compose → output → files.
//!
//! The one caller of the stages. [`fn@check`] stops before anything is made; [`build`] goes to
//! the end. Both collect problems and go on; only what the machine refuses ends the run.

use crate::check;
use crate::compose;
use crate::files;
use crate::load;
#[cfg(feature = "print")]
use crate::model::Kind;
use crate::model::Library;
#[cfg(feature = "print")]
use crate::output::print;
use crate::output::site::{self, SiteOptions};
use crate::problem::{Failure, Problem, Where};
#[cfg(feature = "print")]
use crate::text::Address;
use crate::theme::Theme;
use jiff::civil::Date;
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
    /// Files that are new or differ.
    pub written: usize,
    /// Files that were the same already.
    pub unchanged: usize,
    /// Files of ours that are no longer there.
    pub deleted: usize,
    /// Whether the new site is in place; `false`: the old one stays whole.
    pub published: bool,
}

/// Reads and checks a folder; makes nothing.
pub fn check(request: &Request) -> Result<Report, Failure> {
    let load::Loaded { library, mut problems } = read(&request.dir)?;
    problems.extend(advice(&library, request));
    let composed = compose::public(&library, request.today);
    problems.extend(composed.problems);
    let withheld = composed.withheld;
    let (theme, noticed) = theme(&library, request);
    problems.extend(noticed);
    add_new(&mut problems, of_booklets(&library, &theme, request.today));
    Ok(Report { library, problems, withheld })
}

/// Returns what is noticed about the booklets that texts ask for.
#[cfg(feature = "print")]
fn of_booklets(library: &Library, theme: &Theme, today: Date) -> Vec<Problem> {
    if !library.texts.iter().any(|text| text.kind == Kind::Booklet) {
        return Vec::new();
    }
    let composed = compose::on_paper(library, today);
    let booklets = print::booklets(&composed.edition);
    let mut noticed = composed.problems;
    noticed.extend(print::notice(&composed.edition, theme, &booklets));
    if booklets.iter().any(|one| one.asked().contains(&print::Format::Epub)) {
        add_new(&mut noticed, compose::as_ebook(library, today).problems);
    }
    noticed
}

#[cfg(not(feature = "print"))]
fn of_booklets(_: &Library, _: &Theme, _: Date) -> Vec<Problem> {
    Vec::new()
}

/// Adds the problems that are not there yet: two editions of the same texts notice much of
/// the same.
fn add_new(problems: &mut Vec<Problem>, more: Vec<Problem>) {
    for problem in more {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
}

/// Builds the site of a folder into `out`.
pub fn build(
    request: &Request,
    out: &Path,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Built, Failure> {
    outside(&request.dir, out)?;
    progress(Step::Reading);
    let load::Loaded { library, mut problems } = read(&request.dir)?;
    progress(Step::Composing);
    problems.extend(advice(&library, request));
    let composed = compose::public(&library, request.today);
    problems.extend(composed.problems.iter().cloned());
    let (theme, noticed) = theme(&library, request);
    problems.extend(noticed);
    let files =
        site::site(&composed.edition, &theme, SiteOptions { search: request.search });
    let pages =
        files.addresses().filter(|address| address.as_str().ends_with(".html")).count();
    let making = |done, total| {
        progress(if done < total { Step::Making { done, total } } else { Step::Writing });
    };
    let written = files::write(&files, out, &making)?;
    drop(files);
    problems.extend(written.problems);
    problems.extend(theme.noticed());
    let withheld = composed.withheld;
    Ok(Built {
        report: Report { library, problems, withheld },
        pages,
        written: written.written,
        unchanged: written.unchanged,
        deleted: written.deleted,
        published: written.published,
    })
}

/// What printing did.
#[cfg(feature = "print")]
#[derive(Debug)]
pub struct Printed {
    /// What was read and noticed.
    pub report: Report,
    /// The booklets, without their bytes, in order.
    pub files: Vec<print::Printed>,
}

/// Makes booklets of a folder into `out`: in the formats asked for, or, when none is, in
/// those the texts ask for.
#[cfg(feature = "print")]
pub fn print(
    request: &Request,
    out: &Path,
    wanted: &[print::Format],
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Printed, Failure> {
    outside(&request.dir, out)?;
    // Writing keeps one output a folder: booklets in the folder of a site would end it.
    if out.join("index.html").exists() {
        return Err(Failure::refused("print-in-site", out));
    }
    progress(Step::Reading);
    let load::Loaded { library, mut problems } = read(&request.dir)?;
    progress(Step::Composing);
    let compose::Composed { edition, problems: noticed, withheld } =
        compose::on_paper(&library, request.today);
    problems.extend(noticed);
    let (theme, noticed) = theme(&library, request);
    problems.extend(noticed);
    let asked = asked(&edition, wanted);
    let run = print::print(&edition, &theme, &asked);
    problems.extend(run.problems);
    let mut made = run.files;
    if asked.iter().any(|(_, formats)| formats.contains(&print::Format::Epub)) {
        let run = ebooks(&library, request, &theme, wanted, &run.pages);
        add_new(&mut problems, run.problems);
        made.extend(run.files);
    }
    let mut files = files::Files::default();
    for one in &mut made {
        let bytes = std::mem::take(&mut one.bytes);
        files.add(Address::new(&one.name), move || Ok(bytes.clone()));
    }
    let written = files::write(&files, out, &|done, total| {
        progress(if done < total { Step::Making { done, total } } else { Step::Writing });
    })?;
    problems.extend(written.problems);
    drop(asked);
    drop(edition);
    Ok(Printed { report: Report { library, problems, withheld }, files: made })
}

/// Returns the booklets of an edition with the formats wanted, or, when none is, those the
/// texts ask for. Without a text that asks for a booklet there is one of everything.
#[cfg(feature = "print")]
fn asked<'e, R>(
    edition: &'e compose::Edition<'e, R>,
    wanted: &[print::Format],
) -> Vec<(print::Booklet<'e>, Vec<print::Format>)> {
    let mut booklets = print::booklets(edition);
    if booklets.is_empty() {
        booklets.push(print::whole(edition));
    }
    booklets.retain(|booklet| !booklet.is_empty());
    let formats = |booklet: &print::Booklet<'_>| match wanted {
        [] => booklet.asked(),
        wanted => wanted.to_vec(),
    };
    let with = |booklet| {
        let formats = formats(&booklet);
        (booklet, formats)
    };
    booklets.into_iter().map(with).collect()
}

/// Makes the e-books: who tells a story may say yes to paper and no to these.
#[cfg(feature = "print")]
fn ebooks(
    library: &Library,
    request: &Request,
    theme: &Theme,
    wanted: &[print::Format],
    pages: &print::Pages,
) -> print::Run {
    let composed = compose::as_ebook(library, request.today);
    let asked = asked(&composed.edition, wanted);
    let mut run = print::ebooks(&composed.edition, theme, &asked, pages);
    add_new(&mut run.problems, composed.problems);
    run
}

/// Reads the folder. One without any text is most likely another folder than was meant:
/// going on would put an empty site in the place of a good one.
fn read(dir: &Path) -> Result<load::Loaded, Failure> {
    let loaded = load::read(dir)?;
    if loaded.library.sources.iter().next().is_none() {
        return Err(Failure::refused("no-text", dir));
    }
    Ok(loaded)
}

fn advice(library: &Library, request: &Request) -> Vec<Problem> {
    let hints = request.hints && library.settings.hints;
    check::check(library, request.today, check::Options { hints })
}

/// Loads the theme. Its folder `themes/` lies among the texts, or beside a folder of texts
/// that is called `content`.
fn theme(library: &Library, request: &Request) -> (Theme, Vec<Problem>) {
    let real = request.dir.canonicalize().unwrap_or_else(|_| request.dir.clone());
    let beside =
        real.parent().filter(|_| real.file_name().is_some_and(|n| n == "content"));
    let has = |dir: &&Path| dir.join("themes").is_dir();
    let project = Some(real.as_path()).filter(has).or(beside.filter(has));
    let (theme, mut problems) = Theme::load(&library.settings.theme, project);
    // The theme does not know where its name was typed; the library does.
    for problem in problems.iter_mut().filter(|problem| problem.place == Where::Folder) {
        if let Some(span) = library.settings.theme_span {
            problem.place = Where::Span(span);
        }
    }
    (theme, problems)
}

/// Refuses an output folder that holds the texts, or that has texts in it: the next build
/// would read its own pages, or not read those texts, and a mistake could remove somebody's
/// work.
fn outside(dir: &Path, out: &Path) -> Result<(), Failure> {
    let real = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let mut known = path.as_path();
        let mut rest = Vec::new();
        loop {
            if let Ok(real) = known.canonicalize() {
                return rest
                    .iter()
                    .rev()
                    .fold(real, |path: PathBuf, name| path.join(name));
            }
            match (known.parent(), known.file_name()) {
                (Some(above), Some(name)) => {
                    rest.push(name.to_os_string());
                    known = above;
                }
                _ => return path,
            }
        }
    };
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
