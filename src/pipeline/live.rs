//! The site of a folder, standing in memory: nothing is written, every file is made when
//! somebody asks for it.

use super::{Request, add_new, advice, booklets, read, theme};
use crate::compose::{self, Edition, EntryId, Public, Withheld};
use crate::files::Files;
use crate::load::Loaded;
use crate::model::{Library, TextId};
use crate::output::site::{self, SiteOptions};
use crate::output::{Beside, Download};
use crate::problem::{Failure, Problem};
use crate::text::Address;
use crate::theme::Theme;
use std::sync::OnceLock;

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
        let at = self.ids.iter().position(|&id| id == text)?;
        Some(&self.edition.entry(EntryId(at as u32)).address)
    }

    /// Returns the texts on a page: those of entries that stand there.
    pub fn texts_on(&self, page: &Address) -> Vec<TextId> {
        let here = self.edition.entries().iter().zip(self.ids);
        here.filter(|(entry, _)| entry.address == *page).map(|(_, &id)| id).collect()
    }
}

/// Lets a site stand for as long as `run` takes; `downloads` are booklets made before.
pub fn live<T>(
    request: &Request,
    downloads: Vec<Download>,
    run: impl FnOnce(&Live<'_>) -> T,
) -> Result<T, Failure> {
    let Loaded { library, mut problems } = read(&request.dir)?;
    let composed = compose::public(&library, request.today);
    problems.extend(composed.problems);
    let (theme, noticed) = theme(&library, &request.dir);
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
