//! Files that texts link to and that go out as they are: which may, and at what address.
//!
//! [`Attachments::new`] is the entry. Only sorts of files we know leave: documents, sound,
//! film, subtitles, days for a calendar. Pages and programs of others could do something
//! in the reader's browser, and nobody sees what an archive holds. Pictures are made anew.

use super::places::folder_address;
use crate::model::{Asset, AssetId, Leaves, Library};
use crate::picture::is_picture_name;
use crate::problem::{Code, Problem};
use crate::text::{Address, Span, slug};
use std::collections::{BTreeMap, BTreeSet};

/// Sorts of files that may hold what nobody sees: who made them, where, and remarks.
const SORTS: [&str; 27] = [
    "pdf", "epub", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx",
    "odp", "mp3", "m4a", "aac", "ogg", "oga", "opus", "wav", "flac", "mp4", "m4v",
    "webm", "ogv", "mov", "mkv", "avi",
];

/// Sorts of files that hold what can be read in them, and no more.
const PLAIN: [&str; 4] = ["csv", "vtt", "srt", "ics"];

/// What a link to a file comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The file goes out.
    Out,
    /// The link is shown as text; reading said why.
    Said,
    /// The link is shown as text, for this reason.
    Stays(Code),
}

/// The addresses of files that may go out.
pub(super) struct Attachments {
    of: BTreeMap<AssetId, Address>,
}

impl Attachments {
    /// Gives each file that is linked to an address of its own: `bestand/`, its folder, its
    /// name. When two names give one address, the file that is called just so keeps it. A
    /// file that nothing public links to changes no address: nobody can tell it is there.
    pub(super) fn new(library: &Library, linked: &BTreeSet<AssetId>) -> Attachments {
        let may: Vec<(AssetId, &Asset)> = linked
            .iter()
            .map(|&id| (id, library.asset(id)))
            .filter(|(_, asset)| way(asset) == Way::Out && asset.facts.is_none())
            .collect();
        let (own, other): (Vec<_>, Vec<_>) =
            may.into_iter().partition(|(_, asset)| is_plain(asset.path.as_str()));
        let mut taken = BTreeSet::new();
        let mut of = BTreeMap::new();
        for (id, asset) in own.into_iter().chain(other) {
            let address = (1..)
                .map(|number| address(asset, number))
                .find(|address| taken.insert(address.clone()))
                .expect("there is always a next number");
            of.insert(id, address);
        }
        Attachments { of }
    }

    /// Returns where a file goes; `None` when it does not go out as it is.
    pub(super) fn get(&self, id: AssetId) -> Option<&Address> {
        self.of.get(&id)
    }
}

/// Tells whether a path is its own address.
fn is_plain(path: &str) -> bool {
    path.bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-./".contains(&b))
}

fn address(asset: &Asset, number: usize) -> Address {
    let path = &asset.path;
    let name = slug(path.stem());
    let name = if name.is_empty() { "bestand" } else { &name };
    let more = if number > 1 { format!("-{number}") } else { String::new() };
    let folder = folder_address(path.folder());
    Address::new(&format!("bestand/{folder}/{name}{more}.{}", path.extension()))
}

/// Tells what a link to a file comes to.
pub(super) fn way(asset: &Asset) -> Way {
    let extension = asset.path.extension();
    match asset.leaves {
        _ if asset.facts.is_some() => Way::Out,
        Leaves::Never => Way::Said,
        _ if is_picture_name(&extension) => Way::Said,
        Leaves::Inside => Way::Stays(Code::I10),
        Leaves::Freely if is_known(&extension) => Way::Out,
        Leaves::Freely => Way::Stays(Code::I09),
    }
}

fn is_known(extension: &str) -> bool {
    SORTS.contains(&extension) || PLAIN.contains(&extension)
}

/// Says of a file, at the first link to it, that it goes out with all that it holds.
pub(super) fn as_it_is(asset: &Asset, place: Span) -> Option<Problem> {
    let hides = SORTS.contains(&asset.path.extension().as_str());
    (asset.facts.is_none() && hides)
        .then(|| Problem::at(Code::I08, place).with("x", asset.path.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextPath;

    fn asset(path: &str) -> Asset {
        Asset {
            path: TextPath::new(path),
            on_disk: path.into(),
            length: 1,
            facts: None,
            leaves: Leaves::Freely,
        }
    }

    #[test]
    fn only_sorts_we_know_leave() {
        for name in ["a.pdf", "a.DOCX", "x/a b.mp3", "a.ics", "a.vtt"] {
            assert_eq!(way(&asset(name)), Way::Out, "{name}");
        }
        for name in [
            "a.html",
            "a.js",
            "a.exe",
            "a.zip",
            "a.docm",
            "a.key",
            "a.toml",
            "a",
            "a.pdf.bak",
        ] {
            assert_eq!(way(&asset(name)), Way::Stays(Code::I09), "{name}");
        }
        assert_eq!(way(&asset("foto.jpg")), Way::Said, "pictures are made anew");
        let inside = Asset { leaves: Leaves::Inside, ..asset("_a/a.pdf") };
        assert_eq!(way(&inside), Way::Stays(Code::I10));
        let never = Asset { leaves: Leaves::Never, ..asset("a.pdf") };
        assert_eq!(way(&never), Way::Said);
    }
}
