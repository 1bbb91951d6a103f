//! What a folder holds, looked at once: its files, the bytes of its texts, and all of it
//! summed up, to know that reading it would tell the same as before.
//!
//! [`look`] is the entry. It counts every file that reading, or an output after it, may
//! open; it looks into none of them.

use super::walk::{self, Listing};
use super::{disk, walk::Found};
use crate::model::{Asset, Leaves};
use crate::problem::Failure;
use crate::stamp::Stamp;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footprint {
    /// The names and bytes of its files, and what was noticed on the way to them.
    pub content: [u8; 32],
    /// The files that are opened once more while a site is made, and their stamps. Texts
    /// are read once.
    others: Vec<(PathBuf, [u8; 44])>,
}

impl Footprint {
    /// Tells whether what was read since has the same bytes: as long as a stamp is the same,
    /// so are they.
    pub fn is_as_seen(&self) -> bool {
        let stamp = |path: &Path| sure(&std::fs::metadata(path).ok()?);
        self.others.par_iter().all(|(path, seen)| stamp(path).as_ref() == Some(seen))
    }
}

/// A file that reading may open.
struct One<'l> {
    path: &'l str,
    on_disk: &'l Path,
    /// What its place says about it.
    sort: u8,
}

/// A folder as it was looked at, for [`super::read_seen`].
#[derive(Debug)]
pub struct Seen {
    pub(super) listing: Listing,
    /// The bytes of its texts, in the same order.
    pub(super) texts: Vec<Result<Vec<u8>, disk::Unread>>,
    /// What each of them adds up to.
    pub(super) sums: Vec<Option<Sum>>,
    footprint: Option<Footprint>,
}

impl Seen {
    /// Returns the sum. `None` when a file could not be read, or is so young that it may be
    /// written again within one tick of the clock.
    pub fn footprint(&self) -> Option<&Footprint> {
        self.footprint.as_ref()
    }
}

/// Looks at a folder; refuses only when it is not there.
pub fn look(dir: &Path) -> Result<Seen, Failure> {
    let listing = walk::walk(dir)?;
    let files = files(&listing);
    let (texts, rest) = files.split_at(listing.texts.len());
    let texts: Vec<_> = texts.par_iter().map(|one| look_at(one.on_disk)).collect();
    let rest: Vec<_> = rest.par_iter().map(|one| look_at(one.on_disk).1).collect();
    let (texts, sums): (Vec<_>, Vec<_>) = texts.into_iter().unzip();
    let all = sums.iter().copied().chain(rest);
    let all: Option<Vec<(&One<'_>, Sum)>> =
        files.iter().zip(all).map(|(one, sum)| Some((one, sum?))).collect();
    let footprint = all.map(|all| summed(&listing, &all));
    Ok(Seen { texts, sums, footprint, listing })
}

/// What one file holds, and its stamp.
pub(super) type Sum = ([u8; 32], [u8; 44]);

/// Reads a file; returns its bytes too.
fn look_at(path: &Path) -> (Result<Vec<u8>, disk::Unread>, Option<Sum>) {
    match disk::read_with(path, disk::LARGEST) {
        Ok((bytes, stamp)) => {
            let sum = stamp.map(|stamp| (Sha256::digest(&bytes).into(), stamp.bytes()));
            (Ok(bytes), sum)
        }
        // One that is too long to be a text is looked at from the outside: films are
        // copied, never read.
        Err(disk::Unread::TooLong) => {
            let stamp = std::fs::metadata(path).ok().as_ref().and_then(sure);
            let sum = stamp.map(|stamp| (Sha256::digest(stamp).into(), stamp));
            (Err(disk::Unread::TooLong), sum)
        }
        Err(disk::Unread::Closed) => (Err(disk::Unread::Closed), None),
    }
}

fn summed(listing: &Listing, files: &[(&One<'_>, Sum)]) -> Footprint {
    let mut content = Sha256::new();
    part(&mut content, listing.root.as_os_str().as_encoded_bytes());
    part(&mut content, format!("{:?}", listing.problems).as_bytes());
    for (one, (bytes, _)) in files {
        part(&mut content, one.path.as_bytes());
        part(&mut content, one.on_disk.as_os_str().as_encoded_bytes());
        part(&mut content, &[one.sort]);
        part(&mut content, bytes);
    }
    let others = files.iter().skip(listing.texts.len());
    let others =
        others.map(|(one, (_, stamp))| (one.on_disk.to_path_buf(), *stamp)).collect();
    Footprint { content: content.finalize().into(), others }
}

fn files(listing: &Listing) -> Vec<One<'_>> {
    let text = |found: &'_ Found| u8::from(found.fragment);
    let asset = |asset: &Asset| 2 + u8::from(asset.leaves == Leaves::Freely);
    let mut files: Vec<One<'_>> = Vec::new();
    for one in &listing.texts {
        let (path, on_disk) = (one.path.as_str(), one.on_disk.as_path());
        files.push(One { path, on_disk, sort: text(one) });
    }
    for one in &listing.assets {
        let (path, on_disk) = (one.path.as_str(), one.on_disk.as_path());
        files.push(One { path, on_disk, sort: asset(one) });
    }
    let own = listing.own_words.iter();
    files.extend(own.map(|path| One { path: "", on_disk: path, sort: 4 }));
    files
}

/// Returns the stamp of a file that is old enough to be sure of.
fn sure(facts: &Metadata) -> Option<[u8; 44]> {
    Some(Stamp::sure(facts)?.bytes())
}

/// Adds a part with its length, so that no two lists of parts add up to the same.
fn part(sum: &mut Sha256, bytes: &[u8]) {
    sum.update((bytes.len() as u64).to_le_bytes());
    sum.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::io::Write;
    use std::time::{Duration, SystemTime};

    #[test]
    fn what_is_opened_once_more_has_to_be_as_it_was_seen() {
        let dir = tempfile::tempdir().expect("a folder");
        let put = |name: &str, bytes: &[u8]| {
            let mut file = File::create(dir.path().join(name)).expect("a file");
            file.write_all(bytes).expect("a file");
            let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
            file.set_modified(long_ago).expect("a time");
        };
        put("a.md", b"# A");
        put("foto.png", b"een");
        let seen = look(dir.path()).expect("a folder");
        let footprint = seen.footprint().expect("all of it is old");
        assert!(footprint.is_as_seen());
        put("a.md", b"# B");
        assert!(footprint.is_as_seen(), "its words were read");
        put("foto.png", b"en twee");
        assert!(!footprint.is_as_seen());
        std::fs::remove_file(dir.path().join("foto.png")).expect("a file");
        assert!(!footprint.is_as_seen());
    }
}
