//! `boekje new`, `nieuw`: a small booklet that builds at once and reads well.

use super::day;
use super::paper::write_new;
use super::refusal::Refusal;
use super::screen::Screen;
use super::speech::Speech;
use crate::lang::{Lang, fill};
use crate::problem::Failure;
use clap::Args;
use jiff::ToSpan;
use std::path::{Path, PathBuf};

/// Where the booklet goes.
#[derive(Debug, Args)]
pub(super) struct Wish {
    /// The new folder.
    dir: PathBuf,
}

/// A file of a new booklet: where it goes and what is in it.
type Form = (&'static str, &'static str);

const DUTCH: &[Form] = &[
    ("site.md", include_str!("forms/nl/new/site.md")),
    ("index.md", include_str!("forms/nl/new/index.md")),
    ("over.md", include_str!("forms/nl/new/over.md")),
    ("woorden.md", include_str!("forms/nl/new/woorden.md")),
    ("tips/vraag-eerst-hoe-het-gaat.md", include_str!("forms/nl/new/tip-1.md")),
    ("tips/schrijf-het-samen-op.md", include_str!("forms/nl/new/tip-2.md")),
    ("verhalen/de-sleutel.md", include_str!("forms/nl/new/story.md")),
    ("plannen/samen-eten.md", include_str!("forms/nl/new/plan.md")),
    ("Zo werkt het.txt", include_str!("forms/nl/new/how.txt")),
];

const ENGLISH: &[Form] = &[
    ("site.md", include_str!("forms/en/new/site.md")),
    ("index.md", include_str!("forms/en/new/index.md")),
    ("about.md", include_str!("forms/en/new/about.md")),
    ("words.md", include_str!("forms/en/new/words.md")),
    ("tips/ask-how-it-is-going.md", include_str!("forms/en/new/tip-1.md")),
    ("tips/write-it-down-together.md", include_str!("forms/en/new/tip-2.md")),
    ("stories/the-key.md", include_str!("forms/en/new/story.md")),
    ("plans/eating-together.md", include_str!("forms/en/new/plan.md")),
    ("How it works.txt", include_str!("forms/en/new/how.txt")),
];

/// Makes the booklet, and says how to go on.
pub(super) fn run(wish: &Wish, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    let lang = speech.lang();
    let folder = &wish.dir;
    if !is_free(folder)? {
        return Err(Failure::refused("exists", folder).into());
    }
    for (path, text) in files(folder, &lang) {
        write_new(&folder.join(path), &text)?;
    }
    let shown = quoted(folder);
    screen.say(&lang.terminal().say("new.done", &[("path", &shown)]));
    Ok(0)
}

/// Tells whether nothing is in the way: no folder yet, or an empty one.
fn is_free(folder: &Path) -> Result<bool, Failure> {
    if folder.is_file() {
        return Ok(false);
    }
    match std::fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(cause) => Err(Failure::new("cannot-read", folder, cause)),
    }
}

/// Returns the files of a new booklet, filled in.
fn files(folder: &Path, lang: &Lang) -> Vec<(&'static str, String)> {
    let forms = if lang.primary() == "nl" { DUTCH } else { ENGLISH };
    let today = day::today();
    let later = today.saturating_add(6.weeks());
    let (today, later, title) = (lang.day(today), lang.day(later), title(folder, lang));
    let values = [("title", title.as_str()), ("today", &today), ("later", &later)];
    forms.iter().map(|(path, text)| (*path, fill(text, &values))).collect()
}

/// Makes a title of the folder's name: `mijn-boekje` → `Mijn boekje`.
fn title(folder: &Path, lang: &Lang) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let words: Vec<&str> =
        name.split(|c: char| matches!(c, '-' | '_' | ' ') || c.is_control()).collect();
    let title = words.join(" ").trim().to_string();
    let mut letters = title.chars();
    match letters.next().filter(|first| first.is_alphanumeric()) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => lang.terminal().get("new.title").to_string(),
    }
}

/// Returns a path as it can be typed: between quotes when it has spaces.
fn quoted(path: &Path) -> String {
    let shown = path.display().to_string();
    if shown.contains(' ') { format!("\"{shown}\"") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_gives_the_title() {
        let title = |name: &str| title(Path::new(name), &Lang::dutch());
        assert_eq!(title("a/mijn-eerste_boekje"), "Mijn eerste boekje");
        assert_eq!(title("élan"), "Élan");
        assert_eq!(title(".."), title("."));
    }

    #[test]
    fn a_full_folder_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(is_free(folder.path()).expect("readable"));
        assert!(is_free(&folder.path().join("nieuw")).expect("readable"));
        let file = folder.path().join("iets.txt");
        std::fs::File::create(&file).expect("a file");
        assert!(!is_free(folder.path()).expect("readable"));
        assert!(!is_free(&file).expect("readable"));
    }

    #[test]
    fn no_form_leaves_a_gap() {
        for lang in [Lang::dutch(), Lang::english()] {
            for (path, text) in files(Path::new("mijn-boekje"), &lang) {
                assert!(!text.contains('{') && text.len() > 40, "{path}: {text}");
                assert!(text.ends_with('\n'), "{path}");
            }
        }
    }
}
