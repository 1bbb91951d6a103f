//! The words of the glossary, found in running text in one pass.
//!
//! One automaton serves the whole edition. A word counts when it stands alone, in any
//! case, with the accents as typed; the longest of two that start together wins.

use crate::compose::Term;
use crate::model::Kind;
use crate::text::Address;
use aho_corasick::AhoCorasick;
use std::collections::BTreeMap;
use std::ops::Range;

/// All terms of an edition, ready to be found.
pub(super) struct Glossary<'e> {
    terms: &'e [Term],
    /// Language of the page each term stands on; `None` when there is no such page.
    langs: Vec<Option<&'e str>>,
    finder: Option<AhoCorasick>,
    /// Pattern of the finder → term.
    owners: Vec<usize>,
}

impl<'e> Glossary<'e> {
    /// Makes the automaton; `pages` are the addresses of texts with their kind and
    /// language.
    pub(super) fn new(
        terms: &'e [Term],
        pages: impl Iterator<Item = (&'e Address, Kind, &'e str)>,
    ) -> Self {
        let pages: BTreeMap<&Address, &str> = pages
            .filter(|(_, kind, _)| *kind == Kind::Words)
            .map(|(address, _, lang)| (address, lang))
            .collect();
        let langs = terms.iter().map(|term| pages.get(&term.address).copied()).collect();
        let mut patterns: BTreeMap<String, usize> = BTreeMap::new();
        for (at, term) in terms.iter().enumerate() {
            for form in std::iter::once(&term.title).chain(&term.also) {
                for written in cases(form.trim()) {
                    patterns.entry(written).or_insert(at);
                }
            }
        }
        let (written, owners): (Vec<String>, Vec<usize>) = patterns.into_iter().unzip();
        // Too many words for an automaton: no words are linked, nothing else changes.
        let finder = (!written.is_empty())
            .then(|| {
                AhoCorasick::builder().ascii_case_insensitive(true).build(&written).ok()
            })
            .flatten();
        Glossary { terms, langs, finder, owners }
    }

    /// Returns how many terms there are.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// Returns a term.
    pub(super) fn term(&self, at: usize) -> Option<&'e Term> {
        self.terms.get(at)
    }

    /// Returns the terms in a piece of text in this language, in order, none over another.
    pub(super) fn find(&self, text: &str, lang: &str) -> Vec<(Range<usize>, usize)> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let mut found: Vec<(Range<usize>, usize)> = finder
            .find_overlapping_iter(text)
            .map(|hit| (hit.range(), self.owners[hit.pattern().as_usize()]))
            .filter(|(range, term)| alone(text, range) && self.speaks(*term, lang))
            .collect();
        found.sort_by_key(|(range, term)| (range.start, usize::MAX - range.end, *term));
        let mut end = 0;
        found.retain(|(range, _)| {
            let free = range.start >= end;
            if free {
                end = range.end;
            }
            free
        });
        found
    }

    /// A Dutch glossary explains no English words that happen to look the same.
    fn speaks(&self, term: usize, lang: &str) -> bool {
        self.langs.get(term).copied().flatten().is_none_or(|its| its == lang)
    }
}

/// Returns a form in the cases the automaton does not see through by itself.
fn cases(form: &str) -> Vec<String> {
    if form.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return Vec::new();
    }
    let mut cases = vec![form.to_lowercase()];
    if !form.is_ascii() {
        let mut letters = form.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string());
        cases.push(first.unwrap_or_default() + letters.as_str());
        cases.push(form.to_uppercase());
        cases.push(form.to_string());
    }
    cases
}

/// Tells whether a range is no part of a longer word.
fn alone(text: &str, range: &Range<usize>) -> bool {
    let joins = |c: char| {
        c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
    };
    let before = text.get(..range.start).and_then(|part| part.chars().next_back());
    let after = text.get(range.end..).and_then(|part| part.chars().next());
    text.is_char_boundary(range.start)
        && text.is_char_boundary(range.end)
        && !before.is_some_and(joins)
        && !after.is_some_and(joins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(title: &str, also: &[&str]) -> Term {
        Term {
            title: title.into(),
            also: also.iter().map(|form| form.to_string()).collect(),
            address: Address::new("woorden.html"),
            anchor: crate::text::slug(title),
            meaning: String::new(),
        }
    }

    #[test]
    fn whole_words_in_any_case_longest_first() {
        let terms =
            [term("Plan", &[]), term("plan van aanpak", &[]), term("één", &["énen"])];
        let glossary = Glossary::new(&terms, std::iter::empty());
        let found = |text| {
            let hits = glossary.find(text, "nl");
            hits.iter()
                .map(|(range, term)| (text.get(range.clone()), *term))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("Het PLAN, plannen, plan-je"),
            [(Some("PLAN"), 0), (Some("plan"), 0)]
        );
        assert_eq!(found("plan van aanpak"), [(Some("plan van aanpak"), 1)]);
        assert_eq!(found("plan van aanpakken"), [(Some("plan"), 0)]);
        assert_eq!(found("ÉÉN Één een eén"), [(Some("ÉÉN"), 2), (Some("Één"), 2)]);
    }

    #[test]
    fn a_dutch_glossary_stays_out_of_english_text() {
        let terms = [term("plan", &[])];
        let address = Address::new("woorden.html");
        let glossary =
            Glossary::new(&terms, std::iter::once((&address, Kind::Words, "nl")));
        assert!(glossary.find("a plan", "en").is_empty());
        assert_eq!(glossary.find("een plan", "nl").len(), 1);
    }
}
