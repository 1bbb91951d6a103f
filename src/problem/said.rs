//! Problems in words: places and sentences in one language, sorted, each once.
//!
//! [`said`] does one, [`all`] a whole list: every view of problems starts there.

use super::{Problem, Severity, Where, places::Places};
use crate::lang::{Lang, fill};
use crate::text::{Place, Sources};

/// A problem with its sentences filled in. Sorts by file, place, code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// File, relative to the folder of texts; empty when about the folder.
    pub file: String,
    /// First character; line 1, column 1 when about the file as a whole.
    pub start: Place,
    /// One past the last character.
    pub end: Place,
    /// Code, such as `K01`.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// What we saw.
    pub see: String,
    /// What we did now.
    pub now: String,
    /// What you can do; may be empty.
    pub you: String,
}

/// Puts a problem into words.
pub fn said(problem: &Problem, sources: &Sources, lang: &Lang) -> Said {
    in_words(problem, sources, &Places::of([problem], sources), lang)
}

/// Puts problems into words, sorted by file, line, column and code; the same problem told
/// twice is said once. Each comes with the problem it was made from.
pub fn all<'a>(
    problems: &'a [Problem],
    sources: &Sources,
    lang: &Lang,
) -> Vec<(Said, &'a Problem)> {
    let places = Places::of(problems, sources);
    let mut all: Vec<_> = problems
        .iter()
        .map(|problem| (in_words(problem, sources, &places, lang), problem))
        .collect();
    all.sort_by(|left, right| left.0.cmp(&right.0));
    all.dedup_by(|left, right| left.0 == right.0);
    all
}

/// Returns the problems as they are shown: sorted, and each once.
pub fn once(problems: &[Problem], sources: &Sources, lang: &Lang) -> Vec<Problem> {
    all(problems, sources, lang).into_iter().map(|(_, problem)| problem.clone()).collect()
}

fn in_words(problem: &Problem, sources: &Sources, places: &Places, lang: &Lang) -> Said {
    let top = Place { line: 1, column: 1 };
    let (file, start, end) = match &problem.place {
        Where::Span(span) => (
            sources.get(span.source).path.to_string(),
            places.get(span.source, span.start),
            places.get(span.source, span.end),
        ),
        Where::File(path) => (path.to_string(), top, top),
        Where::Theme(path, line, column) => {
            let place = Place { line: (*line).max(1), column: (*column).max(1) };
            (path.replace('\\', "/"), place, place)
        }
        Where::Folder => (String::new(), top, top),
    };
    let line = start.line.to_string();
    let column = start.column.to_string();
    let values: Vec<(&str, String)> = problem
        .args
        .iter()
        .map(|(name, value)| (&**name, spoken(name, value, lang)))
        .collect();
    let mut args: Vec<(&str, &str)> =
        values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    args.push(("r", &line));
    args.push(("c", &column));
    let say = |told: &str| capital(fill(&complete(told, &args), &args).trim());
    let sentence = lang.sentences().get(problem.code.name());
    Said {
        file,
        start,
        end,
        code: problem.code.name(),
        severity: problem.severity(),
        see: sentence.map_or_else(|| problem.code.name().into(), |s| say(&s.see)),
        now: sentence.map(|s| say(&s.now)).unwrap_or_default(),
        you: sentence.map(|s| say(&s.you)).unwrap_or_default(),
    }
}

/// Puts a value in words: a day (`d`) as people write it, and "the teller" for a story
/// whose teller has no name.
fn spoken(name: &str, value: &str, lang: &Lang) -> String {
    match (name, value) {
        ("d", value) => value.parse().map_or_else(|_| value.into(), |day| lang.day(day)),
        ("n", "") => lang.terminal().get("problem.teller").into(),
        (_, value) => value.into(),
    }
}

/// Leaves out each sentence that asks for a value we do not have ("Do you mean “{s}”?"),
/// unless nothing would be left.
fn complete(told: &str, args: &[(&str, &str)]) -> String {
    let has = |name: &str| {
        args.iter().any(|(key, value)| *key == name && (*key != "s" || !value.is_empty()))
    };
    let whole = |sentence: &&str| {
        let mut names = sentence.split('{').skip(1);
        names.all(|part| part.split_once('}').is_none_or(|(name, _)| has(name)))
    };
    let sentences = told.split_inclusive(['.', '?', '!']);
    let kept: String = sentences.filter(whole).collect();
    if kept.trim().is_empty() { told.to_string() } else { kept }
}

/// A sentence starts with a capital, also when it starts with the writer's word.
fn capital(sentence: &str) -> String {
    let mut rest = sentence.chars();
    match rest.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(rest).collect(),
        _ => sentence.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;
    use crate::text::{Source, Span, TextPath};

    #[test]
    fn days_and_tellers_are_in_words() {
        let problem = Problem::file(Code::V02, &TextPath::new("a.md"))
            .with("n", "")
            .with("t", "Zeven tassen")
            .with("d", "2026-01-12");
        let told = said(&problem, &Sources::default(), &Lang::dutch());
        assert_eq!(
            told.see,
            "De toestemming voor “Zeven tassen” liep tot 12 januari 2026."
        );
        assert!(told.you.starts_with("Vraag het de verteller opnieuw"), "{}", told.you);
        let problem = Problem { code: Code::V03, ..problem };
        let told = said(&problem, &Sources::default(), &Lang::dutch());
        assert!(told.see.starts_with("De verteller heeft"), "{}", told.see);
    }

    #[test]
    fn a_guess_we_do_not_have_is_not_offered() {
        let problem = Problem::file(Code::L01, &TextPath::new("a.md")).with("x", "b.md");
        let told = said(&problem, &Sources::default(), &Lang::dutch());
        assert_eq!(told.see, "“b.md” vind ik niet.");
        let told = said(&problem.with("s", "c.md"), &Sources::default(), &Lang::dutch());
        assert_eq!(told.see, "“b.md” vind ik niet. Bedoel je “c.md”?");
    }

    #[test]
    fn sorted_by_place_and_told_once() {
        let mut sources = Sources::default();
        let file = |path: &str| Source::new(TextPath::new(path), "é\nab\n".into());
        let second = sources.add(file("b.md"));
        let first = sources.add(file("a.md"));
        let at = |code, source, start| {
            Problem::at(code, Span::new(source, start..start + 1)).with("x", "")
        };
        let problems = [
            at(Code::T02, second, 3),
            at(Code::T01, first, 4),
            at(Code::L01, first, 4),
            at(Code::L01, first, 3),
            at(Code::L01, first, 4),
        ];
        let told: Vec<_> = all(&problems, &sources, &Lang::dutch())
            .into_iter()
            .map(|(said, _)| (said.file, said.start.line, said.start.column, said.code))
            .collect();
        let expected = [
            ("a.md", 2, 1, "L01"),
            ("a.md", 2, 2, "L01"),
            ("a.md", 2, 2, "T01"),
            ("b.md", 2, 1, "T02"),
        ];
        assert_eq!(told, expected.map(|(f, l, c, code)| (f.to_string(), l, c, code)));
    }
}
