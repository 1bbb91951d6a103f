//! Sentences in our other languages that say that nobody else may read: `Dieser Teil ist
//! nur für die Familie.`, `Das dürfen nur wir lesen.`
//!
//! [`abroad`] is the entry. It only ever closes: who reads such a sentence in our own
//! languages knows groups by name, here it is always the family.

use super::alone::words_of;
use super::clothes::seen;
use super::people::names_family;
use crate::text::fold;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a word says in such a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Nobody else.
    Only,
    /// We, us.
    Us,
    /// These words.
    This,
    /// To read, to see, to know.
    Reads,
    /// For.
    For,
}

/// The words, with `|` between them: German, French, Turkish, Polish, Ukrainian, Arabic.
const WORDS: [(Says, &str); 5] = [
    (
        Says::Only,
        "nur|ausschließlich|seulement|uniquement|exclusivement|réservé|réservée|sadece|\
         yalnız|yalnızca|tylko|wyłącznie|тільки|лише|виключно|فقط|حصرا",
    ),
    (
        Says::Us,
        "wir|uns|unsere|unserer|nous|biz|bize|bizim|ailemiz|ailemizin|my|nas|nam|ми|нас|\
         нам|لنا|نحن|عائلتنا|لعائلتنا|للعائلة|للأسرة",
    ),
    (
        Says::This,
        "dies|diese|dieser|dieses|das|hier|ce|cette|ceci|cela|ça|bu|bunu|bunlar|ten|ta|to|\
         te|цей|ця|це|ці|هذا|هذه",
    ),
    (
        Says::Reads,
        "lesen|sehen|wissen|lire|lu|lue|voir|savoir|okuyabilir|okuyabiliriz|okusun|\
         okuyacak|görebilir|görebiliriz|bilsin|czytać|przeczytać|widzieć|wiedzieć|читати|\
         прочитати|бачити|знати|يقرأ|نقرأ|قراءة|يرى|يعرف",
    ),
    (Says::For, "für|pour|à|için|dla|для|لنا|لعائلتنا|للعائلة|للأسرة"),
];

/// Most words in such a sentence.
const MOST: usize = 14;

/// Tells whether a sentence says that nobody else may read these words.
pub fn abroad(sentence: &str) -> bool {
    let folded = fold(&seen(sentence));
    if words_of(&folded).nth(MOST).is_some() {
        return false;
    }
    let says = |what: Says| words_of(&folded).any(|word| said(word, what));
    let about = words_of(&folded).next().is_some_and(|first| said(first, Says::This));
    says(Says::Only)
        && (says(Says::Us) || names_family(&folded))
        && (says(Says::Reads) || (about && says(Says::For)))
}

/// Words that say that nobody else may read, as far as they are plain letters: most
/// sentences hold none.
pub const PLAIN: [&str; 8] = [
    "nur",
    "seulement",
    "uniquement",
    "exclusivement",
    "sadece",
    "tylko",
    "ausschlie",
    "reserve",
];

fn said(word: &str, what: Says) -> bool {
    static WORDS_OF: OnceLock<HashMap<String, Vec<Says>>> = OnceLock::new();
    let known = WORDS_OF.get_or_init(|| {
        let mut known: HashMap<String, Vec<Says>> = HashMap::new();
        for (says, words) in WORDS {
            for word in words.split('|') {
                known.entry(fold(&seen(word))).or_default().push(says);
            }
        }
        known
    });
    known.get(word).is_some_and(|says| says.contains(&what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_for_us() {
        for sentence in [
            "Dieser Teil ist nur für die Familie",
            "Das dürfen nur wir lesen",
            "Das ist nur für uns",
            "Cette partie est seulement pour la famille",
            "Ceci est réservé à la famille",
            "Bu bölüm sadece ailemiz için",
            "Bunu sadece biz okuyabiliriz",
            "Ta część jest tylko dla rodziny",
            "To możemy czytać tylko my",
            "Ця частина тільки для родини",
            "Це можемо читати лише ми",
            "هذا الجزء للعائلة فقط",
        ] {
            assert!(abroad(sentence), "{sentence}");
        }
        for sentence in [
            "Das machen nur wir",
            "Wir essen nur am Sonntag mit der Familie",
            "Cette semaine nous mangeons seulement du pain",
            "Nur für Mila kochen wir ohne Fleisch",
            "To jest dla nas ważne",
            "هذا مهم لنا",
        ] {
            assert!(!abroad(sentence), "{sentence}");
        }
    }

    #[test]
    fn plain_words_are_among_them() {
        for word in PLAIN {
            assert!(
                WORDS[0].1.split('|').any(|one| fold(one).starts_with(word)),
                "{word}"
            );
        }
    }
}
