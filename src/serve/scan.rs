//! A look at all files of some folders: enough to see which ones changed.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
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
    /// By the bytes of their paths: comparing paths name by name takes ten times as long.
    files: Vec<(OsString, Stamp)>,
    /// Which folders they are on the disk: another one may come in the place of one.
    pub(super) roots: Vec<Option<u64>>,
}

/// Looks at folders. Hidden files are left out, as reading does.
pub(super) fn scan(folders: &[PathBuf]) -> Scan {
    let mut scan = Scan { roots: roots(folders), ..Scan::default() };
    folders.iter().for_each(|folder| scan.add(folder));
    scan.files.sort_unstable_by(|left, right| left.0.cmp(&right.0));
    scan.files.dedup_by(|next, first| next.0 == first.0);
    scan
}

/// Tells which folders they are on the disk.
pub(super) fn roots(folders: &[PathBuf]) -> Vec<Option<u64>> {
    let facts = folders.iter().map(|folder| std::fs::metadata(folder).ok());
    facts.map(|facts| Some(file(&facts?))).collect()
}

impl Scan {
    fn add(&mut self, folder: &Path) {
        let hidden = |name: &OsStr| name.to_string_lossy().starts_with('.');
        let entries = WalkDir::new(folder)
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
        for entry in entries.flatten().filter(|entry| !entry.file_type().is_dir()) {
            // A link is as new as what it leads to.
            let facts = std::fs::metadata(entry.path())
                .or_else(|_| std::fs::symlink_metadata(entry.path()));
            if let Ok(facts) = facts {
                let path = entry.into_path().into_os_string();
                self.files.push((path, Stamp::of(&facts)));
            }
        }
    }

    /// Returns which files are new, gone or different.
    pub(super) fn differences(&self, before: &Scan) -> BTreeSet<PathBuf> {
        let mut changed = BTreeSet::new();
        let mut was = before.files.iter().peekable();
        for one in &self.files {
            while let Some(gone) = was.next_if(|was| was.0 < one.0) {
                changed.insert(PathBuf::from(&gone.0));
            }
            if was.next_if(|was| was.0 == one.0).is_none_or(|was| was != one) {
                changed.insert(PathBuf::from(&one.0));
            }
        }
        changed.extend(was.map(|gone| PathBuf::from(&gone.0)));
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_gone_and_different_is_told() {
        let stamp = |length| Stamp { length, changed: None, file: 0 };
        let scan = |files: &[(&str, u64)]| Scan {
            files: files.iter().map(|(name, n)| ((*name).into(), stamp(*n))).collect(),
            roots: Vec::new(),
        };
        let told = |now: &[(&str, u64)], before: &[(&str, u64)]| {
            let all = scan(now).differences(&scan(before));
            all.iter().map(|path| path.display().to_string()).collect::<Vec<_>>()
        };
        let before = [("a", 1), ("b", 1), ("d", 1), ("e", 1)];
        assert_eq!(told(&before, &before), [""; 0]);
        let now = [("b", 1), ("c", 1), ("d", 2), ("f", 1)];
        assert_eq!(told(&now, &before), ["a", "c", "d", "e", "f"]);
        assert_eq!(told(&[], &before), ["a", "b", "d", "e"]);
        assert_eq!(told(&before, &[]), ["a", "b", "d", "e"]);
    }
}
