//! Floor 7: a folder becomes a library; the only place that reads content.
//!
//! [`read`] is the entry, [`read_bytes`] for texts that lie on no disk, and [`fn@touch`] for
//! files that were saved again with other words. The steps,
//! each a file: `walk` lists the folder, `disk` and `decode` turn bytes into text, `block`,
//! `entries`, `values` and `fields` read what stands at the top, `net` keeps inside what
//! was meant to stand there, `tree` reads the Markdown
//! below it, `texts` and `split` make texts of it, `settings` and `pictures` fill in what
//! needs all texts. It reads anything, refuses nothing but an absent folder, and says what
//! it noticed.

mod audience;
mod block;
mod decode;
mod disk;
mod entries;
mod fields;
mod finder;
mod footprint;
mod guard;
mod hidden;
mod kept;
mod kinds;
mod letters;
mod line;
mod memory;
mod names;
mod net;
mod pictures;
mod rows;
mod settings;
mod split;
mod spot;
mod texts;
mod tongue;
mod touch;
mod tree;
mod unread;
mod values;
mod walk;
mod within;

pub use footprint::{Footprint, Seen, look};
pub use memory::{Drawers, Memory};
pub use names::is_text_name;
pub use touch::{Touched, touch};

use crate::model::{Key, Library, Text};
use crate::problem::{Code, Failure, Problem};
use crate::text::{SourceId, Sources, Span, TextPath};
use memory::{Known, Made};
use rayon::prelude::*;
use spot::{Spot, spot};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use texts::Shelf;
use tongue::Tongues;

/// A library, and what was noticed while reading it.
#[derive(Debug)]
pub struct Loaded {
    /// All that was read.
    pub library: Library,
    /// In the order of the files.
    pub problems: Vec<Problem>,
}

/// Reads a folder. Reports B01 to B06, B08 to B10, B12, I01 to I07, K01 to K07, K10 to K13, L05 to
/// L07, P01, P02, P08, and what the tree notices; refuses only when the folder is not there.
pub fn read(dir: &Path) -> Result<Loaded, Failure> {
    let listing = walk::walk(dir)?;
    let opened = listing.texts.par_iter();
    let opened = opened
        .map(|one| Known::of(one, disk::read(&one.on_disk, disk::LARGEST), None))
        .collect();
    Ok(gather(listing, opened, Before::default()))
}

/// Reads a folder that was looked at: the same as [`read`], and faster when most of its
/// texts are in the drawers, as they were made before.
pub fn read_seen(seen: Seen, drawers: Option<&Drawers>) -> Loaded {
    let Seen { listing, texts, sums, .. } = seen;
    let opened = listing.texts.par_iter().zip(texts).zip(sums);
    let opened = opened.map(|((one, bytes), sum)| Known::of(one, bytes, sum)).collect();
    gather(listing, opened, Before { memory: None, drawers })
}

/// Reads a folder that may have been read before: the same as [`read`], and faster when
/// most of it is as it was.
pub fn read_again(dir: &Path, memory: &mut Memory) -> Result<Loaded, Failure> {
    let listing = walk::walk(dir)?;
    let drawers = memory.drawers.take();
    let before: Vec<_> = listing.texts.iter().map(|one| memory.take(&one.path)).collect();
    let opened = listing.texts.par_iter().zip(before);
    let opened = opened
        .map(|(one, before)| {
            Known::open(&one.path, &one.on_disk, before, drawers.is_some())
        })
        .collect();
    Ok(gather(
        listing,
        opened,
        Before { memory: Some(memory), drawers: drawers.as_ref() },
    ))
}

/// Reads texts that lie on no disk, each with the path it would have: what an editor has
/// not saved yet, or what a fuzz target made up. There are no other files around them.
pub fn read_bytes(files: &[(&str, &[u8])]) -> Loaded {
    let found = |path: &str| {
        let path = TextPath::new(path);
        let fragment = walk::in_fragments(&path);
        walk::Found { path, on_disk: PathBuf::new(), fragment }
    };
    let listing = walk::Listing {
        texts: files.iter().map(|(path, _)| found(path)).collect(),
        ..walk::Listing::default()
    };
    let opened = listing.texts.par_iter().zip(files);
    let opened =
        opened.map(|(one, file)| Known::of(one, Ok(file.1.to_vec()), None)).collect();
    gather(listing, opened, Before::default())
}

/// What was made before, and is kept for the next time.
#[derive(Default)]
struct Before<'b> {
    /// In this run of the program.
    memory: Option<&'b mut Memory>,
    /// By another run.
    drawers: Option<&'b Drawers>,
}

