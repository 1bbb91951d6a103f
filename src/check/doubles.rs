//! B11: two texts of one folder that are mostly the same: one of them is probably the
//! older one.
//!
//! Only texts with the same title, or with names that differ in no more than a mark
//! (`DEF2`, `_oud`, `(1)`, `- Laptop van Bert`), are compared, by the words they have.

use super::lines::Lines;
use super::lines::lines;
use super::rule::{Ground, Rule};
use crate::model::{Kind, Text};
use crate::problem::{Code, Problem};
use crate::text::{SourceId, Span, fold};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

/// Fewer words say too little.
const FEWEST: usize = 12;

/// What people put behind the name of another version, folded.
const MARKS: [&str; 24] = [
    "def",
    "definitief",
    "final",
    "eind",
    "eindversie",
    "oud",
    "oude",
    "old",
    "nieuw",
    "nieuwe",
    "new",
    "kopie",
    "copy",
    "versie",
    "version",
    "v",
    "concept",
    "draft",
    "klad",
    "backup",
    "bak",
    "laatste",
    "latest",
    "gecorrigeerd",
];

struct Doubles<'a> {
    /// Of each text that is mostly another one: the name of that.
    of: BTreeMap<SourceId, &'a str>,
}

pub(super) fn make<'a>(ground: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    let library = ground.library;
    let mut of = BTreeMap::new();
    // The first text of each title and of each name; its words, once somebody asks.
    let mut first: BTreeMap<(&str, bool, String), &Text> = BTreeMap::new();
    let mut words: BTreeMap<SourceId, BTreeSet<String>> = BTreeMap::new();
    for text in library.all().filter(|text| is_compared(text)) {
        for (by_title, key) in [(true, fold(text.title.trim())), (false, stem_key(text))]
        {
            if key.is_empty() {
                continue;
            }
            let other = match first.entry((text.path.folder(), by_title, key)) {
                Entry::Vacant(entry) => {
                    entry.insert(text);
                    continue;
                }
                Entry::Occupied(entry) => *entry.get(),
            };
            if other.source == text.source || of.contains_key(&text.source) {
                continue;
            }
            for one in [text, other] {
                words.entry(one.source).or_insert_with(|| {
                    let lines = lines(one, &library.sources);
                    lines.iter().flat_map(|line| words_of(&line.text)).collect()
                });
            }
            if are_alike(&words[&text.source], &words[&other.source]) {
                of.insert(text.source, other.path.name());
            }
        }
    }
    Box::new(Doubles { of })
}

/// Texts with parts share a file, and settings are no text.
fn is_compared(text: &Text) -> bool {
    text.part.is_none() && !matches!(text.kind, Kind::Site | Kind::Booklet)
}

fn words_of(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(fold).collect()
}

/// Tells whether at least three of four words are in both.
fn are_alike(left: &BTreeSet<String>, right: &BTreeSet<String>) -> bool {
    let both = left.intersection(right).count();
    let all = left.len() + right.len() - both;
    left.len().min(right.len()) >= FEWEST && both * 4 >= all * 3
}

/// Returns the name of a file without what marks it as another version.
fn stem_key(text: &Text) -> String {
    let stem = fold(text.path.stem());
    // `verhaal - Laptop van Bert`
    let bare = stem.rsplit_once(" - ").map_or(stem.as_str(), |(name, _)| name);
    let bare = ["kopie van ", "copy of "]
        .iter()
        .find_map(|one| bare.strip_prefix(one))
        .unwrap_or(bare);
    let mut words: Vec<&str> = bare
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    while words.len() > 1 && words.last().is_some_and(|word| is_mark(word)) {
        words.pop();
    }
    words.join(" ")
}

/// Tells whether a word only says which version it is: `def2`, `oud`, `1`.
fn is_mark(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.is_empty() || MARKS.contains(&letters)
}

impl Rule for Doubles<'_> {
    fn text(&self, text: &Text, _: &Lines<'_>, found: &mut Vec<Problem>) {
        let Some(other) = self.of.get(&text.source) else { return };
        let place = Span::new(text.source, 0..0);
        let problem = Problem::at(Code::B11, place).with("f", text.path.name());
        found.push(problem.with("g", *other));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::page;
    use crate::text::TextPath;

    fn key(name: &str) -> String {
        stem_key(&Text { path: TextPath::new(name), ..page() })
    }

    #[test]
    fn names_without_what_marks_a_version() {
        for name in [
            "mijn-dag.md",
            "Mijn dag DEF2.md",
            "mijn_dag_oud.md",
            "Mijn dag - Laptop van Bert.md",
            "mijn dag (1).md",
            "mijn dag kopie 2.md",
            "kopie van mijn dag v3 definitief.md",
        ] {
            assert_eq!(key(name), "mijn dag", "{name}");
        }
        assert_eq!(key("oud.md"), "oud");
        assert_eq!(key("mijn dagen.md"), "mijn dagen");
    }

    #[test]
    fn mostly_the_same_words() {
        let words = |text: &str| words_of(text);
        let one = words("Ik liep weg van huis en ik kwam die avond weer terug bij oma.");
        assert!(are_alike(
            &one,
            &words("Ik liep weg van huis en kwam die avond terug bij oma!")
        ));
        assert!(!are_alike(
            &one,
            &words("Wij eten elke vrijdag soep met brood en daarna een appel.")
        ));
        assert!(!are_alike(&words("Tot morgen"), &words("Tot morgen")));
    }
}
