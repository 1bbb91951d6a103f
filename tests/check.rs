//! Every code is brought up by a small text, at the place it says, and not by the same
//! text put right; in both languages.
//!
//! `tests/check/<code>/<language>/` holds two folders of texts, `bad` and `good`, and
//! `expected.txt`: the places of that code in `bad` (`tips/kom-terug.md:2:1 K01`). What
//! cannot be kept as a text (bytes, pictures, links) stands in `recipe.txt` and is made
//! before the texts are read. `SNAPSHOTS=overwrite` writes `expected.txt` anew.

#![allow(clippy::disallowed_methods, reason = "a test reads and writes its own texts")]

#[path = "check/recipe.rs"]
mod recipe;

use boekje::lang::Lang;
use boekje::pipeline::{self, Request};
use boekje::problem::{Code, Said, Severity, said};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// The languages we speak, each with its own texts.
const LANGUAGES: [&str; 2] = ["nl", "en"];

/// Codes that no text brings up: `output::print` tests D01 by itself, `tests/private.rs` what
/// takes keys. Without the booklet there is none of what it notices.
#[cfg(feature = "print")]
const NO_TEXTS: [Code; 13] = [
    Code::D01,
    Code::R02,
    Code::R03,
    Code::R04,
    Code::R05,
    Code::R08,
    Code::R09,
    Code::R10,
    Code::R11,
    Code::R12,
    Code::R13,
    Code::R14,
    Code::R15,
];
#[cfg(not(feature = "print"))]
const NO_TEXTS: [Code; 17] = [
    Code::D01,
    Code::D02,
    Code::R02,
    Code::R03,
    Code::R04,
    Code::R05,
    Code::R08,
    Code::R09,
    Code::R10,
    Code::R11,
    Code::R12,
    Code::R13,
    Code::R14,
    Code::R15,
    Code::T03,
    Code::V10,
    Code::V11,
];

#[test]
fn every_code_comes_up_where_it_says_and_goes_when_put_right() {
    let cases: Vec<(Code, &str)> = Code::ALL
        .iter()
        .filter(|code| !NO_TEXTS.contains(code))
        .flat_map(|code| LANGUAGES.iter().map(move |lang| (*code, *lang)))
        .collect();
    let off: Vec<String> =
        cases.par_iter().filter_map(|(code, lang)| case(*code, lang)).collect();
    assert!(off.is_empty(), "\n\n{}", off.join("\n\n"));
}

#[test]
fn no_folder_of_texts_is_without_a_code() {
    for entry in fs::read_dir(home()).expect("tests/check is there") {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert!(!path.is_dir() || Code::read(&name).is_some(), "{name} is no code");
    }
}

#[test]
fn the_examples_of_explain_are_true() {
    let mut off = Vec::new();
    for tag in LANGUAGES {
        let lang = Lang::read(tag).expect("a language of ours");
        for (name, sentence) in &lang.sentences().by_code {
            let code = Code::read(name).expect("every sentence has a code");
            for (text, comes_up) in [(&sentence.example, true), (&sentence.better, false)]
            {
                // A line with # tells what cannot be shown as a text.
                if text.starts_with("# ") {
                    continue;
                }
                let dir = tempfile::tempdir().expect("a place to work");
                fs::write(dir.path().join("tekst.md"), text).expect("written");
                for picture in ["stoel.png", "chair.png"] {
                    recipe::run(dir.path(), &format!("png {picture}"));
                }
                let told = told(dir.path(), &lang);
                if told.iter().any(|said| said.code == code.name()) != comes_up {
                    let places: Vec<String> = told.iter().map(line).collect();
                    off.push(format!("{tag} {name} {comes_up}: {places:?}\n{text}"));
                }
            }
        }
    }
    assert!(off.is_empty(), "\n\n{}", off.join("\n\n"));
}

/// Tries one code in one language; tells what is off.
fn case(code: Code, tag: &str) -> Option<String> {
    let folder = home().join(code.name()).join(tag);
    let lang = Lang::read(tag)?;
    let bad = folder.join("bad");
    if !bad.is_dir() {
        return Some(format!("{code} has no texts in {tag}"));
    }
    let told_bad = read(&bad, &lang);
    let found: String = told_bad
        .iter()
        .filter(|said| said.code == code.name())
        .map(|said| line(said) + "\n")
        .collect();
    let expected = folder.join("expected.txt");
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite")
        && !found.is_empty()
    {
        fs::write(&expected, &found).expect("written");
    }
    let wanted = fs::read_to_string(&expected).unwrap_or_default().replace('\r', "");
    if found.is_empty() || found != wanted {
        let all: Vec<String> = told_bad.iter().map(line).collect();
        return Some(format!("{code} {tag} bad: {all:?}\n  wanted: {wanted}"));
    }
    let told_good = read(&folder.join("good"), &lang);
    let still: Vec<String> = told_good
        .iter()
        .filter(|said| said.code == code.name() || said.severity > Severity::Hint)
        .map(line)
        .collect();
    (!still.is_empty()).then(|| format!("{code} {tag} good: {still:?}"))
}

/// Makes a folder of texts in a place of its own and tells what is said about it.
fn read(folder: &Path, lang: &Lang) -> Vec<Said> {
    let dir = tempfile::tempdir().expect("a place to work");
    copy(folder, dir.path());
    if let Ok(recipe) = fs::read_to_string(folder.join("recipe.txt")) {
        recipe.lines().for_each(|line| recipe::run(dir.path(), line));
    }
    told(dir.path(), lang)
}

