//! Keys that decide who may read a text, keys that do so in other tools, and keys of other
//! tools that mean nothing here. In doubt the stricter reading counts.

use crate::kind::words::read_yes;
use crate::model::{Key, Kind, Value};

/// Keys that open something: a near miss of these is not read when it says yes.
pub(super) const OPENING: [Key; 6] = [
    Key::Consent,
    Key::ConsentFrom,
    Key::Public,
    Key::Fictional,
    Key::Readers,
    Key::Share,
];

/// Keys of other tools that mean nothing here and need no words.
pub(super) const FOREIGN: [&str; 34] = [
    "sortby",
    "paginateby",
    "pagetemplate",
    "insertanchorlinks",
    "insearchindex",
    "generatefeed",
    "generatefeeds",
    "transparent",
    "redirectto",
    "extra",
    "params",
    "cascade",
    "outputs",
    "markup",
    "linktitle",
    "iscjklanguage",
    "resources",
    "build",
    "toc",
    "math",
    "mermaid",
    "comments",
    "cssclass",
    "cssclasses",
    "section",
    "id",
    "created",
    "modified",
    "position",
    "sidebarposition",
    "sidebarlabel",
    "eleventycomputed",
    "pagination",
    "images",
];

/// Keys that decide who may read a text.
pub(super) fn is_guarded(key: Key) -> bool {
    matches!(
        key,
        Key::Consent
            | Key::ConsentUntil
            | Key::ConsentFor
            | Key::ConsentFrom
            | Key::Public
            | Key::Fictional
            | Key::Draft
            | Key::Share
            | Key::For
            | Key::Readers
            | Key::TellerAge
            | Key::PublishOn
            | Key::Expires
    )
}

/// Tells whether a key that stands there with nothing behind it keeps a text of this kind
/// inside: somebody began to say who may read. In a tip `voor` is no such key, and a story
/// or plan stays inside without an answer anyway; parts of a plan whose `delen:` is empty
/// are for the family.
pub(super) fn is_hollow(key: Key, kind: Kind) -> bool {
    match key {
        Key::Draft | Key::ConsentUntil | Key::PublishOn | Key::Expires => true,
        Key::ConsentFor | Key::Readers => true,
        Key::Share => kind != Kind::Plan,
        Key::Consent | Key::Public => !matches!(kind, Kind::Story | Kind::Plan),
        Key::For => !matches!(kind, Kind::Plan | Kind::Tip | Kind::Tips),
        _ => false,
    }
}

/// Tells whether the earlier value keeps more inside than the later one.
pub(super) fn stricter(key: Key, old: &Value, new: &Value) -> bool {
    let yes = |value: &Value| match value {
        Value::Yes(yes) => *yes,
        Value::Text(text) => read_yes(text) == Some(true),
        _ => false,
    };
    let age = |value: &Value| match value {
        Value::Text(text) => text
            .split(|c: char| !c.is_ascii_digit())
            .find_map(|digits| digits.parse().ok())
            .unwrap_or(0u32),
        _ => 0,
    };
    match (key, old, new) {
        (Key::Draft, _, _) => *new == Value::Yes(false) && *old != Value::Yes(false),
        (Key::Consent | Key::Public | Key::Fictional, _, _) => yes(new) && !yes(old),
        (Key::ConsentUntil | Key::Expires, Value::Date(old), Value::Date(new)) => {
            old < new
        }
        (Key::PublishOn, Value::Date(old), Value::Date(new)) => old > new,
        (Key::ConsentUntil | Key::Expires | Key::PublishOn, old, _) => {
            matches!(old, Value::Unread(_))
        }
        (Key::TellerAge, _, _) => age(old) < age(new),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strict_reading_is_known_for_every_guarded_kind_of_value() {
        let text = |words: &str| Value::Text(words.into());
        assert!(stricter(Key::Consent, &text("nee"), &text("ja")));
        assert!(!stricter(Key::Consent, &text("ja"), &text("nee")));
        assert!(stricter(Key::Draft, &Value::Unread("bijna".into()), &Value::Yes(false)));
        assert!(stricter(Key::TellerAge, &text("12-15"), &text("18+")));
        assert!(!stricter(Key::TellerAge, &text("18+"), &text("12-15")));
    }
}
