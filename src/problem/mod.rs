//! Floor 3: what we noticed in somebody's texts.
//!
//! A [`Problem`] holds a [`Code`], a place and arguments, never a finished sentence: the
//! same problem is Dutch in one terminal and English in another. [`said`] makes the
//! sentences; [`terminal`], [`json`] and [`github`] show them; [`explain`] tells why a code
//! exists. What the *machine* refuses
//! (disk, port) is a [`Failure`], not a problem.

mod code;
mod explain;
mod failure;
pub mod github;
pub mod json;
mod neutral;
mod places;
mod said;
pub mod terminal;

pub use code::{Code, Severity};
pub use explain::explain;
pub use failure::Failure;
pub(crate) use neutral::neutral;
pub use said::{Said, all as told, once, said};

use crate::text::{Span, TextPath};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashSet;

/// Name of the argument with how many more of its sort there were and are not told.
pub const MORE: &str = "more";

/// Something noticed in a writer's files.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Problem {
    /// Which sentence it is.
    pub code: Code,
    /// Where it is.
    pub place: Where,
    /// What to fill in: placeholder name → value, in the writer's words.
    pub args: Vec<Arg>,
}

/// A placeholder of a sentence, and what to fill in for it.
pub type Arg = (Cow<'static, str>, String);

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Where {
    /// In a text.
    Span(Span),
    /// A file that is not a text, or could not be read.
    File(TextPath),
    /// In a theme's template or settings: path, line and column from 1.
    Theme(String, u32, u32),
    /// Nowhere in particular.
    Folder,
}

/// Adds the problems that are not there yet: two editions of the same texts notice much of
/// the same.
pub fn add_new(problems: &mut Vec<Problem>, more: Vec<Problem>) {
    let known = problems.len();
    problems.extend(more);
    let mut seen = HashSet::with_capacity(problems.len());
    let new: Vec<bool> = problems
        .iter()
        .enumerate()
        .map(|(at, one)| seen.insert(one) || at < known)
        .collect();
    let mut new = new.into_iter();
    problems.retain(|_| new.next().unwrap_or(true));
}

impl Problem {
    /// Makes a problem in a text.
    pub fn at(code: Code, span: Span) -> Self {
        Problem { code, place: Where::Span(span), args: Vec::new() }
    }

    /// Makes a problem about a file as a whole.
    pub fn file(code: Code, path: &TextPath) -> Self {
        Problem { code, place: Where::File(path.clone()), args: Vec::new() }
    }

    /// Adds what to fill in for `{name}`.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name.into(), value.into()));
        self
    }

    /// Returns how serious it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Lang, spoken};
    use std::collections::BTreeSet;

    /// Words that blame or push, per language; a word that starts with one counts too
    /// where the table says `*`.
    const HARSH: &[(&str, &[&str])] = &[
        (
            "nl",
            &[
                "fout*",
                "typfout*",
                "ongeldig*",
                "verkeerd*",
                "moet",
                "moeten",
                "verplicht*",
            ],
        ),
        (
            "en",
            &["error*", "invalid*", "wrong*", "must", "fail*", "illegal*", "forbidden"],
        ),
    ];

    fn harsh<'a>(sentence: &str, words: &[&'a str]) -> Option<&'a str> {
        let lower = sentence.to_lowercase();
        let mut spoken = lower.split(|c: char| !c.is_alphanumeric());
        spoken.find_map(|spoken| {
            words.iter().copied().find(|word| match word.strip_suffix('*') {
                Some(start) => spoken.starts_with(start),
                None => spoken == *word,
            })
        })
    }

    #[test]
    fn what_was_noticed_before_is_not_added_again() {
        let at = |name: &str| Problem::file(Code::B01, &TextPath::new(name));
        let mut problems = vec![at("a.md"), at("b.md"), at("a.md")];
        add_new(&mut problems, vec![at("c.md"), at("b.md"), at("c.md"), at("d.md")]);
        let names = ["a.md", "b.md", "a.md", "c.md", "d.md"];
        assert_eq!(problems, names.map(at));
    }

    #[test]
    fn every_code_has_its_sentences_and_no_sentence_lacks_a_code() {
        let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        for (tag, _) in HARSH {
            let lang = Lang::read(tag).expect("a language of ours");
            let sentences = lang.sentences();
            let told: BTreeSet<&str> =
                sentences.by_code.keys().map(String::as_str).collect();
            assert_eq!(codes, told, "{tag}");
            for (code, said) in &sentences.by_code {
                for part in [&said.see, &said.now, &said.why, &said.example, &said.better]
                {
                    assert!(!part.trim().is_empty(), "{tag} {code} leaves a gap");
                }
                assert_ne!(said.example, said.better, "{tag} {code}");
            }
        }
    }

    #[test]
    fn no_sentence_blames() {
        assert_eq!(harsh("Wij ontmoetten haar", &["moet"]), None);
        assert_eq!(harsh("Dit moet je doen", &["moet"]), Some("moet"));
        for tag in spoken() {
            let row = HARSH.iter().find(|(name, _)| *name == tag);
            let (_, words) = row.expect("each language has its list");
            let lang = Lang::read(tag).expect("a language of ours");
            for (code, said) in &lang.sentences().by_code {
                for part in [&said.see, &said.now, &said.you, &said.why] {
                    assert_eq!(harsh(part, words), None, "{tag} {code}: {part}");
                }
            }
            for (key, sentence) in lang.terminal().iter().chain(lang.words().iter()) {
                assert_eq!(harsh(sentence, words), None, "{tag} {key}: {sentence}");
            }
        }
    }
}
