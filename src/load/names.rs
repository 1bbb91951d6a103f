//! What the name of a file or folder says about it, without opening it.
//!
//! Content, fragment, something an editor or a sync program dropped, or a second version
//! of another file. Entries: [`Sort::of`] and [`copy_of`].

use crate::text::{fold, nfc};

/// Extensions of texts.
const TEXTS: [&str; 3] = ["md", "markdown", "mdown"];

/// Extensions of what editors and programs leave behind, and of notes that stay inside.
const DROPPED: [&str; 9] =
    ["bak", "tmp", "temp", "swp", "swo", "orig", "part", "crdownload", "lnk"];

/// Extensions of documents: somebody may think that we read them.
const DOCUMENTS: [&str; 12] = [
    "txt", "text", "doc", "docx", "docm", "dot", "dotx", "odt", "rtf", "pages", "pdf",
    "wpd",
];

/// Names of files that are for machines, about rights, or that we made ourselves.
const NO_TEXTS: [&str; 11] = [
    "zo werkt het",
    "how it works",
    "robots",
    "humans",
    "ads",
    "security",
    "requirements",
    "license",
    "licence",
    "licentie",
    "copying",
];

/// Files and folders that systems and build tools make for themselves.
const MACHINES: [&str; 9] = [
    "node_modules",
    "__macosx",
    "_site",
    "_book",
    "@eadir",
    "$recycle.bin",
    "system volume information",
    "thumbs.db",
    "desktop.ini",
];

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A text, or a folder to look into.
    Content,
    /// May be included in a text, gets no page of its own; also a folder of those.
    Fragment,
    /// Any other file.
    Asset,
    /// A text that is not read: it stays inside, and somebody may miss it.
    Plain,
    /// Nothing for us.
    Dropped,
}

impl Sort {
    /// Tells what the name of a file says.
    pub(super) fn of(name: &str) -> Sort {
        let (stem, extension) = split(name);
        if is_dropped(name) || DROPPED.contains(&extension.as_str()) {
            return Sort::Dropped;
        }
        if extension == "txt" {
            return if is_document(name) { Sort::Plain } else { Sort::Dropped };
        }
        if !TEXTS.contains(&extension.as_str()) {
            return Sort::Asset;
        }
        if stem.starts_with('_') && fold(stem) != "_index" {
            return Sort::Fragment;
        }
        Sort::Content
    }

    /// Tells what the name of a folder says.
    pub(super) fn of_folder(name: &str) -> Sort {
        if is_dropped(name) {
            return Sort::Dropped;
        }
        if name.starts_with('_') || fold(name) == "delen" {
            return Sort::Fragment;
        }
        Sort::Content
    }
}

/// Tells whether a file is a text, by its name.
pub fn is_text_name(name: &str) -> bool {
    matches!(Sort::of(name), Sort::Content | Sort::Fragment)
}

/// Tells whether a file is a document that somebody may have written as a text for us.
pub(super) fn is_document(name: &str) -> bool {
    let (stem, extension) = split(name);
    let stem = fold(stem);
    let machine =
        NO_TEXTS.iter().any(|name| stem.split(['-', '.']).next() == Some(*name));
    let bare = extension.is_empty() && is_title(name);
    (DOCUMENTS.contains(&extension.as_str()) || bare) && !machine
}

/// Tells whether a name without extension is a title somebody gave, and no `Makefile` or
/// `CNAME`: of several words, or of small letters and digits alone.
fn is_title(name: &str) -> bool {
    name.contains(' ') || !name.chars().any(|c| c.is_uppercase() || "_$".contains(c))
}

fn is_dropped(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || MACHINES.contains(&name.to_lowercase().as_str())
}

/// Splits a name in stem and extension, the latter in lower case without dot.
pub(super) fn split(name: &str) -> (&str, String) {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, extension.to_lowercase()),
        _ => (name, String::new()),
    }
}

/// A name that looks like a second version of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Copy {
    /// A sync program says so itself; the stem of the first version.
    Sure(String),
    /// Only when a text with one of these stems stands beside it.
    Perhaps(Vec<String>),
}

/// What sync programs write between brackets, folded.
const MARKS: [&str; 12] = [
    "conflicted copy",
    "conflicting copy",
    "conflict copy",
    "conflicterende kopie",
    "conflicterende versie",
    "kopie met conflict",
    "exemplaar met conflict",
    "case conflict",
    "whitespace conflict",
    "unicode encoding conflict",
    "sfconflict",
    "conflicted",
];

/// What copying a file, or a program that keeps the old one, puts behind its name.
const BEHIND: [&str; 21] = [
    " - kopie",
    " - copy",
    " kopie",
    " copy",
    "-kopie",
    "-copy",
    "_kopie",
    "_copy",
    " conflict",
    "-conflict",
    "_conflict",
    ".conflict",
    ".orig",
    ".bak",
    ".backup",
    ".old",
    "~",
    "_backup",
    "_local",
    "_remote",
    "_base",
];

