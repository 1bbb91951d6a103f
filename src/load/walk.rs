//! A folder becomes a list of files: texts, fragments, other files.
//!
//! [`walk`] is the entry. It opens no text. It stays inside the folder: symbolic links are
//! followed only to places in it, and never in a circle.

use super::kinds;
use super::names::{self, Copy, Sort};
use super::unread;
use crate::model::{Asset, Leaves};
use crate::problem::{Code, Failure, Problem};
use crate::text::{TextPath, fold};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Deepest folder we look into; below lies no text people would find again.
const DEEPEST: usize = 40;

/// A text on disk.
#[derive(Debug)]
pub(super) struct Found {
    /// Path inside the folder.
    pub(super) path: TextPath,
    /// Where it is, links followed.
    pub(super) on_disk: PathBuf,
    /// Whether it gets no page of its own.
    pub(super) fragment: bool,
}

/// What is in a folder, sorted by path.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// The folder itself, links followed.
    pub(super) root: PathBuf,
    /// Texts and fragments.
    pub(super) texts: Vec<Found>,
    /// Other files.
    pub(super) assets: Vec<Asset>,
    /// The reader's own word hints.
    pub(super) own_words: Option<PathBuf>,
    /// What was noticed: B06, B08, B10, L06.
    pub(super) problems: Vec<Problem>,
}

/// Lists a folder. Reports B06, B08, B10 and L06; refuses only when the folder is not there.
pub(super) fn walk(dir: &Path) -> Result<Listing, Failure> {
    let root = std::fs::canonicalize(dir)
        .map_err(|cause| Failure::new("no-folder", dir, cause))?;
    std::fs::read_dir(&root).map_err(|cause| Failure::new("no-folder", dir, cause))?;
    let mut walker = Walker {
        listing: Listing { root: root.clone(), ..Listing::default() },
        linked: BTreeSet::new(),
        waiting: VecDeque::from([Start {
            dir: root,
            prefix: String::new(),
            fragment: false,
        }]),
    };
    while let Some(start) = walker.waiting.pop_front() {
        walker.folder(&start);
    }
    Ok(walker.finish())
}

/// A folder to look into, and the path people know it by.
struct Start {
    dir: PathBuf,
    prefix: String,
    fragment: bool,
}

struct Walker {
    listing: Listing,
    /// Folders a link led to: each is looked into once, so links cannot go in circles.
    linked: BTreeSet<PathBuf>,
    waiting: VecDeque<Start>,
}

impl Walker {
    fn folder(&mut self, start: &Start) {
        let entries = WalkDir::new(&start.dir)
            .max_depth(DEEPEST)
            // What lies beside it begins the same: as by name, without cutting names off.
            .sort_by(|one, other| one.path().as_os_str().cmp(other.path().as_os_str()))
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || is_wanted(entry));
        for entry in entries {
            match entry {
                Ok(entry) if entry.depth() == 0 => {}
                Ok(entry) => self.entry(start, &entry),
                Err(problem) => {
                    let place = problem.path().unwrap_or(&start.dir);
                    let path = path_of(start, place);
                    self.problem(Problem::file(Code::B08, &path));
                }
            }
        }
    }

    fn entry(&mut self, start: &Start, entry: &DirEntry) {
        let path = path_of(start, entry.path());
        let kind = entry.file_type();
        if kind.is_symlink() {
            self.link(start, entry, path);
        } else if kind.is_file() {
            let fragment = start.fragment || in_fragments(&path) || is_aside(path.name());
            let on_disk = entry.path().to_path_buf();
            self.file(path, on_disk, fragment, || entry.metadata().ok().map(|m| m.len()));
        } else if (kind.is_dir() && entry.depth() == DEEPEST) || !kind.is_dir() {
            // Too deep, or something that is no file at all.
            self.problem(Problem::file(Code::B08, &path));
        }
    }

    /// A symbolic link: followed when it stays inside.
    fn link(&mut self, start: &Start, entry: &DirEntry, path: TextPath) {
        let Ok(target) = std::fs::canonicalize(entry.path()) else {
            return self.problem(Problem::file(Code::B08, &path));
        };
        let Ok(inside) = target.strip_prefix(&self.listing.root) else {
            let shown = path.as_str().to_string();
            return self.problem(Problem::file(Code::L06, &path).with("x", shown));
        };
        let hidden = inside.iter().any(|name| name.to_string_lossy().starts_with('.'));
        let Ok(facts) = std::fs::metadata(&target) else {
            return self.problem(Problem::file(Code::B08, &path));
        };
        // A link opens no door: what stays inside where it lies, stays inside here.
        let aside = inside.iter().any(|name| is_aside(&name.to_string_lossy()));
        let fragment =
            start.fragment || in_fragments(&path) || aside || is_aside(path.name());
        if hidden {
            self.problem(Problem::file(Code::B08, &path));
        } else if facts.is_file() {
            self.file(path, target, fragment, || Some(facts.len()));
        } else if facts.is_dir() {
            let circle = entry.path().starts_with(&target);
            if !circle && self.linked.insert(target.clone()) {
                let fragment = fragment || Sort::of_folder(path.name()) == Sort::Fragment;
                let prefix = path.as_str().to_string();
                self.waiting.push_back(Start { dir: target, prefix, fragment });
            }
        }
    }

    fn file(
        &mut self,
        path: TextPath,
        on_disk: PathBuf,
        fragment: bool,
        length: impl FnOnce() -> Option<u64>,
    ) {
        if matches!(path.as_str(), "eigen-woorden.tsv" | "own-words.tsv") {
            self.listing.own_words.get_or_insert(on_disk);
            return;
        }
        match Sort::of(path.name()) {
            Sort::Dropped => {}
            Sort::Plain if fragment => {}
            Sort::Plain => self.problem(unread::problem(&path)),
            Sort::Content => self.listing.texts.push(Found { path, on_disk, fragment }),
            Sort::Fragment => {
                self.listing.texts.push(Found { path, on_disk, fragment: true });
            }
            Sort::Asset => match length() {
                Some(length) => {
                    let closed = kinds::closed_folder(&path)
                        .or(kinds::closed_name(&path))
                        .is_some();
                    self.listing.assets.push(Asset {
                        path,
                        on_disk,
                        length,
                        facts: None,
                        leaves: if fragment || closed {
                            Leaves::Inside
                        } else {
                            Leaves::Freely
                        },
                    });
                }
                None => self.problem(Problem::file(Code::B08, &path)),
            },
        }
    }

    fn problem(&mut self, problem: Problem) {
        self.listing.problems.push(problem);
    }

    fn finish(mut self) -> Listing {
        let listing = &mut self.listing;
        listing.texts.sort_by(|left, right| left.path.cmp(&right.path));
        listing.assets.sort_by(|left, right| left.path.cmp(&right.path));
        // Names that are no Unicode may become the same; the first one stays.
        listing.texts.dedup_by(|next, first| next.path == first.path);
        listing.assets.dedup_by(|next, first| next.path == first.path);
        leave_copies(listing);
        self.listing
    }
}

