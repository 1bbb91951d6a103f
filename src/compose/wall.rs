//! The wall: which texts go to everybody.
//!
//! One function decides for a whole text ([`verdict`]); `parts` takes the parts out that
//! are for some readers only. Both fail closed: what is not clearly a yes stays inside.
//! Rules: content model §6.

use super::{ages, parents};
use crate::kind::{signs, withdrawn, words::read_yes};
use crate::model::{Extra, Fields, Key, Kind, Text, Value};
use crate::problem::{Code, Problem};
use crate::text::{Span, fold, read_date};
use jiff::civil::Date;

/// How a text reaches its readers: who tells a story may say yes to one and no to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    /// On the site.
    Site,
    /// On paper, or as PDF.
    Booklet,
    /// As an e-book.
    Ebook,
}

impl Channel {
    /// Returns the code for a yes that is not for this channel.
    fn not_named(self) -> Code {
        match self {
            Channel::Site => Code::V07,
            Channel::Booklet => Code::V10,
            Channel::Ebook => Code::V11,
        }
    }

    /// Tells whether a folded word names this channel, or all of them.
    fn is_named(self, word: &str) -> bool {
        let own: &[&str] = match self {
            Channel::Site => &["site", "website", "web"],
            Channel::Booklet => &[
                "boekje", "booklet", "boek", "book", "druk", "drukwerk", "print",
                "papier", "paper", "pdf",
            ],
            Channel::Ebook => &["epub", "e-book", "ebook", "e-boek", "eboek"],
        };
        own.contains(&word)
            || ["iedereen", "alles", "everything", "everyone"].contains(&word)
    }
}

/// Decides whether a text goes to everybody through a channel on this day. When it does not,
/// the problems say why; a draft or a text for a later day needs no words.
pub(super) fn verdict(
    text: &Text,
    today: Date,
    channel: Channel,
) -> Result<(), Vec<Problem>> {
    if waits(text, today) {
        return Err(Vec::new());
    }
    if signs::says_no(text.kind, &text.fields) {
        let back = text.fields.text(Key::Status).is_some_and(withdrawn::value);
        return Err(Vec::from_iter(back.then(|| about(text, Code::V03, &[Key::Status]))));
    }
    match text.kind {
        Kind::Story => story(text, today, channel),
        Kind::Plan => plan(text, today, channel),
        Kind::Site => Ok(()),
        // Whatever it calls itself: with the keys of a story it needs the yes of one.
        _ if signs::tells_story(&text.fields) => story(text, today, channel),
        _ => Ok(()),
    }
}

