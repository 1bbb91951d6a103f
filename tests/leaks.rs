//! A leak scanner of our own: canaries in every corner of a plan for readers, looked for in
//! every code we could think of, in what is printed for everybody and in what each reader
//! opens: nothing of another is in it. `tests/private.rs` looks at the site.
//!
//! It shares nothing with `src/sweep`, which looks for the same while it builds.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test")]

#[path = "leaks/spell.rs"]
mod spell;
#[path = "leaks/sums.rs"]
mod sums;
#[path = "leaks/views.rs"]
mod views;

#[path = "private/project.rs"]
mod project;

use aho_corasick::{AhoCorasick, MatchKind};
use jiff::civil::date;
use project::{Built, Project};
use sha2::{Digest, Sha256};
use spell::Spelling;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
#[cfg(feature = "print")]
use std::path::Path;

/// What may be seen by nobody but the reader behind it; `gezin` reads everything.
const SECRETS: [(&str, &[&str]); 4] = [
    (
        "gezin",
        &[
            "Kwikstaartje Zilverbloem",
            "zwijgzame pinguïn",
            "Het plan van Kwikstaartje",
            "Grootmoeder Rozemarijn",
            "Buurthuis Zonnehoek",
            "de paarse ijsvogel draagt een hoedje",
            "geldzorgen-zeepaardje",
            "verborgen-opmerking-krekel",
            "aantekening-nachtegaal",
        ],
    ),
    (
        "Grootmoeder Rozemarijn",
        &[
            "onder de derde bloempot links",
            "Tante Wilgenroosje",
            "theepot-van-wilgenroosje",
            "brief-over-de-zolder",
            "zolderbrief met een geheim",
            "fototoestel-spreeuw",
            "maakster-roodborstje",
            "wilgenroosje.example",
            "een blauwe theepot met barst",
        ],
    ),
    (
        "Buurthuis Zonnehoek",
        &[
            "Meester Duizendblad",
            "donderdag naar de schaakclub",
            "schaakclub-havikskruid",
        ],
    ),
    ("telefoon", &["0698127364", "0157483920"]),
];

/// Days that stand in the plan: when somebody was born, when there is a talk.
fn days() -> [jiff::civil::Date; 2] {
    [date(2011, 10, 17), date(2025, 4, 29)]
}

const PLAN: &str = "\
---
soort: plan
titel: Het plan van Kwikstaartje
van: Kwikstaartje Zilverbloem
lezers: gezin, Grootmoeder Rozemarijn, Buurthuis Zonnehoek
kort: De paarse ijsvogel draagt een hoedje
formaat: A5
opmerking: aantekening-nachtegaal
---

<!-- verborgen-opmerking-krekel -->

Geboren op 17 oktober 2011. Een zwijgzame pinguïn.

## Bij elkaar

Voor: gezin, Grootmoeder Rozemarijn

De sleutel ligt onder de derde bloempot links. Tante Wilgenroosje belt: 06 98 12 73 64.

![een blauwe theepot met barst](theepot-van-wilgenroosje.jpg)

![spreeuw](kaart.png)

[De zolderbrief met een geheim](brief-over-de-zolder.pdf) en [meer](https://wilgenroosje.example/)

## De buurt

Voor: gezin, Buurthuis Zonnehoek

Meester Duizendblad neemt Kwik mee: donderdag naar de schaakclub. Gesprek: 29 april 2025.

### Bellen

[Schaakclub](https://schaak.example/schaakclub-havikskruid), 015-7483920.

## Over geld

Iets met een geldzorgen-zeepaardje.
";

/// Returns a JPEG that says who made it, with what, and where.
fn jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8 * 6, y as u8 * 8, 9]))
        .write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg)
        .unwrap();
    let note = |mark: u8, text: &[u8]| {
        let length = u16::try_from(text.len() + 2).unwrap().to_be_bytes();
        [&[0xff, mark][..], &length, text].concat()
    };
    let exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x0f\x01\x02\0\x14\0\0\0\x1a\0\0\0\0\0\0\0fototoestel-spreeuw\0";
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>maakster-roodborstje 2011-10-17</x:xmpmeta>";
    let extra = [note(0xe1, exif), note(0xe1, xmp), note(0xfe, b"maakster-roodborstje")];
    [&bytes[..2], &extra.concat(), &bytes[2..]].concat()
}

