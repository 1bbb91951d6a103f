//! Why a text stays inside, in a few words, for who wrote it.

use crate::compose::Withheld;
use crate::lang::Lang;
use crate::model::{Key, Library, Text, Value};
use crate::problem::{Code, Problem, Where};
use crate::text::Span;

/// Returns the first reason why a text stays inside, in a few words; `problems` are all
/// that was noticed.
pub fn reason(
    library: &Library,
    problems: &[Problem],
    one: &Withheld,
    lang: &Lang,
) -> String {
    let text = library.text(one.text);
    let words = lang.terminal();
    let key = match one.reasons.first().map(|problem| problem.code) {
        Some(Code::V01) if one.reasons.iter().any(says_more) => "inside.more-than-yes",
        Some(Code::V01) => "inside.no-yes",
        Some(Code::V02) => "inside.ended",
        Some(Code::V03) => "inside.taken-back",
        Some(Code::V04) => "inside.parent",
        Some(Code::V12) => "inside.age",
        Some(Code::V07) => "inside.elsewhere",
        Some(Code::V08) => "inside.own",
        Some(Code::P04 | Code::P11) => "inside.real",
        Some(Code::R07) => "inside.folder",
        Some(code) => return words.say("inside.other", &[("code", code.name())]),
        None => match noticed(text, problems) {
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
fn noticed(text: &Text, problems: &[Problem]) -> Option<Code> {
    let place: Span = text.fields.get(Key::Draft)?.key_span;
    let here = |one: &&Problem| matches!(one.place, Where::Span(span) if span == place);
    problems.iter().find(here).map(|problem| problem.code)
}

/// Returns why we keep a text inside of which a line, or the name, seems to ask for it.
fn by_us(code: Code, lang: &Lang) -> String {
    let words = lang.terminal();
    match code {
        Code::P09 => words.get("inside.some").into(),
        Code::P10 | Code::P15 => words.get("inside.line").into(),
        Code::K20 => words.get("inside.draft").into(),
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
