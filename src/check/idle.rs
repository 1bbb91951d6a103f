//! K18: a key that does nothing in this kind of text. K02 is for keys we do not know;
//! these we know, and still no page shows them.

use super::line::Line;
use super::rule::{Ground, Rule};
use crate::kind::is_idle;
use crate::model::{Library, Text};
use crate::problem::{Code, Problem};

struct Idle<'a> {
    library: &'a Library,
}

pub(super) fn make<'a>(ground: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    Box::new(Idle { library: ground.library })
}

impl Rule for Idle<'_> {
    fn text(&self, text: &Text, _: &[Line<'_>], found: &mut Vec<Problem>) {
        for field in text.fields.list.iter().filter(|one| is_idle(one.key, text.kind)) {
            let source = &self.library.sources.get(field.key_span.source).text;
            let typed = source.get(field.key_span.range()).unwrap_or_default();
            found.push(Problem::at(Code::K18, field.key_span).with("k", typed));
        }
    }
}
