//! Rows that pages share: voices and terms.

use super::edition::{Term, VoiceRow};
use super::places::Places;
use crate::kind::abroad;
use crate::kind::words::{VOICES, named_voice, voice_words};
use crate::model::{
    BlockKind, Body, Key, Kind, Library, Section, TextId, Tree, first_paragraph, plain,
    walk_blocks,
};
use crate::text::{fold, is_comma};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Returns the voices: the built-in ones, renamed and explained by the texts of kind
/// *voices*, and the ones those texts add.
pub(super) fn voices<'a>(
    library: &Library,
    bodies: &BTreeMap<TextId, Cow<'a, Tree>>,
) -> Vec<VoiceRow> {
    let mut rows: Vec<VoiceRow> = VOICES
        .iter()
        .map(|voice| VoiceRow {
            name: voice.name.into(),
            word: String::new(),
            meaning: String::new(),
            typed: (voice.typed.iter().chain(voice.also))
                .map(|word| (*word).to_string())
                .chain(voice_words(voice.name))
                .chain(abroad::voices(voice.name))
                .collect(),
        })
        .collect();
    let mut own = 0;
    for (id, body) in bodies {
        if library.text(*id).kind != Kind::Voices {
            continue;
        }
        for (word, meaning) in named_lines(body) {
            // `oma` is one of the network, until a text makes a voice of her own.
            let folded = fold(&word);
            let known = named_voice(&word).map(|voice| voice.name);
            match rows.iter_mut().find(|row| Some(row.name.as_str()) == known) {
                Some(row) => {
                    row.word = word;
                    row.meaning = meaning;
                }
                None => {
                    // Four shapes of our own are enough to tell voices apart.
                    own = own % 4 + 1;
                    for row in &mut rows {
                        row.typed.retain(|typed| *typed != folded);
                    }
                    let typed = vec![folded];
                    rows.push(VoiceRow {
                        name: format!("own-{own}"),
                        word,
                        meaning,
                        typed,
                    });
                }
            }
        }
    }
    rows
}

/// Returns list items `Naam: uitleg` as pairs.
fn named_lines(body: &Body) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    walk_blocks(body, &mut |block| {
        let BlockKind::List { items, .. } = &block.kind else { return };
        for item in items {
            let Some(text) = first_paragraph(&item.blocks) else { continue };
            let (word, meaning) = text.split_once(':').unwrap_or((&text, ""));
            if !word.trim().is_empty() {
                lines.push((word.trim().to_string(), meaning.trim().to_string()));
            }
        }
    });
    lines
}

/// Returns the terms of the glossary: each heading of a text of kind *words*.
pub(super) fn terms<'a>(
    library: &Library,
    places: &Places,
    bodies: &BTreeMap<TextId, Cow<'a, Tree>>,
) -> Vec<Term> {
    let mut terms = Vec::new();
    for (id, body) in bodies {
        let (Kind::Words, Some(address)) = (library.text(*id).kind, places.of.get(id))
        else {
            continue;
        };
        for part in &body.sections {
            let title = plain(&part.title).trim().to_string();
            if title.is_empty() {
                continue;
            }
            terms.push(Term {
                also: also(part),
                address: address.clone(),
                anchor: part.id.clone(),
                meaning: shortened(
                    &first_paragraph(&part.blocks).unwrap_or_default(),
                    200,
                ),
                title,
            });
        }
    }
    terms
}

/// Returns the other forms of a term (`Ook: a, b`).
fn also(part: &Section) -> Vec<String> {
    part.attributes
        .iter()
        .filter(|one| one.key == Some(Key::Also))
        .flat_map(|one| {
            plain(&one.value)
                .split(is_comma)
                .map(|form| form.trim().to_string())
                .filter(|form| !form.is_empty())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Shortens words to at most `longest` characters, at the end of a word.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= longest {
        return text;
    }
    let cut: String = text.chars().take(longest).collect();
    let end = cut.rfind(' ').filter(|&at| at > longest / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortening_ends_at_a_word() {
        assert_eq!(shortened("een  twee", 20), "een twee");
        assert_eq!(shortened("een twee drie vier", 12), "een twee…");
        assert_eq!(shortened(&"é".repeat(30), 10), format!("{}…", "é".repeat(10)));
    }
}
