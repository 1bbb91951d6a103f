//! The pages of one reader: the same templates, without what leads elsewhere.
//!
//! There is no menu, no feed, no register; pages lead to each other, and their pictures and
//! files travel with them ([`Inside`]).

use super::frame::Site;
use super::pages;
use crate::compose::{Chosen, EntryId};
use crate::model::Kind;
use crate::output::Download;
use crate::output::html::Inside;
use crate::problem::Problem;
use crate::text::Address;
use crate::theme::Theme;

/// A page of one reader.
#[derive(Debug)]
pub(in crate::output) struct ClosedPage {
    /// Where it would stand: other pages lead to it by that.
    pub(in crate::output) address: Address,
    /// Its title.
    pub(in crate::output) title: String,
    /// The whole page.
    pub(in crate::output) html: String,
}

/// Makes the pages of one reader, the first one first. May report M02.
pub(in crate::output) fn closed(
    edition: &Chosen<'_>,
    theme: &Theme,
    inside: &Inside,
    downloads: &[Download],
) -> Result<Vec<ClosedPage>, Problem> {
    let site = Site::closed(edition, theme, inside, downloads);
    let first = edition.home();
    let shared = |id: &EntryId| {
        matches!(edition.entry(*id).kind, Kind::Words | Kind::Voices | Kind::Site)
    };
    let rest = edition.ids().map(|(id, _)| id).filter(|id| Some(*id) != first);
    let (more, own): (Vec<EntryId>, Vec<EntryId>) = rest.partition(shared);
    let mut made = Vec::new();
    for id in first.into_iter().chain(own) {
        made.push(page(&site, id)?);
    }
    // The glossary comes along when a page leads to it.
    for id in more {
        let address = &edition.entry(id).address;
        let name = address.escaped();
        let name = name.rsplit('/').next().unwrap_or_default();
        if made.iter().any(|one| leads_to(&one.html, name)) {
            made.push(page(&site, id)?);
        }
    }
    Ok(made)
}

fn leads_to(html: &str, name: &str) -> bool {
    [format!("{name}#"), format!("{name}\"")].iter().any(|end| html.contains(end))
}

fn page(site: &Site<'_>, id: EntryId) -> Result<ClosedPage, Problem> {
    let entry = site.edition.entry(id);
    let contents = Some(id) == site.edition.home() && !site.edition.lists().is_empty();
    let bytes =
        if contents { pages::list_page(site, 0)? } else { pages::entry(site, id)? };
    Ok(ClosedPage {
        address: entry.address.clone(),
        title: entry.title.to_string(),
        html: String::from_utf8_lossy(&bytes).into_owned(),
    })
}
