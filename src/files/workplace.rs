//! The hidden folder in which a new site is put together, and what happens to it when a
//! build was stopped half-way.
//!
//! `.site.boekje/` holds our mark, `new/` (the site in the making; after the exchange the
//! old site) and, where the system cannot exchange, `old/`. A folder with that name but
//! without our mark is somebody else's: it is left alone and the next name is tried.

use super::carry::clear;
use super::disk::{for_owner, is_folder, is_there, refused, remove_folder, write_new};
use super::names::beside;
use crate::problem::Failure;
use std::fs;
use std::path::{Path, PathBuf};

/// Says that a folder is ours; the last thing that goes when it is removed.
const MARK: &str = ".boekje-work";

/// Says that `new` was whole: from here on it may have changed places with the old site.
const READY: &str = "ready";

/// How many names are tried.
const NAMES: usize = 9;

/// Where a site is put together.
#[derive(Debug)]
pub(super) struct Workplace {
    path: PathBuf,
    out: PathBuf,
}

impl Workplace {
    /// Makes a workplace beside the site folder.
    pub(super) fn beside(out: &Path) -> Result<Workplace, Failure> {
        Workplace::claim(names(&beside(out, "")), out)
    }

    /// Makes a workplace inside the site folder.
    pub(super) fn inside(out: &Path) -> Result<Workplace, Failure> {
        Workplace::claim(names(&out.join(MARK)), out)
    }

    fn claim(
        names: impl Iterator<Item = PathBuf>,
        out: &Path,
    ) -> Result<Workplace, Failure> {
        let mut taken = PathBuf::new();
        for path in names {
            // What is half made is nobody else's yet.
            match for_owner().create(&path) {
                Ok(()) => {}
                // An empty folder with our name: a build that was stopped at once.
                Err(_) if is_folder(&path) && is_empty(&path) => {}
                Err(_) if is_there(&path) => {
                    taken = path;
                    continue;
                }
                Err(cause) => return Err(refused(out, cause)),
            }
            write_new(&path.join(MARK), b"")?;
            let place = Workplace { path, out: out.to_path_buf() };
            fs::create_dir(place.fresh())
                .map_err(|cause| refused(&place.fresh(), cause))?;
            return Ok(place);
        }
        Err(Failure::refused("not-ours", &taken))
    }

    /// Returns the folder for the new site.
    pub(super) fn fresh(&self) -> PathBuf {
        self.path.join("new")
    }

    /// Returns where the old site waits when an exchange takes two steps.
    pub(super) fn old(&self) -> PathBuf {
        self.path.join("old")
    }

    /// Notes that the new site is whole.
    pub(super) fn ready(&self) -> Result<(), Failure> {
        write_new(&self.path.join(READY), b"")
    }

    /// Removes the workplace. What others put in the old site meanwhile goes to the new
    /// one first.
    fn remove(&self) -> std::io::Result<()> {
        if is_folder(&self.old()) && !is_there(&self.out) {
            // The only whole site there is: it waits here for the next build.
            return Ok(());
        }
        if is_there(&self.path.join(READY)) {
            clear(&self.old(), &self.out)?;
            clear(&self.fresh(), &self.out)?;
        }
        remove_folder(&self.old())?;
        remove_folder(&self.fresh())?;
        for mark in [READY, MARK] {
            match fs::remove_file(self.path.join(mark)) {
                Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                    return Err(cause);
                }
                _ => {}
            }
        }
        fs::remove_dir(&self.path)
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build: it has our mark.
        let _ = self.remove();
    }
}

/// Brings the old site back when an earlier build was stopped between two steps, and
/// removes what such builds left.
pub(super) fn recover(out: &Path) -> Result<(), Failure> {
    for path in names(&beside(out, "")).chain(names(&out.join(MARK))) {
        if !is_workplace(&path) {
            continue;
        }
        let place = Workplace { path, out: out.to_path_buf() };
        if is_folder(&place.old()) && !is_there(out) {
            fs::rename(place.old(), out).map_err(|cause| refused(out, cause))?;
        }
    }
    Ok(())
}

/// Tells whether a build that was stopped left something beside a site folder, or in it.
pub(super) fn is_left(out: &Path) -> bool {
    names(&beside(out, "")).chain(names(&out.join(MARK))).any(|path| is_workplace(&path))
}

/// Tells whether a folder is a workplace of ours.
pub(super) fn is_workplace(path: &Path) -> bool {
    is_folder(path) && is_there(&path.join(MARK))
}

fn names(first: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let first = first.as_os_str().to_os_string();
    (1..=NAMES).map(move |number| {
        let mut name = first.clone();
        if number > 1 {
            name.push(format!("-{number}"));
        }
        name.into()
    })
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_none())
}
