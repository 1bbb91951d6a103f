//! Problems for the terminal, and the sentence that closes a run.

use crate::lang::Lang;
use crate::model::{Kind, Section};
use crate::pipeline::Report;
use crate::problem::{Code, Problem, Severity, Where};
use crate::text::{SourceId, Span};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What stays inside as a whole.
#[derive(Debug, Default)]
pub(super) struct Closed {
    /// Why: code and place.
    reasons: HashSet<(Code, Span)>,
    /// The files of which nothing goes out.
    files: BTreeSet<SourceId>,
    /// Where the parts of the other texts begin, and whether one stays inside.
    sections: BTreeMap<(SourceId, u32), (Span, Part)>,
}

/// What happens to a part of a text that goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Open,
    Closed,
    /// A part of one that stays inside.
    Within,
}

impl Closed {
    /// Returns what a run kept inside as a whole.
    pub(super) fn of(report: &Report) -> Closed {
        let reasons = report.withheld.iter().flat_map(|one| &one.reasons);
        let texts = report.withheld.iter().map(|one| report.library.text(one.text));
        let mut closed = Closed {
            reasons: reasons.filter_map(place).collect(),
            files: texts
                .filter(|text| text.part.is_none())
                .map(|text| text.source)
                .collect(),
            sections: BTreeMap::new(),
        };
        let inside: HashSet<_> = report.withheld.iter().map(|one| one.text).collect();
        for (id, text) in report.library.ids() {
            if text.kind == Kind::Site || inside.contains(&id) {
                continue;
            }
            // What lies before the first part is no part of a text above it.
            let top = text.title_span;
            closed.sections.insert((top.source, top.start), (top, Part::Open));
            // What several texts show may stay inside in one of them, and lie open in another.
            // Who includes something has no sum.
            let alone =
                text.body.sum().is_some() && !report.library.tied.contains(&text.source);
            if !(alone && text.body.glance().open) {
                closed.look(&text.body.sections, Part::Open);
            }
        }
        closed
    }

    fn look(&mut self, sections: &[Section], around: Part) {
        for one in sections {
            let part = match around {
                Part::Open if one.audience.is_everyone() => Part::Open,
                Part::Open => Part::Closed,
                _ => Part::Within,
            };
            let at = (one.span.source, one.span.start);
            self.sections.insert(at, (one.span, part));
            self.look(&one.sections, part);
        }
    }

    /// Tells whether a place lies in a part that stays inside.
    fn holds(&self, place: Span) -> bool {
        let before = self.sections.range(..=(place.source, place.start)).next_back();
        before.is_some_and(|((source, _), (_, part))| {
            *source == place.source && *part != Part::Open
        })
    }
}

/// Returns the code and the place of a problem in a text.
fn place(problem: &Problem) -> Option<(Code, Span)> {
    match problem.place {
        Where::Span(span) => Some((problem.code, span)),
        _ => None,
    }
}

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
    pub(super) fn of(problems: &[Problem], closed: &Closed) -> Counts {
        let mut counts = Counts::default();
        for problem in problems {
            match problem.severity() {
                Severity::Stop => counts.stops += 1,
                Severity::HeadsUp => counts.heads_up += 1,
                Severity::Hint => counts.hints += 1,
                Severity::Quiet => {}
            }
        }
        counts.parts = parts(problems, closed).len();
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

/// Returns where parts of a text stay inside while the rest goes out: parts that not
/// everybody may read, and what a stop is about.
pub(super) fn parts(problems: &[Problem], closed: &Closed) -> Vec<Span> {
    let whole = |place: &(Code, Span)| {
        closed.reasons.contains(place) || closed.files.contains(&place.1.source)
    };
    // What is said about a reader is about no part.
    let stops = problems.iter().filter(|one| {
        one.severity() == Severity::Stop && !one.code.name().starts_with('R')
    });
    let stops = stops.filter_map(place).filter(|one| !whole(one)).map(|(_, span)| span);
    let mut parts: Vec<Span> = stops.filter(|span| !closed.holds(*span)).collect();
    let sections = closed.sections.values();
    parts.extend(
        sections.filter(|(_, part)| *part == Part::Closed).map(|(span, _)| *span),
    );
    parts.sort_by_key(|span| (span.source, span.start));
    parts
}

/// Returns a number with its word: `1 bladzijde`, `31 bladzijden`.
pub(super) fn count(number: usize, key: &str, lang: &Lang) -> String {
    let form = if number == 1 { "one" } else { "many" };
    lang.terminal().say(&format!("count.{key}-{form}"), &[("n", &number.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting() {
        let at = |code| Problem::at(code, Span::new(SourceId(0), 0..3));
        let codes = [Code::V01, Code::P05, Code::P09, Code::L01, Code::K01, Code::B01];
        let problems = codes.map(at);
        let reasons = place(&problems[0]).into_iter().collect();
        let mut closed = Closed { reasons, ..Closed::default() };
        let counts = Counts::of(&problems, &closed);
        assert_eq!(counts, Counts { stops: 2, parts: 1, heads_up: 2, hints: 1 });
        // What is said about a part of a file that stays inside is no part more.
        closed.files.insert(SourceId(0));
        assert_eq!(Counts::of(&problems, &closed).parts, 0);
    }

    fn parts_of(files: &[(&str, &str)]) -> usize {
        use std::io::Write;
        let dir = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = dir.path().join(name);
            let folder = path.parent().expect("a folder");
            std::fs::create_dir_all(folder).expect("a folder");
            let mut file = std::fs::File::create(path).expect("a file");
            file.write_all(text.as_bytes()).expect("a file");
        }
        let request = crate::pipeline::Request {
            dir: dir.path().to_path_buf(),
            today: jiff::civil::date(2026, 6, 1),
            search: false,
            hints: false,
            booklets: false,
        };
        let report = crate::pipeline::check(&request).expect("a report");
        parts(&report.problems, &Closed::of(&report)).len()
    }

    #[test]
    fn a_part_that_one_text_shows_and_another_keeps_inside_is_open() {
        let shared = ("delen/f.md", "### Deel\n\nNummer 123456782.\n");
        let inside = "# A\n\n## Thuis\nVoor: gezin\n\n[[invoegen: delen/f]]\n";
        let open = "# B\n\n## Open\n\n[[invoegen: delen/f]]\n";
        assert_eq!(parts_of(&[shared, ("a.md", inside), ("b.md", open)]), 2);
        assert_eq!(parts_of(&[shared, ("a.md", inside)]), 1);
    }

    #[test]
    fn a_tip_is_no_part_of_the_tip_above_it() {
        let tips = "---\nsoort: tips\n---\n# Tips\n\n## Een\n\nTekst\n\n### Thuis\n\
            Voor: gezin\n\nIets\n\n## Twee\n\nNummer 123456782.\n";
        assert_eq!(parts_of(&[("meer.md", tips)]), 2);
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
