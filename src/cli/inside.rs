//! What stays inside: the short list that closes a run, with the reason in a few words.

use super::report::{Closed, count, parts};
use crate::compose::Withheld;
use crate::lang::Lang;
use crate::model::Kind;
use crate::pipeline::{Report, reason};
use crate::problem::{Code, Problem, Where, neutral};
use crate::text::{SourceId, Span};
use std::collections::BTreeMap;

/// Lines in each short list; how many more there are is said, and how to see them.
const MOST: usize = 10;

/// Returns `2 verhalen blijven binnen`; nothing when all go out.
pub(super) fn counted(report: &Report, lang: &Lang) -> Option<String> {
    let number = report.withheld.len();
    let is_story = |one: &Withheld| report.library.text(one.text).kind == Kind::Story;
    let all_stories = report.withheld.iter().all(is_story);
    let key = if all_stories { "stories-inside" } else { "texts-inside" };
    (number > 0).then(|| count(number, key, lang))
}

/// Returns the short lists that close a build: texts, parts of texts, files that were not
/// read. Nothing when all go out.
pub(super) fn short(report: &Report, problems: &[Problem], lang: &Lang) -> Vec<String> {
    let mut lines = lists(report, problems, lang);
    lines.push(("inside.unread", unread(problems)));
    let cut = lines.iter().any(|(_, list)| list.len() > MOST);
    let mut shown = titled(&lines, MOST, lang);
    if cut {
        shown.push(lang.terminal().get("inside.all").into());
    }
    shown
}

/// Returns the same lists whole, for a check: what was not read stands above them.
pub(super) fn whole(report: &Report, problems: &[Problem], lang: &Lang) -> Vec<String> {
    titled(&lists(report, problems, lang), usize::MAX, lang)
}

/// A list: the key of its title, and its lines.
type Titled = (&'static str, Vec<String>);

fn lists(report: &Report, problems: &[Problem], lang: &Lang) -> Vec<Titled> {
    let texts = report.withheld.iter().map(|one| {
        let text = report.library.text(one.text);
        let name = match text.part {
            Some(_) => format!("{}, “{}”", text.path, text.title),
            None => text.path.to_string(),
        };
        format!("{name}: {}", reason(&report.library, &report.problems, one, lang))
    });
    let parts = parts(problems, &Closed::of(report));
    vec![
        ("inside.head", texts.collect()),
        ("inside.parts", in_parts(&parts, report, lang)),
    ]
}

/// Returns the files that were not read.
fn unread(problems: &[Problem]) -> Vec<String> {
    let files = problems.iter().filter_map(|one| match &one.place {
        Where::File(path) if one.code == Code::B10 => Some(path.to_string()),
        _ => None,
    });
    files.collect()
}

/// Puts titles above lists; empty ones go.
fn titled(lists: &[Titled], most: usize, lang: &Lang) -> Vec<String> {
    let mut shown = Vec::new();
    for (title, lines) in lists.iter().filter(|(_, lines)| !lines.is_empty()) {
        shown.push(lang.terminal().get(title).to_string());
        shown.extend(lines.iter().take(most).map(|line| format!("  {}", neutral(line))));
        let more = lines.len().saturating_sub(most);
        if more > 0 {
            shown.push(lang.terminal().say("inside.more", &[("n", &more.to_string())]));
        }
    }
    shown
}

/// Returns a line for each file of which parts stay inside, with where they stand.
fn in_parts(parts: &[Span], report: &Report, lang: &Lang) -> Vec<String> {
    let sources = &report.library.sources;
    let mut files: BTreeMap<SourceId, Vec<Span>> = BTreeMap::new();
    for span in parts {
        files.entry(span.source).or_default().push(*span);
    }
    let told = |(source, spans): (SourceId, Vec<Span>)| {
        // Only of those we name: to know a line is to count all lines above it.
        let shown = spans.iter().take(MOST).map(|span| sources.place(*span).line);
        let shown: Vec<String> = shown.map(|line| line.to_string()).collect();
        let key = if spans.len() == 1 { "inside.part-one" } else { "inside.part-many" };
        let (n, lines) = (spans.len().to_string(), shown.join(", "));
        let parts = lang.terminal().say(key, &[("n", &n), ("lines", &lines)]);
        format!("{}: {parts}", sources.get(source).path)
    };
    files.into_iter().map(told).collect()
}
