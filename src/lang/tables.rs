//! The tables of one language, read once from the files in the binary.

use super::{Row, Speech, TABLES};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Words or sentences by key. Keys with a dot are sections: `kind.tip`.
#[derive(Debug, Default)]
pub struct Table {
    words: BTreeMap<String, String>,
}

impl Table {
    /// Returns the sentence for `key`; the key itself when there is none, so that a gap
    /// shows and nothing stops. A test proves there are no gaps.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// Returns the sentence for `key` with its `{placeholders}` filled.
    pub fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        fill(self.get(key), args)
    }

    /// Returns all pairs, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.words.iter().map(|(key, word)| (key.as_str(), word.as_str()))
    }

    /// Returns this table with the words of `toml` in place of its own: a theme's.
    pub fn with(&self, toml: &str) -> Result<Table, toml::de::Error> {
        let own: toml::Table = toml.parse()?;
        let mut table = Table { words: self.words.clone() };
        table.flatten("", &own);
        Ok(table)
    }

    /// Returns the words of `toml` that this table has no place for.
    pub fn only(&self, toml: &str) -> Result<Table, toml::de::Error> {
        let mut own = Table::default();
        own.flatten("", &toml.parse()?);
        own.words.retain(|key, _| !self.words.contains_key(key));
        Ok(own)
    }

    fn read(toml: &str) -> Table {
        let value: toml::Table = toml
            .parse()
            .expect("a language table in the binary is TOML; a test reads them all");
        let mut table = Table::default();
        table.flatten("", &value);
        table
    }

    fn flatten(&mut self, prefix: &str, table: &toml::Table) {
        for (key, value) in table {
            let key =
                if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            match value {
                toml::Value::Table(inner) => self.flatten(&key, inner),
                toml::Value::String(word) => {
                    self.words.insert(key, word.clone());
                }
                _ => {}
            }
        }
    }
}

/// What one problem says, with `{placeholders}`.
#[derive(Debug, Deserialize, Clone, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// What we saw.
    pub see: String,
    /// What we did about it now.
    pub now: String,
    /// What you can do; empty when there is nothing to do.
    #[serde(default)]
    pub you: String,
    /// Why this message exists, for `boekje explain`.
    pub why: String,
    /// A small text that brings it up.
    pub example: String,
    /// The same text put right.
    pub better: String,
}

/// The sentences of all problems, by code.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Sentences {
    /// Code → sentence.
    pub by_code: BTreeMap<String, Sentence>,
}

impl Sentences {
    /// Returns the sentence of a code. A test proves that every code has one.
    pub fn get(&self, code: &str) -> Option<&Sentence> {
        self.by_code.get(code)
    }
}

/// Fills `{name}` in a sentence. Names without a value stay as they are.
pub fn fill(sentence: &str, args: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        filled.push_str(before);
        let value = after.find('}').and_then(|close| {
            let name = &after[1..close];
            args.iter().find(|(key, _)| *key == name).map(|(_, value)| (close, *value))
        });
        match value {
            Some((close, value)) => {
                filled.push_str(value);
                rest = &after[close + 1..];
            }
            None => {
                filled.push('{');
                rest = &after[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// One language's tables, each read when it is first asked for.
#[derive(Default)]
struct Tables {
    words: OnceLock<Table>,
    terminal: OnceLock<Table>,
    preview: OnceLock<Table>,
    sentences: OnceLock<Sentences>,
}

/// Returns the tables of `primary` with their row; of English where there are none that
/// `fits`.
fn tables(primary: &str, fits: fn(&Row) -> bool) -> (&'static Row, &'static Tables) {
    static ALL: OnceLock<Vec<Tables>> = OnceLock::new();
    let all = ALL.get_or_init(|| TABLES.iter().map(|_| Tables::default()).collect());
    let find = |name: &str| TABLES.iter().position(|row| row.tag == name && fits(row));
    let at = find(primary).or_else(|| find("en")).unwrap_or(0);
    (&TABLES[at], &all[at])
}

pub(super) fn words(primary: &str) -> &'static Table {
    let (row, tables) = tables(primary, |_| true);
    tables.words.get_or_init(|| Table::read(row.pages))
}

pub(super) fn terminal(primary: &str) -> &'static Table {
    let (speech, tables) = speech(primary);
    tables.terminal.get_or_init(|| Table::read(speech.map_or("", |all| all.terminal)))
}

pub(super) fn preview(primary: &str) -> &'static Table {
    let (speech, tables) = speech(primary);
    tables.preview.get_or_init(|| Table::read(speech.map_or("", |all| all.preview)))
}

pub(super) fn sentences(primary: &str) -> &'static Sentences {
    let (speech, tables) = speech(primary);
    tables.sentences.get_or_init(|| {
        toml::from_str(speech.map_or("", |all| all.problems))
            .expect("a table of sentences in the binary is TOML; a test reads them all")
    })
}

