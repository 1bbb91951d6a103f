//! What stays inside: the short list that closes a run, with the reason in a few words.

use super::report::count;
use crate::compose::Withheld;
use crate::lang::Lang;
use crate::model::{Key, Kind, Text, Value};
use crate::pipeline::Report;
use crate::problem::Code;

/// Texts in the list; how many more there are is said.
const MOST: usize = 10;

/// Returns `2 verhalen blijven binnen`; nothing when all go out.
pub(super) fn counted(report: &Report, lang: &Lang) -> Option<String> {
    let number = report.withheld.len();
    let is_story = |one: &Withheld| report.library.text(one.text).kind == Kind::Story;
    let all_stories = report.withheld.iter().all(is_story);
    let key = if all_stories { "stories-inside" } else { "texts-inside" };
    (number > 0).then(|| count(number, key, lang))
}

/// Returns the list, a line each; nothing when all go out.
pub(super) fn list(report: &Report, lang: &Lang) -> Vec<String> {
    if report.withheld.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![lang.terminal().get("inside.head").to_string()];
    for one in report.withheld.iter().take(MOST) {
        let text = report.library.text(one.text);
        let name = match text.part {
            Some(_) => format!("{}, “{}”", text.path, text.title),
            None => text.path.to_string(),
        };
        lines.push(format!("  {name}: {}", why(text, one, lang)));
    }
    let more = report.withheld.len().saturating_sub(MOST);
    if more > 0 {
        lines.push(lang.terminal().say("inside.more", &[("n", &more.to_string())]));
    }
    lines
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
        Some(Code::P04) => "inside.real",
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
