//! The index of one language: words with their stems, stems with the texts they stand in.
//!
//! BM25 with weights for the place of a word. Logarithms are our own, so that every
//! machine makes the same bytes.

use super::gather::{Heard, IN_TITLE};
use super::stem::Stems;
use rayon::prelude::*;
use std::collections::HashMap;

/// Scores go in so many steps.
const LEVELS: f64 = 26.0;

/// Above so many texts, a word that stands in half of them leads to the best of them only.
const MANY: usize = 500;
/// So many.
const BEST: usize = 100;

/// How fast more of the same word stops counting, and how much long texts are held back.
const K1: f64 = 1.2;
const B: f64 = 0.5;

/// How much a word in the title adds: who types a title means that text.
const TITLE: f64 = 1.5;
/// As rare as this a word in a title counts at least.
const RARE: f64 = 2.0;

/// The index of one language.
pub(super) struct Index {
    /// Words, folded, sorted, with the number of their stem. A word may have two stems.
    pub(super) words: Vec<(String, usize)>,
    /// Stems, sorted.
    pub(super) stems: Vec<Stem>,
}

/// Where a stem stands.
#[derive(Default)]
pub(super) struct Stem {
    /// Stands nearly everywhere: it finds the best texts, and it excludes none.
    pub(super) everywhere: bool,
    /// Texts, in order.
    pub(super) postings: Vec<Posting>,
}

/// A text a stem stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    /// Number of the text.
    pub(super) text: u32,
    /// Square root of its score, in steps from 0; the browser squares and adds.
    pub(super) level: u8,
}

/// Makes the index of texts in one language; `heard` tells the words of a text.
pub(super) fn make<T: Sync>(
    texts: &[T],
    lang: &str,
    heard: &(dyn Fn(&T) -> Vec<Heard> + Sync),
) -> Index {
    let a_part = texts.len().div_ceil(rayon::current_num_threads() * 2).max(1);
    let parts: Vec<Part> = texts
        .par_chunks(a_part)
        .map(|some| {
            let mut part = Part::new(lang);
            some.iter().for_each(|text| part.read(&heard(text)));
            part
        })
        .collect();
    join(&parts)
}

/// Some texts, with words and stems by numbers of their own.
struct Part {
    maker: Stems,
    /// A word as written → its pieces: where in `pieces`.
    written: HashMap<String, std::ops::Range<usize>>,
    /// Numbers of stems.
    pieces: Vec<u32>,
    /// Folded words with their stem.
    words: Vec<(String, u32)>,
    by_stem: HashMap<String, u32>,
    stems: Vec<String>,
    texts: Vec<Counted>,
}

/// The words of one text.
struct Counted {
    /// Stems with what they weigh together, sorted.
    weights: Vec<(u32, u32)>,
    /// How many words it has.
    length: u32,
}

impl Part {
    fn new(lang: &str) -> Self {
        Part {
            maker: Stems::new(lang),
            written: HashMap::new(),
            pieces: Vec::new(),
            words: Vec::new(),
            by_stem: HashMap::new(),
            stems: Vec::new(),
            texts: Vec::new(),
        }
    }

    fn read(&mut self, heard: &[Heard]) {
        let mut weights: Vec<(u32, u32)> = Vec::with_capacity(heard.len());
        let mut length = 0;
        for (written, times, weighs) in heard {
            let pieces = self.pieces_of(written);
            length += times * pieces.len() as u32;
            weights.extend(self.pieces[pieces].iter().map(|stem| (*stem, *weighs)));
        }
        weights.sort_unstable();
        weights.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(next.1);
            }
            same
        });
        self.texts.push(Counted { weights, length });
    }

    fn pieces_of(&mut self, written: &str) -> std::ops::Range<usize> {
        if let Some(known) = self.written.get(written) {
            return known.clone();
        }
        let start = self.pieces.len();
        for (word, stem) in self.maker.of(written) {
            let number = match self.by_stem.get(&stem) {
                Some(number) => *number,
                None => {
                    let number = self.stems.len() as u32;
                    self.by_stem.insert(stem.clone(), number);
                    self.stems.push(stem);
                    number
                }
            };
            self.pieces.push(number);
            let others =
                self.maker.also(&word).into_iter().filter(|other| *other != word);
            self.words.extend(others.map(|other| (other, number)));
            self.words.push((word, number));
        }
        let range = start..self.pieces.len();
        self.written.insert(written.to_string(), range.clone());
        range
    }
}

