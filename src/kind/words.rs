//! Fixed words people type inside a text: status, callout labels, yes and no, voices.

use super::abroad;
use crate::lang::{self, Lang};
use crate::model::{Callout, Status};
use crate::text::fold;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Reads a status word; `mislukt` is read as "niet gelukt". `None` when unknown.
pub fn read_status(typed: &str) -> Option<Status> {
    let folded = fold(typed.trim());
    let typed = folded.trim_end_matches(['.', '!']);
    Some(match typed {
        "nog niet begonnen" | "niet begonnen" | "nog doen" | "not started"
        | "not yet started" | "to do" | "todo" => Status::NotStarted,
        "loopt" | "bezig" | "running" | "ongoing" | "in progress" => Status::Running,
        "wacht" | "wachten" | "waiting" | "on hold" => Status::Waiting,
        "gelukt" | "klaar" | "gedaan" | "af" | "done" | "worked" => Status::Done,
        "veranderd" | "anders" | "changed" => Status::Changed,
        "gestopt" | "stopped" => Status::Stopped,
        "niet gelukt" | "mislukt" | "did not work out" | "not worked" | "failed" => {
            Status::NotWorked
        }
        _ => return said_status(typed),
    })
}

/// Reads a folded status in the words of our languages.
fn said_status(folded: &str) -> Option<Status> {
    static WORDS: OnceLock<BTreeMap<String, Status>> = OnceLock::new();
    let key = |one: Status| format!("status.{}", one.name());
    let words = WORDS.get_or_init(|| said(abroad::states(), &Status::ALL, key));
    words.get(folded).copied()
}

/// Reads the folded label of a callout in the words of our languages.
fn said_callout(folded: &str) -> Option<Callout> {
    static WORDS: OnceLock<BTreeMap<String, Callout>> = OnceLock::new();
    let key = |one: Callout| format!("callout.{}", callout_name(one));
    let words = WORDS.get_or_init(|| said(abroad::callouts(), &Callout::ALL, key));
    words.get(folded).copied()
}

/// Gathers words, folded: those of our pages in every language, under `key`, and others.
fn said<T: Copy>(
    other: impl Iterator<Item = (T, &'static str)>,
    all: &[T],
    key: impl Fn(T) -> String,
) -> BTreeMap<String, T> {
    let tables: Vec<Lang> = lang::ours().collect();
    let own = all.iter().flat_map(|one| {
        let key = key(*one);
        tables.iter().map(move |lang| (fold(lang.words().get(&key)), *one))
    });
    other.map(|(one, word)| (fold(word), one)).chain(own).collect()
}

/// The labels of callouts, folded.
const CALLOUTS: &[(Callout, &[&str])] = &[
    (
        Callout::Attention,
        &[
            "let op",
            "belangrijk",
            "pas op",
            "note well",
            "important",
            "warning",
            "caution",
            "attention",
            "waarschuwing",
        ],
    ),
    (Callout::Try, &["probeer eens", "probeer dit", "tip", "try this", "try", "hint"]),
    (Callout::RatherNot, &["liever niet", "rather not", "better not"]),
    (Callout::Question, &["vraag", "question", "faq", "help"]),
    (Callout::Example, &["voorbeeld", "example", "note", "info", "opmerking"]),
    (Callout::Learned, &["geleerd", "learned", "wat we leerden", "success", "done"]),
    (Callout::Crisis, &["crisis", "danger", "nood"]),
];

/// Reads the label of a callout, without its colon.
pub fn read_callout(label: &str) -> Option<Callout> {
    let label = fold(label.trim());
    CALLOUTS
        .iter()
        .find(|(_, words)| words.contains(&label.as_str()))
        .map(|(one, _)| *one)
        .or_else(|| said_callout(&label))
}

/// Returns the name templates and word tables (`callout.<name>`) know it by.
pub fn callout_name(callout: Callout) -> &'static str {
    match callout {
        Callout::Attention => "attention",
        Callout::Try => "try",
        Callout::RatherNot => "rather-not",
        Callout::Question => "question",
        Callout::Example => "example",
        Callout::Learned => "learned",
        Callout::Crisis => "crisis",
    }
}

/// Lines through the letter before them: who strikes out a yes takes it back.
const STRUCK: std::ops::RangeInclusive<char> = '\u{334}'..='\u{338}';

