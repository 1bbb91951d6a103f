//! Forms of a text for comparing: the same word typed by two people compares equal.

use std::borrow::Cow;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Returns the composed form (NFC): `e` + accent becomes `é`.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

/// Folds case and accents and straightens apostrophes; spaces stay. `Één` → `een`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        // Character by character is the same: marks, which have an order, go out.
        match c.is_ascii() {
            true => folded.push(plain(c.to_ascii_lowercase())),
            false => decompose_compatible(c, |c| {
                let kept = Some(c).filter(|&c| !is_combining_mark(c));
                folded.extend(kept.into_iter().flat_map(char::to_lowercase).map(plain));
            }),
        }
    }
    folded
}

/// Returns the plain letter or mark that people type instead of this one.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '´' | '`' => '\'',
        'ß' => 's',
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        'ı' => 'i',
        _ => c,
    }
}

/// Tells, without folding, that a folded text has more than `most` bytes from its first
/// letter to its last. It may: a `false` says nothing.
pub fn folds_longer(text: &str, most: usize) -> bool {
    if text.is_ascii() {
        return text.trim_matches(|c: char| !c.is_alphanumeric()).len() > most;
    }
    // Plain letters, and those with an accent of Latin script, leave a letter at least.
    let stays = |c: &char| {
        c.is_ascii_alphanumeric() || (matches!(c, 'À'..='ſ') && !matches!(c, '×' | '÷'))
    };
    text.len() > most && text.chars().filter(stays).nth(most).is_some()
}

/// Folds a key: as [`fold`], and spaces, hyphens and underscores go too.
/// `Kijk-terug op` → `kijkterugop`.
pub fn fold_key(text: &str) -> String {
    if text.is_ascii() {
        let mut folded = text.to_ascii_lowercase();
        // Most keys are one word: all of it is looked at without a stop, which is quicker.
        if text.bytes().fold(false, |gap, byte| gap | is_gap(char::from(byte))) {
            folded.retain(|c| !is_gap(c));
        }
        return folded;
    }
    let mut folded = fold(text);
    folded.retain(|c| !c.is_whitespace() && !is_gap(c));
    folded
}

/// Tells whether folding a key takes this character out; a space of another script goes too.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '-' | '_' | '\u{2010}'..='\u{2015}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        assert_eq!(fold("Één cliënt"), "een client");
        assert_eq!(fold_key("Kijk_terug-op "), "kijkterugop");
        assert_eq!(nfc("cafe\u{301}"), "café");
    }

    proptest::proptest! {
        #[test]
        fn one_by_one_folds_as_the_whole(text in "([a-z`’ßİﬁé\u{301}\u{323}가ﷺ]|\\PC){0,20}") {
            let whole = format!("{text}é");
            let kept = whole.nfkd().filter(|&c| !is_combining_mark(c));
            let whole: String = kept.flat_map(char::to_lowercase).map(plain).collect();
            proptest::prop_assert_eq!(fold(&format!("{text}é")), whole);
        }
    }

    proptest::proptest! {
        #[test]
        fn the_short_way_folds_the_same(text in "[ -~\t\n\u{b}\u{c}\r\u{1c}]{0,20}") {
            // A letter with an accent takes the long way.
            let long = fold_key(&format!("{text}é"));
            proptest::prop_assert_eq!(fold_key(&text).replace('`', "'") + "e", long);
        }
    }

    proptest::proptest! {
        #[test]
        fn what_folds_longer_is_longer(text in "([a-z é×÷ŉſʼ\u{37a}\u{363}.]|\\PC){0,40}", most in 0..30usize) {
            let folded = fold(&text);
            let letters = folded.trim_matches(|c: char| !c.is_alphanumeric());
            if folds_longer(&text, most) {
                proptest::prop_assert!(letters.len() > most, "{folded}");
            }
        }
    }
}
