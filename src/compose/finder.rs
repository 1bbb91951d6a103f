//! Finds what a link names. A text that goes out always comes first; one that stays inside
//! is found only when nothing that goes out has that name, so it never takes the place of
//! another and nobody can tell from outside that it exists.

use super::edition::{Destination, Term};
use super::places::{fixed, folder_address};
use crate::model::{AssetId, Kind, Library, Target, Text, TextId};
use crate::text::{Address, SourceId, TextPath, fold, fold_key, slug};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// What a link turned out to name.
pub(super) enum Hit {
    /// A text that goes out.
    Text(TextId),
    /// A text that stays inside.
    Inside(TextId),
    /// A term of the glossary, by its number.
    Term(usize),
    /// A page the site makes itself.
    Page(Address),
    /// A file of the folder.
    Asset(AssetId),
    /// A page and heading, or nothing, that is no name of something in the folder.
    Elsewhere(Destination),
    /// Nothing.
    Nothing,
}

/// Everything a link may name. What is many and seldom asked for is gathered when it is: a
/// site has an edition for each reader, and most of those lead nowhere.
pub(super) struct Finder<'a> {
    library: &'a Library,
    out: Shelf,
    /// The texts that stay inside, and their names.
    closed: Vec<TextId>,
    inside: OnceLock<Shelf>,
    /// Folded term → its number.
    terms: HashMap<String, usize>,
    /// Path, and folded path → other file.
    assets: OnceLock<HashMap<String, AssetId>>,
    /// Folded folder → its list.
    folders: BTreeMap<String, Address>,
    /// Tips of a file with several, by file and heading.
    parts: HashMap<(SourceId, String), TextId>,
    top: TextPath,
}

/// What a text is called.
struct Names {
    id: TextId,
    /// Its folded path, and the folded name of its file; none for a part of a file.
    file: Option<(String, String)>,
    /// Its folded title.
    title: String,
}

impl Names {
    fn of(library: &Library, id: TextId) -> Names {
        let text = library.text(id);
        let file = || (path_key(text.path.as_str()), path_key(text.path.stem()));
        let file = text.part.is_none().then(file);
        Names { id, file, title: fold_key(&text.title) }
    }
}

/// Texts by their names.
struct Shelf {
    /// Folded path → text; with and without extension.
    paths: HashMap<String, TextId>,
    /// File name → text, and whether it is the only one of that name.
    names: HashMap<String, (TextId, bool)>,
    /// Folded title → text.
    titles: HashMap<String, TextId>,
}

impl Shelf {
    /// Puts texts on a shelf; of those with one name the first is found.
    fn of(texts: Vec<Names>) -> Shelf {
        let mut shelf = Shelf {
            paths: HashMap::with_capacity(2 * texts.len()),
            names: HashMap::with_capacity(texts.len()),
            titles: HashMap::with_capacity(texts.len()),
        };
        for Names { id, file, title } in texts {
            if let Some((path, name)) = file {
                shelf.paths.entry(bare(&path).to_string()).or_insert(id);
                shelf.paths.entry(path).or_insert(id);
                let known = shelf.names.entry(name);
                known.and_modify(|one| one.1 = false).or_insert((id, true));
            }
            shelf.titles.entry(title).or_insert(id);
        }
        shelf
    }

    /// Finds a text by its folded path: as it is, without extension, as an index.
    fn at(&self, key: &str) -> Option<TextId> {
        let key = key.trim_end_matches('/');
        let bare = bare(key);
        if let Some(id) = self.paths.get(key).or_else(|| self.paths.get(bare)) {
            return Some(*id);
        }
        let folder = bare.strip_suffix("/index").unwrap_or(bare);
        ["index", "_index", "readme"].iter().find_map(|name| {
            let path = match folder {
                "" | "index" => (*name).to_string(),
                folder => format!("{folder}/{name}"),
            };
            self.paths.get(&path).copied()
        })
    }

    fn titled(&self, title: &str) -> Option<TextId> {
        self.titles.get(&fold_key(title)).copied()
    }
}

impl<'a> Finder<'a> {
    /// Gathers everything a link may name; `goes` tells which texts go out.
    pub(super) fn new(
        library: &'a Library,
        goes: impl Fn(TextId) -> bool,
        terms: &[Term],
        folders: BTreeMap<String, Address>,
    ) -> Self {
        let texts = library.ids().filter(|(_, text)| text.kind != Kind::Site);
        let (out, closed): (Vec<_>, Vec<_>) =
            texts.map(|(id, _)| id).partition(|&id| goes(id));
        let names = out.par_iter().map(|&id| Names::of(library, id));
        let mut finder = Finder {
            library,
            out: Shelf::of(names.collect()),
            closed,
            inside: OnceLock::new(),
            terms: HashMap::new(),
            assets: OnceLock::new(),
            folders,
            parts: HashMap::new(),
            top: TextPath::new(""),
        };
        for id in out {
            let text = library.text(id);
            if let Some(part) = &text.part {
                finder.parts.entry((text.source, part.clone())).or_insert(id);
            }
        }
        for (at, term) in terms.iter().enumerate() {
            for form in std::iter::once(&term.title).chain(&term.also) {
                finder.terms.entry(fold(form)).or_insert(at);
            }
        }
        finder
    }

