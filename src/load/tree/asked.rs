//! Wishes about readers in other words than `Voor:`: any key with groups behind it, a
//! second key on a line, a sentence, the tail of a heading.
//!
//! [`line`] and [`heading`] are the entries. What they find is never certain: the part is
//! for the family, with a message.

use super::groups::{is_mark, is_name, is_near, normal, read_groups};
use crate::kind::{clothes, find_key, only, signs};
use crate::model::{Audience, Key};
use crate::text::{fold, is_comma};
use aho_corasick::AhoCorasick;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Longest line that can be a wish, in bytes.
const LONGEST: usize = 300;

/// Tells whether a character is a mark between a key and its value.
fn is_mark_behind_key(c: char) -> bool {
    matches!(c, ':' | ';' | '=' | '：' | '﹕' | '∶' | '꞉' | '→')
}

/// Most words in a key.
const KEY_WORDS: usize = 6;

/// Words that say that nobody else may read.
const ONLY: [&str; 6] = ["alleen", "enkel", "uitsluitend", "only", "slechts", "just"];

/// Words that say no.
const NOT: [&str; 2] = ["niet", "not"];

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// Right below the heading.
    pub(super) under: bool,
    /// The line below it.
    pub(super) next: &'a str,
    /// A line above said who may read: a sentence repeats that at most.
    pub(super) closed: bool,
}

/// Tells whether a line asks for readers in other words.
pub(super) fn line(bare: &str, place: Place<'_>, readers: &BTreeSet<String>) -> bool {
    if bare.len() > LONGEST {
        return false;
    }
    let says = || {
        may_limit(bare) && {
            let mut sentences = bare.split(['.', '!']);
            sentences.any(|one| says(one, readers) || only::abroad(one))
        }
    };
    if second_key(bare, readers)
        || in_brackets(bare, readers)
        || (!place.closed && says())
    {
        return true;
    }
    if !place.under {
        return false;
    }
    // Points in a list share out tasks: `- Koken: gezin`.
    if is_item(bare) && is_item(place.next.trim()) {
        return false;
    }
    let words = clothes::bare(bare);
    match split(&words) {
        Some((key, value)) => asks(key, value, readers),
        None => match place.next.trim().strip_prefix(':') {
            Some(value) => asks(&words, value, readers),
            None => glued(&words, readers),
        },
    }
}

fn is_item(bare: &str) -> bool {
    bare.starts_with(['-', '+', '•'])
        || bare.starts_with("* ")
        || bare.starts_with(|c: char| c.is_ascii_digit())
}

/// Splits at the first mark, behind a few words.
fn split(words: &str) -> Option<(&str, &str)> {
    let (at, mark) = words.char_indices().find(|(_, c)| is_mark_behind_key(*c))?;
    let key = words.get(..at)?.trim();
    let value = words.get(at + mark.len_utf8()..)?.trim();
    let few = !key.is_empty() && key.split_whitespace().count() <= KEY_WORDS;
    few.then_some((key, value))
}

/// Tells whether a key with its value asks for readers: `Toegang: gezin`.
fn asks(key: &str, value: &str, readers: &BTreeSet<String>) -> bool {
    let own = find_key(key).map(|row| row.key);
    match own {
        Some(Key::Status) => is_draft(value),
        Some(Key::For | Key::Readers | Key::Share | Key::Public) | None => {
            some(value, readers)
                || (own.is_none() && is_about(key) && !all(value, readers))
        }
        Some(_) => false,
    }
}

/// Tells whether groups, and not everybody, are all there is.
fn some(value: &str, readers: &BTreeSet<String>) -> bool {
    matches!(read_groups(value, readers), Ok(Some(Audience::Groups(_))))
        || named(value, readers).is_some()
}

fn all(value: &str, readers: &BTreeSet<String>) -> bool {
    let doubt = value.contains('?');
    !doubt && matches!(read_groups(value, readers), Ok(None | Some(Audience::Everyone)))
}

