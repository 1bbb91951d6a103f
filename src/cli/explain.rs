//! `boekje explain`, `uitleg`: why a message exists, with an example.

use super::refusal::Refusal;
use super::screen::Screen;
use super::speech::Speech;
use crate::lang::Lang;
use crate::problem::{Code, explain};
use crate::text::nearest;
use clap::Args;

/// What to explain.
#[derive(Debug, Args)]
pub(super) struct Wish {
    /// The code, such as K01; without one, all codes.
    code: Option<String>,
}

/// Explains one code, or lists them all.
pub(super) fn run(wish: &Wish, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    let lang = speech.lang();
    let Some(typed) = &wish.code else {
        screen.say(&list(&lang, screen));
        return Ok(0);
    };
    let code = Code::read(typed).ok_or_else(|| Refusal::Words(unknown(typed, &lang)))?;
    screen.say(&explain(code, &lang));
    Ok(0)
}

fn unknown(typed: &str, lang: &Lang) -> String {
    match nearest(typed, Code::ALL.iter().map(|code| code.name())) {
        Some(near) => {
            lang.terminal().say("explain.unknown-near", &[("x", typed), ("s", near)])
        }
        None => lang.terminal().say("explain.unknown", &[("x", typed)]),
    }
}

fn severity(code: Code, lang: &Lang) -> String {
    lang.terminal().get(&format!("problem.level.{}", code.severity().name())).to_string()
}

fn list(lang: &Lang, screen: &Screen) -> String {
    let lines = Code::ALL.iter().map(|code| {
        let see = lang.sentences().get(code.name()).map(|said| open(&said.see));
        let name = screen.bold(code.name());
        format!("{name}  {:<10} {}", severity(*code, lang), see.unwrap_or_default())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Shows what will be filled in as `…`.
fn open(sentence: &str) -> String {
    let mut shown = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        shown.push_str(before);
        match after.split_once('}') {
            Some((name, behind)) if name.bytes().all(|b| b.is_ascii_lowercase()) => {
                shown.push('…');
                rest = behind;
            }
            _ => {
                shown.push('{');
                rest = after;
            }
        }
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_will_be_filled_in_is_left_open() {
        assert_eq!(open("regel {r}: “{k}” {"), "regel …: “…” {");
        assert_eq!(open("{ } {a b}"), "{ } {a b}");
    }

    #[test]
    fn all_codes_are_listed_and_slips_get_a_question() {
        let screen = Screen { colour: false, live: false };
        for lang in [Lang::dutch(), Lang::english()] {
            let list = list(&lang, &screen);
            assert_eq!(list.lines().count(), Code::ALL.len());
            assert!(!list.contains("problem.") && !list.contains('{'), "{list}");
        }
        assert!(unknown("K0I", &Lang::dutch()).contains("K01"));
    }
}