/// Tells whether a text goes to nobody yet, or to nobody any more, whoever reads.
pub(super) fn is_held(text: &Text, today: Date) -> bool {
    waits(text, today) || text.fields.text(Key::Status).is_some_and(signs::is_rough)
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

/// Returns the code for a line of a story that we do not know and that may take the yes
/// back, or end it: what we do not understand there, keeps the story inside.
fn taken_back(fields: &Fields) -> Option<(Code, Span)> {
    let any = |words: &[&str]| {
        fields.extra.iter().find(|one| {
            let name = fold(&one.name);
            words.iter().any(|word| name.contains(word))
        })
    };
    let back = any(&[
        "intrek",
        "ingetrok",
        "teruggetrok",
        "withdr",
        "stop",
        "herroep",
        "revok",
        "opgezegd",
        "teruggenomen",
    ])
    .or_else(|| {
        let says =
            |one: &&Extra| withdrawn::value(&one.value) || withdrawn::value(&one.name);
        fields.extra.iter().find(says)
    });
    if let Some(back) = back {
        return Some((Code::V03, back.span));
    }
    let doubt = |one: &&Extra| {
        let name = fold(&one.name);
        let agrees = ["akkoord", "goedgekeurd", "goedkeuring", "approv", "agree"];
        let asked = agrees.iter().any(|word| name.contains(word));
        (asked && signs::says(&one.value) != Some(true)) || withdrawn::doubts(&one.value)
    };
    if let Some(doubt) = fields.extra.iter().find(doubt) {
        return Some((Code::V01, doubt.span));
    }
    let other = any(&[
        "toestem",
        "consent",
        "geldig",
        "valid",
        "publiceren",
        "publish",
        "niet ",
        "not ",
    ]);
    other.map(|other| (Code::V01, other.span))
}

/// Returns an end of the yes under a key of the writer's own (`verloopt op: 2025-01-01`,
/// `tot: mei`), unless it is clearly a day to come.
fn other_end(fields: &Fields, today: Date) -> Option<&Extra> {
    const WHOLE: [&str; 9] = [
        "tot",
        "tot en met",
        "t/m",
        "tm",
        "until",
        "till",
        "einde",
        "einddatum",
        "end date",
    ];
    const PARTS: [&str; 5] = ["verloop", "verlop", "verval", "eindig", "expir"];
    let ends = |name: &str| {
        let name = fold(name).replace(['_', '-'], " ");
        let name = name.trim();
        WHOLE.contains(&name) || PARTS.iter().any(|part| name.contains(part))
    };
    let past = |day: &str| read_date(day).date().is_none_or(|day| day < today);
    fields.extra.iter().find(|one| ends(&one.name) && past(&one.value))
}

/// Returns an age that stands under a key of the writer's own (`leeftijd: 12`). Beside the
/// age of who tells, that of a child is no age of theirs.
fn other_age(fields: &Fields) -> Option<&Extra> {
    const THEIRS: [&str; 7] =
        ["kind", "zoon", "dochter", "child", "son", "daughter", "baby"];
    let told = fields.get(Key::TellerAge).is_some();
    fields.extra.iter().find(|one| {
        let name = fold(&one.name);
        (name.contains("leeftijd") || name == "age")
            && !(told && THEIRS.iter().any(|word| name.contains(word)))
    })
}

fn span_of(text: &Text, key: Key) -> Span {
    text.fields
        .get(key)
        .map_or(text.title_span, |field| field.key_span.to(field.value_span))
}

/// Returns a problem about a story, at the first of some keys that is there.
fn about(text: &Text, code: Code, keys: &[Key]) -> Problem {
    let key = keys.iter().find(|key| text.fields.get(**key).is_some());
    at(text, code, key.map_or(text.title_span, |key| span_of(text, *key)))
}

/// Returns a problem about a story, at a place.
fn at(text: &Text, code: Code, place: Span) -> Problem {
    Problem::at(code, place)
        .with("t", text.title.clone())
        .with("n", text.fields.text(Key::Teller).unwrap_or_default())
}

/// Longest part of what was typed in a message, in characters.
const SHOWN: usize = 60;

/// Returns the problem of a story without a clear yes. Of a yes with more behind it (`ja,
/// maar …`) it names that (`v`) in place of the story.
fn no_yes(text: &Text, keys: &[Key]) -> Problem {
    let problem = about(text, Code::V01, keys);
    let typed = text.fields.text(Key::Consent).unwrap_or_default();
    let first = typed.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    if first.and_then(read_yes) != Some(true) {
        return problem;
    }
    let shown: String = typed.chars().take(SHOWN).collect();
    let name = text.fields.text(Key::Teller).unwrap_or_default();
    Problem { args: Vec::new(), ..problem }.with("n", name).with("v", shown)
}

/// Tells whether the day of a yes is none yet: `nog vragen`.
fn is_open(day: &Value) -> bool {
    let Value::Unread(words) = day else { return false };
    let folded = fold(words);
    let first = folded.split_whitespace().next().unwrap_or_default();
    ["nog", "not", "later", "vragen", "ask", "todo", "volgt"].contains(&first)
}

/// Tells whether nobody gave the yes yet: `toestemming van: nog niemand`.
fn says_nobody(from: &str) -> bool {
    let folded = fold(from);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "niemand" | "nobody" | "nog"))
}

/// Tells whether the status of a story says that it waits: `wacht op akkoord`.
fn waits_for_yes(fields: &Fields) -> bool {
    fields.text(Key::Status).is_some_and(withdrawn::doubts)
}

/// Returns the code for a yes that was taken back or never given, in so many words.
fn refused(fields: &Fields) -> Option<Code> {
    let consent = fields.text(Key::Consent).map(fold)?;
    if ["ingetrok", "teruggetrok", "withdr", "stop"].iter().any(|w| consent.contains(w)) {
        return Some(Code::V03);
    }
    let later = consent.contains("nog ") || consent.contains("yet");
    (signs::says(&consent) == Some(false) && !later).then_some(Code::V08)
}