/// Makes the library of what was listed and opened.
fn gather(
    mut listing: walk::Listing,
    mut opened: Vec<Known>,
    before: Before<'_>,
) -> Loaded {
    let mut problems = std::mem::take(&mut listing.problems);
    let (sources, spots) = shelve(&listing, &opened, &mut problems);
    let readable = opened.par_iter().filter(|known| known.opened.is_ok());
    let known: Vec<&Known> = readable.collect();
    let units = (known.iter().zip(&spots).zip(0..))
        .map(|((known, spot), at)| match known.made(SourceId(at), spot) {
            Some(made) => made.unit.clone(),
            None => OnceLock::new(),
        })
        .collect::<Vec<_>>();
    let shelf = Shelf::new(&sources, &spots, &units);
    let keep = before.memory.is_none();
    let texts = kept::texts(&known, &spots, &shelf, before.drawers, keep);
    let seen: Vec<_> = texts.iter().flat_map(|made| made.known_tongues()).collect();
    let tied = tied(&listing, &sources, &texts);
    let mut said = Vec::new();
    let mut nothing = Memory::default();
    let memory = match before.memory {
        Some(memory) => {
            said.clone_from(&texts);
            let new = units.into_iter().zip(texts.iter().cloned()).zip(spots).zip(0..);
            let new: Vec<Made> = new
                .map(|(((unit, texts), spot), at)| Made {
                    id: SourceId(at),
                    spot,
                    texts,
                    unit,
                })
                .collect();
            let readable = opened.iter_mut().filter(|known| known.opened.is_ok());
            readable.zip(new).for_each(|(known, made)| known.made = Some(made));
            let paths = listing.texts.iter().map(|one| one.path.clone());
            memory.keep(paths.zip(opened));
            memory
        }
        None => &mut nothing,
    };
    let made: Vec<(Vec<Text>, Vec<Problem>)> =
        texts.into_par_iter().map(texts::Made::let_go).collect();
    let mut all = Vec::with_capacity(made.len());
    for (texts, found) in made {
        all.extend(texts);
        problems.extend(found);
    }
    let kept: Vec<_> = (said.iter())
        .flat_map(|one| (0..one.texts.len()).map(move |at| (one, at)))
        .collect();
    let kept = |at: usize| match kept.get(at) {
        Some((made, at)) => Some(made.tongues().get(*at).cloned().flatten()),
        None => seen.get(at).cloned().flatten(),
    };
    let tongues = Tongues::new(all.len(), &kept);
    let (settings, found) = settings::read(&all, &tongues, &listing.root);
    problems.extend(found);
    fill_in(&mut all, &tongues, &settings);
    let mut assets = listing.assets;
    problems.extend(pictures::attach(&mut all, &mut assets, &sources, memory));
    problems.extend(unread::documents(&all, &assets, &sources));
    let own_words =
        listing.own_words.and_then(|path| disk::read(&path, disk::LARGEST).ok());
    let own_words = own_words.and_then(decode::decode).map(|words| words.text);
    let own_words = own_words.unwrap_or_default();
    let mut texts: Vec<Arc<Text>> = all.into_iter().map(Arc::new).collect();
    // They stand where the texts stood, which took more room.
    texts.shrink_to_fit();
    let assets = assets.into();
    let library = Library { sources, settings, texts, assets, own_words, tied };
    Loaded { library, problems }
}

/// Makes sources of what could be opened, and what the place of each says about it.
fn shelve(
    listing: &walk::Listing,
    opened: &[Known],
    problems: &mut Vec<Problem>,
) -> (Sources, Vec<Spot>) {
    let mut sources = Sources::default();
    let there = listing.texts.par_iter().zip(opened);
    let there = there.filter(|(_, opened)| opened.opened.is_ok());
    let spots = there.map(|(one, _)| spot(one, &listing.root)).collect();
    for (one, opened) in listing.texts.iter().zip(opened) {
        match &opened.opened {
            Ok(opened) => {
                let id = sources.add_shared(Arc::clone(&opened.source));
                let text = opened.source.text();
                problems.extend(opened.notes.iter().cloned().map(|(code, at)| {
                    let word = text.get(at.clone()).unwrap_or_default();
                    let problem = Problem::at(code, Span::new(id, at));
                    match code {
                        Code::B12 => {
                            let meant = letters::mended(word).unwrap_or_default();
                            problem.with("x", word).with("s", meant)
                        }
                        _ => problem,
                    }
                }));
            }
            Err(code) => problems.push(Problem::file(*code, &one.path)),
        }
    }
    (sources, spots)
}

