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
use std::path::Path;

/// What a folder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Footprint {
    /// The names and bytes of its files, and what was noticed on the way to them.
    pub content: [u8; 32],
    /// When each of them was written: as long as this is the same, so are the bytes.
    pub stamps: [u8; 32],
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
    pub fn footprint(&self) -> Option<Footprint> {
        self.footprint
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
    let stamps = files.iter().map(|(one, (_, stamp))| (*one, stamp));
    Footprint { content: content.finalize().into(), stamps: sum_of_stamps(stamps) }
}

/// Sums up when the files of a folder were written, as [`Footprint::stamps`] does.
pub fn stamps(dir: &Path) -> Option<[u8; 32]> {
    let listing = walk::walk(dir).ok()?;
    let files = files(&listing);
    let stamps: Option<Vec<[u8; 44]>> =
        files.par_iter().map(|one| sure(&std::fs::metadata(one.on_disk).ok()?)).collect();
    Some(sum_of_stamps(files.iter().zip(&stamps?)))
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

fn sum_of_stamps<'s, 'l: 's>(
    files: impl Iterator<Item = (&'s One<'l>, &'s [u8; 44])>,
) -> [u8; 32] {
    let mut sum = Sha256::new();
    for (one, stamp) in files {
        part(&mut sum, one.path.as_bytes());
        sum.update(stamp);
    }
    sum.finalize().into()
}

/// Adds a part with its length, so that no two lists of parts add up to the same.
fn part(sum: &mut Sha256, bytes: &[u8]) {
    sum.update((bytes.len() as u64).to_le_bytes());
    sum.update(bytes);
}