/// Returns a PNG with words in it, plain and packed.
fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([9, x as u8 * 6, y as u8 * 8]))
        .write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png)
        .unwrap();
    let chunk = |kind: &[u8], text: &[u8]| {
        let length = u32::try_from(text.len()).unwrap().to_be_bytes();
        let body = [kind, text].concat();
        let sum = body.iter().fold(!0u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 }
            })
        });
        [&length[..], &body, &(!sum).to_be_bytes()].concat()
    };
    let shut = miniz_oxide::deflate::compress_to_vec_zlib(b"fototoestel-spreeuw", 9);
    let extra = [
        chunk(b"tEXt", b"Author\0maakster-roodborstje"),
        chunk(b"zTXt", &[b"Comment\0\0", &shut[..]].concat()),
    ];
    [&bytes[..33], &extra.concat(), &bytes[33..]].concat()
}

fn plan() -> Project {
    let mut project = Project::new();
    project.write("site.md", "---\ntitel: Samen\nadres: https://samen.example/\n---\n");
    project.write("index.md", "# Samen\n\nWelkom.\n");
    project.write("tips/luisteren.md", "# Luisteren\n\nLuister eerst, praat daarna.\n");
    project.write("boekje.md", "---\nsoort: boekje\ntitel: Samen\n---\n\n- alle tips\n");
    project.write("plannen/kwikstaartje.md", PLAN);
    let texts = project.texts().join("plannen");
    fs::write(texts.join("theepot-van-wilgenroosje.jpg"), jpeg()).unwrap();
    fs::write(texts.join("kaart.png"), png()).unwrap();
    fs::write(
        texts.join("brief-over-de-zolder.pdf"),
        "%PDF-1.7 zolderbrief met een geheim",
    )
    .unwrap();
    project
}

/// Looks for secrets, each written in every way.
struct Scanner {
    patterns: AhoCorasick,
    /// By the number of a pattern: the secret, and how it is written.
    told: Vec<(String, &'static str)>,
    /// Sums of what was looked through already: most files stay as they are.
    clean: RefCell<BTreeSet<Vec<u8>>>,
}

impl Scanner {
    fn new(secrets: impl IntoIterator<Item = (String, Vec<Spelling>)>) -> Scanner {
        // What is too short stands in any bytes by chance.
        const SHORTEST: usize = 6;
        let (mut told, mut patterns, mut seen) =
            (Vec::new(), Vec::new(), BTreeSet::new());
        for (secret, spellings) in secrets {
            for (how, bytes) in spellings {
                if bytes.len() >= SHORTEST && seen.insert(bytes.clone()) {
                    told.push((secret.clone(), how));
                    patterns.push(bytes);
                }
            }
        }
        let patterns = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(patterns)
            .unwrap();
        Scanner { patterns, told, clean: RefCell::default() }
    }

    /// Looks for these words, and for numbers and days when `all`.
    fn of(words: &[&str], all: bool) -> Scanner {
        let is_number = |text: &&str| text.bytes().all(|b| b.is_ascii_digit());
        let spelled = words.iter().map(|text| {
            let spellings =
                if is_number(text) { spell::number(text) } else { spell::words(text) };
            ((*text).to_string(), spellings)
        });
        let days = days().into_iter().filter(|_| all);
        Scanner::new(spelled.chain(days.map(|day| (day.to_string(), spell::day(day)))))
    }

