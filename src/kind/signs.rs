//! What a line says about who may read, wherever it stands and however it was typed.
//!
//! [`read`] looks at one raw line: a key with its value in any clothes (bullets, stars,
//! tables, other separators, invisible characters), or words that stand alone (`CONCEPT`,
//! `niet publiceren`). It never opens anything: a yes is at most a sign of a story.
//! [`closes`] asks the same of a line inside a part.

use super::clothes::{MARKS, bare, brackets, is_short, seen, split};
use super::inside::keeps_inside;
use super::people::{self, names_family};
use super::words::read_yes;
use super::{alone, find_key, nearest_key, withdrawn};
use crate::model::{Fields, Key, Kind, Value};
use crate::text::{DateRead, fold, fold_key, is_comma, read_date};

/// What a line is a sign of; the later keeps more inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Whose plan it may be: `van: Noor`.
    Owner,
    /// A story: somebody's yes is needed.
    Story,
    /// Something that limits the yes of a story: until when, for what, how old.
    Limit,
    /// A plan.
    Plan,
    /// Not for everybody, in so many words.
    Inside,
}

/// Longest line that can be a sign, in bytes.
pub const LONGEST: usize = 300;

/// Tells whether a text has keys that only stories have: it needs somebody's yes then.
pub fn tells_story(fields: &Fields) -> bool {
    const KEYS: [Key; 7] = [
        Key::Teller,
        Key::TellerAge,
        Key::Consent,
        Key::ConsentFrom,
        Key::ConsentOn,
        Key::ConsentUntil,
        Key::ConsentFor,
    ];
    let other = |name: &str| {
        let name = fold(name);
        name.contains("toestem")
            || name.starts_with("consent")
            || name.contains("vertell")
    };
    KEYS.iter().any(|key| fields.get(*key).is_some())
        || fields.extra.iter().any(|one| other(&one.name))
}

/// Tells whether a text says itself that it is not for everybody, with a key that other
/// kinds use: `openbaar: nee`, `delen: gezin`, `status: klad`. A plan has its own rules.
pub fn says_no(kind: Kind, fields: &Fields) -> bool {
    if fields.text(Key::Status).is_some_and(is_rough) {
        return true;
    }
    if kind == Kind::Plan {
        return false;
    }
    let shut = fields.get(Key::Public).is_some_and(|one| one.value != Value::Yes(true));
    let some = [Key::Share, Key::Readers].iter().any(|key| {
        fields.get(*key).is_some()
            && !fields.list(*key).iter().any(|(group, _)| {
                ["iedereen", "everyone", "everybody"].contains(&fold(group).as_str())
            })
    });
    shut || some
}

/// Tells what a line is a sign of. `near`: it stands where keys stand; elsewhere only
/// what cannot be anything else counts.
pub fn read(line: &str, near: bool) -> Option<Sign> {
    if line.len() > LONGEST {
        return None;
    }
    read_bare(&bare(line), near)
}

/// As [`read`], for a line of which the clothes are off already; its length is no matter.
pub fn read_bare(words: &str, near: bool) -> Option<Sign> {
    let alone = near && (alone::is_phrase(words) || withdrawn::asks_here(words));
    let alone = alone.then_some(Sign::Inside);
    let Some((key, value)) = split(words) else {
        return alone.or_else(|| near.then(|| loose(words)).flatten());
    };
    let first = keyed(key, value, near);
    let inner = near.then(|| inside(value)).flatten();
    first.max(inner).max(alone)
}

/// Tells whether words, all there is on a line, keep a text inside: `> NIET PLAATSEN`.
pub fn stands_alone(line: &str) -> bool {
    line.len() <= LONGEST && alone::is_phrase(&bare(line.trim_start_matches(['>', ' '])))
}

/// Tells whether words inside a part keep it from others: `Alleen gezin`, `Geheim: ja`,
/// `Niet delen: …`, `Klad`, and what is a slip of the finger away.
pub fn closes(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let words = bare(line);
    if words_close(&words) {
        return true;
    }
    match split(&words) {
        Some((key, _)) => alone::only(key),
        None => alone::only(&words),
    }
}

/// Tells whether a line is a no of who tells: `Toestemming: nee`.
pub fn refuses(line: &str) -> bool {
    line.len() <= LONGEST
        && split(&bare(line)).is_some_and(|(key, value)| {
            find_key(key).is_some_and(|row| row.key == Key::Consent)
                && is_short(value)
                && says(value) == Some(false)
        })
}

