//! Documents that lie between the texts and are not read: twelve people, and one of them
//! writes in a word processor. Said once per file (B10), unless a text links to it.

use super::finder::{Finder, Found};
use super::names;
use crate::model::{Asset, AssetId, Leaves, Link, Target, Text};
use crate::problem::{Code, Problem};
use crate::text::{Sources, TextPath};
use std::collections::BTreeSet;

/// Returns B10 for a file.
pub(super) fn problem(path: &TextPath) -> Problem {
    let better = format!("{}.md", path.stem());
    Problem::file(Code::B10, path).with("x", path.name()).with("s", better)
}

/// Names the documents no text links to. What lies where files stay inside is left alone.
pub(super) fn documents(
    texts: &[Text],
    assets: &[Asset],
    sources: &Sources,
) -> Vec<Problem> {
    let is_document = |asset: &Asset| {
        asset.leaves != Leaves::Inside && names::is_document(asset.path.name())
    };
    if !assets.iter().any(is_document) {
        return Vec::new();
    }
    let finder = Finder::new(assets);
    let target = |link: &Link| {
        let (Target::Inside { path, .. } | Target::Title { title: path, .. }) =
            &link.target
        else {
            return None;
        };
        match finder.find(&sources.get(link.span.source).path, path) {
            Found::Asset(id) => Some(id),
            Found::Outside | Found::Nothing => None,
        }
    };
    let linked: BTreeSet<AssetId> =
        texts.iter().flat_map(|text| &text.links).filter_map(target).collect();
    let alone = |&(at, asset): &(usize, &Asset)| {
        is_document(asset) && !linked.contains(&AssetId(at as u32))
    };
    assets
        .iter()
        .enumerate()
        .filter(alone)
        .map(|(_, asset)| problem(&asset.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_unless_linked_or_put_aside() {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("a.md", "# A\n\n[brief](brief.docx) en [[Folder.pdf]]\n"),
            ("brief.docx", "PK"),
            ("Folder.pdf", "%PDF-"),
            ("los.odt", "PK"),
            ("nota.txt", "Hoi"),
            ("foto.jpg", "x"),
            ("_klad/b.docx", "PK"),
            ("_klad/c.txt", "Hoi"),
            ("~$brief.docx", "x"),
        ] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::io::Write::write_all(
                &mut std::fs::File::create(path).unwrap(),
                text.as_bytes(),
            )
            .unwrap();
        }
        let loaded = crate::load::read(dir.path()).unwrap();
        let named: Vec<&str> = loaded
            .problems
            .iter()
            .filter(|problem| problem.code == Code::B10)
            .filter_map(|problem| problem.args.first().map(|(_, value)| value.as_str()))
            .collect();
        assert_eq!(named, ["nota.txt", "los.odt"]);
    }
}