/// Takes second versions out: those a sync program marked always, other copies when the
/// first version stands beside them.
fn leave_copies(listing: &mut Listing) {
    let mut beside: BTreeMap<(String, String), String> = BTreeMap::new();
    for found in &listing.texts {
        if !matches!(names::copy_of(found.path.stem()), Some(Copy::Sure(_))) {
            beside
                .entry(key(&found.path, found.path.stem()))
                .or_insert_with(|| found.path.name().into());
        }
    }
    let mut problems = Vec::new();
    let mut report = |path: &TextPath, first: &str| {
        problems
            .push(Problem::file(Code::B06, path).with("f", path.name()).with("g", first));
    };
    listing.texts.retain(|found| {
        let path = &found.path;
        match names::copy_of(path.stem()) {
            None => true,
            Some(Copy::Sure(stem)) => {
                let first = beside.get(&key(path, &stem)).cloned();
                report(path, &first.unwrap_or_else(|| with_extension(&stem, path)));
                false
            }
            Some(Copy::Perhaps(stems)) => {
                let Some(first) =
                    stems.iter().rev().find_map(|stem| beside.get(&key(path, stem)))
                else {
                    return true;
                };
                report(path, first);
                false
            }
        }
    });
    listing.assets.retain(|asset| {
        let Some(Copy::Sure(stem)) = names::copy_of(asset.path.stem()) else {
            return true;
        };
        report(&asset.path, &with_extension(&stem, &asset.path));
        false
    });
    listing.problems.append(&mut problems);
}

fn key(path: &TextPath, stem: &str) -> (String, String) {
    (path.folder().to_string(), names::stem_key(stem))
}

fn with_extension(stem: &str, path: &TextPath) -> String {
    match path.name().rsplit_once('.') {
        Some((_, extension)) => format!("{stem}.{extension}"),
        None => stem.to_string(),
    }
}

/// Tells whether to look at an entry at all.
fn is_wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    if entry.file_type().is_dir() {
        Sort::of_folder(&name) != Sort::Dropped && !is_made(entry.path(), &name)
    } else {
        !name.starts_with('.')
    }
}

/// Tells whether a folder is the work of a build tool, by the marks such tools leave: our
/// own output, a theme, what Cargo made.
fn is_made(dir: &Path, name: &str) -> bool {
    let has = |file: &str| dir.join(file).exists();
    match name.to_lowercase().as_str() {
        "public" if has("index.html") => return true,
        "target" if has("CACHEDIR.TAG") || has(".rustc_info.json") => return true,
        _ => {}
    }
    has(".boekje-files") || has("theme.toml")
}

