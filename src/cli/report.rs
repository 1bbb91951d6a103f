//! Problems for the terminal, and the sentence that closes a run.

use crate::compose::Withheld;
use crate::lang::Lang;
use crate::problem::{Problem, Severity, Where};
use std::collections::HashSet;

/// How many problems there are of each weight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Reasons why something stays inside.
    pub(super) stops: usize,
    /// Parts that stay inside, of texts that go out.
    pub(super) parts: usize,
    /// Things to look at.
    pub(super) heads_up: usize,
    /// Hints.
    pub(super) hints: usize,
}

impl Counts {
    /// Counts what is shown: `problems` hold each only once. The reasons why a whole text
    /// stays inside are no parts: that text is counted.
    pub(super) fn of(problems: &[Problem], withheld: &[Withheld]) -> Counts {
        let mut counts = Counts::default();
        for problem in problems {
            match problem.severity() {
                Severity::Stop => counts.stops += 1,
                Severity::HeadsUp => counts.heads_up += 1,
                Severity::Hint => counts.hints += 1,
                Severity::Quiet => {}
            }
        }
        counts.parts = parts(problems, withheld).len();
        counts
    }

    /// Returns `2 dingen om naar te kijken, 14 tips`, or that there is nothing.
    pub(super) fn sentence(&self, first: Vec<String>, lang: &Lang) -> String {
        let mut parts = first;
        let numbers =
            [(self.parts, "inside"), (self.heads_up, "look"), (self.hints, "hints")];
        for (number, key) in numbers {
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

/// Returns the problems that keep a part of a text inside while the rest goes out.
pub(super) fn parts<'a>(
    problems: &'a [Problem],
    withheld: &[Withheld],
) -> Vec<&'a Problem> {
    let place = |problem: &Problem| match problem.place {
        Where::Span(span) => Some((problem.code, span)),
        _ => None,
    };
    let reasons = withheld.iter().flat_map(|one| &one.reasons);
    let reasons: HashSet<_> = reasons.filter_map(place).collect();
    let whole = |one: &Problem| place(one).is_some_and(|place| reasons.contains(&place));
    let stops = problems.iter().filter(|one| one.severity() == Severity::Stop);
    stops.filter(|one| !whole(one)).collect()
}

/// Returns a number with its word: `1 bladzijde`, `31 bladzijden`.
pub(super) fn count(number: usize, key: &str, lang: &Lang) -> String {
    let form = if number == 1 { "one" } else { "many" };
    lang.terminal().say(&format!("count.{key}-{form}"), &[("n", &number.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TextId;
    use crate::problem::Code;
    use crate::text::{SourceId, Span};

    #[test]
    fn counting() {
        let at = |code| Problem::at(code, Span::new(SourceId(0), 0..3));
        let problems = [Code::V01, Code::P05, Code::L01, Code::K01, Code::B01].map(at);
        let reasons = vec![at(Code::V01)];
        let withheld = [Withheld { text: TextId(0), reasons }];
        let counts = Counts::of(&problems, &withheld);
        assert_eq!(counts, Counts { stops: 2, parts: 1, heads_up: 1, hints: 1 });
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
