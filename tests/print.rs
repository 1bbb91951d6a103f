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

use boekje::lang::Lang;
use boekje::output::print::{Form, Format};
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
        booklets: false,
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
    // Its cover is a drawing: shelves of e-books show a picture in dots.
    let book = unpacked(&fs::read(work.path().join("samen-verder.epub")).unwrap());
    let alt = "alt=\"Samen verder. Een lange tafel met zeven verschillende stoelen";
    assert!(book.contains("src=\"omslag.png\"") && book.contains(alt));
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
        booklets: false,
        hints: false,
    };
    assert!(pipeline::print(&request, &out, &[Format::A5], &|_| {}).is_err());
    assert_eq!(fs::read(out.join("index.html")).unwrap(), b"een site");
}

/// A folder with a booklet of two stories: one for everywhere, one not for the site.
fn with_stories() -> tempfile::TempDir {
    let work = tempfile::tempdir().unwrap();
    let texts = work.path().join("teksten");
    fs::create_dir_all(&texts).unwrap();
    let story = |title: &str, channels: &str| {
        format!(
            "---\nsoort: verhaal\ntitel: {title}\nverteller: Mees\nleeftijd verteller: 18+\n\
             toestemming: ja\ntoestemming voor: {channels}\n---\n\nWoorden van {title}.\n"
        )
    };
    fs::write(texts.join("open.md"), story("Appelboom", "site, boekje, epub")).unwrap();
    fs::write(texts.join("papier.md"), story("Perenboom", "boekje, epub")).unwrap();
    let booklet = "---\nsoort: boekje\ntitel: Bomen\nformaat: A5, epub\nnieten: ja\n---\n\n\
                   - alle verhalen\n";
    fs::write(texts.join("boekje.md"), booklet).unwrap();
    work
}

fn build(work: &tempfile::TempDir, booklets: bool) -> pipeline::Built {
    let request = Request {
        dir: work.path().join("teksten"),
        today: jiff::civil::date(2026, 6, 1),
        search: true,
        booklets,
        hints: false,
    };
    pipeline::build(&request, &work.path().join("public"), &|_| {}).unwrap()
}

/// Everything in a box, unpacked, one after the other.
fn unpacked(bytes: &[u8]) -> String {
    use std::io::Read;
    let mut out = String::new();
    let mut files = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    for at in 0..files.len() {
        let mut file = files.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        out.push_str(&file.name().unwrap());
        out.push_str(&String::from_utf8_lossy(&bytes));
    }
    out
}

#[test]
fn a_build_puts_booklets_beside_the_site_and_links_them() {
    let work = with_stories();
    let built = build(&work, true);
    let names = ["bomen.pdf", "bomen-sheets.pdf", "bomen.epub"];
    assert_eq!(built.booklets, names);
    let public = work.path().join("public");
    for page in ["index.html", "boekje.html"] {
        let page = fs::read_to_string(public.join(page)).unwrap();
        for name in names {
            assert!(page.contains(&format!("<a href=\"{name}\">Boekje")), "{name}");
        }
        assert!(page.contains(" bladzijden, "), "how long it is");
    }
    // The same again: the same bytes, and without booklets they go.
    let before = fs::read(public.join("bomen.pdf")).unwrap();
    let again = build(&work, true);
    assert_eq!((again.written, again.deleted), (0, 0));
    assert_eq!(before, fs::read(public.join("bomen.pdf")).unwrap());
    let without = build(&work, false);
    assert_eq!((without.booklets.len(), without.deleted), (0, 3));
    let home = fs::read_to_string(public.join("index.html")).unwrap();
    assert!(!home.contains("bomen.pdf"));
}

#[test]
fn an_ebook_without_a_picture_has_the_cover_of_the_booklet() {
    let work = with_stories();
    build(&work, true);
    let book = unpacked(&fs::read(work.path().join("public/bomen.epub")).unwrap());
    assert!(book.contains("href=\"omslag.png\""), "in the package");
    assert!(book.contains("properties=\"cover-image\""), "as its cover");
    assert!(book.contains("alt=\"Bomen\""), "with words");
}

