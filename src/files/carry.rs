//! Files of others in the site folder: they come along to the new site by a second name
//! on disk, with the rights of their folders, and nothing of them is ever followed,
//! copied or emptied.

use super::disk::{
    self, is_file, is_folder, is_there, same_rights, same_time, second_name, unlock,
};
use super::list::{LIST, ours};
use super::mounts::is_mount;
use crate::text::Address;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Brings files of others from `out` to `new`; `known` are ours, old and new. Anything in
/// the way of that (a disk of its own inside, a folder we may not look into) is returned:
/// then the site folder cannot be exchanged as a whole.
pub(super) fn carry(
    out: &Path,
    new: &Path,
    known: &BTreeSet<&Address>,
) -> io::Result<()> {
    if !is_there(out) {
        return Ok(());
    }
    let mut folders = vec![PathBuf::new()];
    for entry in disk::walk(out).min_depth(1) {
        let entry = entry?;
        let Ok(path) = entry.path().strip_prefix(out) else { continue };
        let to = new.join(path);
        if entry.file_type().is_dir() {
            if is_mount(entry.path()) {
                return Err(io::ErrorKind::CrossesDevices.into());
            }
            // A folder that held only files of ours is left behind with them.
            if is_empty(entry.path())? {
                fs::create_dir_all(&to)?;
            }
            folders.push(path.to_path_buf());
        } else if !is_ours(path, known) || !entry.file_type().is_file() {
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            second_name(entry.path(), &to)?;
        }
    }
    // Last: a folder may be closed for writing. The deepest first, for their times.
    let with_ours: BTreeSet<&Path> = known
        .iter()
        .flat_map(|address| Path::new(address.as_str()).ancestors().skip(1))
        .collect();
    for folder in folders.iter().rev().filter(|folder| is_folder(&new.join(folder))) {
        same_rights(&out.join(folder), &new.join(folder));
        if !with_ours.contains(folder.as_path()) {
            same_time(&out.join(folder), &new.join(folder));
        }
    }
    Ok(())
}

fn is_ours(path: &Path, known: &BTreeSet<&Address>) -> bool {
    path == Path::new(LIST) || known.contains(&Address::new(&path.to_string_lossy()))
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    Ok(fs::read_dir(folder)?.next().is_none())
}

/// Empties a folder that stands no longer at `out`. Our own files and second names go;
/// what somebody put there while we were building moves to `out`.
pub(super) fn clear(folder: &Path, out: &Path) -> io::Result<()> {
    if !is_folder(folder) {
        return Ok(());
    }
    unlock(folder);
    let own = ours(folder).unwrap_or_default();
    let known: BTreeSet<&Address> = own.iter().collect();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            unlock(entry.path());
            continue;
        }
        let Ok(path) = entry.path().strip_prefix(folder) else { continue };
        if is_ours(path, &known) && entry.file_type().is_file() {
            continue;
        }
        let to = out.join(path);
        if is_newer(entry.path(), &to) {
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::rename(entry.path(), &to)?;
        }
    }
    Ok(())
}

/// Tells whether a file of others is not in the new site as it is here.
fn is_newer(here: &Path, there: &Path) -> bool {
    let time = |path| fs::symlink_metadata(path).and_then(|facts| facts.modified()).ok();
    !is_there(there) || (is_file(here) && time(here) > time(there))
}
