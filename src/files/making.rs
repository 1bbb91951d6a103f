//! Makes all files in parallel, and keeps of each only what differs from what is there.

use super::before::Known;
use super::disk::{is_file, is_folder, is_there, make_folder, write_new};
use super::list::hash;
use super::{Adding, Content, Files, Make, MakeAll, Sum};
use crate::problem::{Failure, Problem};
use crate::text::Address;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Called with how many files are made, of how many.
pub type Progress<'a> = dyn Fn(usize, usize) + Sync + 'a;

/// Looks at a file that was made: a problem that stops keeps the old site in place.
pub type Look<'a> = dyn Fn(&Address, &[u8]) -> Option<Problem> + Sync + 'a;

/// The files as made.
#[derive(Default)]
pub(super) struct Made {
    /// Address → hash, of every file of the new site.
    pub(super) list: BTreeMap<Address, String>,
    /// What differs from what is there: it lies in the new folder.
    pub(super) changed: BTreeSet<Address>,
    /// What was noticed while making them.
    pub(super) problems: Vec<Problem>,
    /// What files are made of, where that can be told.
    pub(super) sums: Vec<(Address, Sum)>,
}

/// One file as made.
struct Done {
    address: Address,
    hash: String,
    /// Whether it differs from what is there.
    changed: bool,
    sum: Option<Sum>,
}

/// Work for one thread.
struct Job<'a, 'f> {
    what: What<'a, 'f>,
    sum: Option<&'a Adding<'f>>,
}