/// Tells whether a quote is a callout for nobody but who wrote it: `> [!private]`,
/// `> **Privé:** …`. A quote without such a label is what somebody said.
pub fn callout_closes(line: &str) -> bool {
    let Some(inner) = line.trim().strip_prefix('>') else { return false };
    let inner = inner.trim_start_matches(['>', ' ', '\t']);
    let label = match inner.strip_prefix("[!") {
        Some(label) => label.split([']', '|']).next(),
        None => inner.strip_prefix("**").and_then(|label| label.split("**").next()),
    };
    label.filter(|label| label.len() <= LONGEST).is_some_and(|label| {
        let name = fold_key(&seen(label));
        keeps_inside(&name) == Some(false)
            || alone::is_phrase(label.trim_end_matches([':', ' ']))
    })
}

/// As [`closes`], for a text that is no plan: `Alleen voor ouders` says there whom an
/// evening is for.
pub fn closes_anywhere(line: &str) -> bool {
    line.len() <= LONGEST && words_close(&bare(line))
}

/// Returns what between brackets in a heading keeps it from others: `(alleen gezin)`,
/// `{voor: gezin}`. Other groups there may be whom a part is meant for.
pub fn closing_brackets(heading: &str) -> Option<&str> {
    let is_for =
        |key: &str| people::is_for(key) || people::is_for_abroad(&fold_key(&seen(key)));
    let asks = |(key, value): (&str, &str)| is_for(key) && names_family(value);
    let pieces =
        |inside: &str| inside.split(|c| is_comma(c) || c == '.').any(closes_anywhere);
    brackets(heading).find(|inside| pieces(inside) || split(inside).is_some_and(asks))
}

/// Tells whether a title keeps its text inside: a stamp in capitals, or words between
/// brackets. In a sentence the same words may be what the text is about.
pub fn title_closes(title: &str) -> bool {
    let title = seen(title);
    let back =
        || brackets(&title).any(|inside| is_short(inside) && withdrawn::value(inside));
    withdrawn::shouts(&title)
        || alone::stamps(&title)
        || closing_brackets(&title).is_some()
        || back()
}

fn words_close(words: &str) -> bool {
    alone::is_phrase(words)
        || split(words).is_some_and(|(key, value)| {
            alone::strong(&fold(key), true)
                || keyed(key, value, false) == Some(Sign::Inside)
        })
}

/// A line without a mark: `toestemming nee`, `soort verhaal`, `toestemming tot 1 mei`.
fn loose(words: &str) -> Option<Sign> {
    // A key of three words at most, and a short value.
    const MOST: usize = 11;
    if words.split_whitespace().nth(MOST).is_some() {
        return None;
    }
    let all: Vec<&str> = words.split_whitespace().collect();
    (1..=3.min(all.len())).rev().find_map(|count| {
        let key = all.get(..count)?.join(" ");
        let row = find_key(&key)?;
        let value = all.get(count..)?.join(" ");
        let clear = is_clear(&value) || (row.key == Key::Kind && all.len() <= 3);
        if !clear {
            return None;
        }
        keyed(&key, &value, false)
    })
}

/// A second key on the same line: `soort: verhaal toestemming: nee`.
fn inside(value: &str) -> Option<Sign> {
    let marks = value.char_indices().filter(|(_, c)| MARKS.contains(c)).take(6);
    let found = marks.filter_map(|(at, mark)| {
        let rest = value.get(at + mark.len_utf8()..)?;
        let before: Vec<&str> = value.get(..at)?.split_whitespace().rev().collect();
        (1..=2.min(before.len())).find_map(|count| {
            let mut key: Vec<&str> = before.get(..count)?.to_vec();
            key.reverse();
            keyed(&key.join(" "), rest.trim(), false)
        })
    });
    found.max()
}

/// Reads the first word of a value as a yes or a no.
pub fn says(value: &str) -> Option<bool> {
    let folded = fold(value);
    let mut words =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    match words.next()? {
        "geen" | "nooit" | "never" | "nein" | "non" => Some(false),
        "oui" | "evet" | "tak" | "taк" | "так" => Some(true),
        "nog" if words.next() == Some("niet") => Some(false),
        first => read_yes(first),
    }
}

fn is_taken_back(value: &str) -> bool {
    let folded = fold(value);
    folded.split_whitespace().count() <= 8
        && ["ingetrok", "teruggetrok", "withdraw", "gestopt", "stopgezet"]
            .iter()
            .any(|word| folded.contains(word))
}

fn is_day(value: &str) -> bool {
    value.len() < 60
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && read_date(value) != DateRead::NoDate
}

fn is_clear(value: &str) -> bool {
    is_short(value) && (says(value).is_some() || is_taken_back(value) || is_day(value))
}