    /// Returns what is in these bytes, however it is packed.
    fn found(&self, bytes: &[u8]) -> BTreeMap<&str, &'static str> {
        let mut found = BTreeMap::new();
        let sum = Sha256::digest(bytes).to_vec();
        if self.clean.borrow().contains(&sum) {
            return found;
        }
        views::each(bytes, &mut |view| {
            for one in self.patterns.find_overlapping_iter(view) {
                let (secret, how) = &self.told[one.pattern().as_usize()];
                found.entry(secret.as_str()).or_insert(*how);
            }
        });
        if found.is_empty() {
            self.clean.borrow_mut().insert(sum);
        }
        found
    }
}

fn all() -> Vec<&'static str> {
    SECRETS.iter().flat_map(|(_, words)| words.iter().copied()).collect()
}

#[cfg(feature = "print")]
/// Looks through all files below a folder, names too: also what a build may leave lying
/// about; not in the folders of texts and of keys.
fn look(scanner: &Scanner, folder: &Path, not: &[&str], when: &str) -> usize {
    let mut count = 0;
    let inside = |path: &Path| path.strip_prefix(folder).unwrap().to_path_buf();
    let all = walkdir::WalkDir::new(folder).into_iter().filter_entry(|entry| {
        entry.depth() != 1 || !not.contains(&entry.file_name().to_str().unwrap())
    });
    for entry in all.map(Result::unwrap) {
        let path = inside(entry.path());
        let name = path.to_string_lossy().into_owned();
        assert_eq!(scanner.found(name.as_bytes()), BTreeMap::new(), "{when}: {name}");
        if entry.file_type().is_file() {
            let bytes = fs::read(entry.path()).unwrap();
            assert_eq!(scanner.found(&bytes), BTreeMap::new(), "{when}: in {name}");
            count += 1;
        }
    }
    count
}

const FAMILY: &str = "gezin";
const OMA: &str = "Grootmoeder Rozemarijn";
const CLUB: &str = "Buurthuis Zonnehoek";
const FILE: &str = "plannen/kwikstaartje.md";

/// Opens what each reader has: nothing of the others is in it, and everything of their own.
#[test]
fn nobody_gets_what_is_for_another() {
    let mut project = plan();
    for reader in [FAMILY, OMA, CLUB] {
        project.reader(FILE, reader);
    }
    let built = project.build();
    for reader in [FAMILY, OMA, CLUB] {
        let folded = reader.to_lowercase();
        let mut held = opened(&built, &folded);
        let pages = built.bundle(FILE, &folded).unwrap()["pages"].to_string();
        let own: Vec<&str> = SECRETS
            .iter()
            .filter(|one| one.0 == reader)
            .flat_map(|one| one.1)
            .copied()
            .collect();
        let others: Vec<&str> = SECRETS
            .iter()
            .filter(|one| reader != FAMILY && one.0 != reader && one.0 != "telefoon")
            .flat_map(|one| one.1)
            .copied()
            // The title and whose plan it is stand above every copy.
            .filter(|word| !word.contains("Kwikstaartje") && (*word != reader))
            .chain(if reader == OMA {
                Some("0157483920")
            } else {
                (reader == CLUB).then_some("0698127364")
            })
            .collect();
        let scanner = Scanner::of(&others, false);
        for (name, bytes) in &held {
            assert_eq!(scanner.found(bytes), BTreeMap::new(), "{reader}: {name}");
        }
        // The scanner sees what is there: else it proves nothing.
        held.insert("pages".into(), pages.into_bytes());
        let all: Vec<u8> = held.into_values().flatten().collect();
        let seen = Scanner::of(&own, false);
        let seen = seen.found(&all);
        for word in own.iter().filter(|word| !is_about(word)) {
            assert!(seen.contains_key(word), "{reader} reads {word}");
        }
        // What a picture tells of its maker goes to nobody.
        let makers = Scanner::of(&["fototoestel-spreeuw", "maakster-roodborstje"], false);
        assert_eq!(makers.found(&all), BTreeMap::new(), "{reader}");
        let notes = Scanner::of(&["verborgen-opmerking-krekel"], false);
        assert_eq!(notes.found(&all), BTreeMap::new(), "{reader}");
    }
}

