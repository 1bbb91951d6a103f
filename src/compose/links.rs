//! Links: from what was typed to where it leads for this reader.
//!
//! A link may name a file (spaces, case, accents, `.html` do not matter), a folder, a
//! title between `[[ ]]`, or a term: `finder` knows them all. What cannot be found is
//! shown as text (L01), and so is what does not go out (V06).

use super::anchors::Anchors;
use super::edition::{Destination, Term};
use super::finder::{Finder, Hit};
use super::places::Places;
use crate::model::{Asset, AssetId, Library, Link, Target, TextId, Tree};
use crate::picture::renditions;
use crate::problem::{Code, Problem};
use crate::text::{Address, TextPath, fold_key, nearest};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What links need to be resolved.
pub(super) struct Index<'a> {
    pub(super) library: &'a Library,
    pub(super) finder: &'a Finder<'a>,
    places: &'a Places,
    terms: &'a [Term],
    /// Bodies as they go out, for anchors.
    bodies: &'a BTreeMap<TextId, Cow<'a, Tree>>,
    /// The anchors of the texts that some link asked about.
    anchors: Mutex<HashMap<TextId, Arc<Anchors>>>,
    /// Paths and names of texts that go out, for "did you mean": without the extension,
    /// which all of them share, each with how it is shown. Most folders need none.
    known: OnceLock<BTreeMap<&'a str, &'a str>>,
}

/// What a link turned out to be.
pub(super) enum Found {
    /// It leads somewhere.
    To(Destination),
    /// To a file of the folder.
    Asset(AssetId),
    /// To a text that stays inside; the problem says so.
    Closed(Problem),
    /// To nothing we know.
    Nothing,
    /// Somewhere, but not quite where it says.
    Nearly(Destination, Problem),
}

impl<'a> Index<'a> {
    /// Puts together what links need.
    pub(super) fn new(
        library: &'a Library,
        finder: &'a Finder<'a>,
        places: &'a Places,
        terms: &'a [Term],
        bodies: &'a BTreeMap<TextId, Cow<'a, Tree>>,
    ) -> Self {
        Index {
            library,
            finder,
            places,
            terms,
            bodies,
            anchors: Mutex::default(),
            known: OnceLock::new(),
        }
    }

    /// Resolves one link of a text.
    pub(super) fn resolve(&self, from: TextId, link: &Link) -> Found {
        let fragment = match &link.target {
            Target::Inside { fragment, .. } | Target::Title { fragment, .. } => {
                fragment.as_deref()
            }
            Target::Outside(_) | Target::Dropped => None,
        };
        if let Target::Inside { path, .. } = &link.target
            && path.is_empty()
        {
            return match fragment {
                Some(_) => self.to_text(from, from, fragment, link),
                None => Found::To(Destination::Here("main".into())),
            };
        }
        let base = &self.library.sources.get(link.span.source).path;
        let page = |address, anchor| Found::To(Destination::Page(address, anchor));
        match self.finder.find(base, &link.target) {
            Hit::Text(id) => self.to_text(from, id, fragment, link),
            Hit::Inside(id) => {
                let title = self.library.text(id).title.clone();
                Found::Closed(Problem::at(Code::V06, link.span).with("t", title))
            }
            Hit::Term(at) => match self.terms.get(at) {
                Some(term) => page(term.address.clone(), Some(term.anchor.clone())),
                None => Found::To(Destination::Nothing),
            },
            Hit::Page(address) => page(address, fragment.map(String::from)),
            Hit::Asset(asset) => Found::Asset(asset),
            Hit::Elsewhere(destination) => Found::To(destination),
            Hit::Nothing => Found::Nothing,
        }
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
            return Found::Nothing;
        };
        let page = |anchor: Option<String>| match anchor {
            Some(anchor) if id == from => Destination::Here(anchor),
            anchor => Destination::Page(address.clone(), anchor),
        };
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else {
            return Found::To(page(None));
        };
        let part = self.finder.part(text, fragment);
        if let Some(tip) = part.and_then(|part| self.places.of.get(&part)) {
            return Found::To(Destination::Page(tip.clone(), None));
        }
        // The heading that became the title of the page.
        if fold_key(fragment) == fold_key(&text.title) {
            return Found::To(page(None));
        }
        match self.anchor(id, fragment) {
            Some(anchor) => Found::To(page(Some(anchor))),
            None => Found::Nearly(
                page(None),
                Problem::at(Code::L03, link.span)
                    .with("x", fragment)
                    .with("f", text.path.as_str()),
            ),
        }
    }

    /// Returns the anchor of a heading that goes out.
    fn anchor(&self, id: TextId, fragment: &str) -> Option<String> {
        let body = self.bodies.get(&id)?;
        let all = || self.anchors.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all().get(&id).cloned();
        // Nobody waits while the headings of another text are gathered.
        let anchors = known.unwrap_or_else(|| {
            let made = Arc::new(Anchors::of(body));
            Arc::clone(all().entry(id).or_insert(made))
        });
        anchors.find(fragment).map(String::from)
    }

    /// Returns what may have been meant by a link to nothing.
    fn known(&self) -> &BTreeMap<&'a str, &'a str> {
        self.known.get_or_init(|| {
            let paths = self.places.of.keys().map(|id| &self.library.text(*id).path);
            let names = paths.flat_map(|path| [path.as_str(), path.name()]);
            names.map(|path| (bare(path), path)).collect()
        })
    }

    /// Makes the problem of a link to nothing, with the nearest file that goes out when that
    /// is to be `suggested`.
    pub(super) fn missing(&self, link: &Link, suggested: bool) -> Problem {
        let typed = match &link.target {
            Target::Inside { path, .. } => path.as_str(),
            Target::Title { title, .. } => title.as_str(),
            Target::Outside(_) | Target::Dropped => "",
        };
        let name = TextPath::new(typed);
        let known = |typed: &str| {
            let near = nearest(bare(typed), self.known().keys().copied())?;
            self.known().get(near).copied()
        };
        let near =
            suggested.then(|| known(typed).or_else(|| known(name.name()))).flatten();
        let problem = Problem::at(Code::L01, link.span).with("x", typed);
        match near {
            Some(near) => problem.with("s", near),
            None => problem,
        }
    }
}

/// Returns a path or a name without the extension of a text.
fn bare(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((bare, extension))
            if ["md", "markdown", "mdown", "html"]
                .iter()
                .any(|one| extension.eq_ignore_ascii_case(one)) =>
        {
            bare
        }
        _ => path,
    }
}

/// Returns the address of the largest size of a placed picture, for links to it.
pub(super) fn largest(base: &str, asset: &Asset) -> Option<Address> {
    let facts = asset.facts.as_ref()?;
    let all = renditions(facts);
    let best =
        all.iter().filter(|one| one.extension != "webp").max_by_key(|one| one.width)?;
    Some(Address::new(&format!("{base}{}", best.suffix)))
}