#[test]
fn what_may_not_be_on_the_site_is_in_no_booklet_there() {
    let work = with_stories();
    build(&work, true);
    let on_site = fs::read(work.path().join("public/bomen.epub")).unwrap();
    let out = work.path().join("druk");
    let printed = print(&work.path().join("teksten"), &out, &[Format::A5, Format::Epub]);
    let by_hand = fs::read(out.join("bomen.epub")).unwrap();
    let (on_site, by_hand) = (unpacked(&on_site), unpacked(&by_hand));
    assert!(on_site.contains("Woorden van Appelboom") && by_hand.contains("Appelboom"));
    assert!(by_hand.contains("Woorden van Perenboom"));
    assert!(!on_site.contains("Perenboom"));
    // Pages of the A5 are pages of the e-book too.
    let pages = printed.files[0].pages.unwrap();
    let marks = by_hand.matches("role=\"doc-pagebreak\"").count();
    assert!(marks >= 2 && marks < pages, "{marks} of {pages}");
}

#[test]
fn a_mistake_on_paper_leaves_the_site_whole() {
    let work = with_stories();
    let theme = work.path().join("teksten/themes/eigen/print");
    fs::create_dir_all(&theme).unwrap();
    fs::write(theme.join("booklet.typ"), "#let paragraph(body) = boem(body)\n").unwrap();
    let site = "---\ntitel: Bomen\nthema stijl: eigen\n---\n";
    fs::write(work.path().join("teksten/site.md"), site).unwrap();
    let built = build(&work, true);
    assert!(built.published && built.booklets.len() == 3);
    assert!(built.report.problems.iter().any(|one| one.code == Code::M02));
}

#[test]
fn empty_forms_come_in_both_languages_without_any_text() {
    let work = tempfile::tempdir().unwrap();
    let today = jiff::civil::date(2026, 6, 1);
    let forms = [Form::Plan, Form::Tip, Form::Story];
    for (lang, names) in [
        (Lang::dutch(), ["plan-leeg.pdf", "tip-leeg.pdf", "verhaal-leeg.pdf"]),
        (Lang::english(), ["plan-empty.pdf", "tip-empty.pdf", "story-empty.pdf"]),
    ] {
        let out = work.path().join(lang.primary());
        let made = pipeline::forms(None, &out, &forms, &lang, today).unwrap();
        let found: Vec<(&str, Option<usize>)> =
            made.iter().map(|one| (one.name.as_str(), one.pages)).collect();
        // One sheet for a tip, so that nobody has to staple.
        assert_eq!(
            found,
            [(names[0], Some(4)), (names[1], Some(1)), (names[2], Some(3))]
        );
        assert!(fs::read(out.join(names[0])).unwrap().starts_with(b"%PDF-"));
    }
}

#[test]
fn a_copy_of_the_theme_gives_the_same_booklet_until_it_is_changed() {
    let work = with_theme("// Niets anders.\n");
    let texts = work.path().join("teksten");
    let printed = |out: &str| {
        let out = work.path().join(out);
        let printed = print(&texts, &out, &[Format::A5]);
        assert!(printed.report.problems.is_empty(), "{:?}", printed.report.problems);
        fs::read(out.join(&printed.files[0].name)).unwrap()
    };
    let before = printed("een");
    let theme = texts.join("themes/eigen");
    for (path, text) in boekje::theme::copy("eigen") {
        fs::create_dir_all(theme.join(path).parent().unwrap()).unwrap();
        fs::write(theme.join(path), text).unwrap();
    }
    assert!(before == printed("twee"), "an unchanged copy looks the same");
    let values = fs::read_to_string(theme.join("theme.toml")).unwrap();
    let other = values.replace("body = \"10.5pt\"", "body = \"12pt\"");
    assert_ne!(values, other);
    fs::write(theme.join("theme.toml"), other).unwrap();
    assert!(before != printed("drie"), "a size of its own is used");
}

