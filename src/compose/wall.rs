//! The wall: which texts go to everybody.
//!
//! One function decides for a whole text ([`verdict`]); `parts` takes the parts out that
//! are for some readers only. Both fail closed: what is not clearly a yes stays inside.
//! Rules: content model §6.

use crate::kind::words::read_yes;
use crate::model::{Fields, Key, Kind, Text, Value};
use crate::problem::{Code, Problem};
use crate::text::{Span, fold};
use jiff::civil::Date;

/// Decides whether a text goes to everybody on the site on this day. When it does not,
/// the problems say why; a draft or a text for a later day needs no words.
pub(super) fn verdict(text: &Text, today: Date) -> Result<(), Vec<Problem>> {
    if waits(text, today) || says_no(text) {
        return Err(Vec::new());
    }
    match text.kind {
        Kind::Story => story(text, today),
        Kind::Plan => plan(text),
        _ => Ok(()),
    }
}

/// Tells whether a text is a draft, or waits for its day, or had its day.
fn waits(text: &Text, today: Date) -> bool {
    let fields = &text.fields;
    let draft =
        fields.get(Key::Draft).is_some_and(|field| field.value != Value::Yes(false));
    let early = fields.get(Key::PublishOn).is_some_and(|field| match field.value {
        Value::Date(date) => date > today,
        _ => true,
    });
    let late = fields.get(Key::Expires).is_some_and(|field| match field.value {
        Value::Date(date) => date < today,
        _ => true,
    });
    draft || early || late
}

/// Tells whether a text says itself that it is not for everybody, with a key that other
/// kinds use: `openbaar: nee`, `toestemming: nee`, `delen: gezin`, `status: klad`.
fn says_no(text: &Text) -> bool {
    if text.kind == Kind::Plan {
        return false;
    }
    let fields = &text.fields;
    let shut = fields.get(Key::Public).is_some_and(|one| one.value != Value::Yes(true));
    let no = text.kind != Kind::Story
        && fields.text(Key::Consent).is_some_and(|typed| read_yes(typed) != Some(true));
    let rough = fields
        .text(Key::Status)
        .map(fold)
        .is_some_and(|status| ["concept", "klad", "draft"].contains(&status.trim()));
    let some = [Key::Share, Key::Readers].iter().any(|key| {
        fields.get(*key).is_some()
            && !fields.list(*key).iter().any(|(group, _)| {
                ["iedereen", "everyone", "everybody"].contains(&fold(group).as_str())
            })
    });
    shut || no || rough || some
}

/// Returns the code for a line of a story that we do not know and that may take the yes
/// back, or end it: what we do not understand there, keeps the story inside.
fn taken_back(fields: &Fields) -> Option<Code> {
    let names = || fields.extra.iter().map(|(name, _)| fold(name));
    let any = |words: &[&str]| names().any(|name| words.iter().any(|w| name.contains(w)));
    if any(&["intrek", "ingetrok", "teruggetrok", "withdr", "stop"]) {
        return Some(Code::V03);
    }
    any(&[
        "toestem",
        "consent",
        "geldig",
        "valid",
        "publiceren",
        "publish",
        "niet ",
        "not ",
    ])
    .then_some(Code::V01)
}

/// Returns an age that stands under a key of the writer's own (`leeftijd: 12`).
fn other_age(fields: &Fields) -> Option<&str> {
    let is_age = |name: &str| fold(name).contains("leeftijd") || fold(name) == "age";
    fields.extra.iter().find(|(name, _)| is_age(name)).map(|(_, age)| age.as_str())
}

fn span_of(text: &Text, key: Key) -> Span {
    text.fields
        .get(key)
        .map_or(text.title_span, |field| field.key_span.to(field.value_span))
}