/// Tells whether it is about a text, and need not be read in it.
fn is_about(word: &str) -> bool {
    [
        "fototoestel",
        "maakster",
        "opmerking",
        "aantekening",
        "Rozemarijn",
        "Zonnehoek",
        "pinguïn",
        "ijsvogel",
    ]
    .iter()
    .any(|part| word.contains(part))
}

/// Returns all a reader has, opened: pages, titles, names of files, files.
fn opened(built: &Built, reader: &str) -> BTreeMap<String, Vec<u8>> {
    let bundle = built.bundle(FILE, reader).unwrap();
    let mut held = built.files(FILE, reader);
    held.insert("bundle".into(), bundle.to_string().into_bytes());
    held
}

/// What is printed for everybody holds nothing of a plan either.
#[cfg(feature = "print")]
#[test]
fn nothing_of_a_plan_is_on_paper_for_everybody() {
    use boekje::output::print::Format;
    use boekje::pipeline::{self, Request};
    let project = plan();
    let request = Request {
        dir: project.texts().to_path_buf(),
        today: project::TODAY,
        search: false,
        hints: false,
        booklets: false,
    };
    let out = project.real().join("papier");
    let all_formats: Vec<Format> = Format::all().collect();
    let printed = pipeline::print(&request, &out, &all_formats, &|_| {}).unwrap();
    assert!(printed.files.len() > 2);
    look(&Scanner::of(&all(), true), &out, &[], "on paper");
}

/// Each spelling is seen when it is there, bare and packed: else the scanner proves nothing.
#[test]
fn the_scanner_sees_every_spelling() {
    let scanner = Scanner::of(&all(), true);
    let mut ways = BTreeSet::new();
    let mut plant = |secret: &str, spellings: Vec<Spelling>| {
        for (how, bytes) in spellings.into_iter().filter(|one| one.1.len() >= 6) {
            ways.insert(how);
            let around = [b"<p>Dag. ", &bytes[..], b" </p>"].concat();
            assert!(scanner.patterns.is_match(&around), "{secret}: {how}");
        }
    };
    plant("woorden", spell::words("zwijgzame pinguïn"));
    plant("nummer", spell::number("0698127364"));
    plant("dag", spell::day(days()[0]));
    assert!(ways.len() >= 37, "{} ways", ways.len());
    let secret = b"Ach. onder de derde bloempot links. En toen nog veel meer daarna.";
    let shut = miniz_oxide::deflate::compress_to_vec(secret, 6);
    let zlib = miniz_oxide::deflate::compress_to_vec_zlib(secret, 6);
    let gzip = [b"\x1f\x8b\x08\x08\0\0\0\0\0\x03naam\0", &shut[..]].concat();
    let zip = [
        b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0a",
        &shut[..],
    ]
    .concat();
    let pdf = [b"%PDF-1.7\n1 0 obj\nstream\n", &zlib[..], b"\nendstream"].concat();
    let text = boekje::text::base64(&pdf);
    let again = boekje::text::base64(text.as_bytes());
    for (how, bytes) in [
        ("deflate", shut.clone()),
        ("zlib", zlib),
        ("gzip", gzip),
        ("zip", [b"PK", &zip[..]].concat()),
        ("PDF", pdf),
        ("PDF in base64", format!("<a href=\"data:{text}\">").into_bytes()),
        ("PDF in base64 in base64", again.into_bytes()),
        ("PNG", png()),
        ("JPEG", jpeg()),
    ] {
        assert!(!scanner.found(&bytes).is_empty(), "{how}");
    }
    assert_eq!(scanner.found(b"<p>Luister eerst, praat daarna.</p>"), BTreeMap::new());
}
