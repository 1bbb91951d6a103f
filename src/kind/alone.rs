//! Words that stand alone and say who may read: `CONCEPT`, `niet publiceren`,
//! `alleen voor school`.
//!
//! `is_phrase` knows the fixed ones, `only` the free form; both take one slip of the
//! finger.

use super::clothes::seen;
use super::withdrawn;
use crate::text::{Ends, fold, folds_longer, is_one_slip};
use std::sync::OnceLock;

/// Words that mean it wherever they stand alone, folded.
const STRONG: &[&str] = &[
    "geen toestemming",
    "no consent",
    "niet voor de site",
    "niet voor de website",
    "niet op de website",
    "niet op internet",
    "niet online",
    "niet online zetten",
    "nog niet online",
    "nog niet op de site",
    "nog niet voor de site",
    "niet publiceren",
    "nog niet publiceren",
    "niet openbaar",
    "nog niet openbaar",
    "niet delen",
    "nog niet delen",
    "niet doorsturen",
    "niet verspreiden",
    "niet voor publicatie",
    "niet op de site",
    "niet voor buiten",
    "mag niet naar buiten",
    "mag niet online",
    "mag niet op de site",
    "mag niet op de website",
    "mag niet op internet",
    "mag nog niet online",
    "mag nog niet op de site",
    "mag nog niet op de website",
    "mag niet gepubliceerd worden",
    "mag niet gedeeld worden",
    "blijft binnen",
    "vertrouwelijk",
    "strikt vertrouwelijk",
    "geheim",
    "strikt geheim",
    "alleen voor intern gebruik",
    "voor intern gebruik",
    "intern gebruik",
    "alleen intern",
    "alleen gezin",
    "alleen familie",
    "alleen ons gezin",
    "alleen voor gezin",
    "alleen voor het gezin",
    "alleen voor ons",
    "alleen voor onszelf",
    "not for publication",
    "do not publish",
    "don't publish",
    "not public",
    "niet plaatsen",
    "nog niet plaatsen",
    "niet meer plaatsen",
    "do not share",
    "internal use only",
    "for internal use only",
    "confidential",
    "strictly confidential",
    "family only",
];

/// Words that mean it when they are all there is, near the top.
const WEAK: [&str; 17] = [
    "concept",
    "conceptversie",
    "concept versie",
    "klad",
    "kladversie",
    "draft",
    "prive",
    "privaat",
    "private",
    "intern",
    "top secret",
    "work in progress",
    "werkversie",
    "vervallen",
    "nog niet af",
    "nog niet klaar",
    "not finished yet",
];

/// Longest words that mean it with what stands behind them, in bytes.
const LONGEST: usize = 60;

