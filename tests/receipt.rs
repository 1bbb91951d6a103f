//! A build that has nothing to do: it says the same as one that does all of it again, and
//! never when anything is other than it was. Runs the real program on real folders.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that runs the real program on real folders"
)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 2\"><path d=\"M0 0h4\"/></svg>";

struct Home(tempfile::TempDir);

/// What a build left and said.
#[derive(Debug, PartialEq)]
struct Seen {
    code: Option<i32>,
    words: String,
    site: BTreeMap<String, Vec<u8>>,
}

impl Home {
    /// A folder with texts that go out, one that stays inside, a picture, a theme.
    fn new() -> Home {
        let home = Home(tempfile::tempdir().unwrap());
        home.put("texts/site.md", "titel: Samen\nthema stijl: mijn\n\n");
        home.put("texts/tips/a.md", "# Kom terug\n\n![stoel](../stoel.svg)\n");
        home.put("texts/verhalen/noor.md", "# Het geheim van Noor\n\nTekst\n");
        home.put("texts/stoel.svg", SVG);
        home.put("texts/themes/mijn/theme.toml", "name = \"mijn\"\n");
        home
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file as if that was long ago: a young one is never relied on.
    fn put(&self, name: &str, text: &str) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        fs::File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(long_ago)
            .unwrap();
    }

    /// Builds with a place for receipts, or without.
    fn build(&self, cache: bool, words: &[&str]) -> Seen {
        let cache = if cache { self.at("cache") } else { PathBuf::new() };
        let mut command = Command::new(env!("CARGO_BIN_EXE_boekje"));
        command.args(["build", "texts", "--out", "site", "--no-booklets"]).args(words);
        if !words.contains(&"--date") {
            command.args(["--date", "2026-06-01"]);
        }
        let output = command
            .current_dir(self.0.path())
            .env("XDG_CACHE_HOME", cache)
            .env("HOME", "")
            .env("BOEKJE_KEYS", self.at("keys.json"))
            .env("LANG", "nl_NL.UTF-8")
            .output()
            .unwrap();
        let mut site = BTreeMap::new();
        for entry in walkdir::WalkDir::new(self.at("site")) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(self.at("site")).unwrap();
                site.insert(name.display().to_string(), fs::read(entry.path()).unwrap());
            }
        }
        let words = String::from_utf8(output.stdout).unwrap()
            + &String::from_utf8(output.stderr).unwrap();
        Seen { code: output.status.code(), words, site }
    }

    fn receipt(&self) -> Option<PathBuf> {
        let folder = fs::read_dir(self.at("cache/boekje")).ok()?;
        folder.flatten().map(|entry| entry.path()).find(|path| path.extension().is_none())
    }
}

fn touched(path: &Path) -> (i64, i64, u64) {
    let facts = fs::metadata(path).unwrap();
    (facts.ctime(), facts.ctime_nsec(), facts.ino())
}

#[test]
fn nothing_to_do_says_the_same_and_writes_nothing() {
    let home = Home::new();
    let first = home.build(true, &[]);
    assert_eq!(first.code, Some(0), "{}", first.words);
    assert!(home.receipt().is_some());
    let before = touched(&home.at("site/index.html"));
    let folder = touched(&home.at("site"));
    let again = home.build(true, &[]);
    assert_eq!(touched(&home.at("site/index.html")), before);
    assert_eq!(touched(&home.at("site")), folder);
    assert_eq!(again.site, first.site);
    // The same words as a build that does it all once more.
    assert_eq!(again, home.build(false, &[]));
    assert!(again.words.contains("Het geheim van Noor"), "{}", again.words);
    assert!(!again.words.contains("0 ongewijzigd"), "{}", again.words);
}

#[test]
fn a_receipt_is_short_of_words_and_for_its_owner_alone() {
    let home = Home::new();
    home.build(true, &[]);
    let receipt = home.receipt().unwrap();
    let bytes = fs::read(&receipt).unwrap();
    let all = fs::read_dir(receipt.parent().unwrap()).unwrap();
    let all: Vec<PathBuf> = all.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(all.len(), 4, "a receipt and three drawers");
    for path in &all {
        let bytes = fs::read(path).unwrap();
        for word in ["Noor", "noor", "geheim", "Samen", "texts", "verhalen", "html"] {
            let word = word.as_bytes();
            assert!(!bytes.windows(word.len()).any(|part| part == word), "{word:?}");
        }
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let folder = fs::metadata(receipt.parent().unwrap()).unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
    // One that is damaged, cut, or empty is as good as none.
    let right = home.build(true, &[]);
    for wrong in [&bytes[..bytes.len() - 1], &bytes[..40], &[], &[7; 400]] {
        all.iter().for_each(|path| fs::write(path, wrong).unwrap());
        assert_eq!(home.build(true, &[]), right);
    }
}

#[test]
fn trees_that_do_not_open_go_and_come_back() {
    let home = Home::new();
    home.build(true, &[]);
    let all = fs::read_dir(home.at("cache/boekje")).unwrap();
    let mut all = all.map(|entry| entry.unwrap().path());
    let trees = all.find(|path| path.extension().is_some_and(|it| it == "trees"));
    let trees = trees.unwrap();
    let mut bytes = fs::read(&trees).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].iter_mut().for_each(|byte| *byte ^= 1);
    fs::write(&trees, bytes).unwrap();
    for there in [false, true] {
        // Another day: each page is made again.
        let day = if there { "2026-06-02" } else { "2026-06-03" };
        assert_eq!(
            home.build(true, &["--date", day]),
            home.build(false, &["--date", day])
        );
        assert_eq!(trees.exists(), there);
    }
}