/// A status of a part that is about its words, not about a goal.
fn is_draft(value: &str) -> bool {
    let folded = fold(value);
    let going = ["niet af", "nog niet", "in bewerking", "work in", "wip"];
    signs::is_rough(value) && !going.iter().any(|words| folded.trim().starts_with(words))
}

/// Tells whether a key is about reading or sharing these words.
fn is_about(key: &str) -> bool {
    let folded = fold(key);
    let has =
        |names: &[&str]| folded.split_whitespace().any(|word| names.contains(&word));
    let may = has(&["mag", "mogen", "may", "can"]);
    (may && has(&["lezen", "meelezen", "read"]))
        || (may && has(&["dit", "this"]) && has(&["zien", "weten", "see", "know"]))
        || (has(&["deel", "delen", "share"]) && has(&["niet", "not", "don't"]))
}

/// `Voorgezin`.
fn glued(words: &str, readers: &BTreeSet<String>) -> bool {
    let folded = fold(words);
    let group = folded.strip_prefix("voor").or_else(|| folded.strip_prefix("for"));
    group.is_some_and(|group| some(group.trim_start_matches(is_mark), readers))
}

/// A second key on the line: `Status: loopt Voor: gezin`.
fn second_key(bare: &str, readers: &BTreeSet<String>) -> bool {
    // Most lines are plain and have none of our marks: known at once.
    if bare.is_ascii() && memchr::memchr3(b':', b';', b'=', bare.as_bytes()).is_none() {
        return false;
    }
    let marks = bare.char_indices().filter(|(_, c)| is_mark_behind_key(*c)).take(8);
    marks.skip(1).any(|(at, mark)| {
        let before = bare.get(..at).unwrap_or_default().trim_end();
        let last = before.rsplit(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty());
        let key = normal(last.unwrap_or_default());
        if !is_name(&key) && !is_near(&key) {
            return false;
        }
        let value = bare.get(at + mark.len_utf8()..).unwrap_or_default();
        let first = value
            .split(|c| is_comma(c) || matches!(c, '.' | '|' | '→'))
            .next()
            .unwrap_or_default();
        let word = first.split_whitespace().next().unwrap_or_default();
        !fold(value).contains("iedereen") && (some(first, readers) || some(word, readers))
    })
}

/// Readers between brackets: `Noor (voor: gezin)`, `Bellen (alleen gezin)`. `(voor school)`
/// may be when something is done.
fn in_brackets(bare: &str, readers: &BTreeSet<String>) -> bool {
    clothes::brackets(bare).take(8).any(|inside| {
        let only = || {
            let first = inside.split(' ').next().map(fold).unwrap_or_default();
            ONLY.contains(&first.as_str()) && named(inside, readers) == Some(Named::Clear)
        };
        let keyed = || {
            let (key, value) = split(inside)?;
            let key = normal(key);
            Some((is_name(&key) || is_near(&key)) && some(value, readers))
        };
        signs::closes_anywhere(inside) || only() || keyed().unwrap_or(false)
    })
}

/// Tells quickly whether a sentence may say that others may not read; most do not.
fn may_limit(line: &str) -> bool {
    static FINDER: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let finder = FINDER.get_or_init(|| {
        let words = ONLY.iter().chain(&NOT).chain(&only::PLAIN);
        AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
    });
    let found = |finder: &AhoCorasick| finder.is_match(line);
    !line.is_ascii() || finder.as_ref().is_none_or(found)
}

/// A sentence about these words: `Dit deel is alleen voor het gezin.`
fn says(sentence: &str, readers: &BTreeSet<String>) -> bool {
    let folded = fold(sentence);
    let words = || {
        let words = folded.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty())
    };
    if words().nth(14).is_some() {
        return false;
    }
    let words: Vec<&str> = words().collect();
    let reads = words.iter().any(|word| {
        matches!(*word, "lezen" | "zien" | "weten" | "read" | "see" | "know" | "meelezen")
    });
    let about = matches!(
        words.first(),
        Some(&("dit" | "deze" | "this" | "these" | "hier" | "onderstaande"))
    ) || (reads && words.iter().any(|word| matches!(*word, "dit" | "this")));
    about
        && words.iter().enumerate().any(|(at, word)| {
            let limits = ONLY.contains(word) || NOT.contains(word);
            let rest = words.get(at + 1..).unwrap_or_default();
            let meant = matches!(rest.first(), Some(&("voor" | "for")));
            limits && (meant || reads) && begins(rest, readers)
        })
}

