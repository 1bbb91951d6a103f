//! The site: an edition for everybody becomes pages.
//!
//! [`site`] is the entry. It takes only the public edition, so nothing that stays inside
//! can be on a page. Every page is made when it is asked for; what pages share is made
//! once (`frame`). Links between pages are relative: the site works below any address and
//! from a folder.

mod access;
mod assets;
mod closed;
mod exit;
mod feed;
mod frame;
mod home;
mod indexes;
mod moved;
mod page;
mod pages;
mod same;
mod sitemap;
mod text;
mod value;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use crate::compose::{Chosen, Edition, EntryId, ListKind, Looking, Public, fixed};
use crate::files::{Files, Sum};
use crate::output::{Beside, search};
use crate::problem::Problem;
use crate::text::Address;
use crate::theme::Theme;
pub(super) use closed::closed;
use frame::Site;
pub use sitemap::EVERYBODY;
use std::sync::Arc;

/// What a site may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteOptions {
    /// Search, with its index.
    pub search: bool,
}

/// Makes the site of an edition: addresses, each with the way to make its bytes;
/// `beside` is what goes with it. Making a
/// page may report M02; making a picture D01, I02–I04 or I06; an attachment B08.
pub fn site<'a>(
    edition: &'a Edition<'a, Public>,
    theme: &'a Theme,
    options: SiteOptions,
    beside: Beside<'a>,
) -> Files<'a> {
    let mut files = Files::default();
    for one in &beside.downloads {
        let bytes = Arc::clone(&one.bytes);
        files.add(one.address.clone(), move || Ok(bytes.to_vec()));
    }
    for one in &beside.shares {
        let make = Arc::clone(&one.make);
        files.add(one.address.clone(), move || make());
    }
    let notes = beside.notes;
    let site = Arc::new(Site::new(edition, theme, options.search, beside));
    let mut scripts = vec!["thema/js/search.js".to_string()];
    if options.search {
        let own = Arc::clone(&site);
        let kept = notes.map(|drawer| search::Kept {
            drawer,
            sum: Box::new(move |id| same::text(&own, id)),
        });
        scripts.extend(search::add(&mut files, edition, kept));
        let site = Arc::clone(&site);
        files.add(Address::new(fixed::SEARCH), move || indexes::search(&site, &scripts));
    }
    add_pages(&mut files, edition, &site);
    assets::theme(&mut files, theme);
    assets::pictures(&mut files, edition);
    assets::attachments(&mut files, edition);
    feed::add(&mut files, edition);
    sitemap::add(&mut files, edition);
    moved::add(&mut files, edition);
    files
}

/// Makes the site as somebody else would see it, for the preview alone: pages, style and
/// pictures, without what gathers the site for machines.
pub fn looked<'a>(edition: &'a Edition<'a, Looking>, theme: &'a Theme) -> Files<'a> {
    let mut files = Files::default();
    let site = Arc::new(Site::new(edition, theme, false, Beside::default()));
    add_pages(&mut files, edition, &site);
    assets::theme(&mut files, theme);
    assets::pictures(&mut files, edition);
    assets::attachments(&mut files, edition);
    files
}

/// A page of texts or lists, in the order in which they take an address.
#[derive(Clone, Copy)]
enum Which {
    Fixed(Make),
    Register,
    List(usize),
    Text(EntryId),
}

type Make = fn(&Site<'_>) -> Result<Vec<u8>, Problem>;

impl Which {
    fn make(self, site: &Site<'_>) -> Result<Vec<u8>, Problem> {
        match self {
            Which::Fixed(make) => make(site),
            Which::Register => indexes::register(site),
            Which::List(at) => pages::list_page(site, at),
            Which::Text(id) if home::is_translated(site, id) => {
                home::translated(site, id)
            }
            Which::Text(id) => pages::entry(site, id),
        }
    }
}

impl Which {
    /// Adds up what the page is made of.
    fn sum(self, site: &Site<'_>) -> Option<Sum> {
        match self {
            Which::Fixed(_) => None,
            Which::Register => same::register(site),
            Which::List(at) => same::list(site, at),
            Which::Text(id) => same::text(site, id),
        }
    }
}

/// Returns the pages of texts and lists, each with its address.
fn all_pages<'e>(edition: &'e Chosen<'_>) -> impl Iterator<Item = (&'e str, Which)> {
    let mut fixed: Vec<(&str, Make)> =
        vec![(fixed::HOME, home::home), (fixed::NOT_FOUND, indexes::lost)];
    if edition.lists().iter().any(|list| list.kind == ListKind::Theme) {
        fixed.push((fixed::THEMES, indexes::themes));
    }
    if exit::anywhere_asked(edition) {
        fixed.push((fixed::EXIT, indexes::exit));
    }
    let fixed = fixed.into_iter().map(|(address, make)| (address, Which::Fixed(make)));
    let fixed = fixed.chain([(fixed::REGISTER, Which::Register)]);
    // Lists first: a text that introduces a folder stands on the page of its list.
    let lists = edition.lists().iter().zip(0..);
    let lists = lists.map(|(list, at)| (list.address.as_str(), Which::List(at)));
    let texts = edition.ids();
    let texts = texts.map(|(id, entry)| (entry.address.as_str(), Which::Text(id)));
    fixed.chain(lists).chain(texts)
}

/// Adds the pages of texts and lists, each with what it is made of.
fn add_pages<'a>(files: &mut Files<'a>, edition: &'a Chosen<'a>, site: &Arc<Site<'a>>) {
    for (address, which) in all_pages(edition) {
        let (own, site) = (Arc::clone(site), Arc::clone(site));
        let sum = Arc::new(move || which.sum(&own));
        files.add_of(Address::new(address), sum, move || which.make(&site));
    }
}

/// The pages of a site one by one, without gathering all its files first.
pub struct Pages<'a>(Site<'a>);

impl<'a> Pages<'a> {
    /// Gathers what the pages share; takes what [`site`] takes.
    pub fn new(
        edition: &'a Edition<'a, Public>,
        theme: &'a Theme,
        options: SiteOptions,
        beside: Beside<'a>,
    ) -> Pages<'a> {
        Pages(Site::new(edition, theme, options.search, beside))
    }

    /// Gathers the same for an edition that differs only in what some texts say: see
    /// [`crate::compose::Touched`].
    pub fn like<'b>(
        &self,
        edition: &'b Edition<'b, Public>,
        theme: &'b Theme,
        beside: Beside<'b>,
    ) -> Pages<'b>
    where
        'a: 'b,
    {
        Pages(self.0.like(edition, theme, beside))
    }

    /// Makes the page of a text or a list: the same bytes as the file at that address.
    /// `None` for all other addresses.
    pub fn make(&self, address: &Address) -> Option<Result<Vec<u8>, Problem>> {
        self.find(address).map(|which| which.make(&self.0))
    }

    /// Tells whether the page of a text or a list stands at an address.
    pub fn has(&self, address: &Address) -> bool {
        self.find(address).is_some()
    }

    fn find(&self, address: &Address) -> Option<Which> {
        let mut all = all_pages(self.0.edition);
        let (_, which) = all.find(|(known, _)| *known == address.as_str())?;
        Some(which)
    }
}

/// Returns a list and the ones it lies in, the highest first.
fn lists_above(site: &Site<'_>, at: usize) -> Vec<usize> {
    let mut above = vec![at];
    while let Some(&Some(next)) = above.last().and_then(|&last| site.above.get(last)) {
        if above.contains(&next) {
            break;
        }
        above.push(next);
    }
    above.reverse();
    above
}
