//! New texts on disk: always a new file, never over an old one.

use crate::problem::Failure;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes a new file and the folders above it. An existing file is left alone: `exists`.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let refuse = |cause: std::io::Error| match cause.kind() {
        ErrorKind::AlreadyExists => Failure::refused("exists", path),
        _ => Failure::writing(path, cause),
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|cause| Failure::writing(folder, cause))?;
    }
    let mut file =
        OpenOptions::new().write(true).create_new(true).open(path).map_err(refuse)?;
    file.write_all(text.as_bytes()).map_err(refuse)
}

/// Writes a new file at `folder/name.md`, or at the next free name: `name-2.md`.
/// Returns where it went.
pub(super) fn write_free(
    folder: &Path,
    name: &str,
    text: &str,
) -> Result<PathBuf, Failure> {
    let mut number = 1;
    loop {
        let name = if number == 1 {
            format!("{name}.md")
        } else {
            format!("{name}-{number}.md")
        };
        let path = folder.join(name);
        match write_new(&path, text) {
            Ok(()) => return Ok(path),
            Err(failure) if failure.what == "exists" => number += 1,
            Err(failure) => return Err(failure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "reading back what was written")]
    fn nothing_is_ever_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let tips = folder.path().join("tips");
        let first = write_free(&tips, "luister", "een").expect("written");
        let second = write_free(&tips, "luister", "twee").expect("written");
        assert!(second.ends_with("luister-2.md"));
        assert_eq!(fs::read_to_string(first).expect("there"), "een");
        assert_eq!(fs::read_to_string(second).expect("there"), "twee");
        let again = write_new(&tips.join("luister.md"), "drie").expect_err("refused");
        assert_eq!(again.what, "exists");
    }
}
