//! What a folder holds, summed up: to know that reading it would tell the same as before.
//!
//! [`footprint`] is the entry. It counts every file that reading, or an output after it, may
//! open; it looks into none of them.

use super::walk::{self, Listing};
use super::{disk, walk::Found};
use crate::model::{Asset, Leaves};
use crate::stamp::Stamp;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
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

/// Sums up a folder. `None` when a file cannot be read, or is so young that it may be
/// written again within one tick of the clock.
pub fn footprint(dir: &Path) -> Option<Footprint> {
    let listing = walk::walk(dir).ok()?;
    let files = files(&listing);
    let stamps = sum_of_stamps(&files)?;
    let bytes: Option<Vec<[u8; 32]>> =
        files.par_iter().map(|one| bytes_of(one.on_disk)).collect();
    let mut sum = Sha256::new();
    part(&mut sum, listing.root.as_os_str().as_encoded_bytes());
    part(&mut sum, format!("{:?}", listing.problems).as_bytes());
    for (one, bytes) in files.iter().zip(bytes?) {
        part(&mut sum, one.path.as_bytes());
        part(&mut sum, one.on_disk.as_os_str().as_encoded_bytes());
        part(&mut sum, &[one.sort]);
        part(&mut sum, &bytes);
    }
    Some(Footprint { content: sum.finalize().into(), stamps })
}

/// Sums up when the files of a folder were written, as [`Footprint::stamps`] does.
pub fn stamps(dir: &Path) -> Option<[u8; 32]> {
    sum_of_stamps(&files(&walk::walk(dir).ok()?))
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

fn sum_of_stamps(files: &[One<'_>]) -> Option<[u8; 32]> {
    let stamp = |one: &One<'_>| {
        let stamp = Stamp::of(&std::fs::metadata(one.on_disk).ok()?)?;
        stamp.is_old().then(|| stamp.bytes())
    };
    let stamps: Option<Vec<[u8; 44]>> = files.par_iter().map(stamp).collect();
    let mut sum = Sha256::new();
    for (one, stamp) in files.iter().zip(stamps?) {
        part(&mut sum, one.path.as_bytes());
        sum.update(stamp);
    }
    Some(sum.finalize().into())
}

/// Sums up the bytes of a file. One that is too long to be a text is looked at from the
/// outside: films are copied, never read.
fn bytes_of(path: &Path) -> Option<[u8; 32]> {
    match disk::read(path, disk::LARGEST) {
        Ok(bytes) => Some(Sha256::digest(bytes).into()),
        Err(disk::Unread::TooLong) => {
            let stamp = Stamp::of(&std::fs::metadata(path).ok()?)?;
            Some(Sha256::digest(stamp.bytes()).into())
        }
        Err(disk::Unread::Closed) => None,
    }
}

/// Adds a part with its length, so that no two lists of parts add up to the same.
fn part(sum: &mut Sha256, bytes: &[u8]) {
    sum.update((bytes.len() as u64).to_le_bytes());
    sum.update(bytes);
}
