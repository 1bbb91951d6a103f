//! What is typed is found, what may not be found is not there, and shards stay small.

use super::*;
use crate::model::*;
use std::borrow::Cow;
use std::collections::BTreeMap;

struct Sample {
    lang: Lang,
    settings: Settings,
    note: Note,
}

use crate::lang::Lang;

fn sample() -> Sample {
    Sample {
        lang: Lang::dutch(),
        settings: Settings::default(),
        note: Note {
            name: "a".into(),
            span: Default::default(),
            audience: Default::default(),
            blocks: Some(vec![paragraph(vec![text("verzwegen")])]),
        },
    }
}

fn text(words: &str) -> Inline {
    Inline { span: Default::default(), kind: InlineKind::Text(words.into()) }
}

fn paragraph(line: Vec<Inline>) -> Block {
    Block { span: Default::default(), kind: BlockKind::Paragraph(line) }
}

impl Sample {
    fn edition(&self, texts: &[(&str, &str)]) -> Edition<'_, ()> {
        let entry = |(at, (title, words)): (usize, &(&str, &str))| {
            let lead = vec![paragraph(vec![text(words)])];
            let body = Cow::Owned(Body { lead, ..Body::default() }.into());
            let address = format!("tips/{at:05}.html");
            crate::compose::Entry {
                summary: (*words).to_string(),
                notes: BTreeMap::from([(NoteId(0), Box::new(self.note.clone()))]),
                listed: !title.starts_with('_'),
                ..crate::compose::Entry::sample(
                    Kind::Tip,
                    title,
                    &self.lang,
                    &address,
                    body,
                )
            }
        };
        let entries = texts.iter().enumerate().map(entry).collect();
        Edition::sample(&self.settings, entries)
    }
}

/// All files of the first language.
fn made(texts: &[(&str, &str)], shards: Option<usize>) -> Vec<String> {
    let sample = sample();
    let edition = sample.edition(texts);
    let mut plan = plans(&edition).remove(0);
    plan.shards = shards.unwrap_or(plan.shards);
    let mut files = scripts(&edition, &plan, None);
    assert_eq!(files.len(), plan.names().len());
    files.extend(plan.passages().map(|(name, id)| running(&name, edition.entry(id))));
    files.into_iter().map(|file| String::from_utf8(file).unwrap()).collect()
}

#[test]
fn words_that_were_noted_make_the_same_index() {
    let sample = sample();
    let texts = [("Luisteren", "één ½ foto’s"), ("x", "zij luistert, zij"), ("Y", "y")];
    let edition = sample.edition(&texts);
    let plan = plans(&edition).remove(0);
    let open = |kept: &[u8]| {
        Drawer::open(Box::new(kept.to_vec()), b"program", |bytes| {
            bytes.fill(5);
            Ok(())
        })
    };
    // Of one text nobody can tell what it is made of.
    let sum = |id: EntryId| (id.0 != 1).then_some([id.0 as u8; 32]);
    let made = |drawer: &Drawer| {
        let kept = Kept { drawer, sum: Box::new(sum) };
        scripts(&edition, &plan, Some(&kept))
    };
    let cold = scripts(&edition, &plan, None);
    let first = open(&[]);
    assert_eq!(made(&first), cold);
    let notes = first.fresh().expect("words were noted").pieces.concat();
    let second = open(&notes);
    assert_eq!(made(&second), cold);
    assert_eq!(second.fresh(), None, "all were found");
    // What is noted is what counts.
    let others = [("Luisteren", "iets anders"), ("x", "zij luistert, zij"), ("Y", "y")];
    let others = sample.edition(&others);
    let kept = Kept { drawer: &open(&notes), sum: Box::new(sum) };
    let files = scripts(&others, &plan, Some(&kept)).into_iter();
    let files: Vec<String> = files.map(|file| String::from_utf8(file).unwrap()).collect();
    assert!(!read(&files).contains_key("anders"));
}