#[test]
fn with_keys_of_readers_all_of_it_goes() {
    let home = Home::new();
    home.build(true, &[]);
    let left = || fs::read_dir(home.at("cache/boekje")).unwrap().count();
    assert_eq!(left(), 4);
    // A build that was stopped left more: new ones that were not whole yet.
    for entry in fs::read_dir(home.at("cache/boekje")).unwrap().collect::<Vec<_>>() {
        let half = entry.unwrap().path().with_added_extension("new");
        fs::write(half, "half").unwrap();
    }
    assert_eq!(left(), 8);
    home.put("keys.json", "{}");
    home.build(true, &[]);
    assert_eq!(left(), 0);
}

#[test]
fn what_stands_in_the_place_of_a_drawer_is_left_alone() {
    let home = Home::new();
    let right = home.build(false, &[]);
    home.build(true, &[]);
    let away = home.at("van-een-ander.txt");
    fs::write(&away, vec![0; 41]).unwrap();
    let all = fs::read_dir(home.at("cache/boekje")).unwrap();
    for path in all.map(|entry| entry.unwrap().path()) {
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink(&away, &path).unwrap();
    }
    home.put("texts/tips/a.md", "# Kom terug\n\nNu.\n\n![stoel](../stoel.svg)\n");
    assert_eq!(home.build(true, &[]).code, right.code);
    assert_eq!(fs::read(&away).unwrap(), [0; 41]);
}

#[test]
fn a_template_that_stumbles_is_told_of_each_time() {
    let home = Home::new();
    let broken = "{% extends \"verbinden/kind/tip.html\" %}
\
        {% block body %}{{ text.geen.twee }}{% endblock %}
";
    home.put("texts/themes/mijn/kind/tip.html", broken);
    let first = home.build(true, &[]);
    assert!(first.words.contains("M02"), "{}", first.words);
    home.put("texts/verhalen/noor.md", "# Het geheim van Noor\n\nNog iets\n");
    let warm = home.build(true, &[]);
    assert!(warm.words.contains("M02"), "{}", warm.words);
}

#[test]
fn whatever_is_other_is_built_again() {
    type Act = fn(&Home);
    let acts: &[(&str, Act)] = &[
        ("a text, as long as before", |home| {
            home.put("texts/tips/a.md", "# Kom weer.\n\n![stoel](../stoel.svg)\n");
        }),
        ("a new text", |home| home.put("texts/tips/b.md", "# Nog een\n\nTekst\n")),
        ("a text that is gone", |home| {
            fs::remove_file(home.at("texts/verhalen/noor.md")).unwrap();
        }),
        ("a text under another name", |home| {
            fs::rename(home.at("texts/tips/a.md"), home.at("texts/tips/c.md")).unwrap();
        }),
        ("a picture", |home| home.put("texts/stoel.svg", &SVG.replace("h4", "h2"))),
        ("a file that no text names", |home| home.put("texts/brief.pdf", "%PDF")),
        ("a document that we do not read", |home| home.put("texts/brief.docx", "x")),
        ("the theme", |home| {
            home.put("texts/themes/mijn/css/screen.css", "body { color: #000 }\n");
        }),
        ("own words", |home| home.put("texts/eigen-woorden.tsv", "a\tb\n")),
        ("a page that somebody changed", |home| home.put("site/index.html", "weg")),
        ("a page that somebody removed", |home| {
            fs::remove_file(home.at("site/tips/kom-terug.html"))
                .or_else(|_| fs::remove_file(home.at("site/index.html")))
                .unwrap();
        }),
        ("a file of others in the site", |home| {
            home.put("site/van-een-ander.txt", "Het geheim van Noor");
        }),
        ("what a stopped build left", |home| {
            home.put(".site.boekje/.boekje-work", "");
        }),
        ("the keys of readers", |home| home.put("keys.json", "{}")),
    ];
    for (what, act) in acts {
        let home = Home::new();
        home.build(true, &[]);
        act(&home);
        let warm = home.build(true, &[]);
        let cold = Home::new();
        cold.build(false, &[]);
        act(&cold);
        let place = |seen: Seen, home: &Home| Seen {
            words: seen.words.replace(&home.0.path().display().to_string(), ""),
            ..seen
        };
        assert_eq!(place(warm, &home), place(cold.build(false, &[]), &cold), "{what}");
    }
}

#[test]
fn another_day_language_or_wish_is_another_build() {
    let home = Home::new();
    home.put("texts/tips/later.md", "datum: 2026-07-01\n\n# Later\n\nTekst\n");
    home.build(true, &[]);
    for words in [
        &["--date", "2027-06-01"][..],
        &["--lang", "en"],
        &["--no-search"],
        &["--lang", "nl", "--no-search"],
    ] {
        let warm = home.build(true, words);
        let cold = home.build(false, words);
        assert_eq!((warm.code, &warm.site), (cold.code, &cold.site), "{words:?}");
    }
    let english = home.build(true, &["--lang", "en"]);
    assert!(english.words.contains("pages"), "{}", english.words);
}