/// Joins the parts; the result does not depend on how the texts were divided.
fn join(parts: &[Part]) -> Index {
    let mut names: Vec<&str> =
        parts.iter().flat_map(|part| part.stems.iter().map(String::as_str)).collect();
    names.par_sort_unstable();
    names.dedup();
    let number = |name: &str| names.binary_search(&name).unwrap_or(0);
    let mut words: Vec<(String, usize)> = Vec::new();
    let mut found: Vec<Vec<(u32, u32)>> = vec![Vec::new(); names.len()];
    let mut lengths: Vec<u32> = Vec::new();
    for part in parts {
        let global: Vec<usize> = part.stems.iter().map(|name| number(name)).collect();
        words.extend(
            part.words.iter().map(|(word, stem)| (word.clone(), global[*stem as usize])),
        );
        for counted in &part.texts {
            let text = lengths.len() as u32;
            lengths.push(counted.length);
            for (stem, weight) in &counted.weights {
                found[global[*stem as usize]].push((text, *weight));
            }
        }
    }
    words.par_sort_unstable();
    words.dedup();
    let scale = Scale::new(&lengths);
    let stems = found.par_iter().map(|found| scale.stem(found)).collect();
    Index { words, stems }
}

/// What scores are measured by.
struct Scale<'l> {
    lengths: &'l [u32],
    texts: f64,
    /// Mean length of a text.
    mean: f64,
    /// No score is higher.
    highest: f64,
}

impl<'l> Scale<'l> {
    fn new(lengths: &'l [u32]) -> Self {
        let texts = lengths.len().max(1) as f64;
        let words: u64 = lengths.iter().map(|length| u64::from(*length)).sum();
        let mut scale =
            Scale { lengths, texts, mean: (words as f64 / texts).max(1.0), highest: 1.0 };
        scale.highest = scale.rarity(1).max(RARE) * (K1 + 1.0 + TITLE);
        scale
    }

    /// The rarer a word, the more it says.
    fn rarity(&self, texts: usize) -> f64 {
        let texts = texts as f64;
        log2(1.0 + (self.texts - texts + 0.5) / (texts + 0.5))
    }

    fn stem(&self, found: &[(u32, u32)]) -> Stem {
        let everywhere =
            self.lengths.len() > MANY && found.len() > self.lengths.len() / 2;
        let rarity = self.rarity(found.len());
        let posting = |(text, weight): &(u32, u32)| {
            let length = self.lengths.get(*text as usize).copied().unwrap_or(0);
            let long = 1.0 - B + B * f64::from(length) / self.mean;
            let in_title = is_in_title(*weight);
            let weight = f64::from(weight % IN_TITLE);
            let mut score = rarity * weight * (K1 + 1.0) / (weight + K1 * long);
            if in_title {
                score += TITLE * rarity.max(RARE);
            }
            let level = (score / self.highest).sqrt() * LEVELS;
            Posting { text: *text, level: level.clamp(0.0, LEVELS - 1.0) as u8 }
        };
        if everywhere {
            // Heaviest first; of equals the first texts.
            let mut best = found.to_vec();
            best.sort_by_key(|(text, weight)| (u32::MAX - weight, *text));
            let titles = best.iter().filter(|(_, weight)| is_in_title(*weight)).count();
            best.truncate(BEST.max(titles));
            best.sort_unstable();
            return Stem { everywhere, postings: best.iter().map(posting).collect() };
        }
        let postings = found.iter().map(posting).collect();
        Stem { everywhere, postings }
    }
}

fn is_in_title(weight: u32) -> bool {
    weight >= IN_TITLE
}

/// The logarithm, near enough, from exact steps only.
fn log2(x: f64) -> f64 {
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as f64 - 1023.0;
    let fraction = f64::from_bits((bits & ((1 << 52) - 1)) | (1023 << 52)) - 1.0;
    exponent + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_near_enough() {
        for x in [1.0, 1.5, 2.0, 3.0, 1000.0] {
            assert!((log2(x) - f64::log2(x)).abs() < 0.09, "{x}");
        }
    }

    #[test]
    fn a_word_that_stands_everywhere_still_leads_somewhere() {
        let lengths = [100; 1000];
        let found: Vec<(u32, u32)> =
            (0..1000).map(|text| (text, 1 + text / 950)).collect();
        let stem = Scale::new(&lengths).stem(&found);
        assert!(stem.everywhere);
        assert_eq!(stem.postings.len(), BEST);
        assert_eq!(stem.postings.last().map(|one| one.text), Some(999));
    }

    #[test]
    fn a_word_in_a_title_wins_from_many_in_the_text() {
        let lengths = [100; 1000];
        let found: Vec<(u32, u32)> = (0..1000)
            .map(|text| (text, if text % 4 == 3 { IN_TITLE + 12 } else { 90 }))
            .collect();
        let stem = Scale::new(&lengths).stem(&found);
        assert_eq!(stem.postings.len(), 250, "all texts with the word in their title");
        let scale = Scale::new(&lengths[..400]);
        let stem = scale.stem(&found[..150]);
        assert!(stem.postings[3].level > stem.postings[2].level);
    }

    #[test]
    fn rare_words_and_titles_weigh_more() {
        let lengths = [100; 40];
        let scale = Scale::new(&lengths);
        let level = |found: &[(u32, u32)]| scale.stem(found).postings[0].level;
        let common: Vec<(u32, u32)> = (0..30).map(|text| (text, 1)).collect();
        assert!(level(&[(0, 1)]) > level(&common));
        assert!(level(&[(0, 12)]) > level(&[(0, 1)]));
        assert!(level(&[(0, 100_000)]) <= 25);
    }
}
