//! What the machine refuses: a disk, a folder, an argument.

use super::Code;
use crate::lang::{Lang, fill};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What is refused for the sake of the readers: each has a code, which can be explained.
const CODES: [(&str, Code); 7] = [
    ("keys-open", Code::R09),
    ("keys-in-texts", Code::R10),
    ("keys-in-site", Code::R11),
    ("keys-in-git", Code::R12),
    ("keys-damaged", Code::R13),
    ("keys-lost", Code::R14),
    ("private-in-site", Code::R15),
];

/// The machine refused. Ends the run with exit code 2; the last good output stays.
#[derive(Debug)]
pub struct Failure {
    /// Key of the sentence in the terminal table, under `failure.`; or what has a code.
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

    /// Returns its code, when readers could be harmed otherwise.
    pub fn code(&self) -> Option<Code> {
        CODES.iter().find(|(what, _)| *what == self.what).map(|(_, code)| *code)
    }

    /// Returns the sentence in a language.
    pub fn sentence(&self, lang: &Lang) -> String {
        let path = self.path.as_ref().map(|path| path.display().to_string());
        let cause = self.cause.as_ref().map(ToString::to_string).unwrap_or_default();
        let args = [("path", path.as_deref().unwrap_or_default()), ("cause", &cause)];
        let words = lang.terminal();
        let coded = self.code();
        let coded = coded.and_then(|it| Some((it, lang.sentences().get(it.name())?)));
        match coded {
            Some((code, said)) => {
                let level = words.get("problem.level.stop");
                let all = [&said.see, &said.now, &said.you].map(|part| fill(part, &args));
                format!("{level}[{code}]: {}", all.join(" "))
            }
            None => words.say(&format!("failure.{}", self.what), &args),
        }
    }
}