/// Tells which guarded kind a word behind `soort:` is, or is a kind of: `hulpplan`.
pub fn guarded_kind(value: &str) -> Option<Sign> {
    let folded = fold(value);
    let words = || folded.split(|c: char| !c.is_alphanumeric()).take(4);
    let ends =
        |names: &[&str]| words().any(|word| names.iter().any(|n| word.ends_with(n)));
    if ends(&["plan", "plannen", "plans"]) {
        return Some(Sign::Plan);
    }
    ends(&["verhaal", "verhalen", "story", "stories"]).then_some(Sign::Story)
}

/// Tells whether words name a plan: `Ons plan`, `familiegroepsplan Noor`.
pub fn names_plan(words: &str) -> bool {
    fold(words)
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word.ends_with("plan") || word == "plannen" || word == "plans")
}

/// Words for a status that is not ready to go out.
pub fn is_rough(status: &str) -> bool {
    let folded = fold(status);
    if alone::is_phrase(status) || withdrawn::value(status) {
        return true;
    }
    [
        "offline",
        "concept",
        "klad",
        "draft",
        "in bewerking",
        "niet af",
        "nog in bewerking",
        "nog niet af",
        "nog niet klaar",
        "prive",
        "work in progress",
        "wip",
        "vertrouwelijk",
        "niet openbaar",
        "private",
    ]
    .iter()
    .any(|word| folded.trim() == *word || folded.starts_with(&format!("{word} ")))
}

/// A key with its value.
fn keyed(key: &str, value: &str, near: bool) -> Option<Sign> {
    if value.is_empty() && !near {
        return None;
    }
    let name = fold_key(&seen(key));
    let short = near && !value.is_empty() && is_short(value);
    let rest = || {
        if !near || name.len() <= 4 {
            return None;
        }
        let words = nearest_key(&name, true)?;
        let far = strsim::damerau_levenshtein(&name, &fold_key(words));
        (far < 2 || (far == 2 && name.len() > 9)).then_some(())?;
        let row = find_key(words)?;
        by_key(row.key, value, short, near)
    };
    match find_key(&name) {
        // In the middle of a text `type:` is anybody's word.
        Some(row) if row.key == Key::Kind && !near => {
            let own = matches!(name.as_str(), "soort" | "kind");
            let few = value.split_whitespace().count() <= 3;
            (own && few).then(|| guarded_kind(value)).flatten()
        }
        // Whose age, only the place tells.
        Some(_) if name == "leeftijd" && !near => None,
        Some(row) => by_key(row.key, value, short, near),
        None => other(&name, value, short, near).or_else(rest),
    }
}

fn by_key(key: Key, value: &str, short: bool, near: bool) -> Option<Sign> {
    let yes = says(value);
    let no = yes == Some(false) && is_short(value);
    let digits = value.bytes().any(|byte| byte.is_ascii_digit());
    match key {
        Key::Kind => guarded_kind(value),
        Key::Draft if yes == Some(false) => None,
        Key::Draft => {
            (short || (yes.is_some() && is_short(value))).then_some(Sign::Inside)
        }
        Key::Consent if yes == Some(false) && (near || no) => Some(Sign::Inside),
        Key::Consent if is_taken_back(value) => Some(Sign::Inside),
        Key::Consent => (short || is_clear(value)).then_some(Sign::Story),
        Key::ConsentUntil | Key::ConsentOn => {
            (short || is_day(value)).then_some(Sign::Limit)
        }
        Key::TellerAge => (short || (digits && is_short(value))).then_some(Sign::Limit),
        Key::ConsentFor => short.then_some(Sign::Limit),
        Key::ConsentFrom | Key::Teller => short.then_some(Sign::Story),
        Key::Readers => (short || names_family(value)).then_some(Sign::Plan),
        Key::Share => names_family(value).then_some(Sign::Plan),
        Key::For => (near && names_family(value)).then_some(Sign::Inside),
        Key::Plan => (near && names_plan(value)).then_some(Sign::Plan),
        Key::Of => short.then_some(Sign::Owner),
        Key::Public if yes == Some(true) => None,
        Key::Public => (short || no).then_some(Sign::Inside),
        Key::PublishOn | Key::Expires => (short && digits).then_some(Sign::Inside),
        Key::Status => (near && is_rough(value)).then_some(Sign::Inside),
        _ => None,
    }
}

/// Keys behind which words that stand alone mean what they say: `Let op: niet delen`.
const SAYING: [&str; 18] = [
    "letop",
    "pasop",
    "nb",
    "note",
    "opmerking",
    "belangrijk",
    "important",
    "attention",
    "versie",
    "version",
    "fase",
    "phase",
    "stand",
    "stadium",
    "zichtbaarheid",
    "visibility",
    "toegang",
    "access",
];

