//! Writes a site into a folder that cannot change places with another: a mounted disk, a
//! folder above it that is not ours, files of others that cannot come along.
//!
//! Everything is made first. Then each file is put in place in one step, in the order in
//! which a reader misses least: the list, what pages need, pages, the home page, and only
//! then is removed what is no longer there. A build that is stopped half-way leaves whole
//! files, and a list by which the next build finishes the work.

use super::disk::{is_file, make_folder, refused, write_new};
use super::list::{LIST, lines};
use super::making::Made;
use super::workplace::Workplace;
use crate::problem::Failure;
use crate::text::Address;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Puts what was made in place, file by file.
pub(super) fn publish(
    place: &Workplace,
    out: &Path,
    made: &Made,
    old: &BTreeSet<Address>,
) -> Result<(), Failure> {
    let mut all = made.list.clone();
    for address in old {
        all.entry(address.clone()).or_insert_with(|| "-".into());
    }
    put_list(place, out, &lines(&all))?;
    for address in gone(made, old).filter(|address| is_folder_now(address, made)) {
        remove(out, address)?;
    }
    let mut order: Vec<&Address> = made.changed.iter().collect();
    order.sort_by_key(|address| {
        let name = address.as_str();
        (name.ends_with(".html"), name == "index.html")
    });
    for address in order {
        let to = out.join(address.as_str());
        if let Some(folder) = to.parent() {
            make_folder(folder)?;
        }
        let from = place.fresh().join(address.as_str());
        fs::rename(from, &to).map_err(|cause| partly(&to, cause))?;
    }
    for address in gone(made, old) {
        remove(out, address)?;
    }
    put_list(place, out, &lines(&made.list))
}

/// Returns our files that the new site does not have.
fn gone<'a>(
    made: &'a Made,
    old: &'a BTreeSet<Address>,
) -> impl Iterator<Item = &'a Address> {
    old.iter().filter(|address| !made.list.contains_key(address))
}

/// Tells whether the new site has a folder where a file of ours was.
fn is_folder_now(address: &Address, made: &Made) -> bool {
    let start = format!("{address}/");
    made.list.keys().any(|other| other.as_str().starts_with(&start))
}

/// Removes a file of ours, and the folders that are empty without it.
fn remove(out: &Path, address: &Address) -> Result<(), Failure> {
    let path = out.join(address.as_str());
    if !is_file(&path) {
        return Ok(());
    }
    fs::remove_file(&path).map_err(|cause| partly(&path, cause))?;
    let above = path.ancestors().skip(1).take_while(|above| *above != out);
    for folder in above {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

fn put_list(place: &Workplace, out: &Path, lines: &str) -> Result<(), Failure> {
    let made = place.fresh().join(LIST);
    write_new(&made, lines.as_bytes())?;
    let to = out.join(LIST);
    fs::rename(made, &to).map_err(|cause| refused(&to, cause))
}

/// The site is between old and new.
fn partly(path: &Path, cause: std::io::Error) -> Failure {
    Failure::new("partly", path, cause)
}