/// Reads yes or no in Dutch or English.
pub fn read_yes(typed: &str) -> Option<bool> {
    if typed.chars().any(|c| STRUCK.contains(&c)) {
        return None;
    }
    match fold(typed.trim()).trim_end_matches(['.', '!']) {
        "ja" | "yes" | "aan" | "on" | "true" | "waar" | "wel" => Some(true),
        "nee" | "no" | "uit" | "off" | "false" | "onwaar" | "niet" | "neen" => {
            Some(false)
        }
        _ => None,
    }
}

/// A voice everybody knows: what marks it besides colour are its word and its shape.
#[derive(Debug)]
pub struct BuiltInVoice {
    /// Name templates, CSS and word tables (`voice.<name>`) know it by.
    pub name: &'static str,
    /// Its own names, folded; Dutch first.
    pub typed: &'static [&'static str],
    /// Who else speaks with this voice, folded, unless a text makes a voice of their own.
    pub also: &'static [&'static str],
}

/// The built-in voices. A text of kind *voices* adds more.
pub const VOICES: &[BuiltInVoice] = &[
    BuiltInVoice {
        name: "young",
        typed: &["jongere", "jongeren", "young person", "youth"],
        also: &["kind", "child"],
    },
    BuiltInVoice {
        name: "parent",
        typed: &["ouder", "ouders", "parent", "parents"],
        also: &["moeder", "vader", "pleegouder", "opvoeder", "carer", "foster parent"],
    },
    BuiltInVoice {
        name: "professional",
        typed: &[
            "hulpverlener",
            "hulpverleners",
            "professional",
            "care worker",
            "professionals",
        ],
        also: &[],
    },
    BuiltInVoice {
        name: "experience",
        typed: &[
            "ervaringsdeskundige",
            "ervaringsdeskundigen",
            "expert by experience",
            "peer worker",
        ],
        also: &[],
    },
    BuiltInVoice {
        name: "network",
        typed: &["netwerk", "network"],
        also: &[
            "familie", "vriend", "buur", "opa", "oma", "tante", "oom", "friend", "family",
        ],
    },
    BuiltInVoice {
        name: "researcher",
        typed: &["onderzoeker", "onderzoekers", "researcher"],
        also: &[],
    },
];

/// Returns the words for a built-in voice on pages in each of our languages, folded: who
/// writes in German types `Jugendliche`.
pub fn voice_words(name: &str) -> impl Iterator<Item = String> {
    let key = format!("voice.{name}");
    lang::ours().map(move |lang| fold(lang.words().get(&key)))
}

/// Returns the built-in voice with a name of its own in any of our languages.
pub fn named_voice(typed: &str) -> Option<&'static BuiltInVoice> {
    static NAMES: OnceLock<BTreeMap<String, &'static BuiltInVoice>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let typed = |voice: &'static BuiltInVoice| {
            voice
                .typed
                .iter()
                .map(|word| (*word).to_string())
                .chain(voice_words(voice.name))
        };
        VOICES
            .iter()
            .flat_map(|voice| typed(voice).map(move |word| (word, voice)))
            .collect()
    });
    names.get(&fold(typed.trim())).copied()
}

/// Returns the built-in voice for a typed role.
pub fn read_voice(typed: &str) -> Option<&'static BuiltInVoice> {
    let typed = fold(typed.trim());
    let is = |names: &[&str]| names.contains(&typed.as_str());
    VOICES.iter().find(|voice| is(voice.typed) || is(voice.also))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_words() {
        assert_eq!(read_status("Mislukt"), Some(Status::NotWorked));
        assert_eq!(read_callout("Let op"), Some(Callout::Attention));
        assert_eq!(read_callout("Achtung"), Some(Callout::Attention));
        assert_eq!(read_callout("مثال"), Some(Callout::Example));
        for typed in ["läuft", "en cours", "جارٍ", "trwa", "devam ediyor"] {
            assert_eq!(read_status(typed), Some(Status::Running), "{typed}");
        }
        assert_eq!(read_status("geschafft"), Some(Status::Done));
        assert_eq!(read_yes("JA!"), Some(true));
        assert_eq!(read_yes("misschien"), None);
        for (typed, name) in
            [("Jugendliche", "young"), ("جيران", ""), ("parents", "parent"), ("oma", "")]
        {
            assert_eq!(
                named_voice(typed).map_or("", |voice| voice.name),
                name,
                "{typed}"
            );
        }
        assert_eq!(read_voice("Ervaringsdeskundige").map(|v| v.name), Some("experience"));
    }
}
