//! Folders whose first text says who may read.
//!
//! A folder is closed by its own text (`index.md`, `README.md`) with `lezers:`: then
//! everything in it is for those readers alone, whatever the texts themselves say.

use super::wall::{self, Channel};
use crate::model::{FAMILY, Key, Kind, Library, Text};
use crate::problem::{Code, Problem};
use crate::text::{TextPath, fold};
use jiff::civil::Date;

/// Words for everybody, folded.
const EVERYONE: [&str; 5] = ["iedereen", "everyone", "everybody", "allen", "all"];

/// The folders that say who may read them.
#[derive(Clone)]
pub(super) struct ClosedFolders<'a>(Vec<&'a Text>);

impl<'a> ClosedFolders<'a> {
    /// Finds them. A folder whose first text goes to everybody is open.
    pub(super) fn new(library: &'a Library, today: Date) -> Self {
        let closes = |text: &&Text| {
            is_first(text)
                && has_readers(text)
                && wall::verdict(text, today, Channel::Site).is_err()
        };
        ClosedFolders(library.all().filter(closes).collect())
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
    let stem = text.path.stem().trim_start_matches('_');
    let is = |name: &str| stem.eq_ignore_ascii_case(name);
    (is("index") || is("readme")) && text.part.is_none()
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
