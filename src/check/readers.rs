//! R01: a reader of a plan for whom there is no part. Without a part there is nothing to
//! open, and a card would lead nowhere.

use super::lines::Lines;
use super::rule::{Ground, Rule};
use crate::model::{FAMILY, Key, Kind, Text};
use crate::problem::{Code, Problem};
use crate::text::fold;

pub(super) fn make<'a>(_: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    Box::new(Readers)
}

struct Readers;

impl Rule for Readers {
    fn text(&self, text: &Text, _: &Lines<'_>, found: &mut Vec<Problem>) {
        // A plan that introduces its folder shares what lies beside it.
        let first = ["index", "readme"]
            .contains(&text.path.stem().trim_start_matches('_').to_lowercase().as_str());
        if text.kind != Kind::Plan || first || !has_parts(text) {
            return;
        }
        for (name, span) in text.fields.list(Key::Readers) {
            let group = fold(name.trim());
            if group != FAMILY && !group.is_empty() && !has_part(text, &group) {
                let problem = Problem::at(Code::R01, *span).with("n", name.clone());
                found.push(problem.with("t", text.title.clone()));
            }
        }
    }
}

/// Tells whether anything is shared by part: a plan that is still being written, or that is
/// for the family alone, needs no words about it.
fn has_parts(text: &Text) -> bool {
    let says = |part: &crate::model::Section| {
        part.attributes.iter().any(|one| one.key == Some(Key::For))
    };
    text.body.all_sections().into_iter().any(says)
}

fn has_part(text: &Text, group: &str) -> bool {
    let body = &text.body;
    !body.lead.is_empty() && body.audience.allows(group)
        || body.all_sections().iter().any(|part| part.audience.allows(group))
}