/// What copying a file puts before its name, folded.
const BEFORE: [&str; 3] = ["kopie van ", "copy of ", "kopie "];

/// Tells whether a stem looks like a second version of another file's, and of which.
pub(super) fn copy_of(stem: &str) -> Option<Copy> {
    if let Some(first) = sync_copy(stem) {
        return Some(Copy::Sure(first));
    }
    let mut stems = Vec::new();
    let mut left = stem;
    // "Plan - kopie (2)" may be a copy of "Plan - kopie" or of "Plan".
    while let Some(shorter) = shorten(left) {
        stems.push(shorter.to_string());
        left = shorter;
    }
    if let Some(first) = computer_copy(stem) {
        stems.push(first.to_string());
    }
    (!stems.is_empty()).then_some(Copy::Perhaps(stems))
}

fn sync_copy(stem: &str) -> Option<String> {
    // Syncthing: `plan.sync-conflict-20260314-101112-ABCDEFG`.
    if let Some((first, _)) = stem.split_once(".sync-conflict-") {
        return Some(first.trim_end().to_string());
    }
    // Synology: `plan_NoorPC_Mar-14-101112-2026_Conflict`.
    if stem.to_ascii_lowercase().ends_with("_conflict") {
        let mut parts = stem.rsplitn(4, '_').skip(1);
        let day = parts.next().unwrap_or_default();
        if let (Some(_), Some(first)) = (parts.next(), parts.next())
            && day.matches('-').count() == 3
            && day.ends_with(|c: char| c.is_ascii_digit())
        {
            return Some(first.to_string());
        }
    }
    for (open, close) in [('(', ')'), ('[', ']')] {
        for (at, _) in stem.match_indices(open) {
            let rest = &stem[at + open.len_utf8()..];
            let inside = fold(rest.split(close).next().unwrap_or(rest));
            if MARKS.iter().any(|mark| inside.contains(mark)) {
                return Some(stem[..at].trim_end().to_string());
            }
        }
    }
    None
}

/// Tells whether words between brackets say that a file is a copy of another: `3e kopie`,
/// `nog een kopie`, `hersteld`.
fn tells_copy(inside: &str) -> bool {
    const COPY: [&str; 6] =
        ["kopie", "copy", "hersteld", "recovered", "restored", "backup"];
    const AROUND: [&str; 5] = ["nog", "een", "another", "auto", "automatisch"];
    let mut words =
        inside.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    let around = |word: &str| {
        AROUND.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit())
    };
    inside.contains("conflict")
        || (words.clone().any(|word| COPY.contains(&word))
            && words.all(|word| COPY.contains(&word) || around(word)))
}

/// Takes one mark of copying off a stem.
fn shorten(stem: &str) -> Option<&str> {
    let trimmed = stem.trim_end();
    if let Some((first, number)) = trimmed.rsplit_once('(')
        && let Some(number) = number.strip_suffix(')')
        && is_number(number)
    {
        return some(first.trim_end());
    }
    // `plan (kopie)`, `plan (3rd copy)`, `plan (Conflict van Noor 2026-01-01)`.
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some((first, inside)) = trimmed.rsplit_once(open)
            && let Some(inside) = inside.strip_suffix(close).map(fold)
            && tells_copy(&inside)
        {
            return some(first.trim_end());
        }
    }
    // `plan.md.sb-1a2b3c4d-x1Y2z3`: what a Mac keeps while it saves.
    if let Some((first, _)) = trimmed.split_once(".sb-") {
        return some(first.trim_end_matches(".md"));
    }
    // `plan~HEAD`: what joining two versions leaves.
    if let Some((first, branch)) = trimmed.rsplit_once('~')
        && !branch.contains(char::is_whitespace)
    {
        return some(first.trim_end());
    }
    // `plan_conflict-20260101-101010`, `plan_LOCAL_123`, `Plan copy 2`.
    let numbers = |c: char| c.is_ascii_digit() || "-_. ".contains(c);
    let bare = trimmed.trim_end_matches(numbers);
    for end in BEHIND {
        if let Some(first) = strip_end(bare, end) {
            return some(first.trim_end());
        }
    }
    // `plan 2`: a second version when `plan` stands beside it.
    if let Some((first, number)) = trimmed.rsplit_once(' ')
        && number.len() == 1
        && matches!(number.as_bytes(), [b'2'..=b'9'])
    {
        return some(first.trim_end());
    }
    BEFORE.iter().find_map(|start| some(strip_start(trimmed, start)?.trim_start()))
}

fn some(stem: &str) -> Option<&str> {
    (!stem.is_empty()).then_some(stem)
}

fn is_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn strip_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(end.len())?;
    let tail = text.get(at..)?;
    tail.eq_ignore_ascii_case(end).then(|| &text[..at])
}

fn strip_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let head = text.get(..start.len())?;
    head.eq_ignore_ascii_case(start).then(|| &text[start.len()..])
}

