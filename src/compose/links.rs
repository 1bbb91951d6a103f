//! Links: from what was typed to where it leads for this reader.
//!
//! A link may name a file (spaces, case, accents, `.html` do not matter), a folder, a
//! title between `[[ ]]`, or a term. What cannot be found is shown as text (L01), and so
//! is what does not go out (V06).

use super::edition::{Destination, Term};
use super::places::{Places, fixed, folder_address};
use crate::model::{
    Asset, AssetId, Body, Kind, Library, Link, Target, Text, TextId, plain,
};
use crate::picture::renditions;
use crate::problem::{Code, Problem};
use crate::text::{Address, TextPath, fold, fold_key, nearest, slug};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What links can find.
pub(super) struct Index<'a> {
    library: &'a Library,
    places: &'a Places,
    terms: &'a [Term],
    /// Folded path → text; with and without extension.
    paths: HashMap<String, TextId>,
    /// File name → text, `None` when two files share it.
    names: HashMap<String, Option<TextId>>,
    /// Folded title → text.
    titles: HashMap<String, TextId>,
    /// Path, and folded path → other file.
    assets: HashMap<String, AssetId>,
    /// Folded folder → its list.
    folders: BTreeMap<String, Address>,
    /// Bodies as they go out, for anchors.
    bodies: &'a BTreeMap<TextId, Cow<'a, Body>>,
    /// Paths and names of texts that go out, for "did you mean".
    known: BTreeSet<&'a str>,
    /// How many more links to nothing get a suggestion: a folder from another program
    /// may hold thousands, and each looks at every name.
    suggestions: Cell<usize>,
}

/// Links to nothing that get a suggestion, in one build.
const SUGGESTIONS: usize = 200;

/// What a link turned out to be.
pub(super) enum Found {
    /// It leads somewhere.
    To(Destination),
    /// To a file of the folder.
    Asset(AssetId),
    /// Nowhere; the problem says why.
    Nowhere(Problem),
    /// Somewhere, but not quite where it says.
    Nearly(Destination, Problem),
}

impl<'a> Index<'a> {
    /// Gathers everything a link may name.
    pub(super) fn new(
        library: &'a Library,
        places: &'a Places,
        terms: &'a [Term],
        bodies: &'a BTreeMap<TextId, Cow<'a, Body>>,
        folders: BTreeMap<String, Address>,
    ) -> Self {
        let mut index = Index {
            library,
            places,
            terms,
            paths: HashMap::new(),
            names: HashMap::new(),
            titles: HashMap::new(),
            assets: HashMap::new(),
            folders,
            bodies,
            known: BTreeSet::new(),
            suggestions: Cell::new(SUGGESTIONS),
        };
        for id in places.of.keys() {
            let path = &library.text(*id).path;
            index.known.extend([path.as_str(), path.name()]);
        }
        for (id, text) in library.ids() {
            if text.part.is_none() {
                let key = path_key(text.path.as_str());
                index.paths.entry(bare(&key).to_string()).or_insert(id);
                index.paths.entry(key).or_insert(id);
                let name = path_key(text.path.stem());
                index.names.entry(name).and_modify(|one| *one = None).or_insert(Some(id));
            }
            index.titles.entry(fold_key(&text.title)).or_insert(id);
        }
        // A name typed letter for letter wins from one that is nearly so.
        for (at, asset) in library.assets.iter().enumerate() {
            index.assets.insert(asset.path.to_string(), AssetId(at as u32));
        }
        for (at, asset) in library.assets.iter().enumerate() {
            let key = path_key(asset.path.as_str());
            index.assets.entry(key).or_insert(AssetId(at as u32));
        }
        index
    }

    /// Resolves one link of a text.
    pub(super) fn resolve(&self, from: TextId, link: &Link) -> Found {
        match &link.target {
            Target::Outside(url) => Found::To(Destination::Outside(url.clone())),
            Target::Dropped => Found::To(Destination::Nothing),
            Target::Inside { path, fragment } if path.is_empty() => match fragment {
                Some(fragment) => self.to_text(from, from, Some(fragment), link),
                None => Found::To(Destination::Here("main".into())),
            },
            Target::Inside { path, fragment } => self.path(from, path, fragment, link),
            Target::Title { title, fragment } => self.title(from, title, fragment, link),
        }
    }

    fn path(
        &self,
        from: TextId,
        path: &str,
        fragment: &Option<String>,
        link: &Link,
    ) -> Found {
        let base = &self.library.sources.get(link.span.source).path;
        let joined = [base.join(path), TextPath::new("x").join(path)];
        for candidate in joined.into_iter().flatten() {
            let key = path_key(candidate.as_str());
            if let Some(id) = self.text_at(&key) {
                return self.to_text(from, id, fragment.as_deref(), link);
            }
            let folder = path_key(&folder_address(candidate.as_str()));
            if let Some(address) = self.folders.get(&folder) {
                let address = address.clone();
                return Found::To(Destination::Page(address, fragment.clone()));
            }
            if candidate.as_str().is_empty() {
                let home = Address::new(fixed::HOME);
                return Found::To(Destination::Page(home, fragment.clone()));
            }
            let exact = self.assets.get(candidate.as_str());
            if let Some(asset) = exact.or_else(|| self.assets.get(&key)) {
                return Found::Asset(*asset);
            }
            // An address of the site as it will be, typed by hand.
            let typed = Address::new(candidate.as_str());
            if fixed::ALL.contains(&typed.as_str()) {
                return Found::To(Destination::Page(typed, fragment.clone()));
            }
        }
        let name = TextPath::new(path);
        if let Some(Some(id)) = self.names.get(&path_key(name.stem())) {
            return self.to_text(from, *id, fragment.as_deref(), link);
        }
        self.nowhere(path, link)
    }