/// Tells whether words begin with a group, behind `voor het`.
fn begins(words: &[&str], readers: &BTreeSet<String>) -> bool {
    let skip = words.iter().take_while(|word| is_small(word)).count();
    (1..=3).any(|count| {
        let group = words.get(skip..skip + count).unwrap_or_default().join(" ");
        group_of(&group, readers)
    })
}

fn is_small(word: &str) -> bool {
    matches!(
        word,
        "voor" | "for" | "het" | "de" | "onze" | "the" | "our" | "dit" | "this"
    )
}

fn group_of(group: &str, readers: &BTreeSet<String>) -> bool {
    matches!(read_groups(group, readers), Ok(Some(Audience::Groups(_))))
        || matches!(group, "ons" | "onszelf" | "ons gezin" | "mij" | "us" | "wij")
}

/// How clearly some words name readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    /// A group: `school`. It may also be what a part is about.
    Group,
    /// The family.
    Family,
    /// In so many words: `voor school`, `privé`.
    Clear,
}

/// Reads words that are nothing but readers: `voor het gezin`, `privé, gezin`.
fn named(words: &str, readers: &BTreeSet<String>) -> Option<Named> {
    if words.len() > LONGEST || (signs::closes(words) && split(words).is_none()) {
        return (words.len() <= LONGEST).then_some(Named::Clear);
    }
    let mut found = None;
    for piece in words.split(|c| is_comma(c) || matches!(c, '/' | '&' | '+')) {
        let piece = fold(piece.trim_matches(is_mark));
        if piece.is_empty() {
            continue;
        }
        let mut rest = piece.as_str();
        let mut clear = false;
        while let Some((first, more)) = rest.split_once(' ') {
            let limits = ONLY.contains(&first) || matches!(first, "voor" | "for");
            if readers.contains(rest) || !(limits || is_small(first)) {
                break;
            }
            clear |= limits;
            rest = more.trim_start();
        }
        let level = match () {
            () if signs::closes(&piece) => Named::Clear,
            () if !group_of(rest, readers) => return None,
            () if clear => Named::Clear,
            () if group_of(rest, &BTreeSet::new()) => Named::Family,
            () => Named::Group,
        };
        found = found.max(Some(level));
    }
    found
}

/// Returns the part of a raw heading that names readers: `Geld (voor gezin)`, `Geld
/// *alleen gezin*`, `Geld | gezin`. A heading that is nothing else is about them.
pub(super) fn heading<'a>(raw: &'a str, readers: &BTreeSet<String>) -> Option<&'a str> {
    let raw = raw.trim_start_matches(['#', ' ', '\t']).trim_end_matches(['#', ' ', '\t']);
    let raw = raw.get(..raw.floor_char_boundary(LONGEST))?;
    let whole = fold(raw.trim_matches(is_mark));
    let tail = raw.match_indices(' ').find_map(|(at, _)| {
        let rest = raw.get(at + 1..)?;
        let first = rest.split(' ').next()?.trim_matches(is_mark);
        let only = ONLY.contains(&fold(first).as_str());
        (only && named(rest, readers).is_some()).then_some(rest)
    });
    tail.or_else(|| {
        pieces(raw).into_iter().find_map(|(mark, piece)| {
            let least = match mark {
                ',' | ':' => Named::Clear,
                '*' | '_' | '`' | '~' => Named::Family,
                _ => Named::Group,
            };
            let piece = piece.trim_matches(is_mark);
            let other = fold(piece) != whole;
            (other && named(piece, readers)? >= least).then_some(piece)
        })
    })
}

