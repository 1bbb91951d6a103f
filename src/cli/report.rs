//! Problems for the terminal, and the sentence that closes a run.

use crate::lang::Lang;
use crate::problem::{Code, Problem, Severity};

/// How many problems there are of each weight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Parts that stay inside.
    pub(super) stops: usize,
    /// Things to look at.
    pub(super) heads_up: usize,
    /// Hints.
    pub(super) hints: usize,
    /// Stories among the parts that stay inside.
    pub(super) stories: usize,
}

impl Counts {
    /// Counts.
    pub(super) fn of(problems: &[Problem]) -> Counts {
        let mut counts = Counts::default();
        for problem in problems {
            match problem.severity() {
                Severity::Stop => counts.stops += 1,
                Severity::HeadsUp => counts.heads_up += 1,
                Severity::Hint => counts.hints += 1,
                Severity::Quiet => {}
            }
            let consent = [Code::V01, Code::V02, Code::V03, Code::V04, Code::V07];
            counts.stories += usize::from(consent.contains(&problem.code));
        }
        counts
    }

    /// Returns `2 dingen om naar te kijken, 14 tips`, or that there is nothing.
    pub(super) fn sentence(&self, first: Vec<String>, lang: &Lang) -> String {
        let mut parts = first;
        for (number, key) in [(self.heads_up, "look"), (self.hints, "hints")] {
            if number > 0 {
                parts.push(count(number, key, lang));
            }
        }
        if parts.is_empty() {
            return lang.terminal().get("count.nothing").to_string();
        }
        format!("{}.", parts.join(", "))
    }
}

/// Returns a number with its word: `1 bladzijde`, `31 bladzijden`.
pub(super) fn count(number: usize, key: &str, lang: &Lang) -> String {
    let form = if number == 1 { "one" } else { "many" };
    lang.terminal().say(&format!("count.{key}-{form}"), &[("n", &number.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Where;

    fn problem(code: Code) -> Problem {
        Problem { code, place: Where::Folder, args: Vec::new() }
    }

    #[test]
    fn counting() {
        let problems =
            [Code::V01, Code::P05, Code::L01, Code::K01, Code::B01].map(problem);
        let counts = Counts::of(&problems);
        assert_eq!(counts, Counts { stops: 2, heads_up: 1, hints: 1, stories: 1 });
    }

    #[test]
    fn one_and_many() {
        let dutch = Lang::dutch();
        assert_eq!(count(1, "pages", &dutch), "1 bladzijde");
        assert_eq!(count(31, "pages", &dutch), "31 bladzijden");
        let none = Counts::default().sentence(Vec::new(), &dutch);
        assert_eq!(none, "Niets om naar te kijken.");
    }

    #[test]
    fn no_sentence_blames() {
        let blame = [
            "fout", "ongeldig", "verkeerd", "moet", "error", "invalid", "wrong", "must",
            "failed", "illegal",
        ];
        for lang in [Lang::dutch(), Lang::english()] {
            for (key, sentence) in lang.terminal().iter() {
                let words = sentence.split(|c: char| !c.is_alphabetic());
                for word in words.map(str::to_lowercase) {
                    assert!(!blame.contains(&word.as_str()), "{key} says {word}");
                }
            }
        }
    }
}
