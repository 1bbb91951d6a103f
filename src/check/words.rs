//! T01: a friendlier word. A hint, never more, and never inside somebody's own words.
//!
//! The table `word_hints.tsv` holds the words; `eigen-woorden.tsv` beside the texts adds
//! to it (`woord` tab `liever` tab `waarom`) or takes away (`-woord`).

use super::line::Line;
use super::lines::Lines;
use super::rule::{Ground, Rule};
use super::speech::{quiet, touches};
use crate::model::{Library, Text};
use crate::problem::{Code, Problem};
use crate::text::fold;
use aho_corasick::AhoCorasick;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Word, sort, rather, why.
const HINTS: &str = include_str!("word_hints.tsv");

/// Names of the sorts, so that a table of our form can be used as `eigen-woorden.tsv`.
const SORTS: [&str; 5] = ["macht", "vaktaal", "afstand", "ambtelijk", "diagnose"];

/// A word with a friendlier one; without one (`rather` is empty) we only ask.
struct Hint {
    rather: String,
    why: String,
}

struct Words<'a> {
    library: &'a Library,
    /// Finds folded words; `None` when there are none, or hints are not wanted.
    finder: Option<AhoCorasick>,
    hints: Vec<Hint>,
}

pub(super) fn make<'a>(ground: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    let library = ground.library;
    if !ground.hints {
        return Box::new(Words { library, finder: None, hints: Vec::new() });
    }
    let mut table = BTreeMap::new();
    add(&mut table, HINTS);
    add(&mut table, &library.own_words);
    let (words, hints): (Vec<String>, Vec<Hint>) = table.into_iter().unzip();
    // Too many words for an automaton: then there are no hints, and nothing stops.
    let finder = AhoCorasick::new(&words).ok().filter(|_| !words.is_empty());
    Box::new(Words { library, finder, hints })
}

/// Reads lines of a table into the table: later lines win.
fn add(table: &mut BTreeMap<String, Hint>, lines: &str) {
    for line in lines.lines() {
        let line = line.trim_start_matches('\u{feff}').trim_end();
        let mark = if line.contains('\t') { '\t' } else { ';' };
        let mut cells: Vec<&str> = line.split(mark).map(str::trim).collect();
        if cells.len() > 2 && (SORTS.contains(&cells[1]) || cells[1] == "soort") {
            cells.remove(1);
        }
        let word = fold(cells.first().copied().unwrap_or_default());
        if word.is_empty() || word == "woord" || word.starts_with('#') {
            continue;
        }
        if let Some(taken) = word.strip_prefix('-') {
            table.remove(taken.trim());
            continue;
        }
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        table.insert(word, Hint { rather: cell(1).into(), why: cell(2).into() });
    }
}

impl Rule for Words<'_> {
    fn text(&self, _: &Text, lines: &Lines<'_>, found: &mut Vec<Problem>) {
        let Some(finder) = &self.finder else { return };
        let sources = &self.library.sources;
        let mut told = BTreeSet::new();
        let ours = |line: &&Line<'_>| {
            line.standing.prose && line.standing.lang.primary() == "nl"
        };
        for line in lines.iter().filter(ours) {
            for (range, hint) in self.in_line(finder, line) {
                if !told.insert(hint) {
                    continue;
                }
                let Hint { rather, why } = &self.hints[hint];
                found.push(
                    Problem::at(Code::T01, line.span(range.clone(), sources))
                        .with("x", &line.text[range])
                        .with("s", rather)
                        .with("why", why),
                );
            }
        }
    }
}

impl Words<'_> {
    /// Returns the words in a line that have a friendlier one, the longest where two
    /// overlap.
    fn in_line(
        &self,
        finder: &AhoCorasick,
        line: &Line<'_>,
    ) -> Vec<(Range<usize>, usize)> {
        let folded = Folded::of(&line.text);
        let mut hits: Vec<(Range<usize>, usize)> = finder
            .find_overlapping_iter(&folded.text)
            .filter(|hit| is_whole(&folded.text, hit.range()))
            .map(|hit| (folded.back(hit.range()), hit.pattern().as_usize()))
            .collect();
        if hits.is_empty() {
            return hits;
        }
        let quiet = quiet(line, true);
        hits.retain(|(range, _)| !touches(&quiet, range));
        hits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        hits.retain(|(range, _)| {
            let free = range.start >= end;
            end = if free { range.end } else { end };
            free
        });
        hits
    }
}