    /// Finds a text by its folded path: as it is, without extension, as an index.
    fn text_at(&self, key: &str) -> Option<TextId> {
        let key = key.trim_end_matches('/');
        let bare = bare(key);
        [key, bare].into_iter().find_map(|key| self.paths.get(key).copied()).or_else(
            || {
                let folder = bare.strip_suffix("/index").unwrap_or(bare);
                ["index", "_index", "readme"].iter().find_map(|name| {
                    let path = if folder.is_empty() || folder == "index" {
                        (*name).to_string()
                    } else {
                        format!("{folder}/{name}")
                    };
                    self.paths.get(&path).copied()
                })
            },
        )
    }

    fn title(
        &self,
        from: TextId,
        title: &str,
        fragment: &Option<String>,
        link: &Link,
    ) -> Found {
        if let Some(id) = self.titles.get(&fold_key(title)) {
            return self.to_text(from, *id, fragment.as_deref(), link);
        }
        let wanted = fold(title);
        let is = |term: &&Term| {
            fold(&term.title) == wanted
                || term.also.iter().any(|form| fold(form) == wanted)
        };
        if let Some(term) = self.terms.iter().find(is) {
            return Found::To(Destination::Page(
                term.address.clone(),
                Some(term.anchor.clone()),
            ));
        }
        self.path(from, title, fragment, link)
    }

    fn to_text(
        &self,
        from: TextId,
        id: TextId,
        fragment: Option<&str>,
        link: &Link,
    ) -> Found {
        let text = self.library.text(id);
        let Some(address) = self.places.of.get(&id) else {
            let problem = match text.kind {
                Kind::Site => self.missing(&text.path.to_string(), link),
                _ => Problem::at(Code::V06, link.span).with("t", text.title.clone()),
            };
            return Found::Nowhere(problem);
        };
        let page = |anchor: Option<String>| match anchor {
            Some(anchor) if id == from => Destination::Here(anchor),
            anchor => Destination::Page(address.clone(), anchor),
        };
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else {
            return Found::To(page(None));
        };
        if let Some(child) = self.child(text, fragment) {
            return Found::To(Destination::Page(child.clone(), None));
        }
        // The heading that became the title of the page.
        if fold_key(fragment) == fold_key(&text.title) {
            return Found::To(page(None));
        }
        match self.bodies.get(&id).and_then(|body| anchor(body, fragment)) {
            Some(anchor) => Found::To(page(Some(anchor))),
            None => Found::Nearly(
                page(None),
                Problem::at(Code::L03, link.span)
                    .with("x", fragment)
                    .with("f", text.path.as_str()),
            ),
        }
    }

    /// Finds the page of one tip of a file with several.
    fn child(&self, text: &Text, fragment: &str) -> Option<&Address> {
        if text.kind != Kind::Tips && text.part.is_none() {
            return None;
        }
        let wanted = slug(fragment);
        let (id, _) = self.library.ids().find(|(_, other)| {
            other.source == text.source
                && other.part.as_ref().is_some_and(|p| *p == wanted)
        })?;
        self.places.of.get(&id)
    }

    fn nowhere(&self, typed: &str, link: &Link) -> Found {
        Found::Nowhere(self.missing(typed, link))
    }

    /// Makes the problem of a link to nothing, with the nearest file that goes out.
    fn missing(&self, typed: &str, link: &Link) -> Problem {
        let left = self.suggestions.get();
        self.suggestions.set(left.saturating_sub(1));
        let name = TextPath::new(typed);
        let near = (left > 0)
            .then(|| {
                nearest(typed, self.known.iter().copied())
                    .or_else(|| nearest(name.name(), self.known.iter().copied()))
            })
            .flatten();
        let problem = Problem::at(Code::L01, link.span).with("x", typed);
        match near {
            Some(near) => problem.with("s", near),
            None => problem,
        }
    }
}

/// Returns the anchor of a heading named in a link: by anchor, or by its words.
fn anchor(body: &Body, fragment: &str) -> Option<String> {
    let wanted = slug(fragment);
    let words = fold_key(fragment);
    body.all_sections()
        .into_iter()
        .find(|part| {
            part.id == fragment
                || part.id == wanted
                || fold_key(&plain(&part.title)) == words
        })
        .map(|part| part.id.clone())
}

/// Folds a path for comparing: composed, lower case, no accents, no `./`.
fn path_key(path: &str) -> String {
    fold(path.trim_start_matches("./").trim_matches('/'))
}

/// Strips an extension that a page may be named by.
fn bare(key: &str) -> &str {
    [".md", ".markdown", ".mdown", ".html", ".htm"]
        .iter()
        .find_map(|extension| key.strip_suffix(extension))
        .unwrap_or(key)
}

/// Returns the address of the largest size of a placed picture, for links to it.
pub(super) fn largest(base: &str, asset: &Asset) -> Option<Address> {
    let facts = asset.facts.as_ref()?;
    let all = renditions(facts);
    let best =
        all.iter().filter(|one| one.extension != "webp").max_by_key(|one| one.width)?;
    Some(Address::new(&format!("{base}{}", best.suffix)))
}