/// Returns the words of a line, without what stands between them.
pub(super) fn words_of(words: &str) -> impl Iterator<Item = &str> {
    words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// `alleen voor school`, `enkel oma`, `only for Noor`: some, and nobody else.
pub(super) fn only(words: &str) -> bool {
    // Most lines are longer, and need no folding to know it: a plain letter stays one.
    let has_letter = |word: &&str| word.bytes().any(|b| b.is_ascii_alphanumeric());
    if words.split_whitespace().filter(has_letter).nth(6).is_some() {
        return false;
    }
    let folded = fold(words);
    let words: Vec<&str> = words_of(&folded).collect();
    if words.len() > 6 {
        return false;
    }
    let is = |word: &str, names: &[&str]| names.iter().any(|name| slip(word, name));
    match words.as_slice() {
        ["niet" | "not", second, third, ..] => {
            is(second, &["voor", "for"]) && *third != "altijd"
        }
        [first, second, _, ..]
            if is(first, &["alleen", "enkel", "uitsluitend", "only"]) =>
        {
            (is(second, &["voor", "for"]) && !["noor", "door"].contains(second))
                || ["gezin", "familie", "ons", "family"].contains(second)
        }
        [first, second] => {
            is(first, &["alleen", "enkel", "uitsluitend"])
                && ["gezin", "familie", "ons", "wij", "school", "mij"].contains(second)
        }
        _ => false,
    }
}

/// Tells whether what stands behind the last dash of a title is a stamp: `Samen - concept`,
/// `Samen - NIET PUBLICEREN`. `Werk - privé` is what a text is about.
pub(super) fn stamps(title: &str) -> bool {
    const DASHES: [&str; 3] = [" - ", " – ", " — "];
    const ABOUT: [&str; 5] = ["prive", "privaat", "private", "intern", "geheim"];
    let last = DASHES.iter().filter_map(|dash| title.rsplit_once(dash)).next_back();
    last.is_some_and(|(_, last)| {
        let folded = fold(last);
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
        !ABOUT.contains(&bare) && (WEAK.contains(&bare) || strong(bare, true))
    })
}

/// Tells whether words, all there is, keep it inside: as a whole, or each of several does:
/// `klad, niet delen`.
pub(super) fn is_phrase(words: &str) -> bool {
    // Looked for once: what is in no line is in none of its pieces. Of a long line only
    // these may be it.
    let back = words.len() > withdrawn::LONGEST || withdrawn::may_be(words);
    let commas = memchr::memchr2(b',', 0xd8, words.as_bytes()).is_some();
    is_one_phrase(words, back)
        || (commas
            && words.contains([',', '،'])
            && words.split([',', '،']).all(|piece| is_one_phrase(piece.trim(), back)))
}

/// `back`: whether the words may take a text back.
fn is_one_phrase(words: &str, back: bool) -> bool {
    // Words that are longer than all of ours can only take a text back.
    if folds_longer(words, LONGEST) {
        return back && withdrawn::line(words);
    }
    let folded = fold(words);
    let alone = folded.trim_matches(|c: char| !c.is_alphanumeric());
    strong(alone, false)
        || WEAK.contains(&alone)
        || begins(alone)
        || (back && withdrawn::line(words))
}

/// Tells whether folded words begin with one that means it: `CONCEPT - niet delen`,
/// `Concept 2`.
fn begins(alone: &str) -> bool {
    // Most words begin with none of them, which is known sooner than how many they are.
    let may = || WEAK.iter().any(|weak| alone.starts_with(weak));
    if alone.len() >= 40 || !may() || alone.split(' ').count() >= 6 {
        return false;
    }
    let first = alone.split(['!', '(']).next().unwrap_or_default();
    let first = first.split(" - ").next().unwrap_or_default();
    let first = first.split(" – ").next().unwrap_or_default();
    WEAK.contains(&first.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '))
}

/// The same in our other languages, as people type them: German, French, Turkish, Polish,
/// Ukrainian, Arabic.
const ABROAD: [&str; 6] = [
    "nicht veröffentlichen|nicht weitergeben|nicht teilen|vertraulich|streng vertraulich|nur intern|nur Familie|nur für die Familie|nur für uns|nur unsere Familie|bleibt unter uns|das bleibt unter uns",
    "ne pas publier|ne pas diffuser|ne pas partager|confidentiel|strictement confidentiel|famille uniquement|uniquement la famille|seulement pour la famille|pour la famille uniquement|seulement pour nous|reste entre nous|ça reste entre nous|cela reste entre nous",
    "yayınlamayın|yayınlanmasın|paylaşmayın|gizli|gizlidir|sadece aile|sadece ailemiz|sadece ailemiz için|yalnızca aile|sadece aile için|aramızda kalsın|bu aramızda kalsın",
    "nie publikować|nie udostępniać|poufne|ściśle poufne|tajne|tylko rodzina|tylko dla rodziny|tylko dla nas|zostaje między nami|to zostaje między nami",
    "не публікувати|не поширювати|конфіденційно|таємно|тільки родина|тільки для родини|тільки для нас|лише для родини|залишається між нами|це залишається між нами",
    "سري|سري للغاية|لا تنشر|لا تنشروا|ليس للنشر|للعائلة فقط|للأسرة فقط|خاص بالعائلة|لنا فقط|يبقى بيننا|هذا يبقى بيننا",
];

/// All words that mean it, folded.
fn all() -> &'static [String] {
    static ALL: OnceLock<Vec<String>> = OnceLock::new();
    ALL.get_or_init(|| {
        let abroad = ABROAD.iter().flat_map(|words| words.split('|'));
        let own = STRONG.iter().map(|words| words.to_string());
        own.chain(abroad.map(|words| fold(&seen(words)))).collect()
    })
}

/// How words that mean it begin and end.
fn ends() -> &'static Ends {
    static ENDS: OnceLock<Ends> = OnceLock::new();
    ENDS.get_or_init(|| Ends::of(all().iter().map(String::as_str)))
}

/// Tells whether folded words are, or begin with, words that mean it.
pub(super) fn strong(folded: &str, exact: bool) -> bool {
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if folded.len() > LONGEST || !ends().may_be(folded) {
        return false;
    }
    all().iter().any(|words| {
        let rest = folded.strip_prefix(words.as_str()).map(str::trim_start);
        rest.is_some_and(|rest| {
            let several = words.contains(' ');
            let ends = rest.is_empty()
                || (!exact && several && rest.split_whitespace().count() <= 4)
                || (!exact && rest.starts_with(['-', '–', '—', '!', ',', '(', '.']));
            ends && (rest.is_empty() || !rest.starts_with(char::is_alphabetic) || several)
        }) || (words.len() > 9 && slip(folded, words))
    })
}

/// Tells whether a group is a slip of the finger away from everybody.
pub fn nearly_everyone(group: &str) -> Option<&'static str> {
    let folded = fold(group.trim());
    ["iedereen", "everyone", "everybody"].into_iter().find(|name| slip(&folded, name))
}

/// Tells whether two words are the same but for one slip of the finger.
fn slip(word: &str, name: &str) -> bool {
    word == name
        || (name.len() > 3
            && word.len().abs_diff(name.len()) < 2
            && is_one_slip(word, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_alone() {
        for words in [
            "WITHDRAWN",
            "Nog niet plaatsen",
            "CONCEPT",
            "Niet publiceren!",
            "vertrouwlijk",
            "niet delen met oma",
            "Niet delen, dit is van ons",
            "Klad, niet delen",
            "Noor heeft haar verhaal ingetrokken, helaas",
            "Mag niet online",
            "Nur für die Familie",
            "Ne pas publier !",
            "Sadece ailemiz için",
            "Tylko dla rodziny",
            "Тільки для родини",
            "للعائلة فقط",
        ] {
            assert!(is_phrase(&seen(words)), "{words}");
        }
        for words in [
            "Vertrouwelijk praten",
            "Concept is een woord",
            "samen delen",
            "Draft, future, and expired",
        ] {
            assert!(!is_phrase(words), "{words}");
        }
        assert!(only("alleen voor school") && only("alleen voro gezin"));
        assert!(!only("alleen noor fietst"));
        assert_eq!(nearly_everyone("Iedereeen"), Some("iedereen"));
    }
}
