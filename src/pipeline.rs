//! Floor 7: walks the journey. Stand-in: types only.

use crate::files::Files;
use crate::model::Library;
use crate::problem::{Failure, Problem};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// What to make.
#[derive(Debug, Clone)]
pub struct Request {
    /// Folder of texts.
    pub dir: PathBuf,
    /// The day.
    pub today: Date,
    /// Search.
    pub search: bool,
    /// Hints.
    pub hints: bool,
}

/// What was found.
#[derive(Debug)]
pub struct Report {
    /// The library.
    pub library: Library,
    /// Problems.
    pub problems: Vec<Problem>,
}

/// How far it is.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// Reading.
    Reading,
    /// Composing.
    Composing,
    /// Making.
    Making {
        /// Done.
        done: usize,
        /// Total.
        total: usize,
    },
    /// Writing.
    Writing,
}

/// What was built.
#[derive(Debug)]
pub struct Built {
    /// Report.
    pub report: Report,
    /// Pages.
    pub pages: usize,
    /// Withheld.
    pub withheld: usize,
    /// Written.
    pub written: usize,
    /// Unchanged.
    pub unchanged: usize,
    /// Deleted.
    pub deleted: usize,
}

/// Checks.
pub fn check(request: &Request) -> Result<Report, Failure> {
    let _ = request;
    if !request.dir.exists() {
        return Err(Failure::refused("no-folder", &request.dir));
    }
    let library = Library {
        sources: Default::default(),
        settings: Default::default(),
        texts: vec![],
        assets: vec![],
        own_words: String::new(),
    };
    Ok(Report { library, problems: vec![] })
}

/// Builds.
pub fn build(
    request: &Request,
    out: &Path,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Built, Failure> {
    let _ = (out, Files::default());
    progress(Step::Reading);
    let report = check(request)?;
    Ok(Built { report, pages: 0, withheld: 0, written: 0, unchanged: 0, deleted: 0 })
}
