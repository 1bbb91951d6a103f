//! Writes files so that the folder is always the whole old site or the whole new one.
//!
//! Everything that changed is made in a hidden folder beside the site; what did not change
//! and what is not ours comes along by a second name on disk; then the two folders change
//! places in one step ([`super::swap`]). Which files are ours stands in the list
//! `.boekje-files` inside the site: only those are ever deleted.

use super::disk::{beside, link_or_copy, make_folder, refused, remove_folder, write_new};
use super::{Content, Files, MakeAll, swap};
use crate::problem::{Code, Failure, Problem, Severity};
use crate::text::Address;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Name of the list of our files, in the site folder.
const LIST: &str = ".boekje-files";

/// Called with how many files are made, of how many.
pub type Progress<'a> = dyn Fn(usize, usize) + Sync + 'a;

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
    /// Whether the new site is in place; `false`: a file could not be made, the old site
    /// stays whole.
    pub published: bool,
}

/// Writes all files to `out`.
pub fn write(
    files: &Files<'_>,
    out: &Path,
    progress: &Progress<'_>,
) -> Result<Written, Failure> {
    let out = resolved(out)?;
    let _lock = Lock::take(&out)?;
    swap::recover(&out)?;
    let old = ours(&out);
    let made = Making::new(&out, &old, progress).make(files)?;
    let gone: Vec<&Address> =
        old.iter().filter(|address| !files.contains(address)).collect();
    let mut result = Written {
        written: made.changed,
        unchanged: made.list.len() - made.changed,
        deleted: gone.len(),
        problems: made.problems,
        published: true,
    };
    let staging = beside(&out, "new");
    if result.problems.iter().any(holds_back) {
        remove_folder(&staging)?;
        result.published = false;
        return Ok(result);
    }
    let nothing = made.changed == 0 && gone.is_empty() && out.join(LIST).exists();
    if !nothing {
        assemble(&out, &staging, &made.list, &old)?;
        swap::swap(&staging, &out)?;
    }
    remove_folder(&staging)?;
    Ok(result)
}

/// Tells whether a file that could not be made holds the whole site back. A page does;
/// a picture that changed while we read it does not.
fn holds_back(problem: &Problem) -> bool {
    problem.severity() == Severity::Stop || problem.code == Code::M02
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
    if let Some(above) = absolute.parent() {
        make_folder(above)?;
    }
    Ok(absolute)
}

/// Reads the list of our files in an earlier site.
fn ours(out: &Path) -> BTreeSet<Address> {
    let list = super::read(&out.join(LIST)).unwrap_or_default();
    String::from_utf8_lossy(&list)
        .lines()
        .filter_map(|line| {
            line.split_once("  ").map(|(_, address)| Address::new(address))
        })
        .filter(|address| !address.as_str().is_empty())
        .collect()
}

/// Holds the right to write: one build at a time in one folder.
struct Lock {
    path: PathBuf,
    _file: fs::File,
}

impl Lock {
    fn take(out: &Path) -> Result<Lock, Failure> {
        let path = beside(out, "lock");
        let file = fs::File::create(&path).map_err(|cause| refused(&path, cause))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { path, _file: file }),
            Err(fs::TryLockError::WouldBlock) => Err(Failure::refused("busy", out)),
            // A disk that knows no locks: going on is better than never building.
            Err(fs::TryLockError::Error(_)) => Ok(Lock { path, _file: file }),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// The files as made: in the staging folder what changed.
#[derive(Default)]
struct Made {
    /// Address → hash, of every file of the new site.
    list: BTreeMap<Address, String>,
    changed: usize,
    problems: Vec<Problem>,
}

/// One file as made: its address, its hash, whether it differs from what is there.
type One = (Address, String, bool);

/// Makes all files in parallel, one in memory at a time per thread.
struct Making<'a> {
    out: &'a Path,
    staging: PathBuf,
    old: &'a BTreeSet<Address>,
    progress: &'a Progress<'a>,
    done: AtomicUsize,
}

impl<'a> Making<'a> {
    fn new(
        out: &'a Path,
        old: &'a BTreeSet<Address>,
        progress: &'a Progress<'a>,
    ) -> Self {
        let staging = beside(out, "new");
        Making { out, staging, old, progress, done: AtomicUsize::new(0) }
    }

    fn make(&self, files: &Files<'_>) -> Result<Made, Failure> {
        remove_folder(&self.staging)?;
        make_folder(&self.staging)?;
        let folders: BTreeSet<&str> = files
            .addresses()
            .filter_map(|address| {
                address.as_str().rsplit_once('/').map(|(folder, _)| folder)
            })
            .collect();
        for folder in folders {
            make_folder(&self.staging.join(folder))?;
        }
        let total = files.list.len();
        let jobs = jobs(files);
        let results: Vec<Result<Vec<Result<One, Problem>>, Failure>> =
            jobs.par_iter().map(|job| self.run(job, total)).collect();
        let mut made = Made::default();
        for result in results {
            for one in result? {
                match one {
                    Ok((address, hash, changed)) => {
                        made.changed += usize::from(changed);
                        made.list.insert(address, hash);
                    }
                    Err(problem) => made.problems.push(problem),
                }
            }
        }
        Ok(made)
    }

