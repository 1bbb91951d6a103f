//! T02: a sentence of more than twenty words. A hint, no score.

use super::line::Line;
use super::lines::Lines;
use super::rule::{Ground, Rule};
use super::speech::quiet;
use crate::model::{Library, Text};
use crate::problem::{Code, Problem};
use std::ops::Range;

/// Words in a sentence that nobody needs to read twice.
const LONGEST: usize = 20;

/// Words with a full stop that ends no sentence.
const SHORT: [&str; 24] = [
    "bijv", "bv", "dhr", "mevr", "mw", "dr", "drs", "prof", "nr", "blz", "o.a", "d.w.z",
    "e.d", "m.a.w", "t.a.v", "i.p.v", "ca", "st", "mr", "mrs", "e.g", "i.e", "art",
    "tel",
];

struct Sentences<'a> {
    library: &'a Library,
    hints: bool,
}

pub(super) fn make<'a>(ground: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    Box::new(Sentences { library: ground.library, hints: ground.hints })
}

impl Rule for Sentences<'_> {
    fn text(&self, _: &Text, lines: &Lines<'_>, found: &mut Vec<Problem>) {
        if !self.hints {
            return;
        }
        let sources = &self.library.sources;
        let counts = |line: &&Line<'_>| {
            let standing = &line.standing;
            standing.prose && ["nl", "en"].contains(&standing.lang.primary())
        };
        let long = lines.iter().filter(counts).flat_map(|line| {
            long(line).into_iter().map(move |(range, words)| (line, range, words))
        });
        for (line, range, words) in long {
            let span = line.span(range, sources);
            found.push(Problem::at(Code::T02, span).with("n", words.to_string()));
        }
    }
}

/// Returns the long sentences of a line, with the number of their words.
fn long(line: &Line<'_>) -> Vec<(Range<usize>, usize)> {
    // Fewer letters than words need: most lines stop here.
    if line.text.len() <= 2 * LONGEST {
        return Vec::new();
    }
    let told = without_speech(line);
    let mut long = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut count = 0;
    for (at, word) in words(&told) {
        start.get_or_insert(at);
        end = at + word.len();
        count += usize::from(word.contains(char::is_alphanumeric));
        if ends_sentence(word, &told[end..]) {
            if count > LONGEST {
                long.extend(start.map(|start| (start..end, count)));
            }
            (start, count) = (None, 0);
        }
    }
    if count > LONGEST {
        long.extend(start.map(|start| (start..end, count)));
    }
    long
}

/// Returns the line with spaces for what is said by somebody, code and other languages.
/// A sentence that ends inside a quotation still ends. Every byte keeps its place.
fn without_speech(line: &Line<'_>) -> String {
    let mut told = line.text.clone().into_bytes();
    for range in quiet(line, false) {
        let said = line.text.get(range.clone()).unwrap_or_default();
        let inner = said.trim_end_matches(['”', '“', '»', '’', '"', '\'']);
        let stops = inner.ends_with(['.', '!', '?', '…']);
        let last = range.end.saturating_sub(1);
        for at in range {
            told[at] = if stops && at == last { b'.' } else { b' ' };
        }
    }
    // Whole characters were replaced, so this is text still.
    String::from_utf8(told).unwrap_or_default()
}

/// Returns words between spaces, with where they start.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    // A line end that was asked for stands alone, as a word without letters.
    text.split(|c: char| c.is_whitespace() && c != '\n')
        .flat_map(|word| word.split_inclusive('\n'))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - start, word))
}

/// Tells whether a sentence ends with this word.
fn ends_sentence(word: &str, rest: &str) -> bool {
    if word.ends_with('\n') {
        return true;
    }
    let bare = word.trim_end_matches(['”', '’', '"', '\'', ')', ']', '»']);
    if !bare.ends_with(['.', '!', '?', '…']) {
        return false;
    }
    // "bijv. de soep": what goes on in lower case is the same sentence.
    let next = rest.trim_start().trim_start_matches(['“', '‘', '"', '\'', '(', '’', '«']);
    if next.starts_with(char::is_lowercase) {
        return false;
    }
    let stem = bare.trim_end_matches('.').trim_start_matches(['(', '“', '‘', '"']);
    let letter = stem.chars().count() == 1 && stem.chars().all(char::is_alphabetic);
    !(bare.ends_with('.') && (letter || SHORT.contains(&stem.to_lowercase().as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::line::Standing;
    use crate::lang::Lang;
    use crate::text::{Source, Sources, Span, TextPath};

    fn found(text: &str) -> Vec<(String, usize)> {
        let mut sources = Sources::default();
        let source = sources.add(Source::new(TextPath::new("a.md"), text.into()));
        let lang = Lang::dutch();
        let standing = Standing { lang: &lang, prose: true, open: true };
        let line =
            Line::plain(text, Span::new(source, 0..text.len()), standing, &sources);
        let long = long(&line);
        long.into_iter().map(|(range, n)| (text[range].to_string(), n)).collect()
    }

    #[test]
    fn twenty_words_are_fine_and_twenty_one_are_long() {
        let twenty = "woord ".repeat(19) + "woord.";
        assert_eq!(found(&twenty), []);
        let more = "Een ".to_string() + &twenty;
        assert_eq!(found(&format!("Kort. {more} Kort!")), [(more.clone(), 21)]);
    }

    #[test]
    fn short_forms_end_no_sentence_and_line_ends_do() {
        let ten = "woord ".repeat(10);
        assert_eq!(found(&format!("{ten}bijv. {ten}bv. Noor.")).len(), 1);
        assert_eq!(found(&format!("{ten}\n{ten}{ten}")), []);
        assert_eq!(found(&format!("{ten}einde. W{ten}einde? W{ten}")), []);
    }

    #[test]
    fn what_somebody_says_does_not_count() {
        let ten = "woord ".repeat(10);
        assert_eq!(found(&format!("{ten}“{ten}{ten}” {ten}")), []);
        let two = format!("{ten}zei: “Kom terug.” {}{ten}", "Daarna ");
        assert_eq!(found(&two), []);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "([a-zé“”‘’\"'.!? \n]{0,6} ?){0,60}") { found(&text); }
    }
}
