//! What a text says about itself: who tells a story, that they are fine with it, and which
//! fields of a text people read.

use crate::compose::Entry;
use crate::lang::{Lang, Table};
use crate::model::{Key, Kind};
use crate::text::{fold_key, redact};

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
            words.say("story.by-voice", &[("name", &name), ("voice", &redact(voice))])
        }
        _ => words.say("story.by", &[("name", &name)]),
    })
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
