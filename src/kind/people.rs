//! Whom `Voor:` speaks to in a text that is no plan.
//!
//! In a plan the line names readers. Elsewhere it may also say whom a text is meant for
//! (`Voor: ouders`), and that keeps nobody out. [`keeps`] tells the two apart: names of
//! roles, and everybody, are meant; the family, one person, a group we do not know are
//! readers, and the part stays inside.

use super::clothes::{is_short, seen};
use super::words::read_voice;
use crate::model::Key;
use crate::text::{Ends, fold, fold_key, is_comma, is_one_slip};
use std::sync::OnceLock;

/// Roles people write for, folded, beside the built-in voices.
const ROLES: &[&str] = &[
    "kinderen",
    "tieners",
    "pubers",
    "jeugd",
    "volwassenen",
    "ouderen",
    "opvoeders",
    "pleegouders",
    "moeders",
    "vaders",
    "leraren",
    "leerkrachten",
    "docenten",
    "mentoren",
    "scholen",
    "gemeente",
    "gemeenten",
    "beleidsmakers",
    "wijkteams",
    "vrijwilligers",
    "buren",
    "vrienden",
    "begeleiders",
    "behandelaars",
    "werkers",
    "gezinswerkers",
    "jeugdwerkers",
    "jeugdbeschermers",
    "voogden",
    "professionals",
    "stagiairs",
    "studenten",
    "managers",
    "bestuurders",
    "rechters",
    "artsen",
    "huisartsen",
    "therapeuten",
    "psychologen",
    "politie",
    "mantelzorgers",
    "gezinnen",
    "families",
    "groepen",
    "teams",
    "lezers",
    "beginners",
    "mensen",
    "wie",
    "children",
    "teenagers",
    "adults",
    "caregivers",
    "carers",
    "teachers",
    "schools",
    "councils",
    "volunteers",
    "neighbours",
    "friends",
    "workers",
    "students",
    "developers",
    "authors",
    "users",
    "readers",
    "families",
    "people",
    "anyone",
    "those",
];

/// Words that name the family, or one of us.
const FAMILY: &[&str] = &[
    "gezin",
    "familie",
    "family",
    "ons",
    "onszelf",
    "ouderpaar",
    "mij",
    "mijzelf",
    "alleen",
    "enkel",
    "uitsluitend",
    "only",
    "niet",
    "not",
    "us",
    "me",
    "opa",
    "oma",
    "tante",
    "oom",
    "netwerk",
    "network",
    "vriend",
    "buur",
    "friend",
    "niemand",
    "nobody",
];

/// Ways to name the people around whom a tip is meant for: `jongeren en hun netwerk`.
const AROUND: [&str; 3] = [" en hun netwerk", " and their network", " en hun gezin"];

/// Tells whether a value of `Voor:` keeps what it stands above for some readers. In a tip
/// one school or one team is somebody a tip is meant for.
pub fn keeps(value: &str, tip: bool) -> bool {
    let folded = fold(value);
    let meant = AROUND.iter().find_map(|end| folded.trim().strip_suffix(end));
    let folded = meant.filter(|_| tip).unwrap_or(&folded);
    let words =
        || folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if words().any(|word| FAMILY.contains(&word)) {
        return !words().any(is_everyone);
    }
    // A sentence names nobody.
    if words().count() > 10 {
        return false;
    }
    let parts = folded.split(|c| is_comma(c) || matches!(c, '&' | '/' | '+' | '|'));
    let mut parts =
        parts.flat_map(|part| part.split(" en ")).flat_map(|p| p.split(" and "));
    parts.any(|part| {
        let mut names = part.split(|c: char| !c.is_alphanumeric()).filter(|word| {
            !word.is_empty() && !matches!(*word, "alle" | "all" | "de" | "the")
        });
        names.next().is_some_and(|first| !is_role(first, tip))
    })
}

