//! Pictures and files that belong to closed texts: they are on no page for everybody.

use super::closed::{ClosedFolders, has_readers};
use super::left::Left;
use crate::model::{AssetId, Kind, Library, PictureId, TextId};
use crate::problem::{Code, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// Takes closed pictures out of texts for everybody; R06 for each. The same picture could
/// tell whose plan it is.
pub(super) fn without(
    library: &Library,
    closed: &BTreeSet<AssetId>,
    left: &mut BTreeMap<TextId, Left<'_>>,
    problems: &mut Vec<Problem>,
) {
    let pictures = left.values_mut().flat_map(|left| left.pictures.values_mut());
    for picture in pictures {
        if let Some(asset) = picture.asset.filter(|asset| closed.contains(asset)) {
            let path = library.asset(asset).path.as_str();
            problems.push(Problem::at(Code::R06, picture.span).with("x", path));
            picture.asset = None;
        }
    }
}

/// Returns the files that only some readers may see: what lies in a closed folder, and the
/// pictures of plans and closed texts, as far as those do not show them to everybody.
pub(super) fn closed_pictures(
    library: &Library,
    folders: &ClosedFolders<'_>,
    left: &BTreeMap<TextId, Left<'_>>,
) -> BTreeSet<AssetId> {
    let mut closed = BTreeSet::new();
    for (at, asset) in library.assets.iter().enumerate() {
        if folders.holds(&asset.path) {
            closed.insert(AssetId(at as u32));
        }
    }
    for (id, text) in library.ids() {
        let guarded = text.kind == Kind::Plan || has_readers(text);
        if !guarded && !folders.holds(&text.path) {
            continue;
        }
        let open = left.get(&id);
        for (at, picture) in text.pictures.iter().enumerate() {
            let at = PictureId(at as u32);
            if !open.is_some_and(|left| left.pictures.contains_key(&at)) {
                closed.extend(picture.asset);
            }
        }
    }
    closed
}
