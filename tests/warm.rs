//! A build that takes over what the last one worked out makes the same site, byte for byte,
//! and says the same, as one that does all of it again: whatever somebody does to the texts
//! in between. Runs the real program on a copy of the sample.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that runs the real program on real folders"
)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// How often somebody does something.
const ACTS: usize = 80;

/// Lines that somebody types into a text.
const LINES: [&str; 22] = [
    "Nog een zin met **nadruk**, en een [link](kom-terug.md).",
    "taal: en",
    "taal: ar",
    "toestemming: nee",
    "toestemming: ja",
    "concept: ja",
    "kort: Dit staat op de kaart.",
    "thema: School, Thuis",
    "reeks: De eerste week",
    "menu: ja",
    "vertaling van: 05-kom-terug.md",
    "oude adressen: hier-stond-het.html",
    "snel weg: ja",
    "nummer: 3",
    "## Zo kan het",
    "## Alleen voor ons (Voor: gezin)",
    "[[Kom terug]] en [[Zeven tassen]]",
    "[[invoegen: ../tips/09-koelkast.md]]",
    "![een stoel](../beelden/stoel.svg)",
    "> Ouder: Ik zei niets.",
    "Bel 06 12345678, of 123456782.",
    "De Eigen Kracht-conferentie en het familiegroepsplan",
];

struct Home {
    folder: tempfile::TempDir,
    acts: u64,
    chance: u64,
}

impl Home {
    fn empty() -> Home {
        Home { folder: tempfile::tempdir().unwrap(), acts: 0, chance: 7 }
    }

    fn sample() -> Home {
        let mut home = Home::empty();
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        for entry in walkdir::WalkDir::new(&content) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(&content).unwrap();
                home.put_text(name, &fs::read(entry.path()).unwrap());
            }
        }
        home
    }

    fn texts(&self) -> PathBuf {
        self.folder.path().join("texts")
    }

    fn put_text(&mut self, name: impl AsRef<Path>, bytes: &[u8]) {
        self.put(&self.texts().join(name), bytes);
    }

    /// Writes a file as if that was long ago: a young one is never relied on.
    fn put(&mut self, path: &Path, bytes: &[u8]) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self.acts += 1;
        let long_ago = Duration::from_secs(1_000_000_000 + self.acts);
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + long_ago).unwrap();
    }

    /// Returns a number below `below`, another one each time and the same in each run.
    fn any(&mut self, below: usize) -> usize {
        // Numbers of Knuth's MMIX.
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005);
        self.chance = self.chance.wrapping_add(1_442_695_040_888_963_407);
        (self.chance >> 33) as usize % below.max(1)
    }

    fn all(&self, extension: &str) -> Vec<PathBuf> {
        let all = walkdir::WalkDir::new(self.texts()).sort_by_file_name();
        let paths = all.into_iter().map(|entry| entry.unwrap().into_path());
        paths.filter(|path| path.extension().is_some_and(|it| it == extension)).collect()
    }

    /// Does something to a text, and tells what.
    fn act(&mut self) -> String {
        let texts = self.all("md");
        let path = texts[self.any(texts.len())].clone();
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        let (at, other) = (self.any(lines.len()), self.any(lines.len()));
        let line = LINES[self.any(LINES.len())];
        let act = self.any(20);
        match act {
            0..=5 => lines.insert(at, line),
            6..=8 => lines[other] = line,
            9 | 10 => drop(lines.remove(at)),
            11 => lines.swap(at, other),
            12 => lines.extend(["", line]),
            13 => {
                let new = path.with_file_name(format!("nieuw-{}.md", self.acts));
                self.put(&new, text.as_bytes());
            }
            14 if path.file_name().is_some_and(|name| name != "site.md") => {
                fs::remove_file(&path).unwrap();
                return format!("removed {path:?}");
            }
            15 => {
                let new = path.with_file_name(format!("anders-{}.md", self.acts));
                fs::rename(&path, &new).unwrap();
                return format!("renamed {path:?} to {new:?}");
            }
            16 => {
                let picture = self.all("svg").remove(0);
                let drawn = fs::read_to_string(&picture).unwrap();
                let drawn = drawn.replacen("<path", "<path id=\"x\"", 1);
                self.put(&picture, drawn.as_bytes());
            }
            17 => {
                let pages = self.folder.path().join("site/tips/index.html");
                fs::write(pages, "van een ander").unwrap();
                return "wrote over a page".into();
            }
            18 => {
                let style = self.texts().join("themes/mijn/css/screen.css");
                let said = format!("body {{ order: {} }}", self.acts);
                self.put(&style, said.as_bytes());
            }
            _ => lines.insert(0, line),
        }
        let text = lines.join("\n") + "\n";
        self.put(&path, text.as_bytes());
        format!("{act}: {path:?} line {at} or {other}: {line:?}")
    }

    /// Damages what the last build left, in one of four times.
    fn damage(&mut self) -> Option<String> {
        let notes = fs::read_dir(self.folder.path().join("notes/boekje")).ok()?;
        let mut notes: Vec<PathBuf> = notes.map(|note| note.unwrap().path()).collect();
        notes.sort();
        if self.any(4) > 0 || notes.is_empty() {
            return None;
        }
        let note = notes.swap_remove(self.any(notes.len()));
        let mut bytes = fs::read(&note).unwrap();
        let at = self.any(bytes.len());
        match self.any(3) {
            0 => bytes.truncate(at),
            _ => bytes[at..].iter_mut().take(9000).for_each(|byte| *byte ^= 1),
        }
        fs::write(&note, bytes).unwrap();
        Some(format!("damaged {:?} at {at}", note.extension()))
    }

    /// Builds with what the last build left, or without.
    fn build(&self, cache: bool) -> (Option<i32>, String, BTreeMap<PathBuf, Vec<u8>>) {
        let out = if cache { "site" } else { "cold" };
        let notes = if cache { self.folder.path().join("notes") } else { PathBuf::new() };
        let output = Command::new(env!("CARGO_BIN_EXE_boekje"))
            .args(["build", "texts", "--no-booklets", "--date", "2026-06-01"])
            .args(["--out", out])
            .current_dir(self.folder.path())
            .env("XDG_CACHE_HOME", notes)
            .env("HOME", "")
            .env("BOEKJE_KEYS", self.folder.path().join("keys.json"))
            .env("LANG", "nl_NL.UTF-8")
            .output()
            .unwrap();
        let site = self.folder.path().join(out);
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(&site) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(&site).unwrap().to_path_buf();
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
        let said = String::from_utf8(output.stdout).unwrap()
            + &String::from_utf8(output.stderr).unwrap();
        // How many files were written is another matter.
        let counts = ["hetzelfde gebleven", "stayed the same"];
        let said =
            said.lines().filter(|line| !counts.iter().any(|one| line.contains(one)));
        let said = said.collect::<Vec<_>>().join("\n").replace("cold/", "site/");
        (output.status.code(), said, files)
    }
}

