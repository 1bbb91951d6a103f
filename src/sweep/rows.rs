//! Long rows of words, looked for by two words in the middle of each: a table of those is
//! made at once, where an automaton of many thousands of lines takes a second and much
//! memory.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// Fewest words of a row that can be found here.
pub(super) const FEWEST: usize = 4;

/// Rows of words.
#[derive(Default)]
pub(super) struct Rows {
    /// By their second and third word: the numbers of rows.
    pairs: HashMap<u64, Vec<usize>, BuildHasherDefault<DefaultHasher>>,
    rows: Vec<Row>,
}

struct Row {
    /// The words, one space between them, none around.
    words: String,
    /// Where the second word begins.
    second: usize,
    from: usize,
    count: usize,
    letters: usize,
}

/// A row that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// Which one, in the order in which they were added.
    pub(super) row: usize,
    /// Where it comes from.
    pub(super) from: usize,
    /// How many words it has.
    pub(super) count: usize,
    /// How many letters it has.
    pub(super) letters: usize,
}

/// Tells whether a row has words enough.
pub(super) fn is_long(row: &str) -> bool {
    row.split(' ').filter(|word| !word.is_empty()).count() >= FEWEST
}

impl Rows {
    /// Gathers rows, as [`super::plain`] makes them; those with too few words are left out.
    pub(super) fn new<'a>(all: impl Iterator<Item = (&'a str, usize)>) -> Rows {
        let mut rows = Rows::default();
        for (row, from) in all.filter(|(row, _)| is_long(row)) {
            rows.add(row.trim_matches(' '), from);
        }
        rows
    }

    fn add(&mut self, words: &str, from: usize) {
        let mut places = words.match_indices(' ').map(|(at, _)| at);
        let (Some(first), Some(_), Some(third)) =
            (places.next(), places.next(), places.next())
        else {
            return;
        };
        let gaps = words.matches(' ').count();
        let pair = self.hash(&words.as_bytes()[first + 1..third]);
        self.pairs.entry(pair).or_default().push(self.rows.len());
        let letters = words.len() - gaps;
        let words = words.to_string();
        self.rows.push(Row { words, second: first + 1, from, count: gaps + 1, letters });
    }

    fn hash(&self, pair: &[u8]) -> u64 {
        self.pairs.hasher().hash_one(pair)
    }

    /// Tells whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the rows in a text of plain words; `whole`: only where a word begins and ends.
    pub(super) fn find(&self, text: &[u8], whole: bool) -> impl Iterator<Item = Hit> {
        // Two words: from behind one space to before the next but one.
        let mut spaces = [None, None];
        let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b' ');
        let pairs = ends.filter_map(move |(at, _)| {
            let from = spaces[0].map(|at: usize| at + 1);
            spaces = [spaces[1], Some(at)];
            Some(from?..at)
        });
        let pairs = pairs.filter(|_| !self.rows.is_empty());
        pairs.flat_map(move |pair| {
            let start = pair.start;
            let rows = self.pairs.get(&self.hash(&text[pair]));
            let all = rows.map_or(&[][..], Vec::as_slice).iter();
            all.filter(move |row| self.rows[**row].is_at(text, start, whole)).map(
                |&row| {
                    let Row { from, count, letters, .. } = self.rows[row];
                    Hit { row, from, count, letters }
                },
            )
        })
    }
}

impl Row {
    /// Tells whether it stands where its second word begins at `second`.
    fn is_at(&self, text: &[u8], second: usize, whole: bool) -> bool {
        let Some(start) = second.checked_sub(self.second) else { return false };
        let end = start + self.words.len();
        let edge = |at: Option<usize>| {
            at.and_then(|at| text.get(at)).is_none_or(|byte| *byte == b' ')
        };
        text.get(start..end) == Some(self.words.as_bytes())
            && (!whole || edge(start.checked_sub(1)) && edge(Some(end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            prop_assert_eq!(found(&edged, &text, whole), expected);
        }
    }
}
