//! Writes files so that the folder is always the whole old site or the whole new one.
//!
//! Everything that changed is made in a hidden folder beside the site ([`super::workplace`]);
//! what did not change and what is not ours comes along by a second name on disk
//! ([`super::carry`]); then the two folders change places in one step ([`super::swap`]).
//! Where folders cannot change places, files are put in one by one ([`super::inside`]).

use super::before::{Before, Known};
use super::disk::{is_there, link_or_copy, make_folder, refused, write_new};
use super::list::{LIST, lines, listed};
use super::lock::Lock;
use super::making::{Look, Made, Making, Progress};
use super::mounts::is_mount;
use super::names::beside;
use super::workplace::{Workplace, recover};
use super::{Files, Sum, footprint, inside, swap};
use crate::problem::{Code, Failure, Problem, Severity};
use crate::text::Address;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Name of the lock, inside a site folder whose surroundings are closed to us.
const LOCK: &str = ".boekje-lock";

/// What writing did.
#[derive(Debug, Default)]
pub struct Written {
    /// Files that are new or differ.
    pub written: usize,
    /// Files that were the same already; their time stamps stay.
    pub unchanged: usize,
    /// Files of ours that are no longer there.
    pub deleted: usize,
    /// What was noticed while making them.
    pub problems: Vec<Problem>,
    /// What the files are made of, where that can be told.
    pub sums: Vec<(Address, Sum)>,
    /// How the site lies on the disk now ([`fn@footprint`]), where that is noted.
    pub site: Option<[u8; 32]>,
    /// Whether the new site is in place; `false`: a file could not be made, the old site
    /// stays whole.
    pub published: bool,
}

/// How files are written.
pub struct How<'a> {
    /// Told how far we are.
    pub progress: &'a Progress<'a>,
    /// Looks at every file that was made.
    pub look: &'a Look<'a>,
    /// Tells what the files were made of last time, where that is noted.
    pub before: Option<&'a Before<'a>>,
}

/// Writes all files to `out`.
pub fn write(
    files: &Files<'_>,
    out: &Path,
    progress: &Progress<'_>,
) -> Result<Written, Failure> {
    let how = How { progress, look: &|_, _| None, before: None };
    write_as(files, out, how)
}

/// Writes all files to `out`; only those are made that are made of something else than last
/// time.
pub fn write_as(files: &Files<'_>, out: &Path, how: How<'_>) -> Result<Written, Failure> {
    let out = resolved(out)?;
    let (_lock, whole) = match Lock::take(beside(&out, "-lock"), &out) {
        Ok(lock) => (lock, !is_mount(&out)),
        // Nothing may be written beside the site: then inside it.
        Err(failure) if out.is_dir() && failure.cause.is_some() => {
            (Lock::take(out.join(LOCK), &out)?, false)
        }
        Err(failure) => return Err(failure),
    };
    recover(&out)?;
    let list = listed(&out)?;
    let old = list.keys().cloned().collect();
    let known = Known::of(&out, list, how.before);
    let writing = Writing { files, out: &out, old, known, how };
    let noted = writing.how.before.is_some();
    let mut written = match whole.then(|| writing.whole()).transpose()?.flatten() {
        Some(written) => written,
        None => writing.one_by_one()?,
    };
    // Looked at before anybody else may write here.
    written.site = (noted && written.published).then(|| footprint(&out)).flatten();
    Ok(written)
}

/// Follows links in the path of the output folder, and makes the folder above it.
fn resolved(out: &Path) -> Result<PathBuf, Failure> {
    if let Ok(there) = out.canonicalize() {
        if !there.is_dir() {
            return Err(Failure::refused("out-is-file", out));
        }
        return Ok(there);
    }
    let absolute = std::path::absolute(out).map_err(|cause| refused(out, cause))?;
    if super::disk::is_symlink(&absolute) {
        return Err(Failure::refused("out-link", out));
    }
    if let Some(above) = absolute.parent() {
        make_folder(above)?;
        // Once more: the folders above may be links.
        let above = above.canonicalize().map_err(|cause| refused(above, cause))?;
        return Ok(above.join(absolute.file_name().unwrap_or_default()));
    }
    Ok(absolute)
}

/// One run of writing.
struct Writing<'a, 'f> {
    files: &'a Files<'f>,
    out: &'a Path,
    old: BTreeSet<Address>,
    known: Known,
    how: How<'a>,
}

impl Writing<'_, '_> {
    /// Puts the whole new site in place in one step; `None` when that cannot be done here,
    /// and nothing has changed.
    fn whole(&self) -> Result<Option<Written>, Failure> {
        let is_new = !self.out.exists();
        let place = match Workplace::beside(self.out) {
            Err(failure) if failure.cause.is_some() && !is_new => return Ok(None),
            place => place?,
        };
        let (made, written) = self.make(&place)?;
        if !written.published || self.nothing_to_do(&made) {
            return Ok(Some(written));
        }
        self.complete(&place, &made)?;
        let known: BTreeSet<&Address> = made.list.keys().chain(&self.old).collect();
        if super::carry::carry(self.out, &place.fresh(), &known).is_err() {
            return Ok(None);
        }
        place.ready()?;
        match swap::swap(&place, self.out) {
            Ok(()) => Ok(Some(written)),
            Err(cause) if is_new => Err(refused(self.out, cause)),
            Err(_) => Ok(None),
        }
    }

    /// Puts the new site in place file by file.
    fn one_by_one(&self) -> Result<Written, Failure> {
        let place = Workplace::inside(self.out)?;
        let (made, written) = self.make(&place)?;
        if written.published && !self.nothing_to_do(&made) {
            inside::publish(&place, self.out, &made, &self.old)?;
        }
        Ok(written)
    }

    fn make(&self, place: &Workplace) -> Result<(Made, Written), Failure> {
        let making = Making {
            out: self.out,
            new: place.fresh(),
            is_new: !is_there(self.out),
            old: &self.old,
            progress: self.how.progress,
            look: self.how.look,
            known: &self.known,
        };
        let mut made = making.make(self.files)?;
        let gone = self.old.iter().filter(|address| !self.files.contains(address));
        let problems = std::mem::take(&mut made.problems);
        let sums = std::mem::take(&mut made.sums);
        let written = Written {
            written: made.changed.len(),
            unchanged: made.list.len() - made.changed.len(),
            deleted: gone.count(),
            published: !problems.iter().any(holds_back),
            problems,
            sums,
            site: None,
        };
        Ok((made, written))
    }

    fn nothing_to_do(&self, made: &Made) -> bool {
        made.changed.is_empty()
            && super::read(&self.out.join(LIST))
                .is_ok_and(|list| list == lines(&made.list).into_bytes())
    }

    /// Adds to the new folder what did not change, and our list.
    fn complete(&self, place: &Workplace, made: &Made) -> Result<(), Failure> {
        let new = place.fresh();
        for address in made.list.keys().filter(|one| !made.changed.contains(one)) {
            link_or_copy(&self.out.join(address.as_str()), &new.join(address.as_str()))?;
        }
        write_new(&new.join(LIST), lines(&made.list).as_bytes())
    }
}

/// Tells whether a file that could not be made holds the whole site back. A page does;
/// a picture that changed while we read it does not.
fn holds_back(problem: &Problem) -> bool {
    problem.severity() == Severity::Stop || problem.code == Code::M02
}

#[cfg(test)]
mod tests;
