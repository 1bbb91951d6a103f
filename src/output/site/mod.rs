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
mod sitemap;
mod text;
mod value;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use crate::compose::{Chosen, Edition, ListKind, Looking, Public, fixed};
use crate::files::Files;
use crate::output::{Beside, search};
use crate::text::Address;
use crate::theme::Theme;
pub(super) use closed::closed;
use frame::Site;
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
    let site = Arc::new(Site::new(edition, theme, options.search, beside));
    let mut scripts = vec!["thema/js/search.js".to_string()];
    if options.search {
        scripts.extend(search::add(&mut files, edition));
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

/// Adds the pages of texts and lists.
fn add_pages<'a>(files: &mut Files<'a>, edition: &'a Chosen<'a>, site: &Arc<Site<'a>>) {
    let mut add = |address: &str, make: Make<'a>| {
        let site = Arc::clone(site);
        files.add(Address::new(address), move || make(&site));
    };
    add(fixed::HOME, Box::new(home::home));
    add(fixed::REGISTER, Box::new(indexes::register));
    add(fixed::NOT_FOUND, Box::new(indexes::lost));
    if edition.lists().iter().any(|list| list.kind == ListKind::Theme) {
        add(fixed::THEMES, Box::new(indexes::themes));
    }
    if exit::anywhere_asked(edition) {
        add(fixed::EXIT, Box::new(indexes::exit));
    }
    // Lists first: a text that introduces a folder stands on the page of its list.
    for (at, list) in edition.lists().iter().enumerate() {
        add(list.address.as_str(), Box::new(move |site| pages::list_page(site, at)));
    }
    for (id, entry) in edition.ids() {
        add(entry.address.as_str(), Box::new(move |site| pages::entry(site, id)));
    }
}

type Make<'a> =
    Box<dyn Fn(&Site<'a>) -> Result<Vec<u8>, crate::problem::Problem> + Send + Sync + 'a>;

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
