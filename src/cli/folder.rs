//! Which folder holds the texts, and where the site goes when nobody says.

use crate::kind::KINDS;
use crate::problem::Failure;
use crate::text::{TextPath, fold};
use std::path::{Path, PathBuf};

/// The folder looked into when there are no texts here.
const CONTENT: &str = "content";

/// The folder a site goes to.
const PUBLIC: &str = "public";

/// Returns the folder of texts: the one that was typed, else here, else `./content`.
pub(super) fn texts(typed: Option<&Path>) -> Result<PathBuf, Failure> {
    let Some(folder) = typed else { return Ok(default_in(Path::new(""))) };
    if folder.is_file() {
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

/// Returns where the site goes: where was said, else `public` here. When here lies inside
/// the texts, it goes beside them: output among the texts would be read as texts.
pub(super) fn output(typed: Option<&Path>, texts: &Path) -> PathBuf {
    if let Some(out) = typed {
        return out.to_path_buf();
    }
    let here = Path::new(".").canonicalize();
    let (Ok(here), Ok(texts)) = (here, texts.canonicalize()) else {
        return PUBLIC.into();
    };
    beside(&here, &texts)
}

fn beside(here: &Path, texts: &Path) -> PathBuf {
    if !here.starts_with(texts) {
        return PUBLIC.into();
    }
    let name = texts.file_name().unwrap_or_default().to_string_lossy();
    let public = if name == CONTENT { PUBLIC.into() } else { format!("{name}-{PUBLIC}") };
    // As short as it can be said: `../mijn-boekje-public`.
    let mut way = PathBuf::from("..");
    for _ in here.strip_prefix(texts).unwrap_or(here).components() {
        way.push("..");
    }
    way.join(public)
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

    #[test]
    fn the_site_never_lands_among_the_texts() {
        let beside = |here, texts| beside(Path::new(here), Path::new(texts));
        assert_eq!(beside("/a", "/a/mijn"), Path::new("public"));
        assert_eq!(beside("/a/mijn", "/a/mijn"), Path::new("../mijn-public"));
        assert_eq!(beside("/a/content", "/a/content"), Path::new("../public"));
        assert_eq!(beside("/a/mijn/tips", "/a/mijn"), Path::new("../../mijn-public"));
    }
}