/// Reads the words of the shards back as the browser does: word → texts.
fn read(files: &[String]) -> BTreeMap<String, Vec<u32>> {
    let mut words: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.starts_with("boekjeZoek(\"nl-w")) {
        let shard = file.split_once(",\"").unwrap().1.trim_end_matches("\");\n");
        let (mut known, mut last) = (Vec::new(), String::new());
        for entry in shard.split(' ').filter(|entry| !entry.is_empty()) {
            let at = entry.find(['=', '.']).unwrap();
            let same = usize::from_str_radix(&entry[..1], 36).unwrap();
            last = last.chars().take(same).chain(entry[1..at].chars()).collect();
            let rest = &entry[at + 1..];
            let postings = if entry[at..].starts_with('=') {
                known.push(rest);
                rest
            } else {
                known[usize::from_str_radix(rest, 36).unwrap()]
            };
            let mut text = -1i64;
            let mut found = Vec::new();
            for piece in postings.trim_start_matches('*').split_inclusive(|_| true) {
                if piece.starts_with(|c: char| c.is_ascii_uppercase()) {
                    found.push(String::new());
                } else {
                    found.last_mut().unwrap().push_str(piece);
                }
            }
            let list = words.entry(last.clone()).or_default();
            for distance in found {
                text += if distance.is_empty() {
                    1
                } else {
                    i64::from_str_radix(&distance, 36).unwrap()
                };
                list.push(text as u32);
            }
        }
    }
    words
}

#[test]
fn every_form_of_a_word_leads_to_every_text() {
    let texts = [
        ("Luisteren", "één"),
        ("x", "zij luistert"),
        ("Niets", "een"),
        ("_Weg", "luister geheim"),
    ];
    for shards in [1, 3, 7] {
        let files = made(&texts, Some(shards));
        let words = read(&files);
        assert_eq!(words["luisteren"], [0, 1]);
        assert_eq!(words["luistert"], [0, 1]);
        assert!(words["een"].contains(&0) && words["een"].contains(&2), "{words:?}");
        assert!(!files.concat().contains("geheim"), "what is not listed is not there");
        assert!(
            !files.concat().contains("verzwegen"),
            "a note nobody marks is not there"
        );
    }
}

#[test]
fn heads_say_where_a_word_stands() {
    // One word weighs more than several shards; that leaves no hole in the middle.
    let vocabulary: Vec<String> =
        (0..9000).map(|at| format!("w{:04x}", at * 7)).collect();
    let all = vocabulary.join(" ");
    let mut texts = vec![("w5000", "w5000"); 20_000];
    texts.push(("t", &all));
    let files = made(&texts, Some(20));
    let firsts: Vec<String> = serde_json::from_str(
        files[0]
            .split("\"w\":")
            .nth(1)
            .unwrap()
            .split("]")
            .next()
            .map(|l| format!("{l}]"))
            .unwrap()
            .as_str(),
    )
    .unwrap();
    assert!((5..20).contains(&firsts.len()), "{firsts:?}");
    let shards: Vec<_> = (1..=20).map(|at| read(&files[at..at + 1])).collect();
    for word in &vocabulary {
        let at = firsts.iter().rposition(|first| first <= word).unwrap_or(0);
        assert!(shards[at].contains_key(word), "{word} in {at} of {firsts:?}");
    }
}

#[test]
fn nothing_typed_ends_the_script() {
    let bad = "</script><script>\u{2028}\"\\";
    let files = made(&[(bad, bad)], None).concat();
    assert!(!files.contains('<') && !files.contains('\u{2028}'));
    assert!(files.contains("\\u003c/script>\\u003cscript>\\u2028\\\"\\\\"));
}

#[test]
fn service_numbers_are_not_found() {
    let files = made(&[("Mijn 123456782", "nummer 123.456.782")], None).concat();
    assert!(!files.contains("123") && files.contains("▇▇▇"));
}

#[test]
fn no_texts_no_files_and_the_same_bytes_twice() {
    let sample = sample();
    assert!(plans(&sample.edition(&[])).is_empty());
    let many: Vec<(String, String)> = (0..200)
        .map(|at| (format!("t{at}"), format!("a{} b{} c", at % 7, at % 3)))
        .collect();
    let texts: Vec<(&str, &str)> =
        many.iter().map(|(title, words)| (title.as_str(), words.as_str())).collect();
    assert_eq!(made(&texts, Some(5)), made(&texts, Some(5)));
}
