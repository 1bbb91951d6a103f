//! A look at all files of some folders: enough to see which ones changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use walkdir::WalkDir;

/// What a file was when we looked. Saving a file changes at least one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    length: u64,
    changed: Option<SystemTime>,
    /// Which file it is on its disk, where the system knows.
    file: u64,
}

impl Stamp {
    fn of(facts: &Metadata) -> Stamp {
        Stamp { length: facts.len(), changed: facts.modified().ok(), file: file(facts) }
    }
}

#[cfg(unix)]
fn file(facts: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    facts.ino()
}

#[cfg(not(unix))]
fn file(_: &Metadata) -> u64 {
    0
}

/// All files at one moment.
#[derive(Debug, Default)]
pub(super) struct Scan {
    files: BTreeMap<PathBuf, Stamp>,
    /// Which folders they are on the disk: another one may come in the place of one.
    pub(super) roots: Vec<Option<u64>>,
}

/// Looks at folders. Hidden files are left out, as reading does.
pub(super) fn scan(folders: &[PathBuf]) -> Scan {
    let mut scan = Scan::default();
    for folder in folders {
        scan.roots.push(std::fs::metadata(folder).ok().map(|facts| file(&facts)));
        scan.add(folder);
    }
    scan
}

impl Scan {
    fn add(&mut self, folder: &Path) {
        let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
        let entries = WalkDir::new(folder)
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
        for entry in entries.flatten().filter(|entry| !entry.file_type().is_dir()) {
            // A link is as new as what it leads to.
            let facts = std::fs::metadata(entry.path())
                .or_else(|_| std::fs::symlink_metadata(entry.path()));
            if let Ok(facts) = facts {
                self.files.insert(entry.into_path(), Stamp::of(&facts));
            }
        }
    }

    /// Returns which files are new, gone or different.
    pub(super) fn differences(&self, before: &Scan) -> BTreeSet<PathBuf> {
        let mine = self
            .files
            .iter()
            .filter(|(path, stamp)| before.files.get(*path) != Some(stamp));
        let gone = before.files.keys().filter(|path| !self.files.contains_key(*path));
        mine.map(|one| one.0).chain(gone).cloned().collect()
    }
}
