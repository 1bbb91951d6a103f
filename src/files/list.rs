//! The list of our files, `.boekje-files` in the site folder: only what stands in it is
//! ever overwritten or deleted. Each line is a hash of the bytes, two spaces, an address.

use super::disk::{self, is_file, is_there};
use crate::problem::Failure;
use crate::text::Address;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Name of the list, in the site folder.
pub const LIST: &str = ".boekje-files";

/// Reads which files in a folder are ours. A list that is no plain file is not our work.
pub(super) fn ours(folder: &Path) -> Result<BTreeSet<Address>, Failure> {
    Ok(listed(folder)?.into_keys().collect())
}

/// Reads the list of a folder with the fingerprint of each file; empty when there is none.
pub fn listed(folder: &Path) -> Result<BTreeMap<Address, String>, Failure> {
    let path = folder.join(LIST);
    if is_there(&path) && !is_file(&path) {
        return Err(Failure::refused("not-ours", &path));
    }
    let list = super::read(&path).unwrap_or_default();
    let lines = String::from_utf8_lossy(&list);
    let pairs = lines.lines().filter_map(|line| line.split_once(' '));
    let pairs = pairs.filter_map(|(hash, name)| Some((hash, name.strip_prefix(' ')?)));
    let all = pairs.map(|(hash, name)| (Address::new(name), hash.to_string()));
    Ok(all.filter(|(address, _)| !address.as_str().is_empty()).collect())
}

/// Returns the files of others in a folder, sorted.
pub fn others(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let own = ours(folder)?;
    let is_ours = |path: &Path| {
        let name = path.to_string_lossy().replace('\\', "/");
        name == LIST || own.contains(&Address::new(&name))
    };
    let all = disk::walk(folder).into_iter().flatten();
    let files = all.filter(|entry| entry.file_type().is_file());
    let paths = files.map(walkdir::DirEntry::into_path);
    let is_other =
        |path: &PathBuf| path.strip_prefix(folder).is_ok_and(|it| !is_ours(it));
    Ok(paths.filter(is_other).collect())
}

/// Returns the list as it is written.
pub(super) fn lines(list: &BTreeMap<Address, String>) -> String {
    list.iter().map(|(address, hash)| format!("{hash}  {address}\n")).collect()
}

/// Returns the hash of a file, SHA-256 as it stands in the list.
pub fn hash(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let halves = |byte: u8| [byte >> 4, byte & 15];
    let digits = Sha256::digest(bytes).into_iter().flat_map(halves);
    digits.map(|half| char::from(DIGITS[usize::from(half)])).collect()
}
