//! What the texts that go out reach: pages, files, pictures.
//!
//! Only what is left of a text counts. A part that was taken out takes its links,
//! pictures and notes with it: no file goes out because of a part nobody sees.

use super::edition::{Destination, PlacedPicture, Term};
use super::links::{Found, Index, attachment};
use super::places::Places;
use crate::model::{
    AssetId, BlockKind, Body, InlineKind, Library, Link, LinkId, NoteId, PictureId,
    Target, Text, TextId, walk_blocks, walk_inlines,
};
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
    folders: BTreeMap<String, Address>,
    problems: &mut Vec<Problem>,
) -> Resolved {
    let index = Index::new(library, places, terms, bodies, folders);
    let mut resolved = BTreeMap::new();
    for (&id, body) in bodies {
        let text = library.text(id);
        let used = match body {
            Cow::Owned(body) => Some(Used::of(text, body)),
            Cow::Borrowed(_) => None,
        };
        let mut leads = Vec::with_capacity(text.links.len());
        let more = more.get(&id).into_iter().flatten();
        for (at, link) in text.links.iter().chain(more).enumerate() {
            let link_id = LinkId(at as u32);
            if used.as_ref().is_some_and(|used| !used.links.contains(&link_id)) {
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

/// What a body shows of its text: parts that were taken out take their links, pictures
/// and notes with them.
#[derive(Default)]
struct Used {
    links: BTreeSet<LinkId>,
    pictures: BTreeSet<PictureId>,
    notes: BTreeSet<NoteId>,
}

impl Used {
    fn of(text: &Text, body: &Body) -> Used {
        let mut used = Used::default();
        walk_inlines(body, &mut |inline| used.see(&inline.kind));
        walk_blocks(body, &mut |block| used.see_block(&block.kind));
        // Notes may point to notes: go on until nothing new is seen.
        let mut open: Vec<NoteId> = used.notes.iter().copied().collect();
        while let Some(note) = open.pop() {
            let blocks =
                text.notes.get(note.0 as usize).and_then(|note| note.blocks.clone());
            let body = Body { lead: blocks.unwrap_or_default(), ..Body::default() };
            let before = used.notes.clone();
            walk_inlines(&body, &mut |inline| used.see(&inline.kind));
            walk_blocks(&body, &mut |block| used.see_block(&block.kind));
            open.extend(used.notes.difference(&before));
        }
        used
    }

    fn see(&mut self, inline: &InlineKind) {
        match inline {
            InlineKind::Link(link, _) => _ = self.links.insert(*link),
            InlineKind::Picture(picture) => _ = self.pictures.insert(*picture),
            InlineKind::Note(note) => _ = self.notes.insert(*note),
            _ => {}
        }
    }

    fn see_block(&mut self, block: &BlockKind) {
        if let BlockKind::Figure { picture, .. } = block {
            self.pictures.insert(*picture);
        }
    }
}

/// The files that these texts show or link to.
pub(super) struct Shown {
    pictures: BTreeSet<AssetId>,
}

impl Shown {
    pub(super) fn gather(
        library: &Library,
        bodies: &BTreeMap<TextId, Cow<'_, Body>>,
        resolved: &Resolved,
    ) -> Shown {
        let mut pictures = BTreeSet::new();
        for (&id, body) in bodies {
            let text = library.text(id);
            let used = matches!(body, Cow::Owned(_)).then(|| Used::of(text, body));
            for (at, picture) in text.pictures.iter().enumerate() {
                let at = PictureId(at as u32);
                let seen = used.as_ref().is_none_or(|used| used.pictures.contains(&at))
                    || text.image == Some(at);
                pictures.extend(picture.asset.filter(|_| seen));
            }
            pictures.extend(resolved[&id].iter().filter_map(|leads| match leads {
                Leads::Asset(asset) => Some(*asset),
                Leads::To(_) => None,
            }));
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