/// Texts that show each other's titles, words, summaries and neighbours.
const BOUND: [(&str, &str); 15] = [
    ("site.md", "titel: Samen\ntaal: nl\nmenu:\n- Over ons: over.md\n"),
    ("over.md", "# Over ons\n\nMet geduld.\n\n![een hek](hek.svg)\n"),
    (
        "hek.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 2\"><path d=\"M0 0h4\"/></svg>",
    ),
    ("lezen.md", "---\nsoort: toegankelijkheid\n---\n# Lezen\n\nVoor wie.\n"),
    ("school/index.md", "# School\n\nOver leren.\n"),
    ("school/eerst/index.md", "# Het eerste jaar\n\nNieuw.\n"),
    ("school/eerst/a.md", "# De tas\n\nZwaar.\n"),
    ("school/eerst/b.md", "# De fiets\n\nLek.\n"),
    (
        "woorden.md",
        "---\nsoort: woorden\n---\n# Woorden\n\n## Geduld\n\nWachten, en blijven.\n",
    ),
    (
        "stemmen.md",
        "---\nsoort: stemmen\n---\n# Stemmen\n\n- Buur: wie naast ons woont\n",
    ),
    ("tips/a.md", "---\nreeks: Week\nthema: School\n---\n# Eerst\n\nEen, met geduld.\n"),
    ("tips/b.md", "---\nreeks: Week\n---\n# Daarna\n\n> Buur: Twee.\n\n[Eerst](a.md)\n"),
    ("tips/c.md", "---\nreeks: Week\nthema: Thuis\n---\n# Tot slot\n\nDrie.\n"),
    ("tips/d.md", "taal: en\nvertaling van: a.md\n\n# First\n\nOne, with patience.\n"),
    (
        "meer.md",
        "---\nsoort: tips\n---\n# Meer\n\n## Vier\n\nVier.\n\n## Vijf\n\nVijf.\n",
    ),
];

