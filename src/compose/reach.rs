//! What the texts that go out reach: pages, files, pictures.
//!
//! Only what is left of a text counts. A part that was taken out takes its links,
//! pictures and notes with it: no file goes out because of a part nobody sees.

use super::attachments::{Way, as_it_is, way};
use super::edition::{Destination, PlacedPicture, Term};
use super::links::{Found, Index};
use super::places::Places;
use super::used::Used;
use crate::model::{Asset, AssetId, Body, Library, Link, LinkId, TextId};
use crate::problem::Problem;
use crate::text::{Address, Slugs};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Where the links of one text lead: pages, and files that are still to be placed.
pub(super) type Resolved = BTreeMap<TextId, Vec<Leads>>;

pub(super) enum Leads {
    To(Destination),
    Asset(AssetId),
}

/// Resolves the links of every text that goes out; `more` are links beside those typed.
pub(super) fn resolve<'a>(
    library: &'a Library,
    places: &'a Places,
    terms: &'a [Term],
    bodies: &'a BTreeMap<TextId, Cow<'a, Body>>,
    more: &BTreeMap<TextId, Vec<Link>>,
    used: &BTreeMap<TextId, Used>,
    folders: BTreeMap<String, Address>,
    problems: &mut Vec<Problem>,
) -> Resolved {
    let index = Index::new(library, places, terms, bodies, folders);
    let mut resolved = BTreeMap::new();
    let mut said = BTreeSet::new();
    for &id in bodies.keys() {
        let text = library.text(id);
        let Some(used) = used.get(&id) else { continue };
        let mut leads = Vec::with_capacity(text.links.len());
        let more = more.get(&id).into_iter().flatten();
        for (at, link) in text.links.iter().chain(more).enumerate() {
            let link_id = LinkId(at as u32);
            if !used.links.contains(&link_id) {
                leads.push(Leads::To(Destination::Nothing));
                continue;
            }
            leads.push(match index.resolve(id, link) {
                Found::To(destination) => Leads::To(destination),
                Found::Nearly(destination, problem) => {
                    problems.push(problem);
                    Leads::To(destination)
                }
                Found::Nowhere(problem) => {
                    problems.push(problem);
                    Leads::To(Destination::Nothing)
                }
                Found::Asset(asset) => {
                    file(library.asset(asset), asset, link, &mut said, problems)
                }
            });
        }
        resolved.insert(id, leads);
    }
    resolved
}

/// Decides about a link to a file; `said` are the files of which was said that they go
/// out as they are.
fn file(
    asset: &Asset,
    id: AssetId,
    link: &Link,
    said: &mut BTreeSet<AssetId>,
    problems: &mut Vec<Problem>,
) -> Leads {
    match way(asset) {
        Way::Out => {
            if said.insert(id) {
                problems.extend(as_it_is(asset, link.span));
            }
            return Leads::Asset(id);
        }
        Way::Said => {}
        Way::Stays(code) => {
            let path = asset.path.as_str();
            problems.push(Problem::at(code, link.span).with("x", path));
        }
    }
    Leads::To(Destination::Nothing)
}

/// The files that these texts show or link to.
pub(super) struct Shown {
    pictures: BTreeSet<AssetId>,
}

impl Shown {
    pub(super) fn gather(
        library: &Library,
        used: &BTreeMap<TextId, Used>,
        resolved: &Resolved,
    ) -> Shown {
        let mut pictures = BTreeSet::new();
        for (&id, used) in used {
            let shown = used.pictures(library.text(id));
            pictures.extend(shown.values().filter_map(|picture| picture.asset));
        }
        for leads in resolved.values().flatten() {
            if let Leads::Asset(asset) = leads {
                pictures.insert(*asset);
            }
        }
        pictures.retain(|asset| library.asset(*asset).facts.is_some());
        Shown { pictures }
    }

    /// Gives each picture its address.
    pub(super) fn place<'a>(
        &mut self,
        library: &'a Library,
    ) -> BTreeMap<AssetId, PlacedPicture<'a>> {
        let mut names = Slugs::default();
        std::mem::take(&mut self.pictures)
            .into_iter()
            .map(|id| {
                let asset = library.asset(id);
                let base = format!("beeld/{}", names.take(asset.path.stem(), "beeld"));
                (id, PlacedPicture { asset, base })
            })
            .collect()
    }
}