    /// Returns the texts that stay inside, by their names.
    fn inside(&self) -> &Shelf {
        // On this thread alone: while it waited for others, one could come here again.
        let names =
            || self.closed.iter().map(|&id| Names::of(self.library, id)).collect();
        self.inside.get_or_init(|| Shelf::of(names()))
    }

    /// Returns the other files, by their names.
    fn assets(&self) -> &HashMap<String, AssetId> {
        self.assets.get_or_init(|| {
            let all =
                || self.library.assets.iter().zip(0..).map(|(it, at)| (it, AssetId(at)));
            // A name typed letter for letter wins from one that is nearly so.
            let mut found: HashMap<String, AssetId> =
                all().map(|(asset, id)| (asset.path.to_string(), id)).collect();
            for (asset, id) in all() {
                found.entry(path_key(asset.path.as_str())).or_insert(id);
            }
            found
        })
    }

    /// Tells whether all texts go out.
    pub(super) fn hides_nothing(&self) -> bool {
        self.closed.is_empty()
    }

    /// Finds what a target names, typed in a file at `base`.
    pub(super) fn find(&self, base: &TextPath, target: &Target) -> Hit {
        match target {
            Target::Outside(url) => Hit::Elsewhere(Destination::Outside(url.clone())),
            Target::Dropped => Hit::Elsewhere(Destination::Nothing),
            Target::Inside { path, .. } => self.path(base, path, false),
            Target::Title { title, .. } => {
                if let Some(id) = self.out.titled(title) {
                    return Hit::Text(id);
                }
                if let Some(at) = self.terms.get(&fold(title)) {
                    return Hit::Term(*at);
                }
                let loose = !title.contains('/') && bare(title) == title;
                self.path(base, title, loose)
            }
        }
    }

    /// Finds a path. What was typed between `[[ ]]` may be `loose`, only a name: then the
    /// name of a file that goes out comes before anything that stays inside.
    fn path(&self, base: &TextPath, path: &str, loose: bool) -> Hit {
        // From where it stands, and from the top.
        let candidates = || {
            let bases = [Some(base), None].into_iter();
            bases.filter_map(|base| base.unwrap_or(&self.top).join(path))
        };
        if let Some(hit) = candidates().find_map(|one| self.exactly(&one)) {
            return hit;
        }
        let at = |one: TextPath| self.inside().at(&path_key(one.as_str()));
        let inside = candidates().find_map(at).map(Hit::Inside);
        let name = path_key(TextPath::new(path).stem());
        let named = match self.out.names.get(&name) {
            Some((id, true)) => Some(Hit::Text(*id)),
            _ => None,
        };
        let found = match loose {
            true => {
                named.or_else(|| self.inside().titled(path).map(Hit::Inside)).or(inside)
            }
            false => inside.or(named),
        };
        let rest = || self.inside().names.get(&name).map(|(id, _)| Hit::Inside(*id));
        found.or_else(rest).unwrap_or(Hit::Nothing)
    }

    /// Finds what goes out and stands exactly at a path.
    fn exactly(&self, path: &TextPath) -> Option<Hit> {
        let key = path_key(path.as_str());
        if let Some(id) = self.out.at(&key) {
            return Some(Hit::Text(id));
        }
        let folder = path_key(&folder_address(path.as_str()));
        if let Some(address) = self.folders.get(&folder) {
            return Some(Hit::Page(address.clone()));
        }
        if path.as_str().is_empty() {
            return Some(Hit::Page(Address::new(fixed::HOME)));
        }
        let exact = self.assets().get(path.as_str());
        if let Some(asset) = exact.or_else(|| self.assets().get(&key)) {
            return Some(Hit::Asset(*asset));
        }
        // An address of the site as it will be, typed by hand.
        let typed = Address::new(path.as_str());
        let there = typed.as_str() != fixed::EXIT && fixed::ALL.contains(&typed.as_str());
        there.then_some(Hit::Page(typed))
    }

    /// Finds one tip of a file with several, by its heading.
    pub(super) fn part(&self, text: &Text, heading: &str) -> Option<TextId> {
        if text.kind != Kind::Tips && text.part.is_none() {
            return None;
        }
        self.parts.get(&(text.source, slug(heading))).copied()
    }
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
