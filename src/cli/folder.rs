//! Which folder holds the texts, when nobody says.

use crate::kind::KINDS;
use crate::problem::Failure;
use crate::text::{TextPath, fold};
use std::path::{Path, PathBuf};

/// The folder looked into when there are no texts here.
const CONTENT: &str = "content";

/// Returns the folder of texts: the one that was typed, else here, else `./content`.
pub(super) fn texts(typed: Option<&Path>) -> Result<PathBuf, Failure> {
    let Some(folder) = typed else { return Ok(default_in(Path::new(""))) };
    if folder.exists() && !folder.is_dir() {
        return Err(Failure::refused("not-a-folder", folder));
    }
    match folder.try_exists() {
        Ok(true) => Ok(folder.to_path_buf()),
        Ok(false) => Err(Failure::refused("no-folder", folder)),
        Err(cause) => Err(Failure::new("cannot-read", folder, cause)),
    }
}

/// Chooses between a folder and its `content`: texts of a known kind decide, then a
/// folder `content`. (A README beside `content` makes no booklet.)
fn default_in(here: &Path) -> PathBuf {
    let content = here.join(CONTENT);
    let at = |path: &Path| {
        if path.as_os_str().is_empty() { PathBuf::from(".") } else { path.to_path_buf() }
    };
    if holds_a_booklet(&at(here)) || !content.is_dir() { at(here) } else { content }
}

/// Tells whether there are texts in a folder, or folders for them.
pub(super) fn has_texts(folder: &Path) -> bool {
    holds_a_booklet(folder) || folder.join(CONTENT).is_dir()
}

fn holds_a_booklet(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| {
        let name = TextPath::new(&entry.file_name().to_string_lossy());
        let is_text = matches!(name.extension().as_str(), "md" | "markdown");
        let stem = fold(name.stem());
        KINDS.iter().any(|row| {
            row.folders.contains(&stem.as_str()) && entry.path().is_dir()
                || row.files.contains(&stem.as_str()) && is_text
        }) || is_text && stem == "index"
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn texts_here_come_before_content() {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        assert_eq!(default_in(here), here, "nothing at all: here");
        fs::create_dir_all(here.join("content")).expect("a folder");
        fs::File::create(here.join("README.md")).expect("a file");
        assert_eq!(default_in(here), here.join("content"));
        fs::create_dir_all(here.join("Verhalen")).expect("a folder");
        assert_eq!(default_in(here), here, "texts of a kind: here");
    }
}
