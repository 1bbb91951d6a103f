//! The site of a folder, standing in memory: nothing is written, every file is made when
//! somebody asks for it.

use super::{Remembered, Request, add_new, advice, booklets};
use crate::compose::{self, Chosen, Edition, EntryId, Looking, Public, Withheld};
use crate::files::Files;
use crate::load::Loaded;
use crate::model::{Library, TextId};
use crate::output::site::{self, SiteOptions};
use crate::output::{Beside, Download};
use crate::problem::{Failure, Problem};
use crate::text::Address;
use crate::theme::Theme;
use std::sync::{Mutex, OnceLock, PoisonError};

/// A site that stands: what was read, what of it is for everybody, and its files.
pub struct Live<'a> {
    /// What was asked for.
    pub request: &'a Request,
    /// All that was read.
    pub library: &'a Library,
    /// What everybody gets.
    pub edition: &'a Edition<'a, Public>,
    /// How it looks.
    pub theme: &'a Theme,
    /// The files of the site: the same as a build makes.
    pub files: &'a Files<'a>,
    /// The texts that stay inside, and why.
    pub withheld: &'a [Withheld],
    /// The texts of the entries of the edition, by number.
    ids: &'a [TextId],
    noticed: &'a [Problem],
    problems: OnceLock<Vec<Problem>>,
}

impl Live<'_> {
    /// Returns all that is noticed, as `check` tells it. The advice is made when this is
    /// asked for the first time.
    pub fn problems(&self) -> &[Problem] {
        self.problems.get_or_init(|| {
            let mut problems = self.noticed.to_vec();
            problems.extend(advice(self.library, self.request));
            let today = self.request.today;
            add_new(&mut problems, booklets::noticed(self.library, self.theme, today));
            problems
        })
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
        booklets::offered(self.library, self.theme, self.request.today, name)
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
    let here = edition.entries().iter().zip(ids);
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

/// Lets a site stand for as long as `run` takes, with the memory of the one before;
/// `downloads` are booklets made before.
pub fn live<T>(
    request: &Request,
    memory: &Mutex<Remembered>,
    downloads: Vec<Download>,
    run: impl FnOnce(&Live<'_>) -> T,
) -> Result<T, Failure> {
    let mut known = memory.lock().unwrap_or_else(PoisonError::into_inner);
    let Loaded { library, mut problems } = known.read(&request.dir)?;
    let (theme, noticed) = known.theme(&library, &request.dir);
    drop(known);
    let composed = compose::public(&library, request.today);
    problems.extend(composed.problems);
    problems.extend(noticed);
    let options = SiteOptions { search: request.search };
    let shares = booklets::share_pictures(&composed.edition, &theme);
    let beside = Beside { downloads, shares };
    let files = site::site(&composed.edition, &theme, options, beside);
    let live = Live {
        request,
        library: &library,
        edition: &composed.edition,
        theme: &theme,
        files: &files,
        withheld: &composed.withheld,
        ids: &composed.ids,
        noticed: &problems,
        problems: OnceLock::new(),
    };
    Ok(run(&live))
}
