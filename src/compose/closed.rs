//! What is closed: folders whose first text says who may read, and pictures that belong to
//! closed texts.
//!
//! A folder is closed by its own text (`index.md`, `README.md`) with `lezers:`: then
//! everything in it is for those readers alone, whatever the texts themselves say.

use super::left::Left;
use super::wall::{self, Channel};
use crate::model::{AssetId, FAMILY, Key, Kind, Library, PictureId, Text, TextId};
use crate::problem::{Code, Problem};
use crate::text::{TextPath, fold};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Words for everybody, folded.
const EVERYONE: [&str; 5] = ["iedereen", "everyone", "everybody", "allen", "all"];

/// The folders that say who may read them.
pub(super) struct ClosedFolders<'a>(Vec<&'a Text>);

impl<'a> ClosedFolders<'a> {
    /// Finds them. A folder whose first text goes to everybody is open.
    pub(super) fn new(library: &'a Library, today: Date) -> Self {
        let closes = |text: &&Text| {
            is_first(text)
                && has_readers(text)
                && wall::verdict(text, today, Channel::Site).is_err()
        };
        ClosedFolders(library.texts.iter().filter(closes).collect())
    }

    /// Returns the first texts of the closed folders a path lies in.
    fn around<'s>(&'s self, path: &'s TextPath) -> impl Iterator<Item = &'a Text> + 's {
        self.0.iter().copied().filter(move |first| lies_in(path, first.path.folder()))
    }

    /// Tells whether a file lies in a closed folder.
    pub(super) fn holds(&self, path: &TextPath) -> bool {
        self.around(path).next().is_some()
    }

    /// Tells whether every closed folder around a file names this reader.
    pub(super) fn let_in(&self, path: &TextPath, group: &str) -> bool {
        self.around(path).all(|first| names(first, group))
    }

    /// Says of a text that its folder is for some readers.
    pub(super) fn said(&self, text: &Text) -> Option<Problem> {
        let first = self.around(&text.path).next()?;
        // The first text speaks for itself, and settings are no page.
        let other = first.path != text.path && text.kind != Kind::Site;
        other.then(|| {
            Problem::at(Code::R07, text.title_span)
                .with("t", text.title.clone())
                .with("f", first.path.as_str())
        })
    }
}

/// Tells whether a text introduces its folder.
pub(super) fn is_first(text: &Text) -> bool {
    let stem = text.path.stem().trim_start_matches('_').to_lowercase();
    (stem == "index" || stem == "readme") && text.part.is_none()
}

/// Tells whether a text says that it is for some readers.
pub(super) fn has_readers(text: &Text) -> bool {
    let list = text.fields.list(Key::Readers);
    let everyone = |(name, _): &(String, _)| EVERYONE.contains(&fold(name).as_str());
    text.fields.get(Key::Readers).is_some() && !list.iter().any(everyone)
}

/// Tells whether a text names a reader. The family of a plan need not be named.
pub(super) fn names(text: &Text, group: &str) -> bool {
    let mut named = text.fields.list(Key::Readers).iter();
    group == FAMILY && text.kind == Kind::Plan
        || named.any(|(name, _)| fold(name.trim()) == group)
}

/// Tells whether a path lies in a folder, at any depth.
pub(super) fn lies_in(path: &TextPath, folder: &str) -> bool {
    let rest = path.as_str().strip_prefix(folder);
    folder.is_empty() || rest.is_some_and(|rest| rest.starts_with('/'))
}

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