/// Splits a heading at its marks; each piece with the mark before it.
fn pieces(raw: &str) -> Vec<(char, &str)> {
    let mut found = Vec::new();
    let (mut from, mut mark) = (0, ' ');
    for (at, c) in raw.char_indices() {
        let spaced = || raw.get(..at).is_some_and(|before| before.ends_with(' '));
        let cuts = match c {
            '-' | '–' | '—' | '/' => spaced(),
            _ => "()[]{}<>|*_`~#,:·•→\n".contains(c),
        };
        if cuts {
            found.push((mark, raw.get(from..at).unwrap_or_default()));
            (from, mark) = (at + c.len_utf8(), c);
        }
    }
    found.push((mark, raw.get(from..).unwrap_or_default()));
    found.retain(|(mark, piece)| *mark != ' ' && !piece.trim().is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readers() -> BTreeSet<String> {
        ["gezin", "school", "opa en oma"].map(String::from).into()
    }

    fn found(text: &str) -> bool {
        let (bare, next) = text.split_once('\n').unwrap_or((text, ""));
        line(bare, Place { under: true, next, closed: false }, &readers())
    }

    #[test]
    fn lines_that_ask() {
        for text in [
            "Door: gezin",
            "Koor: school",
            "Noor: gezin",
            "Vr: gezin",
            "V: gezin",
            "Voorgezin",
            "Status: loopt Voor: gezin",
            "Taal: nl, Voor: gezin",
            "Wie: Jan; Voor: gezin",
            "Wie mag dit lezen: gezin",
            "Wie mag dit lezen: Henk",
            "Mag dit lezen: gezin",
            "Zichtbaarheid: gezin",
            "Toegang: het gezin",
            "Toegang: alleen voor school",
            "Deel dit niet met: school",
            "Deel dit niet met: Henk",
            "Status: concept",
            "Lezers\n: gezin",
            "Dit deel is alleen voor het gezin.",
            "Dit is alleen voor school bedoeld.",
            "Alleen het gezin mag dit lezen.",
            "Dit is niet voor school.",
            "**Door:** opa en oma",
        ] {
            assert!(found(text), "{text}");
        }
    }

    #[test]
    fn lines_about_other_things() {
        for text in [
            "Wie: school",
            "Wie: gezin\nWanneer: elke dag",
            "Leefgebied: school, vrienden",
            "Door: Els",
            "Noor: 14 jaar",
            "Status: loopt",
            "Status: nog niet begonnen",
            "Toegang: via de achterdeur",
            "Wie mag dit lezen: iedereen",
            "Deel 1: rust",
            "Dit is voor later: eerst rust.",
            "Dit is alleen voor noodgevallen.",
            "Voorgerecht",
            "- Koken: gezin\n- Huiswerk: school",
            "Alleen Noor fietst",
        ] {
            assert!(!found(text), "{text}");
        }
    }

    #[test]
    fn headings_that_ask() {
        for title in [
            "Geld (voor gezin)",
            "Geld (voor het gezin)",
            "Geld (privé, gezin)",
            "Geld (voor ons)",
            "Geld *alleen gezin*",
            "Geld **alleen gezin**",
            "Geld alleen voor school",
            "Geld - gezin",
            "Geld / gezin",
            "Geld | gezin",
            "Geld <gezin>",
            "Geld #gezin",
            "Geld {gezin",
            "Geld **privé**",
            "(gezin) Geld",
        ] {
            assert!(heading(&format!("## {title} ##"), &readers()).is_some(), "{title}");
        }
        for title in [
            "Voor school",
            "Gezin",
            "**Gezin**",
            "Hoe gaat het op *school*?",
            "Geld - 2026",
            "Geld (voor iedereen)",
            "Wat gaat goed (en wat niet)",
            "Rust, school en werk",
            "Wat Noor alleen doet",
            "Gezin en school",
        ] {
            assert_eq!(heading(&format!("## {title}"), &readers()), None, "{title}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "([:;=#*(){}<>|/ -]|voor|alleen|gezin|dit|school|\\PC){0,20}") {
            found(&text);
            heading(&text, &readers());
        }
    }
}