/// Finds the sources on which more depends than a text of their own.
fn tied(
    listing: &walk::Listing,
    sources: &Sources,
    texts: &[Arc<texts::Made>],
) -> BTreeSet<SourceId> {
    let mut tied: BTreeSet<SourceId> =
        texts.iter().flat_map(|made| made.parts.iter().copied()).collect();
    for one in &listing.texts {
        let lies = one.on_disk.strip_prefix(&listing.root).unwrap_or(Path::new(""));
        if lies == Path::new(one.path.as_str()) {
            continue;
        }
        let lies = TextPath::new(&lies.to_string_lossy().replace('\\', "/"));
        tied.extend([&one.path, &lies].into_iter().filter_map(|path| sources.at(path)));
    }
    tied
}

/// Gives texts what the site says: a language, and the first page a title.
fn fill_in(texts: &mut [Text], tongues: &Tongues<'_>, settings: &crate::model::Settings) {
    let said = settings::says_language(texts.iter());
    texts.par_iter_mut().enumerate().for_each(|(at, text)| {
        if text.fields.lang(Key::Language).is_none() {
            // A site that says its language is trusted for all its texts.
            let own = if said { None } else { tongues.of(at, text) };
            text.lang = own.unwrap_or_else(|| settings.lang.clone());
        }
        texts::name(text, settings);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Value};
    use crate::problem::{Severity, Where};
    use std::io::Write;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::File::create(path).unwrap().write_all(bytes).unwrap();
        }
        dir
    }

    fn load(files: &[(&str, &str)]) -> Loaded {
        let files: Vec<(&str, &[u8])> =
            files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        read(folder(&files).path()).unwrap()
    }

    fn codes(loaded: &Loaded) -> Vec<Code> {
        loaded.problems.iter().map(|problem| problem.code).collect()
    }

    /// Every place lies inside its source.
    fn places_fit(loaded: &Loaded) {
        for problem in &loaded.problems {
            if let Where::Span(span) = problem.place {
                let text = loaded.library.sources.get(span.source).text();
                assert!(text.get(span.range()).is_some(), "{problem:?}");
            }
        }
    }

    #[test]
    fn titles_kinds_and_languages() {
        let loaded = load(&[
            ("site.md", "titel: Samen\ntaal: en\n\n"),
            ("index.md", "Welkom\n"),
            ("tips/01-kom-terug.md", "Tekst zonder kop.\n"),
            ("verhalen/a.md", "---\ntitel: \"Mijn  verhaal\"\ntaal: ar\n---\nTekst\n"),
        ]);
        let texts = &loaded.library.texts;
        let titles: Vec<&str> = texts.iter().map(|text| text.title.as_str()).collect();
        assert_eq!(titles, ["Samen", "Samen", "Kom terug", "Mijn verhaal"]);
        let kinds: Vec<Kind> = texts.iter().map(|text| text.kind).collect();
        assert_eq!(kinds, [Kind::Page, Kind::Site, Kind::Tip, Kind::Story]);
        let langs: Vec<&str> = texts.iter().map(|text| text.lang.tag()).collect();
        assert_eq!(langs, ["en", "en", "en", "ar"]);
        assert_eq!(codes(&loaded), []);
    }

    #[test]
    fn empty_broken_and_strange_files_are_named() {
        let dir = folder(&[
            ("leeg.md", b" \n\n"),
            ("bom.md", b"\xef\xbb\xbf# Hoi\n"),
            ("windows.md", b"# Caf\xe9\n"),
            ("foto.md", b"\xff\xd8\xff\xe0 foto"),
        ]);
        let loaded = read(dir.path()).unwrap();
        let mut found = codes(&loaded);
        found.sort();
        assert_eq!(found, [Code::B01, Code::B02, Code::B05, Code::B09]);
        assert_eq!(loaded.library.texts.len(), 2);
        places_fit(&loaded);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_story_or_a_plan_needs_the_same_yes() {
        use std::os::unix::fs::symlink;
        let dir = folder(&[
            ("verhalen/a.md", b"# A\n\nTekst\n"),
            ("plannen/noor/b.md", b"# B\n\nTekst\n"),
            ("tips/c.md", b"# C\n\nTekst\n"),
        ]);
        let link = |to: &str, at: &str| symlink(dir.path().join(to), dir.path().join(at));
        link("verhalen/a.md", "nieuws.md").unwrap();
        link("verhalen", "open").unwrap();
        link("plannen/noor", "tips/noor").unwrap();
        link("tips/c.md", "plannen/c.md").unwrap();
        let loaded = read(dir.path()).unwrap();
        let kinds: Vec<(&str, Kind)> = loaded
            .library
            .texts
            .iter()
            .map(|text| (text.path.as_str(), text.kind))
            .collect();
        let expected = [
            ("nieuws.md", Kind::Story),
            ("open/a.md", Kind::Story),
            ("plannen/c.md", Kind::Plan),
            ("plannen/noor/b.md", Kind::Plan),
            ("tips/c.md", Kind::Tip),
            ("tips/noor/b.md", Kind::Plan),
            ("verhalen/a.md", Kind::Story),
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn texts_on_no_disk_read_the_same() {
        let files = [
            ("delen/hulp.md", "Bel ons.\n"),
            ("site.md", "titel: Samen\n\n"),
            (
                "tips/a.md",
                "soort: tip\nkleur: rood\n\n# Kom terug\n\n[[invoegen: delen/hulp]]\n",
            ),
        ];
        let from_disk = load(&files);
        let bytes = files.map(|(path, text)| (path, text.as_bytes()));
        let from_bytes = read_bytes(&bytes);
        assert_eq!(codes(&from_disk), codes(&from_bytes));
        assert_eq!(from_disk.library.texts, from_bytes.library.texts);
    }

    #[test]
    fn settings_come_from_the_site_text() {
        let loaded = load(&[(
            "site.md",
            "---\ntitel: Samen\nadres: https://samen.nl/tips\ntalen: nl, ar\nsnel weg: javascript:x\nmenu:\n- Tips\n- Over ons: over.md\n---\n",
        )]);
        let settings = &loaded.library.settings;
        assert_eq!(settings.title, "Samen");
        assert_eq!(settings.address.as_deref(), Some("https://samen.nl/tips/"));
        assert_eq!(settings.langs.len(), 2);
        assert_eq!(settings.quick_exit, None);
        assert_eq!(settings.menu.len(), 2);
        assert_eq!(codes(&loaded), [Code::L07]);
    }

    #[test]
    fn the_picture_of_a_text_is_found_and_looked_at() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 2\"><rect width=\"4\" height=\"2\"/></svg>";
        let loaded = load(&[
            (
                "a.md",
                "---\ntitel: a\nbeeld: beelden/Stoel.SVG\nbeeld tekst: een stoel\n---\nx\n",
            ),
            ("b.md", "---\ntitel: b\nbeeld: weg.png\n---\nx\n"),
            ("c.md", "---\ntitel: c\nbeeld: ../../etc/x.png\n---\nx\n"),
            ("d.md", "---\ntitel: d\nbeeld: https://elders.nl/x.png\n---\nx\n"),
            ("e.md", "---\ntitel: e\nbeeld: stuk.png\n---\nx\n"),
            ("beelden/stoel.svg", svg),
            ("stuk.png", "geen foto"),
        ]);
        assert_eq!(codes(&loaded), [Code::I02, Code::L06, Code::I05, Code::I04]);
        let text = &loaded.library.texts[0];
        let picture = &text.pictures[text.image.unwrap().0 as usize];
        assert_eq!(picture.alt, "een stoel");
        let asset = loaded.library.asset(picture.asset.unwrap());
        assert_eq!(asset.facts.map(|facts| (facts.width, facts.height)), Some((4, 2)));
        places_fit(&loaded);
    }

    #[test]
    fn several_tips_in_one_file() {
        let loaded = load(&[(
            "tips.md",
            "---\nstemmen: ouder\nnummer: 9\n---\n# Tips van de avond\n\nVooraf.\n\n## Kom terug\n\nconcept tekst[^1] en [link](x.md).\n\n### Zo kan het\n\nDoe.\n\n## Luister\nStemmen: jongere\n\n![](a.png)\n\n[Ander](y.md)\n\n[^1]: Een noot met een [derde](z.md).\n",
        )]);
        let texts = &loaded.library.texts;
        let titles: Vec<&str> = texts.iter().map(|text| text.title.as_str()).collect();
        assert_eq!(titles, ["Tips van de avond", "Kom terug", "Luister"]);
        let kinds: Vec<Kind> = texts.iter().map(|text| text.kind).collect();
        assert_eq!(kinds, [Kind::Tips, Kind::Tip, Kind::Tip]);
        let parts: Vec<Option<&str>> =
            texts.iter().map(|text| text.part.as_deref()).collect();
        assert_eq!(parts, [None, Some("kom-terug"), Some("luister")]);
        assert!(texts[0].body.sections.is_empty() && !texts[0].body.lead.is_empty());
        let (first, second) = (&texts[1], &texts[2]);
        assert_eq!(
            (first.links.len(), first.notes.len(), first.pictures.len()),
            (2, 1, 0)
        );
        assert_eq!(
            (second.links.len(), second.notes.len(), second.pictures.len()),
            (1, 0, 1)
        );
        assert_eq!(first.body.sections[0].level, 2);
        assert_eq!(first.fields.number(Key::Number), None);
        let voice =
            |text: &Text| text.fields.list(Key::Voices).first().map(|(v, _)| v.clone());
        assert_eq!(voice(first).as_deref(), Some("ouder"));
        assert_eq!(voice(second).as_deref(), Some("jongere"));
        let loaded =
            load(&[("tips.md", "## Een\n\nTekst\n\n## Twee\nconcpt: ja\n\nTekst\n")]);
        let drafts: Vec<bool> = loaded
            .library
            .texts
            .iter()
            .map(|text| text.fields.is_yes(Key::Draft))
            .collect();
        assert_eq!(drafts, [false, false, true]);
    }

    #[test]
    fn pictures_in_the_body_need_a_file_and_a_description() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 2\"><rect width=\"4\" height=\"2\"/></svg>";
        let loaded = load(&[
            (
                "a.md",
                "![stoel](Mijn stoel.svg)\n\n![](Mijn stoel.svg)\n\n![](Mijn stoel.svg \"versiering\")\n\n![weg](weg.png)\n\n[[invoegen: delen/d.md]]\n",
            ),
            ("delen/d.md", "![tafel](tafel.svg)\n"),
            ("delen/tafel.svg", svg),
            ("mijn stoel.svg", svg),
        ]);
        let mut found = codes(&loaded);
        found.retain(|code| *code != Code::L02);
        found.sort();
        assert_eq!(found, [Code::I01, Code::I02]);
        let text = &loaded.library.texts[0];
        let assets: Vec<_> =
            text.pictures.iter().map(|p| p.asset.map(|id| id.0)).collect();
        assert_eq!(assets, [Some(1), Some(1), Some(1), None, Some(0)]);
        places_fit(&loaded);
    }

    #[test]
    fn an_included_text_is_never_wider_than_its_own_page() {
        let loaded = load(&[
            (
                "a.md",
                "Voor\n\n[[invoegen: verhalen/s.md]]\n\n[[invoegen: _x.md]]\n\n[[invoegen: c.md]]\n",
            ),
            ("verhalen/s.md", "Geheim verhaal\n"),
            ("_x.md", "---\nvoor: school\n---\nVoor school\n"),
            ("c.md", "---\nconcept: ja\n---\nNog niet\n"),
        ]);
        let text = &loaded.library.texts[0];
        let shown = format!("{:?}", text.body);
        assert!(!shown.contains("Nog niet"));
        let open: Vec<bool> = text
            .body
            .lead
            .iter()
            .filter_map(|block| match &block.kind {
                crate::model::BlockKind::Group { audience, .. } => {
                    Some(audience.is_everyone())
                }
                _ => None,
            })
            .collect();
        assert_eq!(open, [false, false]);
        assert_eq!(loaded.library.texts.len(), 3);
    }

    #[test]
    fn the_title_may_stand_above_the_keys() {
        let loaded =
            load(&[("verhalen/a.md", "# Mijn *verhaal*\ntoestemming: ja\n\nTekst\n")]);
        let text = &loaded.library.texts[0];
        assert_eq!(text.title, "Mijn verhaal");
        assert_eq!(text.fields.text(Key::Consent), Some("ja"));
    }

    #[test]
    fn the_sample_needs_no_heads_up() {
        let loaded =
            read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content"))).unwrap();
        let loud: Vec<&Problem> = loaded
            .problems
            .iter()
            .filter(|problem| problem.severity() > Severity::Hint)
            .collect();
        assert!(loud.is_empty(), "{loud:?}");
        let unread = |text: &Text| {
            text.fields.list.iter().any(|field| matches!(field.value, Value::Unread(_)))
                || !text.fields.extra.is_empty()
        };
        assert!(!loaded.library.all().any(unread));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn any_bytes_in_any_place_load(
            bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..120),
            text in "(---\n)?((titel|soort|voor|beeld|lezers|openbaar): \\PC{0,8}\n|## \\PC{0,6}\n|\\PC{0,20}\n|!\\[\\]\\(\\PC{0,6}\\)\n){0,10}",
            name in "(tips|verhalen|plannen|delen)/[a-z]{1,3}",
        ) {
            let first = format!("{name}.md");
            let dir = folder(&[(&first, &bytes), ("tips.md", text.as_bytes()), ("plannen/q.md", text.as_bytes())]);
            let loaded = read(dir.path()).unwrap();
            places_fit(&loaded);
        }
    }
}