fn speech(primary: &str) -> (Option<&'static Speech>, &'static Tables) {
    let (row, tables) = tables(primary, |row| row.speech.is_some());
    (row.speech.as_ref(), tables)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn placeholders(sentence: &str) -> BTreeSet<&str> {
        sentence
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}').map(|(name, _)| name))
            .collect()
    }

    #[test]
    fn french_marks_stay_with_their_word() {
        for (key, word) in words("fr").iter() {
            let alone = [" :", " ;", " ?", " !", " »", "« "];
            let loose = alone.iter().find(|mark| word.contains(**mark));
            assert_eq!(loose, None, "{key}: a line may end before the mark");
        }
    }

    #[test]
    fn all_languages_have_the_same_keys_and_placeholders() {
        let keys = |table: &Table| {
            table
                .iter()
                .map(|(key, word)| {
                    let names: Vec<String> =
                        placeholders(word).into_iter().map(String::from).collect();
                    (key.to_string(), names)
                })
                .collect::<Vec<_>>()
        };
        for row in TABLES {
            similar(row.tag, keys(words("nl")), keys(words(row.tag)));
            assert_eq!(words(row.tag).get("lang"), row.tag);
            if row.speech.is_none() {
                continue;
            }
            similar(row.tag, keys(terminal("nl")), keys(terminal(row.tag)));
            similar(row.tag, keys(preview("nl")), keys(preview(row.tag)));
            let shape = |sentences: &Sentences| {
                let shape = |(code, said): (&String, &Sentence)| {
                    let names = placeholders(&said.see)
                        .union(&placeholders(&said.now))
                        .map(|name| (*name).to_string())
                        .collect::<Vec<_>>();
                    (code.clone(), names)
                };
                sentences.by_code.iter().map(shape).collect::<Vec<_>>()
            };
            similar(row.tag, shape(sentences("nl")), shape(sentences(row.tag)));
        }
    }

    fn similar(
        tag: &str,
        left: Vec<(String, Vec<String>)>,
        right: Vec<(String, Vec<String>)>,
    ) {
        for pair in &left {
            assert!(right.contains(pair), "{tag} lacks or differs in {pair:?}");
        }
        for pair in &right {
            assert!(left.contains(pair), "{tag} has too much: {pair:?}");
        }
    }

    #[test]
    fn a_language_for_pages_only_speaks_english_elsewhere() {
        assert_eq!(words("ar").get("kind.story"), "قصة");
        assert!(std::ptr::eq(terminal("ar"), terminal("en")));
        assert!(std::ptr::eq(preview("ar"), preview("en")));
        assert!(std::ptr::eq(words("so"), words("en")));
    }

    #[test]
    fn filling() {
        assert_eq!(fill("a {x} {y}", &[("x", "{y}")]), "a {y} {y}");
        assert_eq!(fill("{", &[]), "{");
    }
}