fn told(dir: &Path, lang: &Lang) -> Vec<Said> {
    let request = Request {
        dir: dir.to_path_buf(),
        today: jiff::civil::date(2026, 6, 1),
        search: true,
        booklets: false,
        hints: true,
    };
    let report = pipeline::check(&request).expect("the folder is there");
    let sources = &report.library.sources;
    let mut told: Vec<Said> =
        report.problems.iter().map(|problem| said(problem, sources, lang)).collect();
    told.sort();
    told.dedup();
    told
}

fn line(said: &Said) -> String {
    format!("{}:{}:{} {}", said.file, said.start.line, said.start.column, said.code)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder of texts") {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().expect("it has a name");
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else if name != "recipe.txt" {
            fs::copy(&path, to.join(name)).expect("copied");
        }
    }
}

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check")
}

/// A file as a tired evening leaves it: a mark at the start, Windows line ends, tabs,
/// letters of two parts, little pictures.
const HARD: &str = "\u{feff}# Bij 👩‍👧 thuis\r\n\r\n\tEen tab.\r\n\r\n👩‍👧 e\u{301}n\t[weg](weg-é.md) é\u{301}\r\n\r\n> 🙂 ja\r\n> — Sam, wijkagent\r\n";

#[test]
fn places_are_those_an_editor_shows() {
    let dir = tempfile::tempdir().expect("a place to work");
    fs::write(dir.path().join("thuis.md"), HARD).expect("written");
    let told = told(dir.path(), &Lang::dutch());
    let places: Vec<_> = told
        .iter()
        .filter(|said| ["S03", "L01", "K09"].contains(&said.code))
        .map(|said| {
            let (start, end) = (said.start, said.end);
            (said.code, start.line, start.column, end.line, end.column)
        })
        .collect();
    // One character is one column: a tab, each part of an é and of 👩‍👧 (which has three).
    assert_eq!(
        places,
        [("S03", 3, 2, 3, 10), ("L01", 5, 9, 5, 24), ("K09", 8, 10, 8, 19)]
    );
}

#[test]
fn sentences_go_with_what_was_typed() {
    let dir = tempfile::tempdir().expect("a place to work");
    let write = |name: &str, text: &str| {
        fs::write(dir.path().join(name), text).expect("written");
    };
    write("vader.md", "# Vader\n\nHij is er. [a](q.md) [b](vadr.md)\n");
    write("x.md", "# Iks\n\nEen andere tekst.\n");
    let story = "soort: verhaal\nverteller: Noor\nleeftijd verteller: 18+\n";
    write(
        "a.md",
        &format!("---\n{story}toestemming: ja, maar zonder foto\n---\n\nIk.\n"),
    );
    write("b.md", &format!("---\n{story}titel: Bee\n---\n\nWij.\n"));
    let told = told(dir.path(), &Lang::dutch());
    let see = |code: &str| -> Vec<&str> {
        told.iter()
            .filter(|said| said.code == code)
            .map(|said| said.see.as_str())
            .collect()
    };
    let links = ["“q.md” vind ik niet.", "“vadr.md” vind ik niet. Bedoel je “vader.md”?"];
    assert_eq!(see("L01"), links);
    let yes = [
        "Bij “toestemming” zie ik meer dan ja: “ja, maar zonder foto”.",
        "Bij “Bee” staat nog geen “toestemming: ja”.",
    ];
    assert_eq!(see("V01"), yes);
    let advice: Vec<&str> = told
        .iter()
        .filter(|said| said.code == "V01")
        .map(|said| said.you.as_str())
        .collect();
    assert!(advice[0].starts_with("Is “ja, maar zonder foto” een heel ja"), "{advice:?}");
    assert_eq!(
        advice[1],
        "Zei Noor ja tegen “Bee”: schrijf dan bovenaan “toestemming: ja”, en de dag bij “toestemming op”."
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
    #[test]
    fn every_place_lies_inside_its_file(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
        text in "(\u{feff})?(---\n)?((titel|voor|stemmen|kijk terug op): \\PC{0,8}\r?\n|## \\PC{0,6}\n|> \\PC{0,9}\n> — \\PC{0,6}, \\PC{0,4}\n|\\| \\PC{0,4} \\|\n|de casus 111222333 \\PC{0,9}\n|[^\n]{0,20}\n){0,9}",
        name in "(tips|verhalen|plannen)/[a-z]{1,3}",
    ) {
        let dir = tempfile::tempdir().expect("a place to work");
        let first = dir.path().join(format!("{name}.md"));
        fs::create_dir_all(first.parent().expect("inside")).expect("made");
        fs::write(first, bytes).expect("written");
        fs::write(dir.path().join("tips.md"), text).expect("written");
        let request = Request {
            dir: dir.path().to_path_buf(),
            today: jiff::civil::date(2026, 6, 1),
            search: true,
booklets: false,
            hints: true,
        };
        // Bytes that are no text at all are refused.
        let Ok(report) = pipeline::check(&request) else { return Ok(()) };
        for problem in &report.problems {
            let boekje::problem::Where::Span(span) = problem.place else { continue };
            let source = report.library.sources.get(span.source);
            proptest::prop_assert!(source.text().get(span.range()).is_some(), "{problem:?}");
        }
    }
}
