//! What a text says about itself: who tells a story, that they are fine with it, and which
//! fields of a text people read.

use crate::compose::Entry;
use crate::kind::words::named_voice;
use crate::lang::{self, Lang, Table};
use crate::model::{Key, Kind};
use crate::text::{fold, fold_key, redact};
use std::borrow::Cow;

/// Returns who tells a story: "Verteld door Mees, jongere". `None` for other kinds.
pub(super) fn by(entry: &Entry<'_>, words: &Table) -> Option<String> {
    if entry.kind != Kind::Story {
        return None;
    }
    let Some(name) = teller(entry) else {
        return Some(words.get("story.by-nobody").to_string());
    };
    Some(match entry.fields.list(Key::Voices) {
        [(voice, _)] => {
            let voice = spoken(voice, words);
            words.say("story.by-voice", &[("name", &name), ("voice", &redact(&voice))])
        }
        _ => words.say("story.by", &[("name", &name)]),
    })
}

/// Returns a voice as it stands behind a name, in the language of some words: `jongere` is
/// من الشباب on an Arabic page. What is no name of a built-in voice stays as it was typed.
fn spoken<'t>(typed: &'t str, words: &Table) -> Cow<'t, str> {
    let Some(voice) = named_voice(typed) else { return typed.into() };
    let key = format!("voice.{}", voice.name);
    // Other forms of the word, in the language of the page, are fine as they are: `moeder`.
    let is_form = matches!(words.get("lang"), "nl" | "en")
        && !is_word_elsewhere(typed, words, &key)
        && fold(typed.trim()) != fold(words.get(&key));
    match is_form {
        true => typed.into(),
        false => words.get(&format!("voice-after.{}", voice.name)).to_string().into(),
    }
}

/// Tells whether a voice was typed in the words of another language of ours.
fn is_word_elsewhere(typed: &str, words: &Table, key: &str) -> bool {
    let typed = fold(typed.trim());
    let others = lang::written().filter(|tag| *tag != words.get("lang"));
    others.filter_map(Lang::read).any(|lang| fold(lang.words().get(key)) == typed)
}

/// Returns the sentences on consent, each whole.
pub(super) fn consent(entry: &Entry<'_>, words: &Table) -> Vec<String> {
    if entry.kind != Kind::Story {
        return Vec::new();
    }
    let fields = &entry.fields;
    let teller = teller(entry);
    let mut said = Vec::new();
    if fields.is_yes(Key::Fictional) {
        said.push(words.get("story.made-up").to_string());
    } else {
        said.push(match &teller {
            Some(name) => words.say("story.consent", &[("name", name)]),
            None => words.get("story.consent-nobody").to_string(),
        });
        for (key, sentence) in [
            (Key::ConsentOn, "story.consent-on"),
            (Key::ConsentUntil, "story.consent-until"),
        ] {
            if let Some(date) = fields.date(key) {
                said.push(words.say(sentence, &[("date", &day(words, date))]));
            }
        }
    }
    if let Some(name) = &teller {
        let kind = fold_key(fields.text(Key::NameIs).unwrap_or_default());
        if ["schuil", "pseudo", "madeup"].iter().any(|word| kind.contains(word)) {
            said.push(words.say("story.pseudonym", &[("name", name)]));
        } else if ["eigen", "own"].iter().any(|word| kind.contains(word)) {
            said.push(words.say("story.own-name", &[("name", name)]));
        }
    }
    if !fields.is_yes(Key::Fictional) {
        said.push(words.get("story.stop").to_string());
    }
    said
}

/// Returns a day in the language of some words.
pub(super) fn day(words: &Table, date: jiff::civil::Date) -> String {
    Lang::read(words.get("lang")).unwrap_or_else(Lang::dutch).day(date)
}

/// Returns the fields a kind shows as rows, in order.
pub(super) fn shown(kind: Kind) -> &'static [Key] {
    match kind {
        Kind::Plan => &[
            Key::Plan,
            Key::Of,
            Key::MadeOn,
            Key::UpdatedOn,
            Key::ReviewOn,
            Key::Coordinator,
            Key::Contact,
        ],
        Kind::Story => &[Key::LifeArea, Key::Source],
        Kind::Tip | Kind::Tips => &[Key::Source],
        Kind::Booklet => &[Key::Publisher, Key::Year, Key::Isbn, Key::License],
        _ => &[Key::Source, Key::UpdatedOn],
    }
}

/// Reads a field that is one link as people type them, `[words](address)`: its words and where
/// it leads.
pub(super) fn link(typed: &str) -> Option<(&str, &str)> {
    let (words, rest) = typed.trim().strip_prefix('[')?.split_once("](")?;
    let address = rest.strip_suffix(')')?.trim();
    let whole = !words.trim().is_empty() && !words.contains(['[', ']']);
    (whole && !address.contains([' ', '[', ']'])).then_some((words.trim(), address))
}

/// Returns the name of the teller; `None` when they stay unknown.
fn teller(entry: &Entry<'_>) -> Option<String> {
    let unknown = |typed: &str| {
        matches!(
            fold_key(typed).as_str(),
            "anoniem" | "anonymous" | "onbekend" | "unknown"
        )
    };
    if entry.fields.text(Key::NameIs).is_some_and(unknown) {
        return None;
    }
    let name = entry.fields.text(Key::Teller).filter(|name| !unknown(name))?;
    Some(redact(name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voice_is_said_in_the_words_of_the_page() {
        for (typed, tag, said) in [
            ("jongere", "nl", "jongere"),
            ("moeder", "nl", "moeder"),
            ("jongere", "de", "junger Mensch"),
            ("ouder", "de", "Elternteil"),
            ("ouder", "ar", "من الأهل"),
            ("netwerk", "nl", "uit het netwerk"),
            ("ervaringsdeskundige", "en", "expert by experience"),
            ("parents", "en", "parents"),
            ("ouder", "en", "parent"),
            ("de klas", "ar", "de klas"),
        ] {
            let lang = Lang::read(tag).expect("a language of ours");
            assert_eq!(spoken(typed, lang.words()), said, "{typed} in {tag}");
        }
    }

    #[test]
    fn a_source_may_be_a_link_with_words() {
        assert_eq!(
            link("[De avond](https://a.nl/b)"),
            Some(("De avond", "https://a.nl/b"))
        );
        for typed in ["De avond", "[De avond]", "[a](b) en [c](d)", "[](https://a.nl)"] {
            assert_eq!(link(typed), None, "{typed}");
        }
    }
}
