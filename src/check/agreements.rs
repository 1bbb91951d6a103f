//! A01: an agreement without who. A02: stopped or changed, without what was learned.
//! A04: the day to look back has passed.

use super::lines::Lines;
use super::rule::{Ground, Rule};
use crate::kind::words::read_status;
use crate::model::{
    Agreement, Attribute, Block, BlockKind, Callout, Inline, Key, Kind, Role, Section,
    Status, Text, plain, walk_blocks,
};
use crate::problem::{Code, Problem};
use jiff::civil::Date;

struct Agreements {
    today: Date,
}

pub(super) fn make<'a>(ground: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    Box::new(Agreements { today: ground.today })
}

impl Rule for Agreements {
    fn text(&self, text: &Text, _: &Lines<'_>, found: &mut Vec<Problem>) {
        if text.kind != Kind::Plan {
            return;
        }
        self.look_back(text, found);
        walk_blocks(&text.body, &mut |block| {
            if let BlockKind::Agreements { list, .. } = &block.kind {
                list.iter().for_each(|one| agreement(one, found));
            }
        });
        for part in text.body.all_sections() {
            if part.role == Role::Goal {
                goal(part, found);
            }
        }
    }
}

impl Agreements {
    fn look_back(&self, text: &Text, found: &mut Vec<Problem>) {
        let Some(day) = text.fields.date(Key::ReviewOn) else { return };
        if let Some(field) = text.fields.get(Key::ReviewOn)
            && day < self.today
        {
            found.push(
                Problem::at(Code::A04, field.value_span).with("d", day.to_string()),
            );
        }
    }
}

fn agreement(one: &Agreement, found: &mut Vec<Problem>) {
    let empty = |words: &[Inline]| plain(words).trim().is_empty();
    if empty(&one.what) && one.more.is_empty() {
        return;
    }
    if empty(&one.who) {
        found.push(Problem::at(Code::A01, one.span));
    }
    let otherwise = one.status.is_some_and(Status::went_differently);
    if otherwise && empty(&one.learned) && !says_learned(&one.more) {
        found.push(Problem::at(Code::A02, one.span).with("d", plain(&one.what).trim()));
    }
}

fn goal(part: &Section, found: &mut Vec<Problem>) {
    let mut status = None;
    let mut learned = says_learned(&part.blocks) || inner_learned(part);
    for one in attributes(part) {
        let value = plain(&one.value);
        match one.key {
            Some(Key::Status) => {
                status = read_status(&value).map(|status| (status, one.span));
            }
            Some(Key::Learned) => learned |= !value.trim().is_empty(),
            _ => {}
        }
    }
    if let Some((status, span)) = status
        && status.went_differently()
        && !learned
    {
        let title = plain(&part.title);
        found.push(Problem::at(Code::A02, span).with("d", title.trim()));
    }
}

/// Returns the lines `Kenmerk: waarde` of a goal, wherever they stand in it.
fn attributes(part: &Section) -> impl Iterator<Item = &Attribute> {
    let inside = part.blocks.iter().flat_map(|block| match &block.kind {
        BlockKind::Attributes(list) => list.as_slice(),
        _ => &[],
    });
    part.attributes.iter().chain(inside)
}

/// Tells whether blocks say what was learned (`> **Geleerd:** …`).
fn says_learned(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::Callout { callout: Callout::Learned, .. } => true,
        BlockKind::Attributes(list) => {
            list.iter().any(|one| one.key == Some(Key::Learned) && !one.value.is_empty())
        }
        _ => false,
    })
}

/// Tells whether a part inside the goal is about what was learned.
fn inner_learned(part: &Section) -> bool {
    part.sections.iter().any(|inner| {
        let title = crate::text::fold(&plain(&inner.title));
        ["geleerd", "leerden", "learned"].iter().any(|word| title.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::{block, codes, plan, words};
    use crate::model::{Field, Value};
    use crate::text::Span;
    use jiff::civil::date;

    fn row(who: &str, what: &str, status: Option<Status>, learned: &str) -> Agreement {
        Agreement {
            who: words(who),
            what: words(what),
            status,
            learned: words(learned),
            ..Agreement::default()
        }
    }

    #[test]
    fn an_agreement_without_who_or_lesson() {
        let mut text = plan();
        text.body.lead.push(block(BlockKind::Agreements {
            columns: Vec::new(),
            list: vec![
                row("Oma", "soep", Some(Status::Running), ""),
                row("", "soep", None, ""),
                row("", "", None, ""),
                row("Oma", "wandelen", Some(Status::Stopped), ""),
                row("Oma", "wandelen", Some(Status::Changed), "liever fietsen"),
            ],
        }));
        assert_eq!(codes(text), ["A01", "A02"]);
    }

    #[test]
    fn a_goal_that_stopped_asks_what_was_learned() {
        let attribute = |key, value| Attribute {
            span: Span::default(),
            key: Some(key),
            name: String::new(),
            value: words(value),
        };
        let mut text = plan();
        let mut goal = crate::check::tests::section("Huiswerkclub", Role::Goal);
        goal.blocks
            .push(block(BlockKind::Attributes(vec![attribute(Key::Status, "gestopt")])));
        text.body.sections.push(goal.clone());
        assert_eq!(codes(text.clone()), ["A02"]);
        goal.attributes.push(attribute(Key::Learned, "de bieb past beter"));
        text.body.sections = vec![goal];
        assert_eq!(codes(text), [""; 0]);
    }

    #[test]
    fn the_day_to_look_back() {
        let mut text = plan();
        let at = |day| Field {
            key: Key::ReviewOn,
            key_span: Span::default(),
            value_span: Span::default(),
            value: Value::Date(day),
        };
        text.fields.list = vec![at(crate::check::tests::TODAY)];
        assert_eq!(codes(text.clone()), [""; 0]);
        text.fields.list = vec![at(date(2026, 5, 31))];
        assert_eq!(codes(text), ["A04"]);
    }
}
