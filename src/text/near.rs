//! "Did you mean": the known word nearest to a typed one.

use super::fold_key;

/// Returns the candidate nearest to `typed`, when it is near enough to be a slip of the
/// finger: one change in words up to four characters, two up to nine, three beyond.
///
/// Distance: Damerau–Levenshtein (insert, delete, replace, swap of neighbours). The first
/// of equals wins, so the order of the candidates decides, not chance.
pub fn nearest<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let typed = fold_key(typed);
    let length = typed.chars().count();
    let limit = limit(length)?;
    let letters = letters_of(&typed);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // Most words share too few letters to be near: no need to measure those.
        if candidate.is_ascii() && apart(letters, letters_of(candidate)) > limit {
            continue;
        }
        let folded = fold_key(candidate);
        if folded.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&typed, &folded);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Returns how many changes a slip of the finger may take in a word of this length.
fn limit(length: usize) -> Option<usize> {
    match length {
        0 | 1 => None,
        2..=4 => Some(1),
        5..=9 => Some(2),
        _ => Some(3),
    }
}

/// Words that are asked about again and again: folded and counted once.
#[derive(Debug)]
pub struct Known<'a> {
    words: Vec<(&'a str, String, [i16; 32])>,
}

impl<'a> Known<'a> {
    /// Folds words.
    pub fn new(words: impl IntoIterator<Item = &'a str>) -> Self {
        let known = |word: &'a str| {
            let folded = fold_key(word);
            let letters = letters_of(&folded);
            (word, folded, letters)
        };
        Known { words: words.into_iter().map(known).collect() }
    }

    /// Returns the word nearest to `typed`, as [`nearest`] does.
    pub fn nearest(&self, typed: &str) -> Option<&'a str> {
        let typed = fold_key(typed);
        let length = typed.chars().count();
        let limit = limit(length)?;
        let letters = letters_of(&typed);
        let mut best: Option<(usize, &str)> = None;
        for (word, folded, counts) in &self.words {
            // Bytes are at least as many as characters, and at most four times.
            if folded.len() > (length + limit) * 4 || folded.len() + limit < length {
                continue;
            }
            if apart(letters, *counts) > limit {
                continue;
            }
            let distance = strsim::damerau_levenshtein(&typed, folded);
            if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, word));
            }
        }
        best.map(|(_, word)| word)
    }
}

/// Counts the letters of a word; marks and spaces that folding takes out do not count.
fn letters_of(word: &str) -> [i16; 32] {
    let mut counts = [0; 32];
    let counted = |byte: &u8| {
        let mark = matches!(byte, b'-' | b'_') || byte.is_ascii_whitespace();
        // One for each character: bytes inside one do not count.
        !mark && (byte.is_ascii() || *byte >= 0xc0)
    };
    for byte in word.bytes().filter(counted) {
        counts[usize::from(byte.to_ascii_lowercase() % 32)] += 1;
    }
    counts
}

/// Returns how many changes at least lie between words with these letters.
fn apart(left: [i16; 32], right: [i16; 32]) -> usize {
    let (mut more, mut fewer) = (0, 0);
    for (left, right) in left.into_iter().zip(right) {
        more += (left - right).max(0) as usize;
        fewer += (right - left).max(0) as usize;
    }
    more.max(fewer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_only() {
        assert_eq!(nearest("tittel", ["titel", "taal"]), Some("titel"));
        assert_eq!(nearest("Vor", ["voor", "wie"]), Some("voor"));
        assert_eq!(nearest("categorie", ["titel", "taal"]), None);
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(
            nearest("Hoe_merken we 't", ["hoe merken we het"]),
            Some("hoe merken we het")
        );
    }

    proptest::proptest! {
        #[test]
        fn known_words_are_found_the_same(typed in "[a-cé -]{0,12}", words in proptest::collection::vec("[a-cé -]{0,12}", 0..6)) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let known = Known::new(words.iter().copied());
            proptest::prop_assert_eq!(known.nearest(&typed), nearest(&typed, words));
        }

        #[test]
        fn what_is_not_measured_is_not_near(typed in "[a-d éα-]{2,12}", other in "[a-d -]{2,12}") {
            let (left, right) = (fold_key(&typed), fold_key(&other));
            let apart = apart(letters_of(&left), letters_of(&other));
            proptest::prop_assert!(apart <= strsim::damerau_levenshtein(&left, &right));
        }
    }
}