/// Tells whether the name of a file or folder says that it stays inside. The text of a
/// folder, `_index.md`, does not.
fn is_aside(name: &str) -> bool {
    let (stem, _) = names::split(name);
    Sort::of_folder(name) == Sort::Fragment && fold(stem) != "_index"
}

/// Tells whether a path lies in a folder of fragments.
pub(super) fn in_fragments(path: &TextPath) -> bool {
    path.folder().split('/').any(|name| Sort::of_folder(name) == Sort::Fragment)
}

/// Returns the path people know a file by. A back slash in a name (unpacked on another
/// system) counts as a folder; names that could climb are left out.
fn path_of(start: &Start, place: &Path) -> TextPath {
    let inside = place.strip_prefix(&start.dir).unwrap_or(place);
    let mut path = start.prefix.clone();
    for name in inside.iter() {
        let name = name.to_string_lossy();
        for part in name.split('\\').filter(|part| !matches!(*part, "" | "." | "..")) {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(part);
        }
    }
    TextPath::new(&path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::File::create(path).unwrap();
        }
        dir
    }

    fn texts(listing: &Listing) -> Vec<&str> {
        listing.texts.iter().map(|found| found.path.as_str()).collect()
    }

    fn codes(listing: &Listing) -> Vec<Code> {
        listing.problems.iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn content_is_found_and_the_rest_is_left() {
        let dir = folder(&[
            "b.md",
            "a.MD",
            "tips/_index.md",
            "delen/nummers.md",
            "_concept/x.md",
            ".geheim/x.md",
            "node_modules/x/readme.md",
            "public/index.html",
            "public/a.md",
            "themes/mijn/theme.toml",
            "themes/mijn/readme.md",
            "notes.txt",
            "~$a.md",
            "foto.jpg",
            "eigen-woorden.tsv",
        ]);
        let listing = walk(dir.path()).unwrap();
        assert_eq!(
            texts(&listing),
            ["_concept/x.md", "a.MD", "b.md", "delen/nummers.md", "tips/_index.md"]
        );
        let fragments: Vec<bool> = listing.texts.iter().map(|f| f.fragment).collect();
        assert_eq!(fragments, [true, false, false, true, false]);
        assert_eq!(listing.assets.len(), 1);
        assert!(listing.own_words.is_some());
        assert_eq!(codes(&listing), [Code::B10]);
    }

    #[test]
    fn second_versions_stay_inside() {
        let dir = folder(&[
            "plan.md",
            "plan (conflicted copy 2026-01-02 101112).md",
            "plan (1).md",
            "plan - kopie.md",
            "plan.sync-conflict-20260314-101112-ABCDEFG.md",
            "weg (conflicted copy 2026-01-02).md",
            "verhaal (1).md",
            "foto.jpg",
            "foto (1).jpg",
        ]);
        let listing = walk(dir.path()).unwrap();
        assert_eq!(texts(&listing), ["plan.md", "verhaal (1).md"]);
        assert_eq!(codes(&listing), [Code::B06; 5]);
        assert_eq!(listing.assets.len(), 2);
    }

    #[test]
    fn a_folder_that_is_not_there_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        assert!(walk(&dir.path().join("weg")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_inside_and_do_not_go_round() {
        use std::os::unix::fs::symlink;
        let outside = folder(&["geheim.md", "diep/x.md"]);
        let dir = folder(&["a.md", "echt/b.md", "echt/foto.jpg"]);
        let at = |name: &str| dir.path().join(name);
        symlink(outside.path().join("geheim.md"), at("naar-buiten.md")).unwrap();
        symlink(outside.path().join("diep"), at("map-naar-buiten")).unwrap();
        symlink(at("echt"), at("ook")).unwrap();
        symlink(dir.path(), at("echt/rond")).unwrap();
        symlink(at("a.md"), at("c.md")).unwrap();
        symlink(at("nergens.md"), at("weg.md")).unwrap();
        // What stays inside where it lies, stays inside under another name.
        std::fs::create_dir(at("_klad")).unwrap();
        std::fs::File::create(at("_klad/brief.pdf")).unwrap();
        symlink(at("_klad/brief.pdf"), at("brief.pdf")).unwrap();
        symlink(at("_klad"), at("open")).unwrap();
        let listing = walk(dir.path()).unwrap();
        assert_eq!(texts(&listing), ["a.md", "c.md", "echt/b.md", "ook/b.md"]);
        let open: Vec<&str> = (listing.assets.iter())
            .filter(|asset| asset.leaves == Leaves::Freely)
            .map(|asset| asset.path.as_str())
            .collect();
        assert_eq!(open, ["echt/foto.jpg", "ook/foto.jpg"]);
        let mut codes = codes(&listing);
        codes.sort();
        assert_eq!(codes, [Code::B08, Code::L06, Code::L06]);
    }
}
