//! V05: consent that ends within thirty days. What has ended is withheld by `compose`.

use super::lines::Lines;
use super::public::says_yes;
use super::rule::{Ground, Rule};
use crate::model::{Key, Kind, Text};
use crate::problem::{Code, Problem};
use jiff::civil::Date;

/// How long before the last day we ask, in days.
const SOON: i32 = 30;

struct Consent {
    today: Date,
}

pub(super) fn make<'a>(ground: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    Box::new(Consent { today: ground.today })
}

impl Rule for Consent {
    fn text(&self, text: &Text, _: &Lines<'_>, found: &mut Vec<Problem>) {
        if text.kind != Kind::Story || text.fields.is_yes(Key::Draft) || !says_yes(text) {
            return;
        }
        let (Some(until), Some(field)) =
            (text.fields.date(Key::ConsentUntil), text.fields.get(Key::ConsentUntil))
        else {
            return;
        };
        let days = (until - self.today).get_days();
        if until >= self.today && days <= SOON {
            found.push(
                Problem::at(Code::V05, field.value_span)
                    .with("t", &text.title)
                    .with("x", days.to_string())
                    .with("d", until.to_string())
                    .with("n", text.fields.text(Key::Teller).unwrap_or_default()),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::{TODAY, codes, page};
    use crate::model::{Field, Value};
    use crate::text::Span;

    fn told(consent: &str, days: i64) -> Vec<&'static str> {
        let field = |key, value| Field {
            key,
            key_span: Span::default(),
            value_span: Span::default(),
            value,
        };
        let until = TODAY.checked_add(jiff::Span::new().days(days)).expect("a day");
        let mut story = page();
        story.kind = Kind::Story;
        story.fields.list = vec![
            field(Key::Consent, Value::Text(consent.into())),
            field(Key::ConsentUntil, Value::Date(until)),
        ];
        codes(story)
    }

    #[test]
    fn thirty_days_ahead_and_not_after() {
        assert_eq!(told("ja", 30), ["V05"]);
        assert_eq!(told("Ja, van allebei", 0), ["V05"]);
        assert_eq!(told("ja", 31), [""; 0]);
        assert_eq!(told("ja", -1), [""; 0]);
        assert_eq!(told("nee", 3), [""; 0]);
    }
}