/// Tells whether a value says that it is for some and for nobody else, which no tip is:
/// `alleen ons gezin`, `niet voor school`.
pub fn shuts_out(value: &str) -> bool {
    const ONLY: [&str; 6] = ["alleen", "enkel", "uitsluitend", "only", "niet", "not"];
    fold(value).split(|c: char| !c.is_alphanumeric()).any(|word| ONLY.contains(&word))
        && !names_everyone(value)
}

fn names_everyone(value: &str) -> bool {
    fold(value).split(|c: char| !c.is_alphanumeric()).any(is_everyone)
}

/// Keys nobody of us wrote that name readers, folded.
const READERS: &[&str] = &[
    "deelmet",
    "deeldit",
    "delenmet",
    "delenvoor",
    "tedelenmet",
    "gedeeldmet",
    "gedeeldvoor",
    "sharewith",
    "sharedwith",
    "zichtbaarvoor",
    "visibleto",
    "visiblefor",
    "wiemaglezen",
    "wiemagditlezen",
    "wiemaghetlezen",
    "wieleest",
    "wieleestmee",
    "magditlezen",
    "maglezen",
    "maggelezenwordendoor",
    "telezendoor",
    "leesbaarvoor",
    "whomayread",
    "whocanread",
    "readableby",
    "meelezers",
    "meelezer",
];

/// Keys that name readers, or say something else: whom an evening is for, what it costs.
const PERHAPS: &[&str] = &[
    "voorwie",
    "wievoor",
    "forwhom",
    "toegang",
    "toegankelijkvoor",
    "access",
    "lezen",
    "read",
    "publiek",
    "zichtbaarheid",
    "zichtbaar",
    "visibility",
    "visible",
    "publiceren",
    "rechten",
    "permissions",
];

/// Keys that name readers below a key that is about them: `delen:` with `met: gezin`.
const BELOW: &[&str] =
    &["met", "with", "alleen", "only", "aan", "to", "wie", "who", "door", "by"];

/// Tells whether a folded key of somebody's own names readers: surely (`true`), or only
/// when the value does.
pub fn asks_readers(name: &str) -> Option<bool> {
    static ENDS: OnceLock<Ends> = OnceLock::new();
    let ends = ENDS.get_or_init(|| Ends::of(READERS.iter().chain(PERHAPS).copied()));
    if is_for_abroad(name) {
        return Some(false);
    }
    if !ends.may_be(name) {
        return None;
    }
    let near =
        |known: &&str| name == *known || (known.len() > 7 && is_one_slip(name, known));
    if READERS.iter().any(near) {
        return Some(true);
    }
    PERHAPS.iter().any(near).then_some(false)
}

/// Tells whether a key at the top that is none of ours, or lies under another one, keeps a
/// text for some readers: `deel met: school`, `delen:` with `voor: gezin` below it.
pub fn keeps_by_key(section: Option<&str>, name: &str, value: &str) -> bool {
    let asks = |name: &str| {
        let own = super::find_key(name).map(|row| row.key);
        match own {
            Some(Key::For | Key::Readers | Key::Share) => Some(true),
            _ => asks_readers(&fold_key(name)),
        }
    };
    let about = section.and_then(asks).is_some();
    let sure = match asks(name) {
        Some(sure) => sure && (section.is_none() || about),
        None if about => BELOW.contains(&fold_key(name).as_str()),
        None => return false,
    };
    if sure { keeps(value, false) } else { names_family(value) }
}

/// Tells whether a short value names the family.
pub fn names_family(value: &str) -> bool {
    is_short(value)
        && fold(value).split(|c: char| !c.is_alphanumeric()).any(|word| {
            matches!(word, "gezin" | "familie" | "family" | "ons") || is_abroad(word)
        })
}

/// The family in our other languages.
const FAMILY_ABROAD: [&str; 15] = [
    "famille",
    "aile",
    "ailemiz",
    "ailesi",
    "rodzina",
    "rodziny",
    "родина",
    "родини",
    "сім’я",
    "сім’ї",
    "عائلة",
    "العائلة",
    "عائلتنا",
    "أسرة",
    "الأسرة",
];