/// A story needs a clear yes, of everyone who decides, still valid, for this channel.
pub(super) fn story(
    text: &Text,
    today: Date,
    channel: Channel,
) -> Result<(), Vec<Problem>> {
    let fields = &text.fields;
    let asked: &[Key] = match text.kind {
        Kind::Story => &[Key::Consent],
        _ => &[Key::Consent, Key::Teller, Key::TellerAge],
    };
    if let Some(code) = refused(fields) {
        return Err(vec![about(text, code, asked)]);
    }
    if fields.text(Key::Consent).and_then(read_yes) != Some(true) {
        return Err(vec![no_yes(text, asked)]);
    }
    if let Some((code, place)) = taken_back(fields) {
        return Err(vec![at(text, code, place)]);
    }
    if waits_for_yes(fields) {
        return Err(vec![about(text, Code::V01, &[Key::Status])]);
    }
    // A yes that is still to be given.
    if fields.date(Key::ConsentOn).is_some_and(|day| day > today)
        || fields.get(Key::ConsentOn).is_some_and(|on| is_open(&on.value))
    {
        return Err(vec![about(text, Code::V01, &[Key::ConsentOn])]);
    }
    if fields.text(Key::ConsentFrom).is_some_and(says_nobody) {
        return Err(vec![about(text, Code::V01, &[Key::ConsentFrom])]);
    }
    let mut reasons = Vec::new();
    let ended = ended(text, today, channel, &mut reasons);
    if let Some(day) = other_end(fields, today) {
        reasons.push(at(text, Code::V02, day.span).with("d", day.value.as_str()));
    }
    reasons.extend(young(text, today));
    if reasons.is_empty() && !ended { Ok(()) } else { Err(reasons) }
}

/// Says of a story that its teller is a child, or may be one (V12), while no parent or
/// guardian said yes.
fn young(text: &Text, today: Date) -> Option<Problem> {
    let fields = &text.fields;
    let (teller, parent) = (fields.text(Key::Teller), fields.text(Key::ConsentFrom));
    if parents::agreed(parent, teller) {
        return None;
    }
    let own = fields.get(Key::TellerAge).zip(fields.text(Key::TellerAge));
    let own = own.map(|(_, age)| (age, span_of(text, Key::TellerAge)));
    let other = other_age(fields).map(|one| (one.value.as_str(), one.span));
    let ages = [own, other].into_iter().flatten();
    let children: Vec<(&str, Span)> =
        ages.filter(|(age, _)| ages::is_child(Some(age))).collect();
    let known = ages::names_child(teller) || ages::born_young(fields, today);
    let read = known || children.iter().any(|(age, _)| ages::is_read(age));
    match children.first() {
        Some((age, span)) if !read => {
            let shown: String = age.chars().take(SHOWN).collect();
            Some(at(text, Code::V12, *span).with("v", shown))
        }
        None if !known => None,
        _ => {
            let places = [Key::ConsentFrom, Key::TellerAge, Key::Consent];
            Some(about(text, Code::V04, &places))
        }
    }
}

/// Tells whether a yes has ended, or is for another channel. An end that is no day was
/// reported where it was read.
fn ended(text: &Text, today: Date, channel: Channel, reasons: &mut Vec<Problem>) -> bool {
    let fields = &text.fields;
    let until = fields.get(Key::ConsentUntil).map(|field| &field.value);
    let past = match until {
        None => false,
        Some(Value::Date(date)) if *date >= today => false,
        Some(Value::Date(date)) => {
            let problem = about(text, Code::V02, &[Key::ConsentUntil]);
            reasons.push(problem.with("d", date.to_string()));
            true
        }
        Some(_) => true,
    };
    let channels = fields.list(Key::ConsentFor);
    let open = channels.iter().any(|(typed, _)| channel.is_named(fold(typed).trim()));
    let elsewhere = fields.get(Key::ConsentFor).is_some() && !open;
    if elsewhere {
        let names: Vec<&str> = channels.iter().map(|(one, _)| one.as_str()).collect();
        let problem = about(text, channel.not_named(), &[Key::ConsentFor]);
        reasons.push(problem.with("v", names.join(", ")));
    }
    past || elsewhere
}

/// A plan is on the open site only with `openbaar: ja`, and when it is made up or its
/// people said yes; a yes that ended or was taken back is none.
fn plan(text: &Text, today: Date, channel: Channel) -> Result<(), Vec<Problem>> {
    let fields = &text.fields;
    let Some(public) = fields.get(Key::Public) else {
        // A plan in the folder of a family: nothing is amiss.
        return Err(vec![about(text, Code::P11, &[Key::Plan, Key::Readers, Key::Of])]);
    };
    // What is no yes and no no was reported where it was read.
    if public.value != Value::Yes(true) {
        return Err(Vec::new());
    }
    if let Some(code) = refused(fields) {
        return Err(vec![about(text, code, &[Key::Consent])]);
    }
    if let Some((Code::V03, place)) = taken_back(fields) {
        return Err(vec![at(text, Code::V03, place)]);
    }
    let consent = fields.text(Key::Consent).and_then(read_yes) == Some(true);
    if !fields.is_yes(Key::Fictional) && !consent {
        return Err(vec![about(text, Code::P04, &[Key::Public])]);
    }
    let mut reasons = Vec::new();
    if ended(text, today, channel, &mut reasons) { Err(reasons) } else { Ok(()) }
}
