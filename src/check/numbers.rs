//! K08: a number that another tip of the same list has.

use super::lines::Lines;
use super::rule::{Ground, Rule};
use crate::lang::Lang;
use crate::model::{Key, Kind, Text};
use crate::problem::{Code, Problem};
use crate::text::{Span, TextPath};
use std::collections::BTreeMap;

/// Tips of one language in one folder share their numbers.
type Place<'a> = (&'a Lang, &'a str, i64);

struct Numbers<'a> {
    /// The first tip with a number.
    first: BTreeMap<Place<'a>, (&'a TextPath, Span)>,
}

pub(super) fn make<'a>(ground: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    let mut first = BTreeMap::new();
    for text in ground.library.all() {
        if let Some((place, span)) = number(text) {
            first.entry(place).or_insert((&text.path, span));
        }
    }
    Box::new(Numbers { first })
}

fn number(text: &Text) -> Option<(Place<'_>, Span)> {
    let counted =
        text.kind == Kind::Tip && text.part.is_none() && !text.fields.is_yes(Key::Draft);
    let number = text.fields.number(Key::Number).filter(|_| counted)?;
    let span = text.fields.get(Key::Number)?.value_span;
    Some(((&text.lang, text.path.folder(), number), span))
}

impl Rule for Numbers<'_> {
    fn text(&self, text: &Text, _: &Lines<'_>, found: &mut Vec<Problem>) {
        let Some((place, span)) = number(text) else { return };
        match self.first.get(&place) {
            Some((path, first)) if *first != span => found.push(
                Problem::at(Code::K08, span)
                    .with("n", place.2.to_string())
                    .with("f", path.as_str()),
            ),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::{library, page};
    use crate::check::{Options, check, tests::TODAY};
    use crate::model::{Field, Value};

    #[test]
    fn the_second_of_a_language_and_folder_is_told() {
        let tip = |path: &str, number: i64, lang: &str| {
            let mut tip = page();
            tip.kind = Kind::Tip;
            tip.path = TextPath::new(path);
            tip.lang = Lang::read(lang).expect("a language");
            tip.fields.list.push(Field {
                key: Key::Number,
                key_span: Span::default(),
                value_span: Span::default(),
                value: Value::Number(number),
            });
            tip
        };
        let texts = [
            tip("tips/a.md", 1, "nl"),
            tip("tips/b.md", 2, "nl"),
            tip("tips/c.md", 1, "nl"),
            tip("tips/d.md", 1, "en"),
            tip("tips/later/e.md", 1, "nl"),
        ];
        let found = check(&library(&texts), TODAY, Options::default());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            found[0].args,
            [("n".into(), "1".into()), ("f".into(), "tips/a.md".into())]
        );
    }
}
