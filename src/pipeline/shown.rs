//! The files of a site that stands: the same bytes as those of a build, and a page is made
//! when it is asked for, before anybody gathered which other files there are.

use super::{Request, booklets};
use crate::compose::{Edition, Public};
use crate::files::{Files, Store};
use crate::output::site::{self, Pages, SiteOptions};
use crate::output::{Beside, Download};
use crate::problem::Problem;
use crate::text::Address;
use crate::theme::Theme;
use std::sync::OnceLock;

/// The files of a site that stands.
pub struct Shown<'a> {
    edition: &'a Edition<'a, Public>,
    theme: &'a Theme,
    options: SiteOptions,
    /// The booklets beside the site.
    pub(super) downloads: Vec<Download>,
    pages: Pages<'a>,
    all: OnceLock<Files<'a>>,
}

impl<'a> Shown<'a> {
    /// Shows a site, with these booklets beside it.
    pub(super) fn new(
        edition: &'a Edition<'a, Public>,
        theme: &'a Theme,
        request: &Request,
        downloads: Vec<Download>,
    ) -> Shown<'a> {
        let options = SiteOptions { search: request.search };
        let beside = beside(edition, theme, &downloads);
        let pages = Pages::new(edition, theme, options, beside);
        let all = OnceLock::new();
        Shown { edition, theme, options, downloads, pages, all }
    }

    /// Shows an edition that differs only in what some texts say.
    pub(super) fn like<'b>(
        &self,
        edition: &'b Edition<'b, Public>,
        theme: &'b Theme,
    ) -> Shown<'b>
    where
        'a: 'b,
    {
        let downloads = self.downloads.clone();
        let pages = self.pages.like(edition, theme, beside(edition, theme, &downloads));
        let (options, all) = (self.options, OnceLock::new());
        Shown { edition, theme, options, downloads, pages, all }
    }

    fn all(&self) -> &Files<'a> {
        self.all.get_or_init(|| {
            let beside = beside(self.edition, self.theme, &self.downloads);
            site::site(self.edition, self.theme, self.options, beside)
        })
    }
}

impl Store for Shown<'_> {
    fn has(&self, address: &Address) -> bool {
        self.pages.has(address) || self.all().contains(address)
    }

    fn bytes(&self, address: &Address) -> Option<Result<Vec<u8>, Problem>> {
        self.pages.make(address).or_else(|| self.all().make(address))
    }
}

fn beside<'a>(
    edition: &'a Edition<'a, Public>,
    theme: &'a Theme,
    downloads: &[Download],
) -> Beside<'a> {
    let shares = booklets::share_pictures(edition, theme);
    Beside { downloads: downloads.to_vec(), shares, notes: None }
}
