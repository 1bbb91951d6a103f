//! A problem in words: place and sentences in one language.

use super::{Problem, Severity, Where};
use crate::lang::{Lang, fill};
use crate::text::{Place, Sources};

/// A problem with its sentences filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Code, such as `K01`.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// File, relative to the folder of texts; empty when about the folder.
    pub file: String,
    /// First character; line 1, column 1 when about the file as a whole.
    pub start: Place,
    /// One past the last character.
    pub end: Place,
    /// What we saw.
    pub see: String,
    /// What we did now.
    pub now: String,
    /// What you can do; may be empty.
    pub you: String,
}

/// Puts a problem into words.
pub fn said(problem: &Problem, sources: &Sources, lang: &Lang) -> Said {
    let top = Place { line: 1, column: 1 };
    let (file, start, end) = match &problem.place {
        Where::Span(span) => (
            sources.get(span.source).path.to_string(),
            sources.place(*span),
            sources.end(*span),
        ),
        Where::File(path) => (path.to_string(), top, top),
        Where::Theme(path, line, column) => {
            let place = Place { line: *line, column: *column };
            (path.clone(), place, place)
        }
        Where::Folder => (String::new(), top, top),
    };
    let line = start.line.to_string();
    let column = start.column.to_string();
    let mut args: Vec<(&str, &str)> =
        problem.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    args.push(("r", &line));
    args.push(("c", &column));
    let say = |sentence: &str| fill(sentence, &args).trim().to_string();
    let sentence = lang.sentences().get(problem.code.name());
    Said {
        code: problem.code.name(),
        severity: problem.severity(),
        file,
        start,
        end,
        see: sentence.map_or_else(|| problem.code.name().into(), |s| say(&s.see)),
        now: sentence.map(|s| say(&s.now)).unwrap_or_default(),
        you: sentence.map(|s| say(&s.you)).unwrap_or_default(),
    }
}
