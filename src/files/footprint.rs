//! How a finished site lies on the disk, summed up: to know that nobody touched it since.

use super::disk::{self, is_there};
use super::list::LIST;
use super::names::beside;
use super::workplace;
use crate::stamp::Stamp;
use sha2::{Digest, Sha256};
use std::path::Path;

/// Sums up the names and stamps of everything in a folder of ours, and where it lies. `None`
/// when there is no site, or what a build that was stopped left behind.
pub fn footprint(out: &Path) -> Option<[u8; 32]> {
    let out = out.canonicalize().ok()?;
    if !is_there(&out.join(LIST)) || workplace::is_left(&out) {
        return None;
    }
    let length = out.as_os_str().as_encoded_bytes().len();
    let mut sum = Sha256::new();
    sum.update(beside(&out, "").as_os_str().as_encoded_bytes());
    for entry in disk::walk(&out) {
        let entry = entry.ok()?;
        // All paths here begin with that of the folder.
        let name = entry.path().as_os_str().as_encoded_bytes().get(length..)?;
        sum.update((name.len() as u64).to_le_bytes());
        sum.update(name);
        let facts = entry.metadata().ok()?;
        sum.update([u8::from(facts.is_dir()) + 2 * u8::from(facts.is_symlink())]);
        // Of a folder its names count: second names of a folder change with each build.
        if !facts.is_dir() {
            sum.update(Stamp::of(&facts)?.bytes());
        }
    }
    Some(sum.finalize().into())
}