/// `Voor` in our other languages, as our pages say it and as people type it.
const FOR_ABROAD: [&str; 14] = [
    "Für",
    "Nur für",
    "Pour",
    "Seulement pour",
    "Kimin için",
    "İçin",
    "Sadece",
    "Dla",
    "Tylko dla",
    "Для",
    "Тільки для",
    "لأجل",
    "من أجل",
    "فقط لـ",
];

fn is_abroad(word: &str) -> bool {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    let all = || FAMILY_ABROAD.iter().map(|word| fold(&seen(word))).collect();
    WORDS.get_or_init(all).iter().any(|own| own == &*seen(word))
}

/// Tells whether a folded key is the one for readers in another of our languages: `Für`,
/// `Aile için`. It is never read as `Voor`: it closes, and says how to type it.
pub fn is_for_abroad(key: &str) -> bool {
    static KEYS: OnceLock<Vec<String>> = OnceLock::new();
    let all = || FOR_ABROAD.iter().map(|word| fold_key(&seen(word))).collect();
    let key = seen(key);
    let group = key.strip_suffix("icin");
    KEYS.get_or_init(all).iter().any(|own| *own == *key) || group.is_some_and(is_abroad)
}

/// Tells whether a value names readers, and not everybody.
pub fn names_some(value: &str) -> bool {
    let folded = fold(value);
    let mut words =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    !value.trim().is_empty() && !words.any(is_everyone)
}

fn is_everyone(word: &str) -> bool {
    matches!(
        word,
        "iedereen" | "everyone" | "everybody" | "allemaal" | "openbaar" | "public"
    )
}

fn is_role(word: &str, tip: bool) -> bool {
    is_everyone(word)
        || ROLES.contains(&word)
        || read_voice(word).is_some()
        || (tip && matches!(word, "school" | "wijkteam" | "hulp" | "werk"))
}

/// Tells whether a key is the one for readers.
pub fn is_for(key: &str) -> bool {
    super::find_key(key).is_some_and(|row| row.key == Key::For)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_spoken_to_and_readers_are_kept() {
        for open in [
            "iedereen",
            "ouders",
            "Jongeren en hulpverleners",
            "alle ouders",
            "kinderen, leraren",
            "gezin, school, iedereen",
            "iedereen die werkt met gezinnen",
            "",
        ] {
            assert!(!keeps(open, false), "{open}");
        }
        for kept in
            ["gezin", "ons gezin", "familie", "school", "Henk", "alleen ouders", "oma"]
        {
            assert!(keeps(kept, false), "{kept}");
        }
        assert!(!keeps("school, hulpverleners", true));
        assert!(keeps("gezin", true));
        assert!(!keeps("jongeren en hun netwerk", true));
        assert!(keeps("jongeren en hun netwerk", false));
        for kept in [
            "ons netwerk",
            "haar",
            "hun",
            "haar oma",
            "zijn netwerk (Noor)",
            "een buur van Noor",
            "Bas en hun netwerk",
            "oma en hun netwerk",
        ] {
            assert!(keeps(kept, true), "{kept}");
        }
    }

    #[test]
    fn other_keys_that_name_readers() {
        for (section, name, value) in [
            (None, "deel met", "gezin"),
            (None, "Gedeeld met", "school"),
            (None, "wie mag dit lezen", "oma"),
            (None, "toegang", "alleen familie"),
            (Some("delen"), "voor", "gezin"),
            (Some("delen"), "met", "school"),
            (Some("lezen"), "voor", "gezin"),
            (Some("toegang"), "alleen", "gezin"),
            (Some("extra"), "lezers", "gezin"),
        ] {
            assert!(keeps_by_key(section, name, value), "{section:?} {name} {value}");
        }
        for (section, name, value) in [
            (None, "deel met", "iedereen"),
            (None, "toegang", "gratis"),
            (None, "voor wie", "scholieren"),
            (None, "kleur", "gezin"),
            (Some("delen"), "voor", "iedereen"),
            (Some("delen"), "op", "mastodon"),
            (Some("extra"), "lezers", "veel"),
        ] {
            assert!(!keeps_by_key(section, name, value), "{section:?} {name} {value}");
        }
    }
}