/// OneDrive puts the name of the computer behind: `plan-LAPTOP-AB12CD`, `plan-Noors-PC`.
fn computer_copy(stem: &str) -> Option<&str> {
    for (at, _) in stem.match_indices('-').filter(|(at, _)| *at > 0) {
        let name = &stem[at + 1..];
        let capitals = name.bytes().filter(u8::is_ascii_uppercase).count();
        let shouted = name.len() >= 4
            && capitals >= 3
            && (name.contains("PC") || name.contains(|c: char| c.is_ascii_digit()))
            && name
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        let lower = name.to_ascii_lowercase();
        let computer = lower.ends_with("-pc")
            || lower.starts_with("desktop-")
            || lower.starts_with("laptop-")
            || lower.contains("macbook")
            || lower.contains("imac");
        if shouted || computer {
            return Some(&stem[..at]);
        }
    }
    None
}

/// The form stems are compared by.
pub(super) fn stem_key(stem: &str) -> String {
    nfc(stem.trim()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_say() {
        for name in ["a.md", "B.MD", "c.markdown", "d.mdown", "_index.md", "01 Één.md"]
        {
            assert_eq!(Sort::of(name), Sort::Content, "{name}");
        }
        for name in
            [".a.md", "~$plan.md", "a.md~", "#a.md#", "a.bak", ".DS_Store", "Thumbs.db"]
        {
            assert_eq!(Sort::of(name), Sort::Dropped, "{name}");
        }
        assert_eq!(Sort::of("a.TXT"), Sort::Plain);
        assert_eq!(Sort::of("robots.txt"), Sort::Dropped);
        assert!(is_document("Verhaal van Noor.DOCX") && !is_document("foto.jpg"));
        assert!(!is_document("LICENSE-MIT.txt"));
        assert!(is_document("verhaal van Noor") && is_document("verhaal"));
        assert!(!is_document("Makefile") && !is_document("CNAME"));
        assert_eq!(Sort::of("_nummers.md"), Sort::Fragment);
        assert_eq!(Sort::of("foto.jpg"), Sort::Asset);
        assert_eq!(Sort::of_folder("_concept"), Sort::Fragment);
        assert_eq!(Sort::of_folder("Delen"), Sort::Fragment);
        assert_eq!(Sort::of_folder("node_modules"), Sort::Dropped);
        assert_eq!(Sort::of_folder("tips"), Sort::Content);
    }

    #[test]
    fn sync_programs_say_so_themselves() {
        for name in [
            "plan (conflicted copy 2026-03-14 101112)",
            "plan (Noor's conflicted copy 2026-03-14)",
            "plan (Noor conflicterende kopie 2026-03-14)",
            "plan (Conflicterende kopie van Noor 2026-03-14)",
            "plan.sync-conflict-20260314-101112-ABCDEFG",
            "plan (SFConflict noor@x.nl 2026-03-14-10-10-10)",
            "plan_NoorPC_Mar-14-101112-2026_Conflict",
        ] {
            assert_eq!(copy_of(name), Some(Copy::Sure("plan".into())), "{name}");
        }
        let perhaps = Copy::Perhaps(vec!["verhaal".into()]);
        assert_eq!(copy_of("verhaal (over een conflict)"), Some(perhaps));
    }

    #[test]
    fn copies_count_only_beside_the_first_version() {
        for name in [
            "plan (1)",
            "plan (kopie 2)",
            "plan (copy 1)",
            "plan (nog een kopie)",
            "plan (another copy)",
            "plan (3e kopie)",
            "plan (3rd copy)",
            "plan [conflict]",
            "plan (hersteld)",
            "plan (Recovered)",
            "plan.md.sb-1234abcd-x9Y",
            "plan - kopie",
            "Plan - Kopie (2)",
            "Kopie van plan",
            "Copy of plan",
            "plan copy",
            "plan copy 2",
            "plan-LAPTOP-AB12CD",
            "plan-DESKTOP-1A2B3C4",
            "plan-Noors-PC",
            "plan_conflict-20260101-101010",
            "plan (Conflict van Noor 2026-01-01)",
            "plan.Conflict",
            "plan-conflict",
            "plan_BACKUP_123",
            "plan_LOCAL_123",
            "plan_REMOTE_123",
            "plan_BASE_123",
            "plan~HEAD",
            "plan.orig",
            "plan.bak",
            "plan~",
            "plan (kopie)",
            "plan (copy)",
            "plan - Copy",
            "plan 2",
        ] {
            let Some(Copy::Perhaps(stems)) = copy_of(name) else { panic!("{name}") };
            assert!(
                stems.iter().any(|stem| stem_key(stem) == "plan"),
                "{name}: {stems:?}"
            );
        }
        for name in [
            "plan",
            "tip 12",
            "2026 2027",
            "kopie-van-de-brief",
            "verhaal-NL",
            "LICENSE-APACHE",
            "plan-local-team",
            "1gezin1plan-rust-in-huis",
            "-",
            "(1)",
        ] {
            assert_eq!(copy_of(name), None, "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_name_may_be_asked_about(name in "\\PC{0,40}") {
            Sort::of(&name);
            Sort::of_folder(&name);
            copy_of(&name);
        }
    }
}
