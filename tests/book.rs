//! Golden projects: every folder in `tests/book/` is a small booklet (`content/`) with its
//! promises (`promises.txt`). The driver builds it and holds each promise against every
//! byte that came out. Lines:
//!
//! ```text
//! day 2026-11-22                     the day of the build (default 2026-06-01)
//! page tips/kom-terug.html           this file is there; the lines below are about it
//!   shows "text"                     its readable text holds this
//!   hides "text"                     its readable text does not
//!   has "raw html"                   its bytes hold this
//!   lacks "raw html"                 its bytes do not
//! gone tips/oud.html                 this file is not there
//! nowhere "canary"                   no byte of any file or file name holds this
//! problem K01 tips/a.md:3:1          this code at this place
//! no problem K01                     this code nowhere
//! ```

use boekje::pipeline::{Request, build};
use boekje::problem::said;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Texts and bytes of a finished site.
struct Site {
    files: BTreeMap<String, Vec<u8>>,
    problems: Vec<String>,
}

fn request(dir: &Path, day: &str) -> Request {
    let today = day.parse().expect("a day as 2026-06-01");
    Request { dir: dir.to_path_buf(), today, search: true, booklets: false, hints: true }
}

fn made(content: &Path, day: &str) -> Site {
    let folder = tempfile::tempdir().expect("a folder to build in");
    let out = folder.path().join("site");
    let built = build(&request(content, day), &out, &|_| {}).unwrap_or_else(|failure| {
        panic!(
            "{}: {}",
            content.display(),
            failure.sentence(&boekje::lang::Lang::english())
        )
    });
    assert!(built.published, "{}: {:?}", content.display(), built.report.problems);
    let lang = boekje::lang::Lang::dutch();
    let sources = &built.report.library.sources;
    let problems = built.report.problems.iter().map(|problem| {
        let said = said(problem, sources, &lang);
        format!("{} {}:{}:{}", said.code, said.file, said.start.line, said.start.column)
    });
    Site { problems: problems.collect(), files: files_in(&out) }
}

fn files_in(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![out.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the site can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name =
                    path.strip_prefix(out).expect("inside").to_string_lossy().to_string();
                #[allow(
                    clippy::disallowed_methods,
                    reason = "a test reads what came out"
                )]
                files.insert(name, fs::read(&path).expect("a file of the site"));
            }
        }
    }
    files
}

/// Returns the readable text of a page: tags out, entities back, white space folded.
fn readable(html: &[u8]) -> String {
    let html = String::from_utf8_lossy(html);
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quoted(rest: &str) -> &str {
    let rest = rest.trim();
    rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(rest)
}

/// Holds every promise of a case; returns the ones that were not kept.
fn broken(case: &Path) -> Vec<String> {
    #[allow(clippy::disallowed_methods, reason = "a test reads its promises")]
    let promises = fs::read_to_string(case.join("promises.txt")).expect("promises.txt");
    let day = promises
        .lines()
        .find_map(|line| line.strip_prefix("day "))
        .unwrap_or("2026-06-01");
    let site = made(&case.join("content"), day.trim());
    let mut page = String::new();
    let mut broken = Vec::new();
    for (number, line) in promises.lines().enumerate() {
        let (word, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let bytes = site.files.get(&page).map_or(&[][..], Vec::as_slice);
        let raw = String::from_utf8_lossy(bytes);
        let kept = match word {
            "" | "day" => true,
            _ if word.starts_with('#') => true,
            "page" => {
                page = rest.trim().to_string();
                site.files.contains_key(&page)
            }
            "shows" => readable(bytes).contains(quoted(rest)),
            "hides" => !readable(bytes).contains(quoted(rest)),
            "has" => raw.contains(quoted(rest)),
            "lacks" => !raw.contains(quoted(rest)),
            "gone" => !site.files.contains_key(rest.trim()),
            "nowhere" => site.leaks(quoted(rest)).is_none(),
            "problem" => site.problems.iter().any(|problem| problem == rest.trim()),
            "no" => {
                let code = rest.trim_start_matches("problem").trim();
                !site.problems.iter().any(|problem| problem.starts_with(code))
            }
            other => panic!("{}: line {}: {other}?", case.display(), number + 1),
        };
        if !kept {
            broken.push(format!(
                "{}:{}: {line} (page {page})",
                case.display(),
                number + 1
            ));
        }
    }
    if !broken.is_empty() {
        broken.push(format!("problems were: {:#?}", site.problems));
        broken.push(format!("files were: {:#?}", site.files.keys().collect::<Vec<_>>()));
    }
    broken
}

impl Site {
    /// Returns the file whose name or bytes hold a word, whatever its case.
    fn leaks(&self, word: &str) -> Option<&str> {
        let word = word.to_lowercase();
        self.files
            .iter()
            .find(|(name, bytes)| {
                name.to_lowercase().contains(&word)
                    || String::from_utf8_lossy(bytes).to_lowercase().contains(&word)
            })
            .map(|(name, _)| name.as_str())
    }
}

#[test]
fn every_promise_of_every_booklet_is_kept() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/book");
    let mut cases: Vec<PathBuf> = fs::read_dir(root)
        .expect("tests/book")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let broken: Vec<String> =
        cases.iter().filter(|case| case.is_dir()).flat_map(|case| broken(case)).collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_same_texts_give_the_same_bytes() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let cases = fs::read_dir(root.join("tests/book")).expect("tests/book").flatten();
    let mut folders: Vec<PathBuf> = cases
        .map(|case| case.path().join("content"))
        .filter(|path| path.is_dir())
        .collect();
    folders.push(root.join("content"));
    for content in folders {
        let first = made(&content, "2026-06-01");
        let second = made(&content, "2026-06-01");
        assert_eq!(
            first.files.keys().collect::<Vec<_>>(),
            second.files.keys().collect::<Vec<_>>()
        );
        for (name, bytes) in &first.files {
            let same = second.files[name] == *bytes;
            assert!(same, "{}: {name} differs", content.display());
        }
        assert_eq!(first.problems, second.problems, "{}", content.display());
    }
}
