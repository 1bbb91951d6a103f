//! Finds a file by what somebody typed for it: spaces, back slashes, wrong case, accents
//! in two forms, a path from the top, or only the right name.

use crate::model::{Asset, AssetId};
use crate::text::{TextPath, fold, nfc};
use percent_encoding::percent_decode_str;
use std::collections::HashMap;

/// All files that are no text, by the ways people write their paths.
pub(super) struct Finder {
    exact: HashMap<String, AssetId>,
    key: HashMap<String, AssetId>,
    folded: HashMap<String, AssetId>,
    /// By name alone; `None` when several files have it.
    names: HashMap<String, Option<AssetId>>,
}

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This file.
    Asset(AssetId),
    /// The path climbs out of the folder.
    Outside,
    /// Nothing.
    Nothing,
}

impl Finder {
    /// Makes the ways to find these files.
    pub(super) fn new(assets: &[Asset]) -> Finder {
        let mut finder = Finder {
            exact: HashMap::with_capacity(assets.len()),
            key: HashMap::with_capacity(assets.len()),
            folded: HashMap::with_capacity(assets.len()),
            names: HashMap::with_capacity(assets.len()),
        };
        for (at, asset) in assets.iter().enumerate() {
            let id = AssetId(at as u32);
            finder.exact.insert(asset.path.as_str().to_string(), id);
            finder.key.entry(asset.path.key()).or_insert(id);
            finder.folded.entry(loose(asset.path.as_str())).or_insert(id);
            finder
                .names
                .entry(loose(asset.path.name()))
                .and_modify(|one| *one = None)
                .or_insert(Some(id));
        }
        finder
    }

    /// Finds what `typed` in the text at `from` means.
    pub(super) fn find(&self, from: &TextPath, typed: &str) -> Found {
        let plain = typed.trim().trim_start_matches("file://");
        if plain.is_empty() {
            return Found::Nothing;
        }
        let decode = |typed| percent_decode_str(typed).decode_utf8().ok();
        let decoded = decode(plain);
        let bare = plain.split(['?', '#']).next().unwrap_or(plain);
        let bare_decoded = if bare == plain { decoded.clone() } else { decode(bare) };
        let ways = [Some(plain), decoded.as_deref(), bare_decoded.as_deref(), Some(bare)];
        let mut outside = false;
        for (at, way) in ways.iter().enumerate() {
            // Mostly they are all the same.
            let Some(way) = way.filter(|_| !ways[..at].contains(way)) else { continue };
            match from.join(way) {
                Some(path) => {
                    if let Some(id) = self.at(&path) {
                        return Found::Asset(id);
                    }
                }
                None => outside = true,
            }
        }
        if outside {
            return Found::Outside;
        }
        let top = TextPath::new("");
        let last = bare_decoded.as_deref().unwrap_or(bare);
        if let Some(id) = top.join(last).and_then(|path| self.at(&path)) {
            return Found::Asset(id);
        }
        let name = TextPath::new(last);
        match self.names.get(&loose(name.name())) {
            Some(Some(id)) => Found::Asset(*id),
            _ => Found::Nothing,
        }
    }

    fn at(&self, path: &TextPath) -> Option<AssetId> {
        self.exact
            .get(path.as_str())
            .or_else(|| self.key.get(&path.key()))
            .or_else(|| self.folded.get(&loose(path.as_str())))
            .copied()
    }
}

/// The loosest form: no case, no accents, one kind of space.
fn loose(path: &str) -> String {
    let mut folded = fold(&nfc(path));
    if folded.contains(char::is_whitespace) {
        folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Leaves;
    use std::path::PathBuf;

    fn finder(paths: &[&str]) -> Finder {
        let asset = |path: &&str| Asset {
            path: TextPath::new(path),
            on_disk: PathBuf::new(),
            length: 0,
            facts: None,
            leaves: Leaves::Freely,
        };
        Finder::new(&paths.iter().map(asset).collect::<Vec<_>>())
    }

    #[test]
    fn all_ways_of_typing_a_path() {
        let finder = finder(&[
            "beelden/Mijn foto.JPG",
            "tips/cafe\u{301}.png",
            "x/a.png",
            "y/a.png",
            "tips/ΟΔΟΣ 2.png",
        ]);
        let from = TextPath::new("tips/a.md");
        for typed in [
            "../beelden/Mijn foto.JPG",
            "..\\beelden\\Mijn foto.JPG",
            "../beelden/mijn%20foto.jpg",
            "/beelden/Mijn foto.JPG",
            "beelden/mijn foto.jpg",
            "./../beelden/Mijn foto.JPG?x=1#y",
            "mijn foto.jpg",
            "beelden／mijn foto.jpg",
            "C:\\Users\\Noor\\mijn foto.jpg",
            " ../beelden/Mijn  foto.JPG ",
        ] {
            assert_eq!(finder.find(&from, typed), Found::Asset(AssetId(0)), "{typed}");
        }
        assert_eq!(finder.find(&from, "café.png"), Found::Asset(AssetId(1)));
        assert_eq!(finder.find(&from, "cafe.png"), Found::Asset(AssetId(1)));
        assert_eq!(finder.find(&from, "οδος 2.png"), Found::Asset(AssetId(4)));
        assert_eq!(finder.find(&from, "a.png"), Found::Nothing);
        assert_eq!(finder.find(&from, "../../etc/passwd"), Found::Outside);
        assert_eq!(finder.find(&from, "%2e%2e/%2e%2e/geheim.png"), Found::Outside);
        assert_eq!(finder.find(&from, ""), Found::Nothing);
    }

    proptest::proptest! {
        #[test]
        fn any_path_may_be_asked_for(typed in "([./\\\\%]|\\PC){0,20}") {
            finder(&["a/b.png"]).find(&TextPath::new("a/c.md"), &typed);
        }
    }
}