enum What<'a, 'f> {
    One(&'a Address, &'a Make<'f>),
    All(Vec<(usize, &'a Address)>, &'a MakeAll<'f>),
}

/// Makes files, one in memory at a time per thread.
pub(super) struct Making<'a> {
    /// The site as it is.
    pub(super) out: &'a Path,
    /// Where what changed is put.
    pub(super) new: PathBuf,
    /// Whether there is no site yet: then nothing stands in the way of a file.
    pub(super) is_new: bool,
    /// Which files of the site are ours.
    pub(super) old: &'a BTreeSet<Address>,
    /// Told how far we are.
    pub(super) progress: &'a Progress<'a>,
    /// Looks at every file that was made.
    pub(super) look: &'a Look<'a>,
    /// What need not be made.
    pub(super) known: &'a Known,
}

impl Making<'_> {
    /// Makes them all.
    pub(super) fn make(&self, files: &Files<'_>) -> Result<Made, Failure> {
        self.make_folders(files)?;
        let total = files.list.len();
        let done = AtomicUsize::new(0);
        let jobs = jobs(files);
        let results: Vec<Result<Vec<Result<Done, Problem>>, Failure>> = jobs
            .par_iter()
            .map(|job| {
                let results = self.run(job)?;
                let before = done.fetch_add(job.len(), Ordering::Relaxed);
                (self.progress)(before + job.len(), total);
                Ok(results)
            })
            .collect();
        let mut made = Made::default();
        for result in results {
            for one in result? {
                match one {
                    Ok(one) => {
                        if one.changed {
                            made.changed.insert(one.address.clone());
                        }
                        made.sums.extend(one.sum.map(|sum| (one.address.clone(), sum)));
                        made.list.insert(one.address, one.hash);
                    }
                    Err(problem) => made.problems.push(problem),
                }
            }
        }
        Ok(made)
    }

    /// Makes the folders for what changed. Where the site has a link or a file of others
    /// in place of such a folder, nothing is written behind or over it.
    fn make_folders(&self, files: &Files<'_>) -> Result<(), Failure> {
        let mut folders: BTreeSet<&str> = BTreeSet::new();
        for address in files.addresses() {
            let mut rest = address.as_str();
            while let Some((folder, _)) = rest.rsplit_once('/') {
                if !folders.insert(folder) {
                    break;
                }
                rest = folder;
            }
        }
        for folder in folders {
            let there = self.out.join(folder);
            let ours_gone = is_file(&there) && self.old.contains(&Address::new(folder));
            if is_there(&there) && !is_folder(&there) && !ours_gone {
                return Err(Failure::refused("not-ours", &there));
            }
            make_folder(&self.new.join(folder))?;
        }
        Ok(())
    }

    fn run(&self, job: &Job<'_, '_>) -> Result<Vec<Result<Done, Problem>>, Failure> {
        let sum = || job.sum.filter(|_| self.known.is_noted()).and_then(|sum| sum());
        let now = sum();
        if let Some(done) = now.and_then(|sum| self.as_before(job, sum)) {
            return Ok(done);
        }
        match &job.what {
            What::One(address, make) => Ok(vec![match make() {
                Ok(bytes) => self.looked(address, &bytes, now)?,
                Err(problem) => Err(problem),
            }]),
            What::All(addresses, make) => {
                let all = match make() {
                    Ok(all) => all,
                    Err(problem) => return Ok(vec![Err(problem)]),
                };
                // They are made of a file, and that may be another one since.
                let sum = now.filter(|now| sum() == Some(*now));
                let made = addresses.iter().map(|(at, address)| {
                    let bytes = all.get(*at).map_or(&[][..], Vec::as_slice);
                    self.looked(address, bytes, sum)
                });
                made.collect()
            }
        }
    }

    /// Returns the files of a job as they lie there, when all were made of the same.
    fn as_before(
        &self,
        job: &Job<'_, '_>,
        sum: Sum,
    ) -> Option<Vec<Result<Done, Problem>>> {
        let one = |address: &Address| {
            let hash = self.known.hash(address, &sum)?.clone();
            let address = address.clone();
            Some(Ok(Done { address, hash, changed: false, sum: Some(sum) }))
        };
        match &job.what {
            What::One(address, _) => Some(vec![one(address)?]),
            What::All(addresses, _) => {
                addresses.iter().map(|(_, all)| one(all)).collect()
            }
        }
    }

    /// Looks at a file and keeps it.
    fn looked(
        &self,
        address: &Address,
        bytes: &[u8],
        sum: Option<Sum>,
    ) -> Result<Result<Done, Problem>, Failure> {
        if let Some(problem) = (self.look)(address, bytes) {
            return Ok(Err(problem));
        }
        let changed = self.keep(address, bytes)?;
        Ok(Ok(Done { address: address.clone(), hash: hash(bytes), changed, sum }))
    }

    /// Writes bytes to the new folder when they differ from what is there, and tells
    /// whether they do.
    fn keep(&self, address: &Address, bytes: &[u8]) -> Result<bool, Failure> {
        let there = self.out.join(address.as_str());
        let facts = if self.is_new { None } else { fs::symlink_metadata(&there).ok() };
        let same = facts
            .as_ref()
            .is_some_and(|facts| facts.is_file() && facts.len() == bytes.len() as u64)
            && super::read(&there).is_ok_and(|old| old == bytes);
        if same {
            return Ok(false);
        }
        // Somebody else's file, link or folder stands here: never touched.
        if facts.is_some_and(|facts| !facts.is_file() || !self.old.contains(address)) {
            return Err(Failure::refused("not-ours", &there));
        }
        write_new(&self.new.join(address.as_str()), bytes)?;
        Ok(true)
    }
}

impl Job<'_, '_> {
    fn len(&self) -> usize {
        match &self.what {
            What::One(..) => 1,
            What::All(addresses, _) => addresses.len(),
        }
    }
}

/// Divides the work: files that are made together are one job.
fn jobs<'a, 'f>(files: &'a Files<'f>) -> Vec<Job<'a, 'f>> {
    let mut jobs = Vec::with_capacity(files.list.len());
    let mut groups: BTreeMap<usize, usize> = BTreeMap::new();
    for (address, one) in &files.list {
        let sum = one.sum.as_ref();
        match &one.content {
            Content::One(make) => jobs.push(Job { what: What::One(address, make), sum }),
            Content::Of(make, at) => {
                let name = Arc::as_ptr(make).cast::<()>() as usize;
                let job = *groups.entry(name).or_insert_with(|| {
                    jobs.push(Job { what: What::All(Vec::new(), make), sum });
                    jobs.len() - 1
                });
                if let What::All(addresses, _) = &mut jobs[job].what {
                    addresses.push((*at, address));
                }
            }
        }
    }
    jobs
}
