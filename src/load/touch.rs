//! A touch: files were saved again, and in each of them only what its one text says is
//! other than before. Then there is no folder to list, and nothing else to read.
//!
//! [`touch`] is the entry. It answers only when it is sure that [`super::read`] would make
//! the same library, but for the trees of those texts and for the places in them. Whatever
//! others can see of a text (its title, its keys, its pictures, where its links lead) is as
//! it was. What is noticed while reading is not told here.

use super::memory::Known;
use super::names::Sort;
use super::spot::spot;
use super::texts::{self, Shelf, Unit};
use super::{pictures, tongue, walk};
use crate::model::{Key, Kind, Library, Link, Text, TextId};
use crate::text::{SourceId, TextPath};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A library in which some texts say something else than before.
#[derive(Debug)]
pub struct Touched {
    /// All that was read; what nobody touched is shared with the library before.
    pub library: Library,
    /// The texts that were touched, sorted.
    pub texts: BTreeSet<TextId>,
}

/// Reads files of a folder again, of which `library` was read. `None` when anything may be
/// other than the words of texts; then all has to be read.
pub fn touch(
    library: &Library,
    dir: &Path,
    files: &BTreeSet<PathBuf>,
) -> Option<Touched> {
    let root = std::fs::canonicalize(dir).ok()?;
    let mut touched = Touched { library: library.clone(), texts: BTreeSet::new() };
    let mut others = Vec::new();
    for file in files {
        let path = path_of(file.strip_prefix(&root).ok()?)?;
        match library.sources.at(&path) {
            Some(id) => {
                let text = touched.text(library, id, file, &root)?;
                touched.texts.insert(text);
            }
            None => others.push((path, file)),
        }
    }
    let texts: Vec<&str> =
        touched.texts.iter().map(|&id| library.text(id).path.as_str()).collect();
    let is_nothing = |(path, file): &(TextPath, &PathBuf)| {
        let beside = texts.iter().any(|text| path.as_str().starts_with(text));
        is_nothing(path, file, beside) && !holds(library, path)
    };
    others.iter().all(is_nothing).then_some(touched)
}

impl Touched {
    /// Reads one file again.
    fn text(
        &mut self,
        before: &Library,
        id: SourceId,
        file: &Path,
        root: &Path,
    ) -> Option<TextId> {
        let path = &before.sources.get(id).path;
        let (at, was) = only_text(before, id)?;
        if before.tied.contains(&id) || !is_plain_file(file) || !is_simple(was.kind) {
            return None;
        }
        let opened = Known::open(path, file, None, false).opened.ok()?;
        self.library.sources.put(id, Arc::clone(&opened.source));
        let (path, on_disk) = (path.clone(), file.to_path_buf());
        let found = walk::Found { path, on_disk, fragment: false };
        let sources = &self.library.sources;
        let unit = Unit::read(sources, id, &spot(&found, root));
        let mut made = texts::read(&Shelf::new(sources, &[], &[]), &unit);
        let (mut text, None) = (made.texts.pop()?, made.texts.pop()) else { return None };
        if !made.alone || !finish(&mut text, was, before) || !looks_the_same(&text, was) {
            return None;
        }
        *self.library.texts.get_mut(at.0 as usize)? = Arc::new(text);
        Some(at)
    }
}

/// Fills in what comes from elsewhere; `false` when that may be other than before.
fn finish(text: &mut Text, was: &Text, before: &Library) -> bool {
    if text.fields.lang(Key::Language).is_none() {
        if tongue::of_body(&text.body) != tongue::of_body(&was.body) {
            return false;
        }
        text.lang = was.lang.clone();
    }
    texts::name(text, &before.settings);
    pictures::as_before(text, was)
}

/// Tells whether others see the same of a text as before.
fn looks_the_same(text: &Text, was: &Text) -> bool {
    let unnamed = |text: &Text| text.title_span.start == text.title_span.end;
    let leads = |link: &Link| (link.span.source, link.target.clone());
    text.kind == was.kind
        && (&text.title, &text.title_typed) == (&was.title, &was.title_typed)
        && unnamed(text) == unnamed(was)
        && text.lang == was.lang
        && text.fields == was.fields
        && text.image == was.image
        && text.part == was.part
        && text.links.iter().map(leads).eq(was.links.iter().map(leads))
}

/// Tells whether nothing but its own page is made from the words of a text of this kind.
fn is_simple(kind: Kind) -> bool {
    matches!(kind, Kind::Page | Kind::Tip | Kind::Story | Kind::Plan)
}

/// Returns the text of a source, when there is one and no more.
fn only_text(library: &Library, id: SourceId) -> Option<(TextId, &Text)> {
    let at = library.texts.partition_point(|text| text.source < id);
    let own = |at: usize| library.texts.get(at).filter(|text| text.source == id);
    let text = own(at)?;
    own(at + 1).is_none().then_some((TextId(at as u32), &**text))
}

/// Returns the path of a file inside the folder, when it is plain to see.
fn path_of(inside: &Path) -> Option<TextPath> {
    let names = inside.iter().map(|name| name.to_str());
    let names: Option<Vec<&str>> =
        names.map(|name| name.filter(|name| !name.contains('\\'))).collect();
    Some(TextPath::new(&names?.join("/")))
}

fn is_plain_file(file: &Path) -> bool {
    std::fs::symlink_metadata(file).is_ok_and(|facts| facts.is_file())
}

/// Tells whether a path that is no text is nothing to reading, now and before: what an
/// editor writes while it saves, `beside` a text, and takes away again.
fn is_nothing(path: &TextPath, file: &Path, beside: bool) -> bool {
    let gone = || {
        let facts = std::fs::symlink_metadata(file);
        facts.is_err_and(|cause| cause.kind() == ErrorKind::NotFound)
    };
    match Sort::of(path.name()) {
        Sort::Dropped => gone() || is_plain_file(file),
        Sort::Asset => gone() && (beside || !path.name().contains('.')),
        _ => false,
    }
}

/// Tells whether something that was read lies at or below a path.
fn holds(library: &Library, path: &TextPath) -> bool {
    let at_or_below = |known: &TextPath| {
        let rest = known.as_str().strip_prefix(path.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    library.sources.iter().any(|(_, source)| at_or_below(&source.path))
        || library.assets.iter().any(|asset| at_or_below(&asset.path))
}
