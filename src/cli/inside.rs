//! What stays inside: the short list that closes a run, with the reason in a few words.

use super::report::{count, parts};
use crate::compose::Withheld;
use crate::lang::Lang;
use crate::model::{Key, Kind, Text, Value};
use crate::pipeline::Report;
use crate::problem::{Code, Problem, Where, neutral};
use crate::text::SourceId;
use std::collections::BTreeMap;
use std::iter;

/// Lines in the list; how many more there are is said.
const MOST: usize = 10;

/// Returns `2 verhalen blijven binnen`; nothing when all go out.
pub(super) fn counted(report: &Report, lang: &Lang) -> Option<String> {
    let number = report.withheld.len();
    let is_story = |one: &Withheld| report.library.text(one.text).kind == Kind::Story;
    let all_stories = report.withheld.iter().all(is_story);
    let key = if all_stories { "stories-inside" } else { "texts-inside" };
    (number > 0).then(|| count(number, key, lang))
}

/// Returns the list, a line each: the texts, then the texts of which a part stays inside;
/// nothing when all go out. `problems` hold each only once.
pub(super) fn list(report: &Report, problems: &[Problem], lang: &Lang) -> Vec<String> {
    let whole = report.withheld.iter().map(|one| {
        let text = report.library.text(one.text);
        let name = match text.part {
            Some(_) => format!("{}, “{}”", text.path, text.title),
            None => text.path.to_string(),
        };
        format!("{name}: {}", why(text, one, lang))
    });
    let lines: Vec<String> =
        whole.chain(in_parts(&parts(problems, &report.withheld), report, lang)).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let head = lang.terminal().get("inside.head").to_string();
    let shown = lines.iter().take(MOST).map(|line| format!("  {}", neutral(line)));
    let mut list: Vec<String> = iter::once(head).chain(shown).collect();
    let more = lines.len().saturating_sub(MOST);
    if more > 0 {
        list.push(lang.terminal().say("inside.more", &[("n", &more.to_string())]));
    }
    list
}

/// Returns a line for each file of which parts stay inside, with where they stand.
fn in_parts(parts: &[&Problem], report: &Report, lang: &Lang) -> Vec<String> {
    let sources = &report.library.sources;
    let mut files: BTreeMap<SourceId, Vec<u32>> = BTreeMap::new();
    for problem in parts {
        if let Where::Span(span) = problem.place {
            files.entry(span.source).or_default().push(sources.place(span).line);
        }
    }
    let told = |(source, lines): (SourceId, Vec<u32>)| {
        let shown: Vec<String> =
            lines.iter().take(MOST).map(|line| line.to_string()).collect();
        let key = if lines.len() == 1 { "inside.part-one" } else { "inside.part-many" };
        let (n, lines) = (lines.len().to_string(), shown.join(", "));
        let parts = lang.terminal().say(key, &[("n", &n), ("lines", &lines)]);
        format!("{}: {parts}", sources.get(source).path)
    };
    files.into_iter().map(told).collect()
}

/// Returns the first reason in a few words.
fn why(text: &Text, one: &Withheld, lang: &Lang) -> String {
    let words = lang.terminal();
    let key = match one.reasons.first().map(|problem| problem.code) {
        Some(Code::V01) => "inside.no-yes",
        Some(Code::V02) => "inside.ended",
        Some(Code::V03) => "inside.taken-back",
        Some(Code::V04) => "inside.parent",
        Some(Code::V07) => "inside.elsewhere",
        Some(Code::V08) => "inside.own",
        Some(Code::P04 | Code::P11) => "inside.real",
        Some(code) => return words.say("inside.other", &[("code", code.name())]),
        None => own_wish(text),
    };
    words.get(key).to_string()
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
