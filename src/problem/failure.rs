//! What the machine refuses: a disk, a folder, an argument.

use crate::lang::Lang;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The machine refused. Ends the run with exit code 2; the last good output stays.
#[derive(Debug)]
pub struct Failure {
    /// Key of the sentence in the terminal table, under `failure.`.
    pub what: &'static str,
    /// The path it is about, when there is one.
    pub path: Option<PathBuf>,
    /// What the system said.
    pub cause: Option<std::io::Error>,
}

impl Failure {
    /// Makes a failure about a path.
    pub fn new(what: &'static str, path: &Path, cause: std::io::Error) -> Self {
        Failure { what, path: Some(path.to_path_buf()), cause: Some(cause) }
    }

    /// Makes the failure of writing at a path.
    pub fn writing(path: &Path, cause: std::io::Error) -> Self {
        let what = match cause.kind() {
            ErrorKind::StorageFull
            | ErrorKind::QuotaExceeded
            | ErrorKind::FileTooLarge => "disk-full",
            ErrorKind::ReadOnlyFilesystem => "read-only",
            ErrorKind::PermissionDenied => "not-allowed",
            ErrorKind::InvalidFilename => "name-long",
            ErrorKind::NotADirectory => "file-in-way",
            _ => "cannot-write",
        };
        Failure::new(what, path, cause)
    }

    /// Makes a failure about a path without a cause from the system.
    pub fn refused(what: &'static str, path: &Path) -> Self {
        Failure { what, path: Some(path.to_path_buf()), cause: None }
    }

    /// Returns the sentence in a language.
    pub fn sentence(&self, lang: &Lang) -> String {
        let path = self.path.as_ref().map(|path| path.display().to_string());
        let cause = self.cause.as_ref().map(ToString::to_string).unwrap_or_default();
        lang.terminal().say(
            &format!("failure.{}", self.what),
            &[("path", path.as_deref().unwrap_or_default()), ("cause", &cause)],
        )
    }
}
