//! Booklets from whole little folders: every format comes out, twice the same, with what
//! stays inside in none; a theme's own functions are used, and a mistake in one is told
//! with its place.
//!
//! What only an independent checker can say (PDF/UA, PDF/A, tags, languages) stands in
//! `tests/print/check.py`.

#![cfg(feature = "print")]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that makes folders of its own"
)]

use boekje::output::print::Format;
use boekje::pipeline::{self, Printed, Request};
use boekje::problem::{Code, Where};
use std::fs;
use std::path::{Path, PathBuf};

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn print(dir: &Path, out: &Path, formats: &[Format]) -> Printed {
    let request = Request {
        dir: dir.to_path_buf(),
        today: jiff::civil::date(2026, 6, 1),
        search: false,
        hints: false,
    };
    pipeline::print(&request, out, formats, &|_| {}).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let goal = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &goal) } else { drop(fs::copy(&path, &goal)) }
    }
}

#[test]
fn every_format_comes_out_twice_the_same_without_what_stays_inside() {
    let work = tempfile::tempdir().unwrap();
    let texts = work.path().join("teksten");
    copy(&home().join("tests/print/torture"), &texts);
    let all: Vec<Format> = Format::all().collect();
    let (one, two) = (work.path().join("een"), work.path().join("twee"));
    let printed = print(&texts, &one, &all);
    print(&texts, &two, &all);
    assert_eq!(printed.files.len(), all.len());
    for file in &printed.files {
        let bytes = fs::read(one.join(&file.name)).unwrap();
        let begins: &[u8] = if file.pages.is_some() { b"%PDF-" } else { b"PK" };
        assert!(bytes.starts_with(begins), "{}", file.name);
        assert_ne!(file.pages, Some(0), "{}", file.name);
        assert_eq!(bytes, fs::read(two.join(&file.name)).unwrap(), "{}", file.name);
        for word in ["GEHEIM", "teksten", "/tmp"] {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for word in [word.as_bytes(), &wide] {
                assert!(
                    !bytes.windows(word.len()).any(|part| part == word),
                    "{}",
                    file.name
                );
            }
        }
    }
    let codes: Vec<Code> = printed.report.problems.iter().map(|one| one.code).collect();
    assert!(codes.contains(&Code::T03) && codes.contains(&Code::V10), "{codes:?}");
    assert!(!codes.contains(&Code::D01), "{codes:?}");
}

#[test]
fn the_example_booklet_asks_for_four_formats() {
    let work = tempfile::tempdir().unwrap();
    let printed = print(&home().join("content"), work.path(), &[]);
    let names: Vec<&str> = printed.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "samen-verder.pdf",
            "samen-verder-sheets.pdf",
            "samen-verder-large.pdf",
            "samen-verder.epub"
        ]
    );
    let pages = |at: usize| printed.files[at].pages.unwrap();
    // A sheet to read first, with an empty back, then four pages a sheet.
    assert_eq!(pages(1), 2 + pages(0).div_ceil(4) * 2);
}

/// A folder with one page and a theme of its own.
fn with_theme(functions: &str) -> tempfile::TempDir {
    let work = tempfile::tempdir().unwrap();
    let texts = work.path().join("teksten");
    let theme = texts.join("themes/eigen/print");
    fs::create_dir_all(&theme).unwrap();
    fs::write(texts.join("site.md"), "---\ntitel: Proef\nthema stijl: eigen\n---\n")
        .unwrap();
    fs::write(texts.join("een.md"), "# Een\n\nEen alinea.\n").unwrap();
    fs::write(texts.join("themes/eigen/theme.toml"), "name = \"eigen\"\n").unwrap();
    fs::write(theme.join("booklet.typ"), functions).unwrap();
    work
}

#[test]
fn a_theme_brings_only_the_functions_it_wants_otherwise() {
    let plain = with_theme("// Niets anders.\n");
    let own = with_theme(
        "#import \"/verbinden/booklet.typ\" as ours\n#let paragraph(body) = ours.paragraph(upper(body))\n",
    );
    let print = |work: &tempfile::TempDir| {
        let out = work.path().join("druk");
        let printed = print(&work.path().join("teksten"), &out, &[Format::A5]);
        assert!(printed.report.problems.is_empty(), "{:?}", printed.report.problems);
        fs::read(out.join(&printed.files[0].name)).unwrap()
    };
    assert_ne!(print(&plain), print(&own));
}

#[test]
fn a_mistake_in_a_theme_has_a_place_and_the_booklet_is_made() {
    for (functions, line) in [
        ("#let x = 1\n#let paragraph(body) = boem(body)\n", 2),
        ("#let paragraph(body) = [\n", 1),
        ("// Een.\n#let paragraph(body, more) = body\n", 1),
    ] {
        let work = with_theme(functions);
        let out = work.path().join("druk");
        let printed = print(&work.path().join("teksten"), &out, &[Format::A5]);
        assert_eq!(printed.files.len(), 1, "{functions}");
        let told: Vec<_> = printed
            .report
            .problems
            .iter()
            .filter(|one| one.code == Code::M02)
            .map(|one| one.place.clone())
            .collect();
        let [Where::Theme(path, at, _)] = &told[..] else { panic!("{told:?}") };
        assert_eq!(path, "themes/eigen/print/booklet.typ");
        assert_eq!(*at, line, "{functions}");
    }
}

#[test]
fn booklets_never_push_a_site_aside() {
    let work = with_theme("");
    let out = work.path().join("public");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("index.html"), "een site").unwrap();
    let request = Request {
        dir: work.path().join("teksten"),
        today: jiff::civil::date(2026, 6, 1),
        search: false,
        hints: false,
    };
    assert!(pipeline::print(&request, &out, &[Format::A5], &|_| {}).is_err());
    assert_eq!(fs::read(out.join("index.html")).unwrap(), b"een site");
}
