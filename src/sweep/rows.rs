//! Long rows of words, looked for by two words in the middle of each: a table of those is
//! made at once, where an automaton of many thousands of lines takes a second and much
//! memory.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// Fewest words of a row that can be found here.
pub(super) const FEWEST: usize = 4;

/// Rows of words.
#[derive(Default)]
pub(super) struct Rows {
    /// By their second and third word: the last row that has them.
    pairs: HashMap<u64, usize, BuildHasherDefault<Mixed>>,
    rows: Vec<Row>,
    /// The words of all rows, one space between them, none around.
    words: String,
}

struct Row {
    /// Where its words stand.
    words: Range<usize>,
    /// Where the second word begins in them.
    second: usize,
    from: usize,
    count: usize,
    letters: usize,
    /// Another row with the same second and third word.
    other: Option<usize>,
}

/// A row that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// Where it comes from.
    pub(super) from: usize,
    /// How many words it has.
    pub(super) count: usize,
    /// How many letters it has.
    pub(super) letters: usize,
}

/// What comes in is mixed already.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, mixed: u64) {
        self.0 = mixed;
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }
}

/// Mixes bytes, eight at a time: many pairs of words are looked at, and no secret hangs on
/// this.
fn hash(bytes: &[u8]) -> u64 {
    const MANY: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |all: u64, more: u64| (all.rotate_left(23) ^ more).wrapping_mul(MANY);
    let (parts, rest) = bytes.as_chunks();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let all = parts.iter().map(|part| u64::from_le_bytes(*part));
    let all = all.fold(bytes.len() as u64, mix);
    let mixed = mix(all, u64::from_le_bytes(last));
    mixed ^ mixed >> 32
}

/// Returns where two words stand side by side: from behind one space to before the next but
/// one.
fn pairs(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut spaces = [None, None];
    memchr::memchr_iter(b' ', text).filter_map(move |at| {
        let from = spaces[0].map(|at: usize| at + 1);
        spaces = [spaces[1], Some(at)];
        Some(from?..at)
    })
}

/// Tells whether a row has words enough.
pub(super) fn is_long(row: &str) -> bool {
    // One space between words: as many as words, less one.
    let gaps = memchr::memchr_iter(b' ', row.trim_matches(' ').as_bytes());
    gaps.take(FEWEST - 1).count() == FEWEST - 1
}

impl Rows {
    /// Gathers rows, as [`super::plain`] makes them; those with too few words are left out.
    pub(super) fn new<'a>(all: impl Iterator<Item = (&'a str, usize)>) -> Rows {
        Rows::gathered(all, |_| true)
    }

    /// Gathers only the rows that may stand in a text: few of many thousands.
    pub(super) fn near<'a>(
        all: impl Iterator<Item = (&'a str, usize)>,
        text: &[u8],
    ) -> Rows {
        let there: HashSet<u64, BuildHasherDefault<Mixed>> =
            pairs(text).map(|pair| hash(&text[pair])).collect();
        Rows::gathered(all, |pair| there.contains(&pair))
    }

    fn gathered<'a>(
        all: impl Iterator<Item = (&'a str, usize)>,
        wanted: impl Fn(u64) -> bool,
    ) -> Rows {
        let mut rows = Rows::default();
        for (row, from) in all.filter(|(row, _)| is_long(row)) {
            rows.add(row.trim_matches(' '), from, &wanted);
        }
        rows
    }

    fn add(&mut self, words: &str, from: usize, wanted: impl Fn(u64) -> bool) {
        let bytes = words.as_bytes();
        let mut places = memchr::memchr_iter(b' ', bytes);
        let (Some(first), Some(_), Some(third)) =
            (places.next(), places.next(), places.next())
        else {
            return;
        };
        let pair = hash(&bytes[first + 1..third]);
        if !wanted(pair) {
            return;
        }
        let gaps = 3 + places.count();
        let start = self.words.len();
        self.words.push_str(words);
        self.rows.push(Row {
            words: start..self.words.len(),
            second: first + 1,
            from,
            count: gaps + 1,
            letters: words.len() - gaps,
            other: self.pairs.insert(pair, self.rows.len()),
        });
    }

    /// Tells whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the rows in a text of plain words; `whole`: only where a word begins and ends.
    pub(super) fn find(&self, text: &[u8], whole: bool) -> impl Iterator<Item = Hit> {
        let pairs = pairs(text).filter(|_| !self.rows.is_empty());
        pairs.flat_map(move |pair| {
            let start = pair.start;
            let last = self.pairs.get(&hash(&text[pair])).copied();
            let all = std::iter::successors(last, |row| self.rows[*row].other);
            all.filter(move |row| self.is_at(&self.rows[*row], text, start, whole))
                .map(|row| self.rows[row].hit())
        })
    }

    /// Tells whether a row stands where its second word begins at `second`.
    fn is_at(&self, row: &Row, text: &[u8], second: usize, whole: bool) -> bool {
        let words = &self.words.as_bytes()[row.words.clone()];
        let Some(start) = second.checked_sub(row.second) else { return false };
        let end = start + words.len();
        let edge = |at: Option<usize>| {
            at.and_then(|at| text.get(at)).is_none_or(|byte| *byte == b' ')
        };
        text.get(start..end) == Some(words)
            && (!whole || edge(start.checked_sub(1)) && edge(Some(end)))
    }
}