    fn run(
        &self,
        job: &Job<'_, '_>,
        total: usize,
    ) -> Result<Vec<Result<One, Problem>>, Failure> {
        let mut results = Vec::new();
        match job {
            Job::One(address, make) => match make() {
                Ok(bytes) => results.push(Ok(self.keep(address, &bytes)?)),
                Err(problem) => results.push(Err(problem)),
            },
            Job::All(addresses, make) => match make() {
                Ok(all) => {
                    for (at, address) in addresses {
                        let bytes = all.get(*at).map_or(&[][..], Vec::as_slice);
                        results.push(Ok(self.keep(address, bytes)?));
                    }
                }
                Err(problem) => results.push(Err(problem)),
            },
        }
        let done = self.done.fetch_add(results.len(), Ordering::Relaxed) + results.len();
        (self.progress)(done, total);
        Ok(results)
    }

    /// Writes bytes to the staging folder when they differ from what is there.
    fn keep(&self, address: &Address, bytes: &[u8]) -> Result<One, Failure> {
        let there = self.out.join(address.as_str());
        let hash = hex(&Sha256::digest(bytes));
        let same = fs::metadata(&there)
            .is_ok_and(|facts| facts.is_file() && facts.len() == bytes.len() as u64)
            && super::read(&there).is_ok_and(|old| old == bytes);
        if same {
            return Ok((address.clone(), hash, false));
        }
        // Somebody else's file stands here: never touched.
        if !self.old.contains(address) && fs::symlink_metadata(&there).is_ok() {
            return Err(Failure::refused("not-ours", &there));
        }
        write_new(&self.staging.join(address.as_str()), bytes)?;
        Ok((address.clone(), hash, true))
    }
}

/// Work for one thread.
enum Job<'a, 'f> {
    One(&'a Address, &'a super::Make<'f>),
    All(Vec<(usize, &'a Address)>, &'a MakeAll<'f>),
}

fn jobs<'a, 'f>(files: &'a Files<'f>) -> Vec<Job<'a, 'f>> {
    let mut jobs = Vec::with_capacity(files.list.len());
    let mut groups: BTreeMap<usize, usize> = BTreeMap::new();
    for (address, content) in &files.list {
        match content {
            Content::One(make) => jobs.push(Job::One(address, make)),
            Content::Of(make, at) => {
                let name = Arc::as_ptr(make).cast::<()>() as usize;
                let job = *groups.entry(name).or_insert_with(|| {
                    jobs.push(Job::All(Vec::new(), make));
                    jobs.len() - 1
                });
                if let Job::All(addresses, _) = &mut jobs[job] {
                    addresses.push((*at, address));
                }
            }
        }
    }
    jobs
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Completes the staging folder: unchanged files, files that are not ours, our list.
fn assemble(
    out: &Path,
    staging: &Path,
    list: &BTreeMap<Address, String>,
    old: &BTreeSet<Address>,
) -> Result<(), Failure> {
    for address in list.keys() {
        let to = staging.join(address.as_str());
        if fs::symlink_metadata(&to).is_err() {
            link_or_copy(&out.join(address.as_str()), &to)?;
        }
    }
    for entry in walkdir::WalkDir::new(out).min_depth(1).sort_by_file_name() {
        // What we cannot read we cannot carry along: then the old site stays as it is.
        let entry = match entry {
            Err(_) if !out.exists() => break,
            entry => entry.map_err(|cause| refused(out, cause.into()))?,
        };
        let Ok(path) = entry.path().strip_prefix(out) else { continue };
        let to = staging.join(path);
        let address = Address::new(&path.to_string_lossy());
        let known = list.contains_key(&address) || old.contains(&address);
        if entry.file_type().is_dir() {
            // A folder that holds nothing of others is left behind with its files.
            if is_empty(entry.path()) {
                make_folder(&to)?;
            }
        } else if !known && path != Path::new(LIST) && fs::symlink_metadata(&to).is_err()
        {
            if let Some(folder) = to.parent() {
                make_folder(folder)?;
            }
            link_or_copy(entry.path(), &to)?;
        }
    }
    let mut lines = String::new();
    for (address, hash) in list {
        lines.push_str(&format!("{hash}  {address}\n"));
    }
    write_new(&staging.join(LIST), lines.as_bytes())?;
    if let Ok(facts) = fs::metadata(out) {
        let _ = fs::set_permissions(staging, facts.permissions());
    }
    Ok(())
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_none())
}

#[cfg(test)]
mod tests;
