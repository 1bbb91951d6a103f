//! Text in words, the same way here and in the browser.
//!
//! `js/search.js` splits what people type by the same few rules, so they are plain: fold
//! accents and case, drop apostrophes, and every run of letters and digits is a word. In
//! scripts that write no spaces every character is one.

use crate::text::fold;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Longest word that is kept, in characters; `js/search.js` cuts there too.
pub(super) const LONGEST: usize = 32;

/// Calls `each` with every word of a text as written.
pub(super) fn words<'t>(text: &'t str, each: &mut impl FnMut(&'t str)) {
    if text.is_ascii() {
        let joins = |c: char| !c.is_ascii_alphanumeric() && c != '\'';
        return text.split(joins).filter(|word| !word.is_empty()).for_each(each);
    }
    for run in text.split(|c: char| !(part(c) || apostrophe(c))) {
        if run.is_empty() {
        } else if run.chars().any(spaceless) {
            run.graphemes(true).for_each(&mut *each);
        } else {
            each(run);
        }
    }
}

/// Returns the words a written word becomes: nearly always one, none for an apostrophe
/// alone, two for `½`.
pub(super) fn folded(word: &str) -> Vec<String> {
    let folded = fold(word).replace('\'', "").replace('ς', "σ");
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|piece| !piece.is_empty())
        .map(|piece| piece.chars().take(LONGEST).collect())
        .collect()
}

/// A word in lower case without apostrophes, accents kept: what a stemmer wants.
pub(super) fn lowered(word: &str) -> String {
    let bare: String = word.chars().filter(|c| !apostrophe(*c)).collect();
    crate::text::nfc(&bare.to_lowercase()).into_owned()
}

fn part(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´' | '`')
}

/// Scripts that write no spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
fn spaceless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        words(text, &mut |word| all.extend(folded(word)));
        all
    }

    #[test]
    fn words_as_people_would_type_them() {
        assert_eq!(
            all("Eén foto’s, 3.14 's ochtends"),
            ["een", "fotos", "3", "14", "s", "ochtends"]
        );
        assert_eq!(all("in-de-war don't ½"), ["in", "de", "war", "dont", "1", "2"]);
        assert_eq!(all("你好 مرحبا"), ["你", "好", "مرحبا"]);
        assert_eq!(all("' — !"), Vec::<String>::new());
        assert_eq!(folded(&"a".repeat(110)), ["a".repeat(LONGEST)]);
        assert_eq!(lowered("Eén’s"), "eéns");
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_only_letters_and_digits(text in "\\PC{0,60}") {
            for word in all(&text) {
                proptest::prop_assert!(word.chars().all(char::is_alphanumeric), "{word:?}");
            }
        }
    }
}