/// Keys that are none of ours.
fn other(name: &str, value: &str, short: bool, near: bool) -> Option<Sign> {
    let said = says(value).filter(|_| is_short(value));
    if let Some(no) = keeps_inside(name) {
        let stays = if no {
            said == Some(false)
        } else {
            let means = said == Some(false) && near && alone::is_phrase(value);
            said == Some(true) || means || (near && said.is_none() && short)
        };
        return stays.then_some(Sign::Inside);
    }
    if near && people::asks_readers(name).is_some() && names_family(value) {
        return Some(Sign::Inside);
    }
    let says = |value| alone::is_phrase(value) || withdrawn::value(value);
    if near && SAYING.contains(&name) && says(value) {
        return Some(Sign::Inside);
    }
    let is_age = name == "leeftijd" || name == "age";
    if is_age && short && value.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some(Sign::Limit);
    }
    let consent = name.contains("toestem") || name.contains("consent");
    if consent && (short || said.is_some()) {
        return Some(if said == Some(false) { Sign::Inside } else { Sign::Limit });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_any_clothes() {
        for line in [
            "toestemming: nee",
            "• Toestemming : nee",
            "- toestemming: nee",
            "**Toestemming:** nee",
            "**Toestemming**: nee",
            "| toestemming | nee |",
            "toestemming：nee",
            "toestemming = nee",
            "TOESTEMMING; NEE",
            "toe\u{200b}stemming: nee",
            "toestem\u{ad}ming:\u{a0}nee",
            "<b>toestemming:</b> nee",
            "`toestemming: nee`",
            "1. toestemming: nog niet",
            "tоestemming: ingetrokken",
            "openbaar: nee",
            "concept: ja",
            "draft: true",
            "geheim: ja",
            "publiceren: nee",
            "zichtbaar: nee",
        ] {
            assert_eq!(read(line, false), Some(Sign::Inside), "{line}");
        }
    }

    #[test]
    fn signs_near_the_top() {
        for (line, sign) in [
            ("soort: verhaal", Sign::Story),
            ("soort verhaal", Sign::Story),
            ("soort: hulpplan", Sign::Plan),
            ("soort: verhaal toestemming: nee", Sign::Inside),
            ("toestemming nee", Sign::Inside),
            ("toestemming tot 1 mei 2025", Sign::Limit),
            ("leeftijd: 12", Sign::Limit),
            ("verteller: Noor, 12 jaar", Sign::Story),
            ("lezers: gezin, school", Sign::Plan),
            ("van: Noor", Sign::Owner),
            ("toestemmign: nee", Sign::Inside),
            ("CONCEPT", Sign::Inside),
            ("**Niet publiceren!**", Sign::Inside),
            ("Niet openbaar, alleen voor ons", Sign::Inside),
            ("status: in bewerking", Sign::Inside),
            ("privé", Sign::Inside),
        ] {
            assert_eq!(read(line, true), Some(sign), "{line}");
        }
    }

    #[test]
    fn ordinary_words_are_no_sign() {
        for line in [
            "Toestemming: vraag het altijd eerst.",
            "Toestemming: dat is wat je eerst vraagt aan iemand die iets vertelt",
            "Vertrouwelijk praten is fijn.",
            "Concept is een ander woord voor klad.",
            "Plan: samen eten",
            "titel: Over ons plan",
            "Let op: dit is tekst",
            "Openbaar: ja",
            "concept: nee",
            "Geheim van de chef: boter",
            "",
        ] {
            assert_eq!(read(line, true), None, "{line}");
            assert_eq!(read(line, false), None, "{line}");
        }
        for line in ["Type: Story", "verteller: Noor", "CONCEPT", "leeftijd: 12"] {
            assert_eq!(read(line, false), None, "{line}");
        }
    }

    #[test]
    fn parts_that_close() {
        for line in [
            "Alleen gezin",
            "Alleen voor gezin",
            "Alleen voor ons",
            "Alleen voro gezin",
            "Privé",
            "Niet openbaar",
            "Niet delen",
            "Vertrouwelijk",
            "vertrouwlijk",
            "Geheim: ja",
            "Openbaar: nee",
            "Concept: ja",
            "Klad",
            "- alleen voor school: Bilal mag later komen",
            "niet delen: het adres van oma",
            "Niet voor school",
        ] {
            assert!(closes(line), "{line}");
        }
        for line in [
            "Alleen Noor fietst",
            "Alleen als het regent: binnen spelen",
            "Niet voor altijd",
            "Openbaar: ja",
            "Concept: nee",
            "Noor: ik wil alleen zijn",
            "Delen we met school",
        ] {
            assert!(!closes(line), "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_line_may_be_read(line in "([|*_#<>:=; ]|toestemming|nee|alleen|voor|\\PC){0,20}") {
            read(&line, true);
            read(&line, false);
            closes(&line);
        }
    }
}
