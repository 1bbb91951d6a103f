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
    words: Vec<KnownWord<'a>>,
}

#[derive(Debug)]
struct KnownWord<'a> {
    word: &'a str,
    folded: String,
    /// How many characters that is.
    length: usize,
    letters: [i16; 32],
    /// Which letters it has at all: one bit each.
    mask: u32,
}

impl<'a> Known<'a> {
    /// Folds words.
    pub fn new(words: impl IntoIterator<Item = &'a str>) -> Self {
        let known = |word: &'a str| {
            let folded = fold_key(word);
            let letters = letters_of(&folded);
            let (length, mask) = (folded.chars().count(), mask_of(&letters));
            KnownWord { word, folded, length, letters, mask }
        };
        Known { words: words.into_iter().map(known).collect() }
    }

    /// Returns the word nearest to `typed`, as [`nearest`] does.
    pub fn nearest(&self, typed: &str) -> Option<&'a str> {
        let typed = fold_key(typed);
        let length = typed.chars().count();
        let limit = limit(length)?;
        let letters = letters_of(&typed);
        let mask = mask_of(&letters);
        let few = |mask: u32| mask.count_ones() as usize <= limit;
        let mut best: Option<(usize, &str)> = None;
        for known in &self.words {
            let near = known.length.abs_diff(length) <= limit
                && few(mask & !known.mask)
                && few(known.mask & !mask)
                && apart(letters, known.letters) <= limit;
            if !near {
                continue;
            }
            let distance = strsim::damerau_levenshtein(&typed, &known.folded);
            if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, known.word));
            }
        }
        best.map(|(_, word)| word)
    }
}

/// Returns which letters there are, one bit each.
fn mask_of(letters: &[i16; 32]) -> u32 {
    letters.iter().rev().fold(0, |mask, count| (mask << 1) | u32::from(*count > 0))
}

/// Tells whether exactly one slip of the finger lies between two words: a letter more, less
/// or other, or two neighbours that changed places. (Distance 1, without measuring it.)
pub fn is_one_slip(left: &str, right: &str) -> bool {
    if left.len().abs_diff(right.len()) > 4 {
        return false;
    }
    let same = left.chars().zip(right.chars()).take_while(|(left, right)| left == right);
    let same: usize = same.map(|(left, _)| left.len_utf8()).sum();
    let (left, right) = (&left[same..], &right[same..]);
    let ends = left.chars().rev().zip(right.chars().rev());
    let same: usize = ends
        .take_while(|(left, right)| left == right)
        .map(|(left, _)| left.len_utf8())
        .sum();
    let mut left = left[..left.len() - same].chars();
    let mut right = right[..right.len() - same].chars();
    let (first, second) = ((left.next(), left.next()), (right.next(), right.next()));
    let done = left.next().is_none() && right.next().is_none();
    match (first, second) {
        ((None, _), (None, _)) => false,
        ((_, None), (_, None)) => true,
        ((Some(a), Some(b)), (Some(c), Some(d))) => done && a == d && b == c,
        _ => false,
    }
}

/// The first and last letters of known words: a cheap question before a costly one.
///
/// Most typed words begin and end like none of them. Such a word is none of them, goes on
/// behind none of them, and is no slip of the finger away from one of eight letters or
/// more: a slip at one end leaves the other as it was.
#[derive(Debug)]
pub struct Ends {
    first: Vec<[u8; 3]>,
    last: Vec<[u8; 3]>,
}

impl Ends {
    /// Takes the ends of words, each of three bytes or more.
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut ends = Ends { first: Vec::new(), last: Vec::new() };
        for word in words {
            ends.first.extend(word.as_bytes().first_chunk::<3>());
            ends.last.extend(word.as_bytes().last_chunk::<3>());
        }
        for side in [&mut ends.first, &mut ends.last] {
            side.sort_unstable();
            side.dedup();
        }
        ends
    }

    /// Tells whether a folded word begins or ends like one of them.
    pub fn may_be(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        let is = |ends: &[[u8; 3]], end| ends.binary_search(end).is_ok();
        bytes.first_chunk::<3>().is_some_and(|end| is(&self.first, end))
            || bytes.last_chunk::<3>().is_some_and(|end| is(&self.last, end))
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
        let count = &mut counts[usize::from(byte.to_ascii_lowercase() % 32)];
        *count = i16::saturating_add(*count, 1);
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
    fn a_word_without_end_is_near_to_nothing() {
        assert_eq!(nearest(&"a".repeat(70_000), ["titel"]), None);
    }

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
        fn one_slip_is_a_distance_of_one(left in "[abé]{0,6}", right in "[abé]{0,6}") {
            let distance = strsim::damerau_levenshtein(&left, &right);
            proptest::prop_assert_eq!(is_one_slip(&left, &right), distance == 1);
        }

        #[test]
        fn ends_miss_no_slip(left in "[abc]{8,10}", right in "[abcé]{7,11}") {
            if is_one_slip(&left, &right) || right.starts_with(&left) {
                proptest::prop_assert!(Ends::of([left.as_str()]).may_be(&right));
            }
        }

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
