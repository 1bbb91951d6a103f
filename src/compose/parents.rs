//! Whether a parent or guardian said yes to the story of somebody under sixteen.
//!
//! [`agreed`] reads `toestemming van:`. Only words we know may stand there: behind any
//! other word may be a no (`moeder weigert`, `wacht op ouder`), so it is no yes.

use crate::text::fold;

/// Who decides along, folded.
const PARENTS: [&str; 30] = [
    "ouder",
    "ouders",
    "voogd",
    "voogden",
    "moeder",
    "moeders",
    "vader",
    "vaders",
    "mama",
    "papa",
    "pleegouder",
    "pleegouders",
    "pleegmoeder",
    "pleegvader",
    "adoptieouder",
    "adoptieouders",
    "gezagdrager",
    "gezagdragers",
    "parent",
    "parents",
    "guardian",
    "guardians",
    "mother",
    "mothers",
    "father",
    "fathers",
    "mum",
    "mom",
    "dad",
    "mam",
];

/// Others who may have said yes too, folded.
const OTHERS: [&str; 22] = [
    "verteller",
    "vertellers",
    "teller",
    "storyteller",
    "narrator",
    "kind",
    "kinderen",
    "child",
    "jongere",
    "zelf",
    "ikzelf",
    "ik",
    "self",
    "oma",
    "opa",
    "grootouders",
    "broer",
    "zus",
    "brother",
    "sister",
    "tante",
    "oom",
];

/// Words between them that change nothing, folded.
const BETWEEN: [&str; 21] = [
    "en", "and", "ook", "also", "de", "het", "the", "haar", "zijn", "mijn", "hun",
    "onze", "her", "his", "my", "their", "beide", "both", "foster", "ja", "yes",
];

/// Words with a capital that are no name: behind a parent they may be a no.
const NO_NAMES: [&str; 30] = [
    "nee",
    "neen",
    "niet",
    "niets",
    "nog",
    "geen",
    "nooit",
    "no",
    "not",
    "none",
    "never",
    "weigert",
    "weigeren",
    "refuses",
    "wacht",
    "waiting",
    "later",
    "misschien",
    "maybe",
    "onbekend",
    "unknown",
    "onbereikbaar",
    "onzeker",
    "twijfelt",
    "vraagt",
    "vragen",
    "volgt",
    "overleden",
    "zonder",
    "without",
];

/// Marks between words that change nothing.
const MARKS: [char; 13] =
    [',', ';', '+', '&', '/', '(', ')', '[', ']', '"', '\'', '.', '!'];

/// Tells whether a parent or guardian is among those who said yes, in words that cannot
/// mean anything else. `teller`: whose name may stand there too.
pub(super) fn agreed(from: Option<&str>, teller: Option<&str>) -> bool {
    let teller = fold(teller.unwrap_or_default());
    let is_teller = |word: &str| {
        teller.split(|c: char| !c.is_alphanumeric()).any(|name| name == word)
    };
    let mut parent = false;
    // Whether a name may stand here: right behind a parent.
    let mut named = false;
    for typed in
        from.unwrap_or_default().split(|c: char| c.is_whitespace() || MARKS.contains(&c))
    {
        let word = fold(typed);
        let word = word.as_str();
        if word.is_empty() || BETWEEN.contains(&word) {
            continue;
        }
        if PARENTS.contains(&word) {
            (parent, named) = (true, true);
        } else if OTHERS.contains(&word) {
            named = true;
        } else if NO_NAMES.contains(&word)
            || !is_name(typed)
            || !(named || is_teller(word))
        {
            return false;
        }
    }
    parent
}

/// Tells whether a word is written as a name: `Fatima`, `El-Amrani`.
fn is_name(word: &str) -> bool {
    word.chars().count() > 1
        && word.split('-').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_uppercase)
                && letters.all(|c| c.is_lowercase())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_is_read_in_its_usual_words() {
        for yes in [
            "verteller en ouder",
            "teller and parent",
            "Voogd",
            "verteller, moeder",
            "Noor en haar moeder Fatima",
            "vader & moeder, ja",
            "[verteller, ouder]",
            "Moeder El-Amrani; verteller.",
        ] {
            assert!(agreed(Some(yes), Some("Noor, 12 jaar")), "{yes}");
        }
    }

    #[test]
    fn any_other_word_may_be_a_no() {
        for no in [
            "",
            "verteller",
            "verteller, geen ouder",
            "verteller, ouderling",
            "Noor; moeder weigert",
            "ouder?",
            "ouder nee",
            "ouder Nee",
            "MOEDER WEIGERT",
            "nee: ouder",
            "verteller, moeder: nee",
            "wacht op ouder",
            "Vraag ouder",
            "ouder weet het niet",
            "ouders onbereikbaar",
            "~~ouder~~",
            "ouder ❌",
            "ouder 0",
        ] {
            assert!(!agreed(Some(no), Some("Noor")), "{no}");
        }
        assert!(!agreed(None, None));
    }
}