#[test]
fn what_a_page_shows_of_others_is_what_they_say_now() {
    for (what, name, from, to) in [
        ("the title of the text before it", "tips/a.md", "# Eerst", "# Vooraf"),
        ("the title of the text behind it", "tips/c.md", "# Tot slot", "# Ten slotte"),
        ("the language of its translation", "tips/d.md", "taal: en", "taal: de"),
        ("the title of its translation", "tips/d.md", "# First", "# At first"),
        ("that it has a translation", "tips/d.md", "vertaling van: a.md\n", ""),
        ("its place in a row", "tips/b.md", "reeks: Week", "concept: nee"),
        ("a word of the glossary", "woorden.md", "Wachten, en", "Niet weglopen, en"),
        ("another word of the glossary", "woorden.md", "## Geduld", "## Patience"),
        ("what a voice means", "stemmen.md", "wie naast", "wie ver van"),
        ("the name of a voice", "stemmen.md", "Buur", "Oma"),
        ("the name of the site", "site.md", "Samen", "Met elkaar"),
        ("the menu", "site.md", "Over ons", "Wie wij zijn"),
        ("the language of the site", "site.md", "taal: nl", "taal: en"),
        ("a line at the foot", "site.md", "taal: nl", "taal: nl\nvoettekst: Van ons"),
        ("the way out", "site.md", "taal: nl", "taal: nl\nsnel weg: ja"),
        ("how many texts a theme has", "tips/b.md", "---\n#", "thema: School\n---\n#"),
        ("a summary in a list", "tips/c.md", "Drie.", "Niet drie maar vier."),
        ("a card of a tip of a file", "meer.md", "Vijf.", "Niet vijf maar zes."),
        ("the title of a tip of a file", "meer.md", "## Vijf", "## Zes"),
        ("that a text goes out", "tips/a.md", "reeks", "concept: ja\nreeks"),
        ("who may read a text", "tips/c.md", "reeks", "voor: gezin\nreeks"),
        ("where a page stands", "tips/a.md", "reeks", "adres: vooraan\nreeks"),
        ("a page that is named in the menu", "over.md", "# Over ons", "# Wij"),
        ("what a picture shows", "over.md", "een hek", ""),
        ("a picture", "hek.svg", "h4", "h2"),
        ("the shape of a picture", "hek.svg", "0 0 4 2", "0 0 9 2"),
        ("the title of a folder", "school/eerst/index.md", "# Het", "# Dat"),
        (
            "how many texts a folder has",
            "school/eerst/b.md",
            "# De",
            "concept: ja\n\n# De",
        ),
        ("a kind", "tips/c.md", "reeks: Week", "soort: pagina"),
        (
            "a page about accessibility",
            "over.md",
            "# Over",
            "---\nsoort: toegankelijkheid\n---\n# Over",
        ),
    ] {
        let mut home = Home::empty();
        for (name, text) in BOUND {
            home.put_text(name, text.as_bytes());
        }
        let before = home.build(true);
        let (_, text) = BOUND.iter().find(|(own, _)| *own == name).unwrap();
        assert!(text.contains(from), "{what}");
        home.put_text(name, text.replacen(from, to, 1).as_bytes());
        let (warm, cold) = (home.build(true), home.build(false));
        assert_eq!((warm.0, &warm.1), (cold.0, &cold.1), "{what}");
        assert!(before.2 != warm.2, "{what} changes nothing");
        for (name, bytes) in &cold.2 {
            assert!(warm.2.get(name) == Some(bytes), "{name:?} shows {what} as it was");
        }
        assert_eq!(warm.2.len(), cold.2.len(), "{what}");
    }
}

#[test]
fn whatever_somebody_does_the_site_is_as_if_made_for_the_first_time() {
    let mut home = Home::sample();
    home.build(true);
    let (mut taken_over, mut did) = (0, Vec::new());
    for _ in 0..ACTS {
        did.push(home.act());
        did.extend(home.damage());
        let page = home.folder.path().join("site/zo-gebruik-je-dit.html");
        let before = fs::metadata(&page).map(|facts| facts.ino()).ok();
        let (warm, cold) = (home.build(true), home.build(false));
        assert_eq!((warm.0, &warm.1), (cold.0, &cold.1), "after {did:#?}");
        // What holds a build back leaves both sites as they were.
        if warm.0 == Some(2) || warm.1.contains("Er is nog geen nieuwe website") {
            continue;
        }
        assert_eq!(
            warm.2.keys().collect::<Vec<_>>(),
            cold.2.keys().collect::<Vec<_>>(),
            "after {did:#?}"
        );
        for (name, bytes) in &warm.2 {
            assert!(*bytes == cold.2[name], "{name:?} differs after {did:#?}");
        }
        let after = fs::metadata(&page).map(|facts| facts.ino()).ok();
        taken_over += usize::from(before.is_some() && before == after);
    }
    assert!(taken_over > 0, "a page that nobody touched lies where it lay");
}