impl Row {
    fn hit(&self) -> Hit {
        Hit { from: self.from, count: self.count, letters: self.letters }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn found(rows: &[&str], text: &str, whole: bool) -> Vec<usize> {
        let rows = Rows::new(rows.iter().enumerate().map(|(at, row)| (*row, at)));
        let mut found: Vec<usize> =
            rows.find(text.as_bytes(), whole).map(|hit| hit.from).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn rows_are_found_whole_or_against_anything() {
        let rows = [" noor slaapt al weken ", " al weken bij oma riet ", " kort "];
        let text = " ach noor slaapt al weken bij oma riet ";
        assert_eq!(found(&rows, text, true), [0, 1]);
        assert_eq!(found(&rows, text.trim(), true), [0, 1], "at both ends");
        assert_eq!(found(&rows, " xnoor slaapt al wekenx ", true), [0; 0]);
        assert_eq!(found(&rows, " xnoor slaapt al wekenx ", false), [0]);
        assert_eq!(found(&rows, " noor slaapt al ", false), [0; 0]);
        let both = rows.iter().enumerate().map(|(at, row)| (*row, at));
        let near = Rows::near(both, b" noor slaapt al ");
        assert_eq!(near.rows.len(), 1, "the other cannot stand there");
        let rows = Rows::new([(rows[0], 7)].into_iter());
        let hit = rows.find(text.as_bytes(), true).next().expect("there");
        assert_eq!((hit.from, hit.count, hit.letters), (7, 4, 17));
        assert!(Rows::new([(" te kort is ", 1)].into_iter()).is_empty());
    }

    proptest! {
        #[test]
        fn as_a_plain_search_finds_them(
            rows in prop::collection::vec("[ab]{1,2}( [ab]{1,2}){3,5}", 1..5),
            text in "([ab]{1,2} ){0,40}",
            whole: bool,
        ) {
            let edged: Vec<String> = rows.iter().map(|row| format!(" {row} ")).collect();
            let edged: Vec<&str> = edged.iter().map(String::as_str).collect();
            let text = format!(" {text}");
            let expected: Vec<usize> = (0..rows.len())
                .filter(|at| match whole {
                    true => text.contains(edged[*at]),
                    false => text.contains(&rows[*at]),
                })
                .collect();
            prop_assert_eq!(found(&edged, &text, whole), expected.clone());
            let all = edged.iter().enumerate().map(|(at, row)| (*row, at));
            let near = Rows::near(all, text.as_bytes());
            let near: BTreeSet<usize> =
                near.find(text.as_bytes(), whole).map(|hit| hit.from).collect();
            prop_assert!(near.into_iter().eq(expected));
        }
    }
}