/// Tells whether a hit is not a part of a longer word; a hyphen joins words.
fn is_whole(text: &str, hit: Range<usize>) -> bool {
    let joins = |mut next: std::iter::Rev<std::str::Chars<'_>>| match next.next() {
        Some('-') => next.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    let mut after = text[hit.end..].chars();
    let joined_after = match after.next() {
        Some('-') => after.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    !joined_after && !joins(text[..hit.start].chars().rev())
}

/// A folded line with the way back.
struct Folded {
    text: String,
    /// Where each byte came from; empty when every byte is its own.
    from: Vec<usize>,
}

impl Folded {
    fn of(text: &str) -> Folded {
        if text.is_ascii() {
            let text = text.to_ascii_lowercase().replace('\n', " ");
            return Folded { text, from: Vec::new() };
        }
        let mut folded = String::with_capacity(text.len());
        let mut from = Vec::with_capacity(text.len() + 1);
        let mut letter = [0; 4];
        for (at, c) in text.char_indices() {
            match c {
                '\n' | '\u{a0}' => folded.push(' '),
                c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
                c => folded.push_str(&fold(c.encode_utf8(&mut letter))),
            }
            from.resize(folded.len(), at);
        }
        from.push(text.len());
        Folded { text: folded, from }
    }

    fn back(&self, range: Range<usize>) -> Range<usize> {
        let at = |at: usize| self.from.get(at).copied().unwrap_or(at);
        at(range.start)..at(range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::line::Standing;
    use crate::lang::Lang;
    use crate::text::Sources;
    use crate::text::Span;

    fn words(own: &str) -> (AhoCorasick, Vec<Hint>, Vec<String>) {
        let mut table = BTreeMap::new();
        add(&mut table, HINTS);
        add(&mut table, own);
        let (words, hints): (Vec<String>, Vec<Hint>) = table.into_iter().unzip();
        (AhoCorasick::new(&words).expect("a small table"), hints, words)
    }

    fn hits(text: &str, own: &str) -> Vec<String> {
        let (finder, hints, _) = words(own);
        let library = crate::check::tests::library(&[]);
        let words = Words { library: &library, finder: None, hints };
        let lang = Lang::dutch();
        let standing = Standing { lang: &lang, prose: true, open: true };
        let mut sources = Sources::default();
        let source = sources.add(crate::text::Source::new(
            crate::text::TextPath::new("a.md"),
            text.into(),
        ));
        let line =
            Line::plain(text, Span::new(source, 0..text.len()), standing, &sources);
        let found = words.in_line(&finder, &line);
        found.into_iter().map(|(range, _)| text[range].to_string()).collect()
    }

    #[test]
    fn whole_words_the_longest_wins_accents_do_not_matter() {
        assert_eq!(hits("De cliënten en de CLIENT.", ""), ["cliënten", "de CLIENT"]);
        assert_eq!(hits("Het in zijn kracht zetten van", ""), ["in zijn kracht zetten"]);
        assert_eq!(hits("deelcasus, casus-regie en casusje", ""), [""; 0]);
        assert_eq!(hits("een lvb’er, een adhd-er", ""), ["lvb’er", "adhd-er"]);
    }

    #[test]
    fn never_inside_somebody_s_own_words() {
        assert_eq!(hits("Ze zei: “de casus is klaar”.", ""), [""; 0]);
        assert_eq!(hits("‘Casus’ is een woord; casus dus.", ""), ["casus"]);
    }

    #[test]
    fn a_reader_adds_and_takes_away() {
        assert_eq!(hits("De casus in de woongroep", "-casus\n"), [""; 0]);
        let own = "woord\tliever\twaarom\nwoongroep\thuis\tDaar woont iemand.\n";
        assert_eq!(hits("De casus in de woongroep", own), ["casus", "woongroep"]);
        assert_eq!(hits("de woongroep", "woongroep;huis"), ["woongroep"]);
    }

    #[test]
    fn the_table_is_whole() {
        let (_, hints, words) = words("");
        assert!(words.len() >= 100, "{}", words.len());
        for (hint, word) in hints.iter().zip(&words) {
            assert!(!hint.rather.is_empty(), "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_way_back_always_fits(text in "\\PC{0,20}(casus|cliënt)\\PC{0,20}") {
            for hit in hits(&text, "") {
                proptest::prop_assert!(text.contains(&hit));
            }
        }
    }
}
