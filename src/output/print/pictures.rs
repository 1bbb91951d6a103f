//! The pictures of a booklet, made anew without metadata, one size each.

use super::book::Shown;
use super::order::Booklet;
use crate::compose::Edition;
use crate::files::read;
use crate::model::AssetId;
use crate::picture::{Format, make_one, renditions};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use typst::foundations::Bytes;

/// Pictures that could be made, and their bytes by path.
#[derive(Default)]
pub(super) struct Pictures {
    pub(super) shown: BTreeMap<AssetId, Shown>,
    pub(super) files: Vec<(String, Bytes)>,
}

/// Makes the pictures that the texts of some booklets show. One that cannot be made is
/// left out: the site has told why, its description stands in its place.
pub(super) fn pictures<'b, R>(
    edition: &Edition<'_, R>,
    booklets: impl Iterator<Item = &'b Booklet<'b>>,
) -> Pictures {
    let mut wanted: BTreeSet<AssetId> = BTreeSet::new();
    for booklet in booklets {
        let texts = booklet.texts().map(|id| edition.entry(id));
        for entry in texts.chain(booklet.entry) {
            wanted.extend(entry.pictures.values().filter_map(|picture| picture.asset));
        }
    }
    let wanted: Vec<AssetId> = wanted.into_iter().collect();
    let made: Vec<Option<(AssetId, Shown, Bytes)>> = {
        let placed: Vec<_> = wanted
            .iter()
            .filter_map(|id| Some((*id, edition.pictures().get(id)?.asset)))
            .collect();
        placed.par_iter().map(|(id, asset)| one(*id, asset)).collect()
    };
    let mut pictures = Pictures::default();
    for (id, shown, bytes) in made.into_iter().flatten() {
        pictures.files.push((shown.path.clone(), bytes));
        pictures.shown.insert(id, shown);
    }
    pictures
}

fn one(id: AssetId, asset: &crate::model::Asset) -> Option<(AssetId, Shown, Bytes)> {
    let facts = asset.facts.as_ref()?;
    let list = renditions(facts);
    let largest = list.iter().rfind(|one| one.extension != "webp")?;
    let bytes = make_one(&read(&asset.on_disk).ok()?, facts, largest).ok()?;
    let shown = Shown {
        path: format!("beeld/{}.{}", id.0, largest.extension),
        width: facts.width,
        height: facts.height,
        drawing: facts.format == Format::Svg,
    };
    Some((id, shown, Bytes::new(bytes)))
}