/// A plan for two readers: each gets their own parts, where nobody else can look.
#[test]
fn one_reader_gets_their_own_parts_in_a_folder_of_their_own() {
    let place = tempfile::tempdir().unwrap();
    let texts = place.path().join("teksten");
    fs::create_dir_all(&texts).unwrap();
    let plan = "---\nsoort: plan\ntitel: Samen\nlezers: school, oma\n---\n\n\
        ## Thuis\n\nVoor: oma\n\nWe eten soep.\n\n## In de klas\n\nVoor: oma, school\n\nEen kwartier later.\n";
    fs::write(texts.join("plan.md"), plan).unwrap();
    let request = Request {
        dir: texts.clone(),
        today: jiff::civil::date(2026, 6, 1),
        search: false,
        booklets: false,
        hints: false,
    };
    let print = |reader: &str, out: Option<&Path>| {
        pipeline::print_for(&request, reader, out, &[Format::A5], &|_| {})
    };
    let has = |file: &Path, heading: &str| {
        let bytes = fs::read(file).unwrap();
        let wanted = format!("({heading})").into_bytes();
        bytes.windows(wanted.len()).any(|part| part == wanted)
    };
    let (folder, printed) = print("School", None).unwrap();
    assert_eq!(
        folder,
        fs::canonicalize(place.path()).unwrap().join("voor-lezers/school")
    );
    assert_eq!(printed.files.len(), 1);
    let school = folder.join("samen.pdf");
    assert!(has(&school, "In de klas") && !has(&school, "Thuis"));
    let (folder, _) = print("oma", None).unwrap();
    assert!(has(&folder.join("samen.pdf"), "Thuis"));
    #[cfg(unix)]
    for folder in [folder.as_path(), folder.parent().unwrap()] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
    let site = place.path().join("public");
    pipeline::build(&request, &site, &|_| {}).unwrap();
    for inside in [texts.join("x"), site.join("x"), place.path().to_path_buf()] {
        let failure = print("oma", Some(&inside)).unwrap_err();
        assert_eq!(failure.what, "reader-inside", "{}", inside.display());
    }
    assert_eq!(print("buurman", None).unwrap_err().what, "no-reader");
}

#[test]
fn a_printer_gets_pages_in_fours_with_the_cover_outside() {
    let work = tempfile::tempdir().unwrap();
    let texts = work.path().join("teksten");
    fs::create_dir_all(&texts).unwrap();
    let pages: Vec<usize> = (1..=4)
        .map(|number| {
            fs::write(texts.join(format!("{number}.md")), "Tekst.\n").unwrap();
            let out = work.path().join("druk");
            let printed = print(&texts, &out, &[Format::A5, Format::Bleed]);
            let [a5, bleed] = [0, 1].map(|at| printed.files[at].pages.unwrap());
            assert_eq!(bleed, a5.next_multiple_of(4));
            a5
        })
        .collect();
    assert!(pages.windows(2).all(|two| two[1] == two[0] + 1), "{pages:?}");
}

#[test]
fn agreements_that_nobody_could_read_go_on_on_a_next_sheet() {
    let work = tempfile::tempdir().unwrap();
    let texts = work.path().join("teksten/plannen");
    fs::create_dir_all(&texts).unwrap();
    let sheets = |agreements: usize| {
        let mut plan = String::from(
            "openbaar: ja\nverzonnen: ja\ndelen: iedereen\nkijk terug op: 1 juli 2026\n\n\
             ## Afspraken\n\n| Wie | Wat | Wanneer | Status |\n|---|---|---|---|\n",
        );
        for number in 0..agreements {
            plan.push_str(&format!("| Noor | belt {number} keer | elke dag | loopt |\n"));
        }
        fs::write(texts.join("noor.md"), plan).unwrap();
        let out = work.path().join("druk");
        let printed = print(texts.parent().unwrap(), &out, &[Format::Fridge]);
        printed.files[0].pages.unwrap()
    };
    // One sheet for the plan and one for Noor; then two of each.
    assert_eq!([sheets(1), sheets(9), sheets(16)], [2, 2, 4]);
}

#[test]
fn what_is_too_much_for_a_card_is_a_page() {
    let work = tempfile::tempdir().unwrap();
    let texts = work.path().join("teksten/plannen");
    fs::create_dir_all(&texts).unwrap();
    let pages = |parts: usize, steps: usize| {
        let mut plan = String::from(
            "openbaar: ja\nverzonnen: ja\ndelen: iedereen\n\n## Als het even niet gaat\n\n",
        );
        for part in 0..parts {
            plan.push_str(&format!("### Deel {part}\n\n"));
            plan.push_str(&"- Bel iemand die je vertrouwt en wacht\n".repeat(steps));
            plan.push('\n');
        }
        fs::write(texts.join("noor.md"), plan).unwrap();
        let out = work.path().join("druk");
        let printed = print(texts.parent().unwrap(), &out, &[Format::Crisis]);
        printed.files[0].pages.unwrap()
    };
    // A card is one page; parts that ran over each other are many.
    assert_eq!([pages(3, 3), pages(4, 8)], [1, 1]);
    assert!(pages(7, 20) > 1);
}
