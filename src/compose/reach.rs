//! What the texts that go out reach: pages, files, pictures.
//!
//! Only what is left of a text counts. A part that was taken out takes its links,
//! pictures and notes with it: no file goes out because of a part nobody sees.

use super::edition::{Destination, PlacedPicture, Term};
use super::links::{Found, Index, attachment};
use super::places::Places;
use super::used::Used;
use crate::model::{AssetId, Body, Library, Link, LinkId, Target, TextId};
use crate::picture::is_picture_name;
use crate::problem::{Code, Problem};
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
                Found::Asset(asset) if may_leave(library, asset) => Leads::Asset(asset),
                // Said while loading: a picture that cannot leave.
                Found::Asset(asset) if is_picture(library, asset) => {
                    Leads::To(Destination::Nothing)
                }
                Found::Asset(_) => {
                    let typed = match &link.target {
                        Target::Inside { path, .. } => path.as_str(),
                        _ => "",
                    };
                    problems.push(Problem::at(Code::L01, link.span).with("x", typed));
                    Leads::To(Destination::Nothing)
                }
            });
        }
        resolved.insert(id, leads);
    }
    resolved
}

fn is_picture(library: &Library, asset: AssetId) -> bool {
    is_picture_name(&library.asset(asset).path.extension())
}

fn may_leave(library: &Library, asset: AssetId) -> bool {
    let asset = library.asset(asset);
    asset.facts.is_some() || attachment(asset).is_some()
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