/// A story needs a clear yes, of everyone who decides, still valid, for this channel.
fn story(text: &Text, today: Date) -> Result<(), Vec<Problem>> {
    let fields = &text.fields;
    let teller = fields.text(Key::Teller).unwrap_or_default().to_string();
    let problem = |code: Code, key: Key| {
        Problem::at(code, span_of(text, key))
            .with("t", text.title.clone())
            .with("n", teller.clone())
    };
    let consent = fields.text(Key::Consent).map(fold).unwrap_or_default();
    if ["ingetrokken", "withdrawn", "stop"].iter().any(|word| consent.contains(word)) {
        return Err(vec![problem(Code::V03, Key::Consent)]);
    }
    if read_yes(&consent) != Some(true) {
        return Err(vec![problem(Code::V01, Key::Consent)]);
    }
    if let Some(code) = taken_back(fields) {
        return Err(vec![problem(code, Key::Consent)]);
    }
    // A yes that is still to be given.
    if fields.date(Key::ConsentOn).is_some_and(|day| day > today) {
        return Err(vec![problem(Code::V01, Key::ConsentOn)]);
    }
    let mut reasons = Vec::new();
    if let Some(field) = fields.get(Key::ConsentUntil) {
        let until = match &field.value {
            Value::Date(date) if *date >= today => None,
            Value::Date(date) => Some(date.to_string()),
            Value::Unread(typed) => Some(typed.clone()),
            _ => Some(String::new()),
        };
        if let Some(until) = until {
            reasons.push(problem(Code::V02, Key::ConsentUntil).with("d", until));
        }
    }
    if (is_child(fields.text(Key::TellerAge)) || is_child(other_age(fields)))
        && !parent_agreed(fields.text(Key::ConsentFrom))
    {
        let place = [Key::ConsentFrom, Key::TellerAge]
            .into_iter()
            .find(|key| fields.get(*key).is_some())
            .unwrap_or(Key::Consent);
        reasons.push(problem(Code::V04, place));
    }
    if fields.get(Key::ConsentFor).is_some() {
        let site = fields.list(Key::ConsentFor).iter().any(|(channel, _)| {
            ["site", "website", "web", "iedereen", "alles", "everything", "everyone"]
                .contains(&fold(channel).as_str())
        });
        if !site {
            reasons.push(problem(Code::V07, Key::ConsentFor));
        }
    }
    if reasons.is_empty() { Ok(()) } else { Err(reasons) }
}

/// Tells whether an age is anything but clearly sixteen or older: `16-17`, `18+`,
/// `43 jaar`, `volwassen`. What cannot be understood counts as a child.
fn is_child(age: Option<&str>) -> bool {
    let Some(age) = age else { return false };
    let folded = fold(age);
    let age = folded.trim();
    if ["volwassen", "volwassene", "adult"].contains(&age) {
        return false;
    }
    let age = [" jaar", "jaar", " jr", " years old", " years"]
        .iter()
        .find_map(|word| age.strip_suffix(word))
        .unwrap_or(age);
    let age = age.strip_suffix('+').unwrap_or(age).trim();
    let grown = |number: &str| {
        number.trim().parse::<u32>().is_ok_and(|years| (16..=110).contains(&years))
    };
    !age.splitn(2, ['-', '–']).all(grown)
}

/// Tells whether a parent or guardian is among those who said yes.
fn parent_agreed(from: Option<&str>) -> bool {
    const WORDS: [&str; 14] = [
        "ouder",
        "ouders",
        "voogd",
        "moeder",
        "vader",
        "mama",
        "papa",
        "pleegouder",
        "pleegouders",
        "gezagdrager",
        "parent",
        "parents",
        "guardian",
        "mother",
    ];
    let from = fold(from.unwrap_or_default());
    let negated = ["geen ", "niet ", "zonder ", "no ", "not ", "without "]
        .iter()
        .any(|word| from.contains(word));
    !negated
        && from
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| WORDS.contains(&word) || word == "father")
}

/// A plan is on the open site only with `openbaar: ja`, and when it is made up or its
/// people said yes.
fn plan(text: &Text) -> Result<(), Vec<Problem>> {
    let fields = &text.fields;
    let consent = fields.text(Key::Consent).and_then(read_yes) == Some(true);
    let real = !fields.is_yes(Key::Fictional) && !consent;
    if fields.is_yes(Key::Public) && !real {
        return Ok(());
    }
    if fields.yes(Key::Public) == Some(false) {
        return Err(Vec::new());
    }
    Err(vec![Problem::at(Code::P04, span_of(text, Key::Public))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages() {
        for young in [
            "12-15",
            "0-11",
            "14",
            "14 jaar",
            "< 16",
            "onder de 16",
            "puber",
            "bijna 16",
            "18-",
        ] {
            assert!(is_child(Some(young)), "{young}");
        }
        for old in ["16-17", "18+", "43", "volwassen"] {
            assert!(!is_child(Some(old)), "{old}");
        }
        assert!(!is_child(None));
    }

    #[test]
    fn parents() {
        assert!(parent_agreed(Some("verteller en ouder")));
        assert!(parent_agreed(Some("Voogd")));
        assert!(!parent_agreed(Some("verteller")));
        assert!(!parent_agreed(Some("verteller, geen ouder")));
        assert!(!parent_agreed(Some("verteller, ouderling")));
        assert!(!parent_agreed(None));
    }
}
