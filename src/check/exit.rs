//! L07: `snel weg:` in a text that is no address, yes or no.

use super::lines::Lines;
use super::rule::{Ground, Rule};
use crate::kind::read_exit;
use crate::model::{Key, Kind, Text};
use crate::problem::{Code, Problem};

struct Exit;

pub(super) fn make<'a>(_: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    Box::new(Exit)
}

impl Rule for Exit {
    fn text(&self, text: &Text, _: &Lines<'_>, found: &mut Vec<Problem>) {
        let fields = &text.fields;
        let (Some(field), Some(typed)) =
            (fields.get(Key::QuickExit), fields.text(Key::QuickExit))
        else {
            return;
        };
        // What the site says is read, and reported, with the other settings.
        if text.kind != Kind::Site && read_exit(typed).is_none() {
            found.push(Problem::at(Code::L07, field.value_span).with("x", typed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::{codes, page};
    use crate::model::{Field, Value};
    use crate::text::Span;

    #[test]
    fn only_what_leads_nowhere_is_named() {
        let with = |typed: &str| {
            let mut text = page();
            text.fields.list.push(Field {
                key: Key::QuickExit,
                key_span: Span::default(),
                value_span: Span::default(),
                value: Value::Text(typed.into()),
            });
            codes(text)
        };
        assert_eq!(with("javascript:weg()"), ["L07"]);
        assert_eq!(with("ja"), Vec::<&str>::new());
        assert_eq!(with("https://www.weer.nl"), Vec::<&str>::new());
    }
}
