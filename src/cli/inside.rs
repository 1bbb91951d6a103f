//! What stays inside: the short list that closes a run, with the reason in a few words.

use super::report::{Closed, count, parts};
use crate::compose::Withheld;
use crate::lang::Lang;
use crate::model::{Key, Kind, Text, Value};
use crate::pipeline::Report;
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
        format!("{name}: {}", why(text, one, report, lang))
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

/// Returns the first reason in a few words.
fn why(text: &Text, one: &Withheld, report: &Report, lang: &Lang) -> String {
    let words = lang.terminal();
    let key = match one.reasons.first().map(|problem| problem.code) {
        Some(Code::V01) if one.reasons.iter().any(says_more) => "inside.more-than-yes",
        Some(Code::V01) => "inside.no-yes",
        Some(Code::V02) => "inside.ended",
        Some(Code::V03) => "inside.taken-back",
        Some(Code::V04) => "inside.parent",
        Some(Code::V07) => "inside.elsewhere",
        Some(Code::V08) => "inside.own",
        Some(Code::P04 | Code::P11) => "inside.real",
        Some(code) => return words.say("inside.other", &[("code", code.name())]),
        None => match noticed(text, report) {
            Some(code) => return by_us(code, lang),
            None => own_wish(text),
        },
    };
    words.get(key).to_string()
}

/// Tells whether a yes is there, with more behind it.
fn says_more(problem: &Problem) -> bool {
    problem.args.iter().any(|(name, _)| *name == "v")
}

/// Returns the code that made a draft of a text without the line `concept: ja`: it stands
/// where the draft was seen.
fn noticed(text: &Text, report: &Report) -> Option<Code> {
    let place: Span = text.fields.get(Key::Draft)?.key_span;
    let here = |one: &&Problem| matches!(one.place, Where::Span(span) if span == place);
    report.problems.iter().find(here).map(|problem| problem.code)
}

/// Returns why we keep a text inside of which a line, or the name, seems to ask for it.
fn by_us(code: Code, lang: &Lang) -> String {
    let words = lang.terminal();
    match code {
        Code::P09 => words.get("inside.some").into(),
        Code::P10 => words.get("inside.line").into(),
        Code::P12 => words.get("inside.name").into(),
        code => words.say("inside.other", &[("code", code.name())]),
    }
}

/// Returns which line of the text itself keeps it inside.
fn own_wish(text: &Text) -> &'static str {
    let says =
        |key| text.fields.get(key).is_some_and(|one| one.value != Value::Yes(false));
    match () {
        () if says(Key::Draft) => "inside.draft",
        () if says(Key::Expires) => "inside.expired",
        () if says(Key::PublishOn) => "inside.early",
        () => "inside.own",
    }
}
